"""A sentence as words and values: what every rule of the grammar looks at.

>>> [node.kind for node in line("The Buyer pays 5,000 USDC within 30 days").nodes]
['word', 'word', 'word', 'amount', 'word', 'duration']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assay.authoring.english.lexing.amounts import amount_at
from assay.authoring.english.lexing.calendar import clock_at, date_at
from assay.authoring.english.lexing.durations import (
    AMBIGUOUS,
    ONCE,
    UNITS,
    duration_at,
    recurrence_at,
)
from assay.authoring.english.lexing.number_words import number_at
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.language.dates import Moment
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity

_REFERENCE = re.compile(
    r"(?i:clauses?|sections?|articles?|paragraphs?|schedules?|annex(?:es)?|appendix|exhibits?"
    r"|sub-?clauses?|sub-?sections?|items?|§)\s*"
    r"(?:\d+(?:\.\d+)*(?:\s?\([a-z0-9]+\))*|[A-Z]\b|\([a-z0-9]+\)|[IVX]+\b)"
    r"(?:\s*(?:,|and|or|to)\s*(?:\d+(?:\.\d+)+|\([a-z]\)|\d+\b(?!\s*(?:[%$€£]|[A-Z]{2,}\b"
    r"|per\s?cent|days?\b|weeks?\b|months?\b|years?\b|hours?\b|tokens?\b|units?\b))))*"
    r"(?:\s+(?:above|below|hereof|hereto|of this (?:[Aa]greement|[Cc]ontract)))?"
)


@dataclass(frozen=True, slots=True)
class Node:
    """A word, a sign, or a value: `amount`, `date`, `clock`, `duration`, `recurrence`, `quorum`,
    `ratio`."""

    kind: str
    text: str
    lower: str
    start: int
    end: int
    value: object = None


def counted(node: Node) -> tuple[int, int]:
    """How many of how many a quorum asks for."""
    value = node.value
    assert isinstance(value, tuple)
    return int(value[0]), int(value[1])


@lru_cache(maxsize=4096)
def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


_Entry = tuple[str | None, dict[str, list[str]]]
"""Of the phrases with one first word: the one that is nothing more, and the others by their second
word, the longest first."""

_INDEXES: dict[int, tuple[dict[str, _Entry], Iterable[str]]] = {}
"""Constant collections of phrases by first words, kept so that their identity stays theirs."""


def _indexed(phrases: Iterable[str]) -> tuple[dict[str, _Entry], Iterable[str]]:
    index: dict[str, _Entry] = {}
    for phrase in sorted(phrases, key=lambda words: -len(_split(words))):
        first, *more = _split(phrase)
        _, longer = index.setdefault(first, (None, {}))
        if more:
            longer.setdefault(more[0], []).append(phrase)
        else:
            index[first] = phrase, longer
    _INDEXES[id(phrases)] = index, phrases
    return index, phrases


class Line:
    """The nodes of a sentence, with the questions that rules ask of them.

    While a condition like "should the Buyer fail" is read it is `inverted`: its verb is bare.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = list(nodes)
        self.inverted = False

    def __len__(self) -> int:
        return len(self.nodes)

    def lower(self, index: int) -> str:
        """The word at an index in lower case; empty outside the sentence."""
        nodes = self.nodes
        return nodes[index].lower if 0 <= index < len(nodes) else ""

    def kind(self, index: int) -> str:
        """The kind of the node at an index; empty outside the sentence."""
        return self.nodes[index].kind if 0 <= index < len(self.nodes) else ""

    def match(self, index: int, phrase: str) -> int | None:
        """The index after a phrase that stands at an index, or None."""
        nodes, words = self.nodes, _split(phrase)
        if not words:
            return index
        # Most phrases end here, at their first word.
        if not 0 <= index < len(nodes) or nodes[index].lower != words[0]:
            return None
        end = index + len(words)
        if end > len(nodes):
            return None
        for at in range(index + 1, end):
            if nodes[at].lower != words[at - index]:
                return None
        return end

    def match_any(self, index: int, phrases: Iterable[str]) -> tuple[str, int] | None:
        """The longest of several phrases that stands at an index, and the index after it."""
        nodes = self.nodes
        if not 0 <= index < len(nodes):
            return None
        known = _INDEXES.get(id(phrases)) or _indexed(phrases)
        entry = known[0].get(nodes[index].lower)
        if entry is None:
            return None
        alone, longer = entry
        second = nodes[index + 1].lower if index + 1 < len(nodes) else ""
        for phrase in longer.get(second, ()):
            after = self.match(index, phrase)
            if after is not None:
                return phrase, after
        return (alone, index + 1) if alone is not None else None

    def skip(self, index: int, words: Iterable[str]) -> int:
        """The index after any number of the given words."""
        known = words if isinstance(words, (set, frozenset)) else frozenset(words)
        while self.lower(index) in known:
            index += 1
        return index

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the nodes from one index up to another."""
        start = min(start, len(self.nodes) - 1)
        chosen = self.nodes[start : max(end, start + 1)]
        return min(node.start for node in chosen), max(node.end for node in chosen)


_Found = tuple[str, object, int]


_WHOSE = ("the", "our", "their", "its", "his", "her", "these", "those", "your")
_OF_HOW_MANY = (["-", "of", "-"], ["-of-"], *(["out", "of", one] for one in _WHOSE), ["out", "of"],
                *(["of", one] for one in _WHOSE), ["of"], ["/"], ["-of", "-"])  # fmt: skip


def _quorum(found: Sequence[Token], index: int) -> _Found | None:
    """ "2 of 3", "two out of the three", "3-of-5", "two (2) of the three (3)"."""
    first = _counted(found, index)
    if first is None:
        return None
    value, after = first
    words = [token.lower for token in found[after : after + 4]]
    for joint in _OF_HOW_MANY:
        if words[: len(joint)] == joint:
            second = _counted(found, after + len(joint))
            if second is not None and second[0] >= value and second[0] == int(second[0]):
                unit = found[second[1]].lower if second[1] < len(found) else ""
                if unit in UNITS or unit in ("%", "percent"):
                    return None
                return "quorum", (int(value), int(second[0])), second[1]
    return None


def _counted(found: Sequence[Token], index: int) -> tuple[int, int] | None:
    number = number_at(found, index)
    if number is None or number[0] != number[0].to_integral_value():
        return None
    value, after = number
    if after + 2 < len(found) and found[after].lower == "(" and found[after + 2].lower == ")":
        inner = number_at(found, after + 1)
        if inner is not None and inner[0] == value:
            after = inner[1] + 1
    return int(value), after


def _recurrence(found: Sequence[Token], index: int) -> _Found | None:
    recurring = recurrence_at(found, index)
    if recurring is not None:
        return "recurrence", recurring[0], recurring[1]
    often = found[index].lower in ("twice", "thrice") and index + 2 < len(found)
    if often and found[index + 1].lower in ("a", "per", "each") and found[index + 2].lower in UNITS:
        return "recurrence", None, index + 3
    if found[index].lower in AMBIGUOUS:
        return "recurrence", None, index + 1
    return None


def _duration(found: Sequence[Token], index: int) -> _Found | None:
    one = found[index].lower in ("a", "one") and index + 1 < len(found)
    if one and found[index + 1].lower == "second":
        return None
    lasting = duration_at(found, index)
    return ("duration", lasting[0], lasting[1]) if lasting else None


def _amount(found: Sequence[Token], index: int) -> _Found | None:
    amount = amount_at(found, index)
    if amount is None:
        return None
    after = amount[1]
    named = after < len(found) and found[after].lower in ONCE
    if amount[0].asset is None and not named and after < len(found) and (
        found[after].lower in UNITS
    ):  # fmt: skip
        return "open_duration", None, after + 1
    return "amount", amount[0], after


def _date(found: Sequence[Token], index: int) -> _Found | None:
    day = date_at(found, index)
    return ("date", day[0], day[1]) if day else None


def _clock(found: Sequence[Token], index: int) -> _Found | None:
    time = clock_at(found, index)
    return ("clock", time[0], time[1]) if time else None


def _ratio(found: Sequence[Token], index: int) -> _Found | None:
    """ "70:30", "50/50", "60-40", "3:2:1": shares of a whole."""
    token, after = found[index], index + 1
    if token.lower == "fifty-fifty":
        return "ratio", ("50", "50"), after
    if token.kind not in ("number", "clock", "fraction", "date"):
        return None
    parts = re.split(r"[:/]", token.text)
    while after + 1 < len(found) and found[after].text in (":", "-", "/", "–"):
        if found[after].start != found[after - 1].end or not found[after + 1].text[:1].isdigit():
            break
        parts, after = [*parts, *re.split(r"[:/]", found[after + 1].text)], after + 2
    if len(parts) < 2 or not all(part.isdigit() and int(part) > 0 for part in parts):
        return None
    behind = found[after].lower if after < len(found) else ""
    whole = sum(int(part) for part in parts)
    colons = ":" in text_of(found, index, after) and token.kind != "clock"
    if behind in UNITS or behind in ("%", "am", "pm", "utc") or not (whole == 100 or colons):
        return None
    return "ratio", tuple(parts), after


def text_of(found: Sequence[Token], index: int, after: int) -> str:
    """The characters of some tokens."""
    return "".join(token.text for token in found[index:after])


_LEXERS: tuple[Callable[[Sequence[Token], int], _Found | None], ...] = (
    _ratio,
    _quorum,
    _recurrence,
    _duration,
    _date,
    _clock,
    _amount,
)


def line(
    text: str,
    start: int = 0,
    end: int | None = None,
    skipped: Sequence[tuple[int, int]] = (),
) -> Line:
    """Reads the values in a stretch of text; `skipped` characters are left out."""
    stop = len(text) if end is None else end
    gone = [*skipped, *(match.span() for match in _REFERENCE.finditer(text, start, stop))]
    found = [
        token
        for token in tokens(text, start, stop)
        if not any(low <= token.start < high for low, high in skipped)
    ]
    references = gone[len(skipped) :]
    nodes: list[Node] = []
    index = 0
    while index < len(found):
        token = found[index]
        inside = next((span for span in references if span[0] <= token.start < span[1]), None)
        if inside is not None:
            after = index
            while after < len(found) and found[after].start < inside[1]:
                after += 1
            nodes.append(_node("reference", text, found, index, after, None))
            index = after
            continue
        kind, value, after = _lexed(found, index, nodes)
        nodes.append(_node(kind, text, found, index, after, value))
        index = after
    return Line(_with_years(nodes))


_UNTIL = frozenset({",", "and", "to", "until", "till", "through", "-", "–", "—"})


def _with_years(nodes: list[Node]) -> list[Node]:
    """ "between 1 March and 31 May 2027": the year of the end is that of the beginning."""
    for at in range(len(nodes) - 3, -1, -1):
        node = nodes[at]
        listed = nodes[at + 1].lower == "," and nodes[at + 2].lower in _UNTIL
        last = nodes[min(at + 2 + listed, len(nodes) - 1)].value
        open_ = isinstance(node.value, Moment) and node.value.missing == "year"
        if not open_ or nodes[at + 1].lower not in _UNTIL or not isinstance(last, Moment):
            continue
        if last.iso is None or last.missing is not None:
            continue
        for year in (int(last.iso[:4]), int(last.iso[:4]) - 1):
            words = tokens(f"{node.text} {year}")
            found = date_at(words, 0)
            told = found is not None and found[1] == len(words) and found[0].missing is None
            if found is not None and told and str(found[0].iso) <= last.iso:
                nodes[at] = replace(node, value=found[0])
                break
    return nodes


_PLAIN = {"clock": "number", "date": "number"}
"""What looked like a time or a day and is none, as in "shared 70:30"."""


_POINTS = frozenset({"after", "before", "later", "earlier", "from", "ago", "ahead"})
"""What makes "a month" a length rather than a measure of how often."""
_STORES = frozenset({"vault", "treasury", "pool", "wallet", "account", "fund", "escrow", "safe"})
"""What money is taken from: "500 USDC a week from the vault"."""
_LEADS = frozenset("within in after for by until till during before every each per over once every "
                   "on at from to than and or lasts last is are takes take gives give has have "
                   "gets get with".split())  # fmt: skip


def _counts_up(nodes: Sequence[Node]) -> bool:
    """Whether "a month" says how often: behind an amount, or behind what it counts."""
    if not nodes or nodes[-1].kind == "amount":
        return bool(nodes)
    behind: list[Node] = []
    for node in reversed(nodes[-4:]):
        if node.kind == "amount":
            return all(one.kind == "word" and one.lower not in _LEADS for one in behind)
        behind.append(node)
    return False


def _lexed(found: Sequence[Token], index: int, nodes: Sequence[Node]) -> _Found:
    token = found[index]
    if token.lower in ("a", "an") and _counts_up(nodes):
        follower = found[index + 1].lower if index + 1 < len(found) else ""
        after = found[index + 2].lower if index + 2 < len(found) else ""
        since = found[index + 3].lower if index + 3 < len(found) else ""
        often = after not in _POINTS or (after == "after" and since in ("that", "this"))
        stored = {token.lower for token in found[index + 3 : index + 5]} & _STORES
        often = often or (after == "from" and bool(stored))
        if follower in UNITS and often:
            recurring = recurrence_at([Token("word", "per", "per", 0, 0), *found[index + 1 :]], 0)
            if recurring is not None:
                return "recurrence", recurring[0], index + recurring[1]
    for lexer in _LEXERS:
        value = lexer(found, index)
        if value is not None:
            return _metres(found, value, nodes)
    return _PLAIN.get(token.kind, token.kind), None, index + 1


_LENGTHS = frozenset("level depth height tide gauge wave waves snow snowfall altitude distance "
                     "visibility surge length width deep high tall".split())  # fmt: skip


def _metres(found: Sequence[Token], read: _Found, nodes: Sequence[Node]) -> _Found:
    """ "a water level above 6.5m": metres, and no millions."""
    kind, value, after = read
    if kind != "amount" or found[after - 1].text[-1:] != "m":
        return read
    if not isinstance(value, Quantity) or value.asset is not None or value.amount is None:
        return read
    if not {node.lower for node in nodes[-14:]} & _LENGTHS:
        return read
    metres = decimal_text(Decimal(value.amount) / 10**6)
    return kind, replace(value, amount=metres, asset="m"), after


def _node(
    kind: str, text: str, found: Sequence[Token], first: int, after: int, value: object
) -> Node:
    start, end = found[first].start, found[after - 1].end
    words = text[start:end]
    lower = found[first].lower if after == first + 1 else " ".join(words.lower().split())
    return Node(kind, words, lower, start, end, value)
