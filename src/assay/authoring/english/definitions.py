"""The first pass over a text: who takes part, and what defined terms mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assay.authoring.english.defined_values import period, period_before, value_before, value_of
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.calendar import date_at
from assay.authoring.english.lexing.capitals import SUFFIX, capital_run, has_suffix
from assay.authoring.english.lexing.durations import ADVERBS
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.english.parties.casts import cast_of
from assay.authoring.english.phrases.names import Names
from assay.authoring.english.phrases.people import acts_or_receives, unlisted
from assay.authoring.language.dates import Moment

_QUOTES = "\"“”‘’'"
_PAREN = re.compile(
    rf"\(\s*(?:(?:hereinafter|hereafter|together|collectively|individually|each|each an?|and|"
    rf"referred\s+to|called|known|as|the|an?|in\s+this\s+agreement|,|being)\s*)*"
    rf"[{_QUOTES}](?:the\s+)?([^{_QUOTES}()]{{1,60}}?),?[{_QUOTES}]"
    rf"(?:\s*(?:or|and)\s*(?:the\s+)?[{_QUOTES}]([^{_QUOTES}()]{{1,60}})[{_QUOTES}])?\s*\)",
    re.IGNORECASE,
)
_BARE_PAREN = re.compile(
    r"\(\s*(?:(?:hereinafter|hereafter)(?:\s+(?:referred\s+to\s+as|called))?\s+)?"
    r"the\s+([A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,2})\s*\)|\(\s*([A-Z][a-z]+)\s*\)"
)
_HEREINAFTER = re.compile(
    rf",?\s*(?:hereinafter|hereafter)(?:\s+(?:referred\s+to|called|known)(?:\s+as)?)?\s*,?\s*"
    rf"(?:the\s+)?[{_QUOTES}](?:the\s+)?([^{_QUOTES}]{{1,60}}?),?[{_QUOTES}],?",
    re.IGNORECASE,
)
_DEFINING = r"(?:shall\s+mean|means|mean|is\s+defined\s+as|refers\s+to|has\s+the\s+meaning|is|:)"
_NEXT = (
    rf",?\s*(?:,|\band)\s+(?:the\s+)?[{_QUOTES}][^{_QUOTES}\n]{{1,60}}[{_QUOTES}]\s*{_DEFINING}\s"
)
"""Where a further definition begins in the same sentence."""
_MEANS = re.compile(
    rf"(?:,?\s*(?:,|\band)\s+)?(?:(?:in|for\s+the\s+purposes?\s+of)\s+this\s+(?:agreement|contract|lease|deed|clause)\s*,?\s*)?"
    rf"(?:the\s+(?:(?:term|expression)\s+)?)?[{_QUOTES}]([^{_QUOTES}\n]{{1,60}})[{_QUOTES}]\s*"
    rf"{_DEFINING}\s+((?:(?!{_NEXT})[^.;\n]|\.\d)*)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[ \t]*(?:[-*•]\s*)?([A-Z][A-Za-z ]{1,30}):[ \t]+([^\n]{1,120})$", re.MULTILINE
)
_TERM = re.compile(
    r"(?:^|(?<=[.;\n] ))([A-Z][A-Za-z ]{1,30}): ([^.;:\n]{1,60}(?:\.\d[^.;:\n]*)?)"
    r"(?:[.;](?=\s|$)|$)"
)
_TELLS = re.compile(r"\d|\b(?:shall|must|will|may|can|pays?|is|are)\b", re.IGNORECASE)
_COMMON = frozenset(
    "goods title ownership risk tokens token shares interest rent payment delivery notice time "
    "milestone completion acceptance everything nothing anyone everyone nobody whoever work "
    "ether bitcoin agreement contract clause section article schedule recitals failure upon".split()
)


@dataclass
class Definitions:
    """What the first pass found: names, and characters that need no further reading."""

    names: Names
    skipped: list[tuple[int, int]] = field(default_factory=list)


def _sentence_before(text: str, position: int) -> list[Token]:
    start = max(text.rfind(mark, 0, position) for mark in ("\n", ";", "), ", " and between "))
    verbs = [match.end() for match in _AFTER_PAREN.finditer(text, max(0, start), position)]
    return tokens(text, max(0, start + 1, *verbs), position)


_AFTER_PAREN = re.compile(r"\)\s+(?=[a-z])")
"""What stands before a closed parenthesis has its name: "Acme Inc. (the "Company") pays"."""


def _define(text: str, term: str, position: int, span: tuple[int, int], names: Names) -> None:
    """Files a term under what stands before it."""
    key = term.strip().lower().removeprefix("the ")
    before = _sentence_before(text, position)
    lasts = period_before(before) if key.endswith(("period", "term")) else None
    if lasts is not None:
        names.periods[key] = lasts
        return
    value = value_before(before)
    if value is not None:
        names.values[key] = value[0]
        return
    joint = max((at for at, token in enumerate(before) if token.lower in ("and", "between")),
                default=-1)  # fmt: skip
    run = capital_run(before[joint + 1 :]) or capital_run(before)
    last = key.split()[-1]
    is_role = names.role(last) is not None or key.startswith("party ") or _names_doer(run, last)
    thing = words.singular(last) in _TRADED
    if is_role or (run and has_suffix(run) and not thing):
        names.add_party(term, key, (run[0].start, span[1]) if run else span)
        if run:
            names.add_party(text[run[0].start : run[-1].end], key)
        return
    names.defined.add(key)


_TRADED = frozenset(
    "token share unit option warrant coin note bond good goods product machine nft "
    "equipment collateral deposit loan price fee".split()
)
"""Things that a definition often names behind whoever gives them."""


def _names_doer(run: list[Token], term: str) -> bool:
    """Whether a term tells what a person does: "Mr Sato (the “Traveller”)"."""
    titled = bool(run) and run[0].lower in _TITLES
    doing = term.endswith(("er", "or", "ee", "ist", "ant")) and len(term) > 4
    return titled and doing and term not in {token.lower for token in run}


_ROLE = re.compile(r"([A-Z][A-Za-z ]{1,30}): ([A-Z][^:;,\n]{0,60}?)(?:[.;,]\s+(?=[A-Z])|[.;]?$)")


def _cast(text: str, match: re.Match[str], names: Names, result: Definitions) -> bool:
    """ "Seller: Anna. Buyer: Ben.": who takes part, where a line names nothing else."""
    low, high = match.start(1), match.end()
    told: list[re.Match[str]] = []
    while (one := _ROLE.match(text, low, high)) is not None and names.role(one.group(1).lower()):
        told.append(one)
        low = one.end()
    keys = [one.group(1).lower() for one in told]
    if len(told) < 2 or any(_TELLS.search(one.group(2)) for one in told):
        return False
    for key, one in zip(keys, told, strict=True):
        span = one.start(), one.end(2)
        names.add_party(one.group(1), key, span)
        names.add_party(one.group(2), key)
    result.skipped.append((match.start(), told[-1].end()))
    return True


def _labels(text: str, names: Names, result: Definitions) -> None:
    for match in _LABEL.finditer(text):
        if _cast(text, match, names, result):
            continue
        key = match.group(1).strip().lower()
        if names.role(key) or key.startswith("party "):
            found = tokens(text, match.start(2), match.end(2))
            run = capital_run(found)
            given = _PAREN.search(text, match.start(2), match.end(2))
            named = (given.group(1) or "").strip().lower() if given is not None else ""
            if given is not None and named in names.parties.values():
                names.add_party(match.group(1), named, match.span())
                if not _TELLS.search(text, match.start(2), given.start()):
                    result.skipped.append(match.span())
                continue
            names.add_party(match.group(1), key, match.span())
            if run and run[0] == found[0] and len(run) == len(found):
                names.add_party(text[run[0].start : run[-1].end], key)
                result.skipped.append(match.span())
    for match in (*_LABEL.finditer(text), *_TERM.finditer(text)):
        key = match.group(1).strip().lower()
        value = value_of(text, match.start(2), match.end(2))
        again = re.compile(rf"\b{re.escape(key)}\b", re.IGNORECASE)
        used = any(not match.start() <= one.start() < match.end() for one in again.finditer(text))
        dated = key.endswith("date")
        if value is not None and (dated or (used and key.split()[-1] in MONEY_NOUNS)):
            names.values[key] = value
            result.skipped.append(match.span())


def _means(text: str, names: Names, result: Definitions) -> None:
    for match in _MEANS.finditer(text):
        key = match.group(1).strip().lower().removeprefix("the ")
        value = value_of(text, match.start(2), match.end(2))
        if value is not None:
            names.values[key] = value
            often, _, bare = key.partition(" ")
            if often in ADVERBS and bare:
                names.values.setdefault(bare, value)
            result.skipped.append(match.span())
            continue
        found = tokens(text, match.start(2), match.end(2))
        lasts = period(found)
        if lasts is not None:
            names.periods[key] = lasts
            result.skipped.append(match.span())
            continue
        run = capital_run(found)
        if run and (names.role(key.split()[-1]) or has_suffix(run)):
            names.add_party(match.group(1), key, match.span(1))
            names.add_party(text[run[0].start : run[-1].end], key)
            result.skipped.append(match.span())
        elif not any(token.kind in ("number", "date") for token in found):
            names.defined.add(key)
            result.skipped.append(match.span())


_DATES = re.compile(
    r"(?:^|(?<=[.;\n] ))[ \t]*(?:\d+(?:\.\d+)*\.?[ \t]+)?(?:[Tt]he[ \t]+)?"
    r"((?:[A-Z][a-z]+[ \t]){1,3}Date)[ \t]+(?:is|shall[ \t]+be|will[ \t]+be)[ \t]+([^.;\n]+)\.?",
    re.MULTILINE,
)


def _dates(text: str, names: Names, result: Definitions) -> None:
    """ "The Effective Date is 1 September 2027."."""
    for match in _DATES.finditer(text):
        value = value_of(text, match.start(2), match.end(2))
        if isinstance(value, Moment) and value.missing is None:
            names.values[match.group(1).lower()] = value
            result.skipped.append(match.span())


_IS = re.compile(
    r"(?:^|(?<=[.;:\n])|(?<=,)|\band\b)[ \t]*(?:in\s+this\s+\w+,\s*)?((?:the\s+)?"
    r"([a-z]+(?:\s[a-z]+)?))\s+(?:is|are|shall\s+be)\s+"
    r"((?-i:(?:(?:Ltd|Inc|Co|Corp|[A-Z])\.|[A-Z][\w&'’-]*)"
    r"(?:[ \t]+(?:of|de|van|von|&)(?=[ \t]+[A-Z]))?(?:[ \t]+(?=[A-Z])|"
    r"(?=[,.;\n]|\s+and\s+the\b|$)))+)"
    r"(?:,\s+(?:an?\s|whose\s|of\s|with\s|incorporated|registered)[^.;\n]*)?\.?",
    re.IGNORECASE,
)


_SUPPOSES = re.compile(r"\b(?:if|when|where|unless|provided|whether|that)\b", re.IGNORECASE)


def _named(text: str, names: Names, result: Definitions) -> None:
    """ "The Purchaser is Orion Holdings Ltd.": who a party is."""
    for match in _IS.finditer(text):
        key = match.group(2).strip().lower().removeprefix("the ")
        run = capital_run(tokens(text, match.start(3), match.end(3)))
        known = names.role(key.split()[-1]) is not None or key.startswith("party ")
        begun = max(text.rfind(mark, 0, match.start()) for mark in ".;\n") + 1
        asked = _SUPPOSES.search(text, begun, match.start()) is not None
        if asked or not known or not run or run[0].lower in words.DETERMINERS | {"party"}:
            continue
        if _TELLS.search(text, match.start(3), match.end(3)):
            continue
        names.add_party(match.group(1), key, match.span(1))
        names.add_party(text[run[0].start : run[-1].end], key)
        result.skipped.append(match.span())


_LISTED = (
    _COMMON | MONEY_NOUNS | words.DETERMINERS | words.PREPOSITIONS | words.SUBORDINATORS
    | words.PRONOUNS | words.MODALS | words.CONJUNCTIONS | words.FILLERS | words.BE | words.HAVE
)  # fmt: skip
"""Words that are nobody's name, though a sentence may begin with them."""


