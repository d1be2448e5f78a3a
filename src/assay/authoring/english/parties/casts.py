"""Who takes part, where a text lists them before its clauses.

"Buyer: Nadia Rahman. Seller: Tom Becker.", "Parties: Ada (singer), Ben (producer)", a title like
"Residential lease between Kim Park and Joe Hill."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexing.capitals import capital_run
from assay.authoring.english.lexing.tokens import tokens
from assay.authoring.english.phrases.names import Names
from assay.authoring.model import Span

_TITLE = re.compile(
    r"^(?:\W*)(?:[A-Za-z-]+ ){0,4}?(?:agreement|contract|lease|loan|deal|hedge|bet|wager|deed|sale|"
    r"purchase|charter|licen[cs]e|engagement|cooperation|partnership|policy|swap|arrangement)\s+"
    r"between\s+((?:[^.;:\n]|\.(?=\S))+)(?:\.(?=\s|$)|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A title without a verb: "Residential lease between Kim Park and Joe Hill."."""

_NAME = (
    r"(?:[A-Z0-9][\w'’-]*|(?:Ltd|Inc|Co|Corp|Mr|Mrs|Ms|Dr|[A-Z])\.|&|of|the|de|del|van|von|der|du|da|la)"
    r"(?:[ \t]+(?:(?:Ltd|Inc|Co|Corp|[A-Z])\.(?=[ \t]*[,;.(\n]|[ \t]+[A-Z(])"
    r"|[A-Z0-9][\w'’-]*|&|of|the|de|del|van|von|der|du|da|la))*"
)
_SEGMENT = re.compile(
    rf"(?P<role>[A-Z][\w'’-]*(?:[ \t][a-z][\w'’-]*|[ \t][A-Z][\w'’-]*){{0,2}}):[ \t]+"
    rf"(?P<name>{_NAME})[ \t]*(?:\([ \t]*(?:the[ \t]+)?[\"“]?(?P<gloss>[^()\n\"”]{{1,60}})[\"”]?"
    rf"[ \t]*\))?[ \t]*(?:[.;,](?=\s|$)|(?=\n|$))"
)
_INLINE = re.compile(
    r"(?:^|(?<=[.;,\n|] ))([A-Za-z][a-z]+): ([A-Z][^.:;,|\n]{0,60}(?:\.(?=[A-Z]))?)"
    r"(?:\.(?=\s|$)|(?=[;,|\n])|$)"
)
_LINE = re.compile(r"^[ \t]*(?:[-*•][ \t]*)?(?=[A-Z])", re.MULTILINE)
_LIST = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?(?:The[ \t]+)?(?:parties|party|between|participants)"
    r"(?:[ \t]+are)?:?[ \t]+(?P<people>[^\n.:;]+?)[ \t]*(?:[.;](?=\s|$)|(?=\n|$))",
    re.IGNORECASE | re.MULTILINE,
)
_MEMBERS = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?(?P<group>[A-Z][a-z]+s):[ \t]+(?P<people>[^\n.:;()]+?)[ \t]*"
    r"(?:[.;]|(?=\n|$))",
    re.MULTILINE,
)
_PERSON = re.compile(
    rf"\s*(?P<name>{_NAME})[ \t]*\(\s*(?:as[ \t]+)?(?:the[ \t]+)?(?P<role>[A-Za-z][\w -]{{1,30}}?)"
    r"\s*\)\s*"
)
_JOINTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+")
_TELLS = re.compile(r"\d|\b(?:shall|must|will|may|can|pays?|is|are)\b", re.IGNORECASE)
_ENDINGS = ("er", "or", "ee", "ist")
_NOBODY = frozenset("number order agreement payment rent parties party participants".split())
_SHORTEST = 4
"""Letters of a noun that tells by its ending that somebody does something."""


def cast_of(text: str, names: Names) -> list[Span]:
    """Names everybody whom a heading, a line or a list introduces; gives what only does that."""
    return [
        *_titles(text, names),
        *_listed(text, names),
        *_lines(text, names),
        *_inline(text, names),
    ]


