"""Adverbials of time and circumstance: 在...后七日内, 自签订之日起, 2027年3月1日前, 每月5日前.

Only their bounds are found here; what the clause inside one says is read by the grammar of clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assay.authoring.chinese.calendar import Recurrence
from assay.authoring.chinese.lexer import Token
from assay.authoring.language.dates import Moment
from assay.authoring.language.durations import Duration

Relation = Literal["by", "on", "after", "before", "when", "during", "case", "every", "from_to"]
_CLOSERS = {"after", "before", "when", "during", "case"}
_BARRIERS = {
    "must", "may", "must_not", "at", "from", "if", "unless", "then", "otherwise", "colon",
    "at_latest", "comma",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adverbial:
    """When something happens.

    Attributes:
        relation: `by` and `on` give a deadline, `every` a recurrence, the others a condition.
        content: words of the clause or noun that time is counted from.
    """

    relation: Relation
    tokens: tuple[Token, ...]
    content: tuple[Token, ...] = ()
    moment: Moment | None = None
    until: Moment | None = None
    duration: Duration | None = None
    recurrence: Recurrence | None = None


def adverbial_at(
    tokens: Sequence[Token], place: int, *, starts_clause: bool
) -> tuple[Adverbial, int] | None:
    """Give the adverbial that starts at a place, and the place after it."""
    opener = tokens[place].kind if tokens[place].kind in {"at", "from", "at_latest", "if"} else None
    first = place + (opener is not None)
    if opener is not None and first < len(tokens) and tokens[first].kind == "at":
        first += 1
    if opener == "if" and tokens[place].text != "当":
        return None
    if first >= len(tokens):
        return None
    for read in (_at_moment, _each, _in_duration):
        found = read(tokens, place, first, opener)
        if found is not None:
            return found
    if opener == "at_latest":
        return None
    return _with_content(tokens, place, first, opener, starts_clause=starts_clause)


def _kind(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].kind if place < len(tokens) else ""


def _at_moment(
    tokens: Sequence[Token], place: int, first: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    if tokens[first].kind != "moment":
        return None
    moment, at = tokens[first].value, first + 1
    if _kind(tokens, at) == "into" and _kind(tokens, at + 1) == "moment":
        until, at = tokens[at + 1].value, at + 2
        at += _kind(tokens, at) in {"during", "when"}
        return Adverbial("from_to", tuple(tokens[place:at]), moment=moment, until=until), at
    relation: Relation = "on" if opener != "from" else "after"
    closer = _kind(tokens, at)
    if closer in {"before", "after", "when", "during"}:
        relation = {"before": "by", "after": "after"}.get(closer, "on")  # type: ignore[assignment]
        at += 1
    if opener == "at_latest":
        relation = "by"
    return Adverbial(relation, tuple(tokens[place:at]), moment=moment), at


def _each(
    tokens: Sequence[Token], place: int, first: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    if tokens[first].kind != "recurrence":
        return None
    at = first + 1
    content: tuple[Token, ...] = ()
    if _kind(tokens, at) in {"clock"}:
        at += 1
    if _kind(tokens, at) == "noun" and tokens[at].text in {"月份", "年度"}:
        at += 1
    closer = _kind(tokens, at)
    if closer in {"before", "when", "during", "after"}:
        at += 1
        if (
            closer == "after"
            and _kind(tokens, at) == "duration"
            and _kind(tokens, at + 1) == "during"
        ):
            duration = tokens[at].value
            at += 2
            found = Adverbial(
                "every", tuple(tokens[place:at]), content, duration=duration,
                recurrence=tokens[first].value,
            )  # fmt: skip
            return found, at
    elif closer == "verb" and tokens[at].text in {"结束", "届满"} and opener in {"at", None}:
        if _kind(tokens, at + 1) == "after" and _kind(tokens, at + 2) == "duration":
            end = at + 3 + (_kind(tokens, at + 3) == "during")
            found = Adverbial(
                "every", tuple(tokens[place:end]), content, duration=tokens[at + 2].value,
                recurrence=tokens[first].value,
            )  # fmt: skip
            return found, end
    return Adverbial("every", tuple(tokens[place:at]), recurrence=tokens[first].value), at


def _in_duration(
    tokens: Sequence[Token], place: int, first: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    if tokens[first].kind != "duration":
        full = tokens[first].text in {"满", "届满", "满足"} or tokens[first].kind in {
            "reach",
            "after",
        }
        if not (full and _kind(tokens, first + 1) == "duration"):
            return None
        if tokens[first].kind == "reach" and _kind(tokens, first + 2) not in {
            "after",
            "when",
            "during",
        }:
            return None
        first += 1
    at = first + 1
    duration = tokens[first].value
    if _kind(tokens, at) == "verb" and tokens[at].text in {"届满", "期满", "期限届满"}:
        at += 1
    if _kind(tokens, at) == "de" and _kind(tokens, at + 1) == "during":
        at += 1
    closer = _kind(tokens, at)
    if closer == "during":
        at += 1
        return Adverbial("by", tuple(tokens[place:at]), duration=duration), at
    if closer in {"after", "when"}:
        at += 1
        return Adverbial("after", tuple(tokens[place:at]), duration=duration), at
    if opener == "at_latest":
        return Adverbial("by", tuple(tokens[place:at]), duration=duration), at
    return None


def _with_content(
    tokens: Sequence[Token], place: int, first: int, opener: str | None, *, starts_clause: bool
) -> tuple[Adverbial, int] | None:
    if opener is None and not starts_clause:
        return None
    closer = _closer(tokens, first)
    named = tokens[first].kind == "noun" and tokens[first].text.endswith("日")
    if (
        opener == "at"
        and named
        and _kind(tokens, first + 1) not in _CLOSERS | {"after", "duration"}
    ):
        words = tuple(tokens[place : first + 1])
        return Adverbial("when", words, (tokens[first],)), first + 1
    if closer is None or closer == first:
        return None
    content = tuple(tokens[first:closer])
    kind = tokens[closer].kind
    if kind == "before" and len(content) > 1 and content[-1].kind == "duration":
        end = closer + 1
        words = tuple(tokens[place:end])
        return Adverbial("before", words, content[:-1], duration=content[-1].value), end
    if kind == "after" and len(content) > 1 and content[-1].kind == "duration":
        words = tuple(tokens[place : closer + 1])
        rest = content[:-1]
        if rest[-1].text == "满" or rest[-1].kind == "after":
            rest = rest[:-1]
            return Adverbial("after", words, rest, duration=content[-1].value), closer + 1
    if any(
        token.kind == "moment"
        or (token.kind in {"duration", "recurrence"} and token is content[-1])
        or (token.kind in {"counted", "amount"} and kind == "during")
        for token in content
    ):
        return None
    if opener is None and content[0].kind == "party" and kind in {"during", "before"}:
        return None
    if opener == "from" and kind not in {"after"}:
        return None
    at = closer + 1
    if kind == "after" and _kind(tokens, at) == "after":
        at += 1
    if _kind(tokens, at) == "de" and _kind(tokens, at + 1) == "duration":
        at += 1
    if kind in {"after", "when", "before"} and _kind(tokens, at) in {"duration", "verb", "reach"}:
        inner = _in_duration(tokens, at, at, None)
        if inner is not None and kind != "before":
            relation: Relation = inner[0].relation
            found = Adverbial(
                relation, tuple(tokens[place : inner[1]]), content, duration=inner[0].duration
            )
            return found, inner[1]
        if kind == "after" and _kind(tokens, at) == "duration":
            words = tuple(tokens[place : at + 1])
            return Adverbial("after", words, content, duration=tokens[at].value), at + 1
        if kind == "before" and _kind(tokens, at) == "duration":
            end = at + 1 + (_kind(tokens, at + 1) == "during")
            duration = tokens[at].value
            found = Adverbial("before", tuple(tokens[place:end]), content, duration=duration)
            return found, end
    relation = kind  # type: ignore[assignment]
    return Adverbial(relation, tuple(tokens[place:at]), content), at


def _closer(tokens: Sequence[Token], first: int) -> int | None:
    for at in range(first, len(tokens)):
        kind = tokens[at].kind
        if kind in _CLOSERS:
            return at
        if kind in _BARRIERS:
            return None
    return None
