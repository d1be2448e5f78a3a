"""Adverbials of time and circumstance: 在...后七日内, 自签订之日起, 2027年3月1日前, 每月5日前.

Only their bounds are found here; what the clause inside one says is read by the grammar of clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assay.authoring.chinese.lexing.calendar import Recurrence, in_year_of
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.language.dates import Moment
from assay.authoring.language.durations import Duration

Relation = Literal["by", "on", "after", "before", "when", "during", "case", "every", "from_to"]
_CLOSERS = {"after", "before", "when", "during", "case"}
_SUMS = ("款", "余额", "金", "费", "租", "薪", "工资", "钱", "利息", "部分")
_NOT_AT_FIRST = {("duration", "not"), ("duration", "must_not")}
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


def adverbial_at(  # noqa: PLR0911 - one return for each way to begin
    tokens: Sequence[Token], place: int, *, starts_clause: bool
) -> tuple[Adverbial, int] | None:
    """Give the adverbial that starts at a place, and the place after it."""
    at_first = tokens[place].kind == "before" and starts_clause
    if at_first and (_kind(tokens, place + 1), _kind(tokens, place + 2)) in _NOT_AT_FIRST:
        words = tuple(tokens[place : place + 2])
        return Adverbial("by", words, duration=tokens[place + 1].value), place + 2
    opener = tokens[place].kind if tokens[place].kind in {"at", "from", "at_latest", "if"} else None
    first = place + (opener is not None)
    if tokens[place].kind == "over":
        over = tokens[place]
        return Adverbial("by", (over,), duration=over.value), place + 1
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
        return _at_latest_after(_with_content(tokens, place, first, opener, starts_clause=True))
    return _with_content(tokens, place, first, opener, starts_clause=starts_clause)


def _at_latest_after(found: tuple[Adverbial, int] | None) -> tuple[Adverbial, int] | None:
    """不迟于验收合格后5日: the end of a length that is counted from what is done."""
    if found is not None and found[0].duration is not None and found[0].relation == "before":
        return found
    if found is None or found[0].duration is None or found[0].relation not in {"by", "after"}:
        return None
    return replace(found[0], relation="by"), found[1]


def _kind(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].kind if place < len(tokens) else ""


def _at_moment(
    tokens: Sequence[Token], place: int, first: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    if tokens[first].kind != "moment":
        return None
    moment, at = tokens[first].value, first + 1
    ends = at + (_kind(tokens, at) == "after" and tokens[at].text.endswith(("起", "起算")))
    if _kind(tokens, ends) in {"into", "at_latest"} and _kind(tokens, ends + 1) == "moment":
        end = tokens[ends + 1]
        until, at = in_year_of(end.text, moment, end.value), ends + 2
        at += _kind(tokens, at) in {"during", "when"}
        at += at < len(tokens) and tokens[at].text in {"止", "为止"}
        return Adverbial("from_to", tuple(tokens[place:at]), moment=moment, until=until), at
    relation: Relation = "on" if opener != "from" else "after"
    closer = _kind(tokens, at)
    if closer in {"before", "after", "when", "during"}:
        relation = {"before": "by", "after": "after"}.get(closer, "on")  # type: ignore[assignment]
        at += 1
    elif closer == "de" and opener is None:
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
    elif (
        closer == "verb"
        and tokens[at].text in {"结束", "届满", "终了"}
        and opener in {"at", "from", "at_latest", None}
        and _kind(tokens, at + 1) == "after"
        and _kind(tokens, length := at + 2 + (_kind(tokens, at + 2) == "de")) == "duration"
    ):
        end = length + 1 + (_kind(tokens, length + 1) == "during")
        found = Adverbial(
            "every", tuple(tokens[place:end]), content, duration=tokens[length].value,
            recurrence=tokens[first].value,
        )  # fmt: skip
        return found, end
    return Adverbial("every", tuple(tokens[place:at]), recurrence=tokens[first].value), at


def _in_duration(  # noqa: C901, PLR0911 - one return for each order of the words
    tokens: Sequence[Token], place: int, first: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    if tokens[first].kind != "duration":
        full = tokens[first].text in {"满", "届满", "满足", "经过", "历经"} or tokens[
            first
        ].kind in {
            "reach",
            "after",
        }
        if not (full and _kind(tokens, first + 1) == "duration"):
            return None
        if tokens[first].kind == "reach" and _kind(tokens, first + 2) not in {
            "",
            "after",
            "when",
            "during",
        }:
            return None
        first += 1
    at = first + 1
    duration = tokens[first].value
    if tokens[first - 1].text in {"经过", "历经"} and place < first:
        at += _kind(tokens, at) == "de"
        at += at < len(tokens) and tokens[at].text.endswith("期")
        if at == len(tokens):
            return Adverbial("after", tuple(tokens[place:at]), duration=duration), at
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
    after = place > 0 and tokens[place - 1].kind == "after"
    if at == len(tokens) and after and tokens[first - 1].text == "满":
        return Adverbial("after", tuple(tokens[place:at]), duration=duration), at
    return None


def _with_content(  # noqa: C901, PLR0911 - one return for each order of the words
    tokens: Sequence[Token], place: int, first: int, opener: str | None, *, starts_clause: bool
) -> tuple[Adverbial, int] | None:
    if (opener is None and not starts_clause) or tokens[place].kind == "and":
        return None
    if (spanned := _named_span(tokens, place, opener)) is not None:
        return spanned
    named = _named_day(tokens, place, first, opener)
    if named is not None:
        return named
    closer = _closer(tokens, first)
    if closer is None or closer == first:
        return None
    found = _ends_in_duration(tokens, place, first, closer)
    if found is not None:
        return found
    content = tuple(tokens[first:closer])
    kind = tokens[closer].kind
    kinds = {token.kind for token in content}
    if "with" in kinds and not kinds & {"verb", "signing"}:
        return None
    whole = tokens[closer].text == "中" and _kind(tokens, closer + 1) == "de"
    whole = whole or (opener == "from" and tokens[closer].text in {"中", "里"})
    if whole or not _may_hold(content, kind, opener, tokens[closer].text):
        return None
    if tokens[closer].text in {"当日", "当天"} and opener is None and _is_sum(content):
        return None
    if all(token.kind == "party" for token in content):
        return None
    at = closer + 1
    at += kind in {"after", "during"} and _kind(tokens, at) == kind
    at += (_kind(tokens, at), _kind(tokens, at + 1)) == ("de", "duration")
    if kind == "after" and at < len(tokens) and tokens[at].text in {"当日", "当天"}:
        return Adverbial("when", tuple(tokens[place : at + 1]), content), at + 1
    counted = _then_duration(tokens, place, at, kind, content)
    if counted is not None:
        return counted
    relation: Relation = kind  # type: ignore[assignment]
    return Adverbial(relation, tuple(tokens[place:at]), content), at


def _is_sum(content: Sequence[Token]) -> bool:
    """余额当日结给商家, 乙方的押金当天退回: what is paid, and not the day that it is named by."""
    owned = [one.kind for one in content[:2]] == ["party", "de"]
    thing = content[2:] if owned else content
    named = bool(thing) and all(one.kind == "noun" for one in thing)
    return named and thing[-1].text.endswith(_SUMS)


def _named_span(
    tokens: Sequence[Token], place: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    """租赁期间, 合同履行期间 before a comma or somebody."""
    at = place
    while at < len(tokens) and tokens[at].kind in {"noun", "unknown"}:
        at += 1
    if opener is not None or at == place or not tokens[at - 1].text.endswith("期间"):
        return None
    if _kind(tokens, at) not in {"", "party"}:
        return None
    words = tuple(tokens[place:at])
    return Adverbial("during", words, words), at


def _named_day(
    tokens: Sequence[Token], place: int, first: int, opener: str | None
) -> tuple[Adverbial, int] | None:
    """于交割日: a day that has a name but no date."""
    if _kind(tokens, first) == _kind(tokens, first + 1) == "noun":
        first += 1
    named = tokens[first].kind == "noun" and tokens[first].text.endswith("日")
    if opener != "at" or not named or _kind(tokens, first + 1) in _CLOSERS | {"duration"}:
        return None
    words = tuple(tokens[place : first + 1])
    return Adverbial("when", words, words[1:]), first + 1


def _ends_in_duration(
    tokens: Sequence[Token], place: int, first: int, closer: int
) -> tuple[Adverbial, int] | None:
    """租期届满三十日前, 入职满一年后: the length stands before 前 or 后."""
    content = tuple(tokens[first:closer])
    if len(content) < 2 or content[-1].kind != "duration":
        return None
    words, duration = tuple(tokens[place : closer + 1]), content[-1].value
    if tokens[closer].kind == "before":
        since = content[: -2 if content[-2].text == "满" and len(content) > 2 else -1]
        return Adverbial("before", words, since, duration=duration), closer + 1
    full = content[-2].text == "满" or content[-2].kind == "after"
    acts = content[0].kind == "party" and any(token.kind == "verb" for token in content[:-2])
    if tokens[closer].kind == "after" and acts and not full:
        return Adverbial("after", words, content[:-1], duration=duration), closer + 1
    if tokens[closer].kind == "after" and full:
        return Adverbial("after", words, content[:-2], duration=duration), closer + 1
    return None


def _may_hold(content: tuple[Token, ...], kind: str, opener: str | None, closer: str) -> bool:
    """Whether words before a closing word are a clause or noun that time can be counted from."""
    begins = kind == "after" or closer.endswith("起")
    timed = any(
        token.kind in {"moment", "recurrence"}
        or (token.kind == "duration" and token is content[-1])
        or (token.kind in {"counted", "amount"} and kind == "during")
        for token in content
    )
    own = content[-1].kind == "verb"
    whose = opener is None and content[0].kind == "party" and kind in {"during", "before"}
    whose = whose and not (own and (kind == "before" or closer == "期间"))
    return not timed and not whose and not (opener == "from" and not begins)


def _then_duration(
    tokens: Sequence[Token], place: int, at: int, kind: str, content: tuple[Token, ...]
) -> tuple[Adverbial, int] | None:
    """收货后七日内, 到期前三十日: the length stands behind."""
    if kind not in {"after", "when", "before"}:
        return None
    if kind != "before" and _kind(tokens, at) in {"duration", "verb", "reach"}:
        inner = _in_duration(tokens, at, at, None)
        if inner is not None:
            words = tuple(tokens[place : inner[1]])
            return Adverbial(inner[0].relation, words, content, duration=inner[0].duration), inner[
                1
            ]
    if _kind(tokens, at) != "duration" or kind == "when":
        return None
    end = at + 1 + (kind == "before" and _kind(tokens, at + 1) == "during")
    relation: Relation = "before" if kind == "before" else "after"
    words = tuple(tokens[place:end])
    return Adverbial(relation, words, content, duration=tokens[at].value), end


def _closer(tokens: Sequence[Token], first: int) -> int | None:
    for at in range(first, len(tokens)):
        kind = tokens[at].kind
        if kind in _CLOSERS:
            return at
        if kind in _BARRIERS:
            return None
    return None