def _titles(text: str, names: Names) -> Iterator[Span]:
    for match in _TITLE.finditer(text):
        if _TELLS.search(re.sub(r"\([^()]*\)", "", match.group(1))):
            continue
        yield match.span()
        for part in re.finditer(r"(?:(?!\s+and\s|,\s).)+", match.group(1), re.DOTALL):
            start = match.start(1) + part.start()
            found = tokens(text, start, start + len(part.group()))
            run = capital_run([token for token in found if token.text != "and"])
            written = text[run[0].start : run[-1].end] if run else ""
            if written and written.lower() not in names.parties:
                names.add_party(written, written.lower(), (run[0].start, run[-1].end))


def _listed(text: str, names: Names) -> Iterator[Span]:
    """ "Parties: Ada (singer), Ben (producer)": each by what stands behind the name."""
    for match in _LIST.finditer(text):
        people = list(_people(match["people"]))
        if not people or None in people:
            continue
        for person in people:
            assert person is not None
            words = person.group().strip()
            start = text.index(words, match.start("people"))
            _add(text, names, person["role"], person["name"], (start, start + len(words)))
        yield match.span()
    for match in _MEMBERS.finditer(text):
        group = match["group"].lower()
        people_of = [one.strip() for one in _JOINTS.split(match["people"])]
        named = all(re.fullmatch(_NAME, one) for one in people_of)
        if len(people_of) > 1 and named and names.role(group) not in (None, "party"):
            yield match.span()


def _people(listed: str) -> Iterator[re.Match[str] | None]:
    for part in _JOINTS.split(listed):
        yield _PERSON.fullmatch(part)


def _lines(text: str, names: Names) -> Iterator[Span]:
    """ "Buyer: Nadia Rahman. Seller: Tom Becker.": a line of roles and names from its start on."""
    for line in _LINE.finditer(text):
        at = line.end()
        while (match := _SEGMENT.match(text, at)) is not None and _is_cast(match, names):
            _add(text, names, match["role"], match["name"], _without_stop(text, match))
            if match["gloss"]:
                names.add_party(match["gloss"], match["role"].lower())
            yield match.span()
            at = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" \t"))


def _without_stop(text: str, match: re.Match[str]) -> Span:
    """Where a role and its name stand, without the stop behind them."""
    start, end = match.span()
    if not match["name"].endswith("."):
        end = start + len(text[start:end].rstrip(" \t.;,"))
    return start, end


def _inline(text: str, names: Names) -> Iterator[Span]:
    """ "seller: Oliva SA, buyer: Kim Park" among other words of a line."""
    for match in _INLINE.finditer(text):
        key = match.group(1).lower()
        run = capital_run(tokens(text, *match.span(2)))
        whole = bool(run) and (run[0].start, run[-1].end) == match.span(2)
        if whole and names.role(key):
            names.add_party(match.group(1), key, match.span())
            names.add_party(match.group(2), key)
            yield match.span()


def _is_cast(match: re.Match[str], names: Names) -> bool:
    role, gloss = match["role"].lower(), match["gloss"]
    last = role.split()[-1]
    told = bool(_TELLS.search(match["name"])) or bool(gloss and _TELLS.search(gloss))
    doing = last.endswith(_ENDINGS) and len(last) > _SHORTEST and words.singular(last) == last
    if re.fullmatch(r"party [a-z]", role):
        return not told
    somebody = names.role(last) is not None or doing
    listed = last in words.THINGS | _NOBODY
    return somebody and not listed and not told


def _add(text: str, names: Names, role: str, name: str, span: Span) -> None:
    key = role.strip().lower()
    names.add_party(role, key, span)
    names.add_party(name, key)
    given, *rest = name.split()
    # Clauses may call a person by the first name alone.
    alone = rest and re.search(rf"\b{re.escape(given)}\b(?!\s+{re.escape(rest[0])})", text)
    if alone and given.istitle() and given.isalpha() and given.lower() not in words.DETERMINERS:
        names.parties.setdefault(given.lower(), key)
