"""Words that stand for others without a change of meaning."""

from __future__ import annotations

import re
from collections.abc import Callable

from .corpus import Item
from .rewording import Rewording, of_text, of_words, with_text

# "May" is also a month, "must" and "shall" stand before "not" or words that a paraphrase can't.
_BARE = r"(?!'| not\b| only\b| each\b| neither\b|,| be liable| be entitled| be at liberty| also\b)"
_PLURAL = re.compile(r"(?:[^s\W]s|\b(?:they|we|you|I|i|parties|holders|and \w+))$")


def _finite(name: str, singular: str, plural: str, modal: str) -> Rewording:
    """A modal verb as a phrase that agrees with the word before it, where somebody acts."""
    pattern = re.compile(rf"(?<!No )(\w+) {modal}\b{_BARE}(?! have\b)(?! be \w+(?:ed|en|id|de)\b)")

    def agree(match: re.Match[str]) -> str:
        return f"{match[1]} {plural if _PLURAL.search(match[1]) else singular}"

    def reword(item: Item) -> Item | None:
        actors = [one.get("actor") for one in item.obligations]
        if not actors or item.text.startswith("No ") or None in actors or "contract" in actors:
            return None
        return with_text(item, pattern.sub(agree, item.text))

    return Rewording(name, reword)


def _once(pattern: str, new: str) -> Callable[[str], str | None]:
    """One match only, and only where there is one: a second could be another's."""
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(new, text) if len(compiled.findall(text)) == 1 else None


_DUTY = "(?:must|shall)"
MODALS = (
    of_words("shall for must", r"\bmust\b", "shall"),
    of_words("must for shall", r"\bshall\b", "must"),
    of_words("will for shall", r"\bshall\b(?! not)", "will"),
    _finite("has to", "has to", "have to", _DUTY),
    _finite("is obliged to", "is obliged to", "are obliged to", _DUTY),
    _finite("is required to", "is required to", "are required to", _DUTY),
    _finite("agrees to", "agrees to", "agree to", _DUTY),
    _finite("undertakes to", "undertakes to", "undertake to", _DUTY),
    _finite("shall be obliged to", "shall be obliged to", "shall be obliged to", _DUTY),
    _finite("shall have to", "shall have to", "shall have to", _DUTY),
    _finite(
        "is under an obligation to",
        "is under an obligation to",
        "are under an obligation to",
        _DUTY,
    ),
    _finite("has a duty to", "has a duty to", "have a duty to", _DUTY),
    _finite("needs to", "needs to", "need to", _DUTY),
    _finite("is to", "is to", "are to", _DUTY),
    _finite("commits to", "commits to", "commit to", _DUTY),
    _finite("promises to", "promises to", "promise to", _DUTY),
    _finite("shall be entitled to", "shall be entitled to", "shall be entitled to", "may"),
    _finite("shall have the right to", "shall have the right to", "shall have the right to", "may"),
    _finite("is free to", "is free to", "are free to", "may"),
    _finite("has the option to", "has the option to", "have the option to", "may"),
    _finite("is authorised to", "is authorised to", "are authorized to", "may"),
    _finite("is entitled to", "is entitled to", "are entitled to", "(?:may|can)"),
    _finite("has the right to", "has the right to", "have the right to", "(?:may|can)"),
    _finite("is allowed to", "is allowed to", "are allowed to", "(?:may|can)"),
    of_words("can for may", rf"\bmay\b{_BARE}", "can"),
    of_words("may for can", rf"\bcan\b{_BARE}", "may"),
)
_BAN = r"(?:must not|may not|shall not|cannot|can't)\b"


def _forbidden(text: str, participle: str) -> str | None:
    def agree(match: re.Match[str]) -> str:
        verb = "are" if _PLURAL.search(match[1]) else "is"
        return f"{match[1]} {verb} not {participle} to"

    return re.sub(rf"(\w+) {_BAN}(?! be\b|,)", agree, text)