def _proper(text: str, found: list[Token], index: int) -> bool:
    """Whether a capitalised word is somebody's name, by what stands around it."""
    token = found[index]
    if token.kind != "word" or not token.text[:1].isupper() or token.text.isupper():
        return False
    word = token.lower
    known = (
        word in _LISTED
        or word in NOUNS
        or word in words.SPEAKERS
        or words.singular(word) in words.ROLES
        or words.singular(word) in _COMMON
        or bool(forms_of(word))
        or (word.endswith(("ly", "tion", "ment", "ing", "s")) and token.text.istitle())
    )
    if (known and not acts_or_receives(found, index)) or date_at(found, index):
        return False
    before = found[index - 1] if index else None
    apart = before is not None and "\n" in text[before.end : token.start]
    if apart and before is not None and not before.text.islower():
        before = None
    end = _name_end(found, index)
    after = found[end].lower if end < len(found) else ""
    if before is not None and (before.lower in words.DETERMINERS or _describes(found, index - 1)):
        return False
    ordered = index == 1 and "base" in {tag for _, tag in forms_of(found[0].lower)}
    small = before is not None and (before.lower in _LISTED or before.lower == "&")
    if before is not None and before.text[:1].isupper() and not (ordered or small):
        return False
    tags = {tag for _, tag in forms_of(after)}
    if (
        after in words.MODALS
        or tags & {"third", "past"}
        or after in ("'s", "’s", "has", "is", "agrees", "fails", "undertakes", "covenants")
    ):
        return True
    if after == "and" and index + 2 < len(found) and found[index + 2].text[:1].isupper():
        return before is None or before.text in ".\n:"
    giving = before is not None and (
        (before.lower == "of" and after == "that")
        or before.lower
        in ("to", "by", "from", "with", "for", "if", "when", "once", "unless", "and", "until")
        or bool(forms_of(before.lower))
    )
    meant = before is not None and before.text.islower() and before.lower not in _LISTED
    ended = after in ("", ",", ".") and end == index + 1
    return before is not None and before.text not in ".:" and (giving or (meant and ended))


