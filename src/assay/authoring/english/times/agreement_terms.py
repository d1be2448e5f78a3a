"""Sentences that say from when an agreement runs, and until when: "The lease starts on 1 March"."""

from __future__ import annotations

import re

from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.names import Names
from assay.authoring.language.agreement_terms import AgreementTerm, ending
from assay.authoring.language.dates import Moment
from assay.authoring.language.durations import Duration
from assay.authoring.model import Span

_NOUN = (
    r"(?:lease|tenancy|term|agreement|contract|rental|subscription|retainer|engagement|employment|"
    r"licen[cs]e|membership|cover|insurance|policy|services?|hire|residency|internship|let|"
    r"(?:lease|rental|insurance|subscription|contract|hire|policy|service|licen[cs]e) period)"
)
_THING = (
    rf"(?:(?:the|this|our|its|initial|fixed|lease|rental|service|licen[cs]e|insurance|tenancy|"
    rf"subscription|contract|employment|maintenance|consulting|support) )*{_NOUN}"
    rf"(?: (?:of|for) (?:the|this) (?:[a-z]+ )?{_NOUN})?"
)
_DATED = rf"(?:the )?(?:start|starting|commencement|beginning) date(?: (?:of|for) {_THING})?"
_HELPING = r"(?:shall |will )?"
_BEGINS = (
    rf"{_HELPING}(?:begins?|starts?|commences?|runs?|is effective|be effective|takes? effect|"
    r"comes? into force|is)(?: on| from| with effect from| as from| as of)*"
)
_UNTIL = (
    r"(?: (?:,|and|to|until|till|through|it|shall|will|ends?|expires?|terminates?|continues?|"
    r"runs?|lasts?|up|on|in|force|[-–]))+ <date>"
)
_FOR = (
    r"(?: (?:,|and|it|shall|will|is|lasts?|runs?|continues?|remains?|in|force|for|a|an|initial|"
    r"fixed|term|period|of))+ <duration>"
)
_TAIL = rf"(?P<tail>{_UNTIL}|{_FOR})?"
_SENTENCES = (
    rf"{_THING} {_BEGINS} <date>{_TAIL}",
    rf"{_DATED} (?:is|shall be) <date>",
    rf"{_THING} {_HELPING}(?:is|be|lasts?|runs?)(?: for)?(?: an?(?: fixed| initial)? "
    r"(?:term|period) of)? <duration> ,?"
    r"(?: ?(?:from|beginning|starting|commencing|on|and|begins|starts|runs))+ "
    r"<date>",
    rf"(?:{_THING}|{_DATED}|start|beginning|(?:lease|rental) start) : (?:from )?<date>"
    rf"(?P<label>{_UNTIL})?",
)
_SENTENCE = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", one) for one in _SENTENCES))
_FIRST = re.compile(rf"\b{_NOUN}\b(?! (?:of|for|term|period)\b)")
_DEFINED = ("commencement date", "start date", "lease start date", "starting date")


def term_told(nodes: Line) -> AgreementTerm | None:
    """The term that a whole sentence tells; None where it tells anything else."""
    said = [node for node in nodes.nodes if node.kind != "possessive"]
    while said and said[-1].lower in (".", ";", ","):
        said.pop()
    words = " ".join(map(_sign, said))
    if not words or _SENTENCE.fullmatch(words) is None:
        return None
    dates = [node.value.iso for node in said if isinstance(node.value, Moment)]
    lengths = [node.value.iso for node in said if isinstance(node.value, Duration)]
    if not dates or dates[0] is None or "T" in dates[0] or None in dates:
        return None
    end = dates[1] if len(dates) > 1 else None
    if lengths:
        end = ending(dates[0], lengths[0])
    noun = _FIRST.search(words)
    span = said[0].start, said[-1].end
    return AgreementTerm(dates[0], end, span, noun.group() if noun else None)


def _sign(node: Node) -> str:
    return f"<{node.kind}>" if node.kind in ("date", "duration") else node.lower


def term_defined(text: str, names: Names) -> AgreementTerm | None:
    """The term that begins on a date which a definition gives: "Commencement Date" means."""
    for name in _DEFINED:
        value = names.values.get(name)
        if isinstance(value, Moment) and value.iso is not None and "T" not in value.iso:
            return AgreementTerm(value.iso, None, _place(text, name))
    return None


def _place(text: str, name: str) -> Span:
    at = max(text.lower().find(name), 0)
    return at, at + len(name)