def _prohibited(text: str) -> str | None:
    """Where one verb follows that takes -ing without a change."""
    match = re.search(rf"(\w+) {_BAN} (sell|assign|disclose|share|bid|transfer|reveal)\b", text)
    if match is None or re.search(r",| or | and ", text[match.end() :]):
        return None
    ing = match[2].removesuffix("e") + ("ring" if match[2] == "transfer" else "ing")
    verb = "are" if _PLURAL.search(match[1]) else "is"
    return f"{text[: match.start()]}{match[1]} {verb} prohibited from {ing}{text[match.end() :]}"


def _should(text: str) -> str | None:
    """If the seller cancels: should the seller cancel."""
    match = re.match(r"If ((?:the |a |an )?(?:\w+ )?\w+) (\w{3,}[^s\Wu])s ([^,]*, .+)", text)
    if match is None or match[2] in {"doe", "pas"} or match[2].endswith(("ie", "she", "che")):
        return None
    return f"Should {match[1]} {match[2]} {match[3]}"


def _then(text: str) -> str | None:
    """The comma between a condition in front and its sentence, with "then" behind it."""
    if not text.startswith("If ") or len(re.findall(r",(?!\d)", text)) != 1:
        return None
    return re.sub(r",(?!\d) ", ", then ", text)