def _describes(found: list[Token], index: int) -> bool:
    """Whether a word says how a thing is: "the used Golf", "her repaired Vespa"."""
    told = index > 0 and found[index - 1].lower in words.DETERMINERS | {"its", "their"}
    tags = {tag for _, tag in forms_of(found[index].lower)}
    return told and (found[index].lower in words.ADJECTIVES or "participle" in tags)


def _name_end(found: list[Token], index: int) -> int:
    """The index after a name of several words: "Pulse Monitor", "Ada Brandt"."""
    end = index + 1
    while end < len(found) and found[end].kind == "word" and found[end].text.istitle():
        if found[end].lower in words.DETERMINERS or found[end].lower in words.ROLES:
            return index + 1
        end += 1
    return end


_TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lady lord madam".split())


def _titled(text: str, found: list[Token], names: Names) -> None:
    """ "Ms Moreau", "Dr. Ada Brandt"."""
    for index, token in enumerate(found):
        at = index + 1 + (index + 1 < len(found) and found[index + 1].text == ".")
        if token.lower.rstrip(".") not in _TITLES or not token.text[:1].isupper():
            continue
        end = at
        while end < len(found) and found[end].kind == "word" and found[end].text[:1].isupper():
            end += 1
        if end > at:
            written = text[token.start : found[end - 1].end]
            if written.lower() not in names.parties:
                names.add_party(written, written.lower(), (token.start, found[end - 1].end))


