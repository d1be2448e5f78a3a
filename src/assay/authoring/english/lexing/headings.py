"""Titles and headings: words that name what follows and carry no duty.

>>> headings("Lease Agreement\\nThe Tenant shall pay 50 USDC.")
[(0, 15)]
"""

from __future__ import annotations

import re

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of

_LINE = re.compile(r"[^\n]+")
_MARKS = re.compile(r"^[\s#*_]+|[\s*_]+$")
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.|§)\s+")
_SUBCLAUSE = re.compile(r"\d+\.\d+\.?\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASKING = frozenset({"how", "what", "why", "who", "where", "about"})
_SPOKEN = words.MODALS | words.BE | words.HAVE | words.DO | words.PRONOUNS | {*words.SPEAKERS}
_SPOKEN |= {"not", "if", "when", "unless", "until", "no", "only", "each", "every"}
_TENSES = ("third", "past")
_LONGEST = 10
_SHORT = 4


def headings(text: str) -> list[tuple[int, int]]:
    """The characters of every line that stands as a title or heading over others."""
    lines = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    found: list[tuple[int, int]] = []
    for at, span in enumerate(lines[:-1]):
        above = text[slice(*lines[at - 1])].rstrip() if at else ""
        opens = at == 0 or above.endswith((".", ";", "!", "?")) or lines[at - 1] in found
        below = text[slice(*lines[at + 1])].strip()
        opens = opens or _SUBCLAUSE.match(below) is not None
        begins = below[:1].isupper() or below[:1] in '("“*-•#' or below[:1].isdigit()
        begins = begins or below.split(maxsplit=1)[0] in ("between", "by", "dated", "made")
        if opens and begins and _names_what_follows(text[slice(*span)], first=at == 0):
            found.append(span)
    return found


def _names_what_follows(line: str, *, first: bool) -> bool:
    """Whether a line is a noun in capitals, or the title that a text begins with."""
    bare = _NUMBERED.sub("", _MARKS.sub("", line))
    said = _WORD.findall(bare)
    if not 0 < len(said) <= _LONGEST or bare.endswith((".", ",", ";", ":", "!", "?")):
        return False
    numbered = _NUMBERED.match(_MARKS.sub("", line)) is not None
    if numbered and len(said) <= _SHORT and all(one[0].isupper() or len(one) < 4 for one in said):
        return not (_SPOKEN & {one.lower() for one in said} or re.search(r"[\d%$€£¥:]", bare))
    capitals = all(word[0].isupper() for word in said if len(word) > 3)
    # Over a whole text what looks like a verb of the past is a participle, or a noun.
    titled = first and words.singular(said[0].lower()) not in words.ROLES
    return (capitals or first) and is_nameless(bare, tenses=("third",) if titled else _TENSES)


def is_nameless(sentence: str, *, tenses: tuple[str, ...] = _TENSES) -> bool:
    """Whether words name something without telling who does what: no verb, and no number."""
    said = [word.lower() for word in _WORD.findall(sentence)]
    if not said or re.search(r"[\d%$€£¥:]", sentence) or _SPOKEN & {*said}:
        return False
    if said[0] in _ASKING:
        return True
    orders = any(tag == "base" for _, tag in forms_of(said[0]))
    if orders and len(said) > 1 and said[1] in words.DETERMINERS:
        return False
    return not any(tag in tenses for word in said[1:] for _, tag in forms_of(word))


def is_verbless(sentence: str) -> bool:
    """Whether a sentence before the numbered clauses only says what they are about."""
    said = [word.lower() for word in _WORD.findall(sentence)]
    acts = any(tag == "base" for word in said for _, tag in forms_of(word))
    return is_nameless(sentence) and (said[0] in _ASKING or not acts)


def is_inline_heading(sentence: str) -> bool:
    """Whether a short sentence at the beginning of a numbered clause is its heading."""
    said = [word.lower() for word in _WORD.findall(sentence)]
    # "Change of control": what stands before "of" is a noun, whatever else it may be.
    known = any(
        forms_of(word) and after != "of" for word, after in zip(said, [*said, ""][1:], strict=True)
    )
    return len(said) <= 5 and not known and is_nameless(sentence)