BANS = (
    of_words("may not", _BAN, "may not"),
    of_words("must not", _BAN, "must not"),
    of_words("shall not", _BAN, "shall not"),
    of_words("shall never", rf"{_BAN}(?! be)", "shall never"),
    of_words("shall in no event", rf"{_BAN}(?! be)", "shall in no event"),
    of_words("shall under no circumstances", rf"{_BAN}(?! be)", "shall under no circumstances"),
    of_words("has no right to", rf"(?<=[^s]) {_BAN}(?! be)", " has no right to"),
    of_words("agrees not to", rf"(?<=er|or) {_BAN}(?! be)", " agrees not to"),
    of_text("is not allowed to", lambda text: _forbidden(text, "allowed")),
    of_text("is not permitted to", lambda text: _forbidden(text, "permitted")),
    of_text("is prohibited from", _prohibited),
)
CONDITIONS = (
    of_words("in the event that", r"\b([Ii])f (?!not\b|and\b)", r"\1n the event that "),
    of_words("in case", r"\b([Ii])f (?!not\b|and\b)", r"\1n case "),
    of_words("where for if", r"^If ", "Where "),
    of_text("provided that", _once(r"(?<=\w) if (?!not\b)", ", provided that ")),
    of_text("on condition that", _once(r"(?<=\w) if (?!not\b)", " on condition that ")),
    of_text("should", _should),
    of_text("then", _then),
    of_words("as soon as", r"\b(?:[Oo]nce)(?= the| a| it| he| she|\b [A-Z])", "as soon as"),
    of_words("once for when", r"\bWhen (?=the|a|[A-Z])", "Once "),
    of_words("except where", r"\bunless (?!and)", "except where "),
    of_words("on for upon", r"\b([Uu])pon\b", lambda m: "On" if m[1] == "U" else "on"),
    of_words("upon for on", r"(?<!as )\bon (?=delivery|completion|acceptance|signing)", "upon "),
    of_words("following", r"\bafter (?=the|delivery|acceptance|receipt|termination)", "following "),
    of_words("prior to", r"\bbefore (?=\d|[A-Z][a-z]+ \d)", "prior to "),
    of_words("till", r"\buntil\b", "till"),
)
_UNIT = r"(?:day|week|month|year|hour)s?"
_LENGTH = rf"((?:[\w-]+ )?(?:\(\w+\) )?(?:calendar )?{_UNIT})"
_DATE = r"(?=\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d)"
TIMES = (
    of_words("no later than N after", rf"\bwithin {_LENGTH} (?:of|after|following|from)\b",
             r"no later than \1 after"),
    of_words("not later than N after", rf"\bwithin {_LENGTH} (?:of|after|following|from)\b",
             r"not later than \1 after"),
    of_words("within N after", rf"\bwithin {_LENGTH} of\b", r"within \1 after"),
    of_words("within a period of", rf"\bwithin (?={_LENGTH})", "within a period of "),
    of_words("no later than a date", rf"\bby {_DATE}", "no later than "),
    of_words("on or before a date", rf"\bby {_DATE}", "on or before "),
    of_words("by a date at the latest", rf"\bby ({_DATE}[-\w]+(?: [A-Z][a-z]+ \d{{4}})?)",
             r"by \1 at the latest"),
    of_words("every month", r"\b(?:each month|per month|a month|monthly(?=[.,]|$))", "every month"),
    of_words("each month", r"\b(?:every month|per month|a month|monthly(?=[.,]|$))", "each month"),
    of_words("per month", r"\b(?<=[A-Z]{4} )(?:each month|every month|a month)", "per month"),
    of_words("once a month", r"(?<!day of )\bevery month\b", "once a month"),
    of_words("each year", r"\b(?:every year|a year|per annum|per year|annually)(?=[.,]|$)",
             "each year"),
    of_words("each week", r"\bevery week\b", "each week"),
)  # fmt: skip
OTHERWISE = (
    of_words("otherwise", r"; (?:failing which|failing this|or else),? ", "; otherwise "),
    of_words("failing which", r"; otherwise,? ", ", failing which "),
    of_words("or else", r"; otherwise,? ", "; or else "),
)
LIMITS = (
    of_words("not less than", r"\b(?:at least|no less than)(?= \d)", "not less than"),
    of_words("at least", r"\b(?:not less than|no less than)(?= \d)", "at least"),
    of_words("no more than", r"\b(?:at most|not more than)(?= \d)", "no more than"),
    of_words("at most", r"\b(?:not more than|no more than)(?= \d)", "at most"),
    of_words("not more than for up to", r"\b[Uu]p to(?= \d[\d,.]* [A-Z]+)", "not more than"),
    of_words("a maximum of", r"\b(?:up to|at most|not more than)(?= \d[\d,.]* [A-Z]+)",
             "a maximum of"),
    of_words("a minimum of", r"\b(?:at least|not less than)(?= \d[\d,.]* [A-Z]+)",
             "a minimum of"),
)  # fmt: skip
SYNONYMS = (
    of_words("remit for pay", rf"\b({_DUTY}) pay\b(?= [\d€$£]| to\b| the)", r"\1 remit"),
    of_words("give back", r"\b(shall|must|may|to) return the\b", r"\1 give back the"),
    of_words("inform for notify", r"\bnotify (?=the|a)", "inform "),
    of_words("hand over", rf"\b({_DUTY}) deliver (?=the)", r"\1 hand over "),
    of_words("consent unless", r"\bwithout the (?:prior )?(?:written )?consent of (the \w+)",
             r"unless \1 consents"),
    of_words("consent with 's", r"\bwithout the prior written consent of (the \w+)",
             r"without \1's prior written consent"),
    of_words("consent of", r"\bwithout (the \w+)'s prior written (consent|approval)",
             r"without the prior written \2 of \1"),
)  # fmt: skip
FILLERS = (
    of_words("hereby", rf"\b({_DUTY})(?= pay| transfer| deliver| return| notify)", r"\1 hereby"),
    of_words("duly", rf"\b({_DUTY})(?= pay| transfer| deliver| return| notify)", r"\1 duly"),
    of_words(
        "in full", rf"\b({_DUTY}) pay (the \w+(?: Price| Fee)?) to\b", r"\1 pay \2 in full to"
    ),
    of_words("itself", rf"^(The \w+) ({_DUTY})(?! not)", r"\1 itself \2"),
)
WORDS: tuple[Rewording, ...] = (
    *MODALS, *BANS, *CONDITIONS, *TIMES, *OTHERWISE, *LIMITS, *SYNONYMS, *FILLERS,
)  # fmt: skip