def _companies(text: str, found: list[Token], names: Names) -> None:
    """ "Lumen Ltd", which "Lumen" means too where it is the only one of that name."""
    index, short = 0, dict[str, set[str]]()
    while index < len(found):
        run: list[Token] = []
        while (
            index < len(found)
            and (found[index].text[:1].isupper() or (run and found[index].text == "&"))
            and found[index].lower not in words.DETERMINERS
        ):
            run.append(found[index])
            index += 1
        while run and run[0].lower in words.SUBORDINATORS | words.PREPOSITIONS:
            del run[0]
        joined = len(run) == 3 and run[1].text == "&"
        if (len(run) >= 2 and run[-1].lower in SUFFIX) or joined:
            written = text[run[0].start : run[-1].end]
            key = " ".join(token.lower for token in run)
            if key not in names.parties:
                names.add_party(written, key.rstrip("."), (run[0].start, run[-1].end))
            bare = text[run[0].start : run[-2].end]
            short.setdefault(bare, set()).add(names.parties[key])
        index += 1
    for bare, companies in short.items():
        if len(companies) == 1 and bare.lower() not in {*names.parties, *words.ROLES}:
            names.add_party(bare, companies.pop())


def find_definitions(text: str) -> Definitions:
    """Reads every definition and name in a text."""
    names = Names()
    result = Definitions(names)
    for pattern in (_PAREN, _HEREINAFTER):
        for match in pattern.finditer(text):
            for term in match.groups():
                if term:
                    _define(text, term, match.start(), match.span(), names)
            result.skipped.append(match.span())
    for match in _BARE_PAREN.finditer(text):
        term = match.group(1) or match.group(2)
        if names.role(term.lower().split()[-1]):
            _define(text, term, match.start(), match.span(), names)
            result.skipped.append(match.span())
    _labels(text, names, result)
    result.skipped += cast_of(text, names)
    _means(text, names, result)
    _dates(text, names, result)
    _named(text, names, result)
    found = tokens(text)
    names.people |= unlisted(found)
    _companies(text, found, names)
    _titled(text, found, names)
    for index, token in enumerate(found):
        if _proper(text, found, index) and token.lower not in names.parties:
            last = found[_name_end(found, index) - 1]
            written = " ".join(text[token.start : last.end].split())
            key = written.lower().rstrip(".")
            if key not in {*names.parties, *names.parties.values()}:
                names.add_party(written, key, (token.start, last.end))
    return result
