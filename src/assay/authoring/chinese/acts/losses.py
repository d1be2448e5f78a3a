"""Numbers and times of a sentence that no field took: what was read must say each of them.

The rules put every token somewhere, but a rule may take a token and then drop it. So after a
sentence is read, each amount, length, date and recurrence in it is looked for in what was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assay.authoring.chinese.acts.reading import FACTORS
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.roles import DETERMINERS
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.numerals import numeral
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import normal_party
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.language.durations import parts_of
from assay.authoring.language.numbers import decimal_text
from assay.authoring.model import Condition, Obligation

_SAYS_NO_MORE = (
    "约定", "规定", "当月", "当年", "当季", "当期", "当日", "目标", "底价", "任何", "任一",
    "有人", "一方", "谁", "这", "那", "该", "合约", "本合同", "本协议", "合同", "协议",
    "检验", "检测", "第三方", "每",
)  # fmt: skip
_BOUNDS = frozenset({"reach", "below", "above", "at_or_below"})
_RULED_OUT: dict[str | None, tuple[str, ...]] = {
    ">=": ("<",), ">": ("<", "<="), "<": (), "<=": (), "=": ("<", ">"), None: (),
}  # fmt: skip
_WHOLE = Decimal(100)
_FROM = frozenset({"向", "从", "跟", "找"})


def refuse_lost(tokens: Sequence[Token], made: Iterable[Obligation], context: Context) -> None:
    """Reject the numbers and times of a sentence that stand in nothing that was read of it."""
    pieces = [*_pieces(made)]
    told = {value for piece in pieces for value in _values(piece)}
    held = (context.price, context.stock, context.goal)
    told |= {quantity.amount for quantity in held if quantity and quantity.amount}
    told |= {str(count) for count in context.bodies.values()}
    told |= {one[2].amount for one in context.set_terms if one[2].amount}
    told |= {price.amount for _, price in context.prices if price.amount}
    told |= {one.value.iso for words, _ in context.terms_told for one in words
             if one.kind in {"moment", "duration"}}  # fmt: skip
    told |= {value for one in context.spans for value in (one.start, one.end, one.length) if value}
    told |= context.restated
    told |= {context.cliff.value for _ in (1,) if context.cliff is not None and context.cliff.value}
    texts = [value for value in told if not value.isascii()]
    asked = [one.span for one in context.opens]
    unread = [context.folded.span(start, end) for start, end, _ in context.unread]
    bought = any(isinstance(one, Obligation) and one.action == "buy" for one in pieces)
    refuse_pointing(tokens, pieces, context)
    if any(_rule_out(one.conditions) for one in pieces if isinstance(one, Obligation)):
        context.reject(tuple(tokens), "its conditions rule each other out")
    for at, token in enumerate(tokens):
        # 向乙方采购: who sells is told by who is paid, which another clause says.
        if bought and token.kind == "party" and at and tokens[at - 1].text in _FROM:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        value = _named(tokens, at) if token.kind == "party" and pieces else _value(token)
        if token.kind == "recurrence" and token.value.day and f"P{token.value.day}D" in told:
            continue
        if value and token.kind == "moment" and token.text[-1] == "月" and f"{value[:8]}01" in told:
            continue
        if value is None or value in told or any(token.text in text for text in texts):
            continue
        if _is_told_otherwise(token, after, pieces):
            continue
        first, last = context.folded.span(token.start, token.end)
        if any(start < last and first < end for start, end in (*asked, *unread)):
            continue
        context.reject([token], "it stands in nothing that was read of the sentence")


def _rule_out(conditions: Sequence[Condition]) -> bool:
    """满1000人 and 不满: two bounds of one number that cannot both hold."""
    bounds = {(one.value, one.comparator) for one in conditions if one.kind == "comparison"}
    return any((value, opposite) in bounds for value, one in bounds for opposite in _RULED_OUT[one])


def refuse_pointing(
    tokens: Sequence[Token], pieces: Sequence[Obligation | Condition], context: Context
) -> None:
    """Reject words that point at a time which nothing says: 定金届时释放, 卖方提前交货的."""
    duties = [one for one in pieces if isinstance(one, Obligation)]
    timed = any(one.deadline or one.conditions or one.recurrence for one in duties)
    done = [one for one in pieces if isinstance(one, Condition) and one.kind == "event"]
    early = bool(done) and not any(one.value or one.comparator for one in done)
    for at, token in enumerate(tokens):
        ahead = tokens[at + 1].text if at + 1 < len(tokens) else ""
        hurried = token.text == "提前" and early and VERBS.get(ahead) is not None
        hurried = hurried and VERBS[ahead].action in _HASTENED and _is_told(token, context, done)
        if hurried or (token.text in _THEN and duties and not timed):
            context.reject([token], "it points at a time that is not told")


_THEN = frozenset({"届时", "届时应", "届时自动", "此后", "其后", "自此"})
_HASTENED = frozenset({"deliver", "perform", "supply", "provide"})


def _is_told(token: Token, context: Context, done: Sequence[Condition]) -> bool:
    """Whether a word stands among those of a condition."""
    first, _ = context.folded.span(token.start, token.end)
    return any(one.span is not None and one.span[0] <= first < one.span[1] for one in done)


def refuse_lost_words(predicate: Predicate, made: Sequence[Condition], context: Context) -> None:
    """Reject the things and people of a condition that stand in nothing that was read of it.

    甲方对乙方提交的稿件有异议 is not said by a reading without 稿件. Words before 的 only say
    which, and those of a time or of agreement say nothing more.
    """
    told = "|".join(value for one in made for value in _values(one))
    told += "|".join(f"{one.subject or ''}{one.value or ''}" for one in made)
    measured = any(one.kind in {"comparison", "oracle"} for one in made)
    lost = [
        token for token in predicate.tokens
        if _says_what(token) and token.text not in told and normal_party(token.text) not in told
    ]  # fmt: skip
    other = any(
        one.kind in {"approval", "time"} or one.action == "notify" or one.amount for one in made
    )
    if not made or other or predicate.approvals or predicate.unread:
        return
    either = [one for one in predicate.tokens if one.text in {"或", "或者"}]
    if either and len(made) == 1 and "或" not in told:
        context.reject(predicate.tokens, "it gives two conditions of which either would do")
    for token in lost:
        behind = [one for one in predicate.tokens if one.start >= token.end]
        which = any(one.kind == "de" for one in behind[:3])
        which = which and any(one.text in told for one in behind if _says_what(one))
        late = predicate.late and token.text in VERBS
        whose = measured and (token.kind == "party" or any(one.asset == "%" for one in made))
        each = any(one.end == token.start and one.text == "每" for one in predicate.tokens)
        bound = _names_bound(predicate.tokens, token)
        if not (which or late or whose or each or bound):
            context.reject([token], "it stands in nothing that was read of the condition")


def _names_bound(tokens: Sequence[Token], name: Token) -> bool:
    """未达到保留价100 ETH: what the sum is called says no more than the sum."""
    at = tokens.index(name)
    before, behind = tokens[max(at - 1, 0)], tokens[min(at + 1, len(tokens) - 1)]
    return before.kind in _BOUNDS and behind.kind == "amount"


def _says_what(token: Token) -> bool:
    long = len(token.text) > 1 and not token.text.startswith(_SAYS_NO_MORE)
    long = long and not token.text.endswith("义务") and token.text not in DETERMINERS
    return token.kind in {"noun", "unknown", "party", "latin"} and long


def _is_told_otherwise(
    token: Token, after: Token | None, pieces: Sequence[Obligation | Condition]
) -> bool:
    """Whether a number says how many obligations there are, or how many parts; a month's rent."""
    duties = [piece for piece in pieces if isinstance(piece, Obligation)]
    if token.kind == "instalments":
        beside = len(duties) - 1 if duties and _adds_up(duties[0].amount, duties[1:]) else None
        return token.value in {len(duties), beside} or not duties
    if token.kind == "amount" and _adds_up(token.value.amount, duties):
        return token.value.asset in {one.asset for one in duties} or duties[0].asset == "%"
    if token.kind == "duration":
        parts = any(one.spread and one.occurrences for one in duties)
        parts = parts or any(
            one.occurrences and parts_of(token.value.iso, one.recurrence) == one.occurrences
            for one in duties
        )
        rent = token.value.iso == "P1M" and after is not None and after.kind == "noun"
        rent = rent and any(after.text in (one.asset or "") for one in pieces if after)
        return parts or rent
    return False


def _adds_up(whole: str | None, parts: Sequence[Obligation]) -> bool:
    """Whether all of the parts are sums or shares that make up a sum: 向乙方支付1000 USDC:..."""
    paid = [one for one in parts if one.action in {"pay", "release"} and one.amount]
    if whole is None or len(paid) < 2 or len({one.asset for one in paid}) != 1:
        return False
    total = _WHOLE if paid[0].asset == "%" else Decimal(whole)
    return sum(Decimal(str(one.amount)) for one in paid) == total


def _pieces(made: Iterable[Obligation]) -> Iterator[Obligation | Condition]:
    for obligation in made:
        inner: Obligation | None = obligation
        while inner is not None:
            yield inner
            yield from inner.conditions
            inner = inner.otherwise


def _values(piece: Obligation | Condition) -> Iterator[str]:
    """Every word and number that a piece says, but not the words that it was read from."""
    for name in type(piece).model_fields:
        value = getattr(piece, name)
        if name not in {"text", "span", "kind", "action"} and isinstance(value, str | int):
            yield str(value)


def _named(tokens: Sequence[Token], at: int) -> str | None:
    """The name of somebody who acts or receives, and is no part of a longer phrase."""
    before = tokens[at - 1].kind if at else "comma"
    after = tokens[at + 1].kind if at + 1 < len(tokens) else "comma"
    acts = before in {"comma", "if"} and after in {"must", "may", "must_not", "to"}
    relative = at + 2 < len(tokens) and tokens[at + 2].kind == "de"
    receives = before == "to" and after in {"verb", "amount", "comma"} and not relative
    alone = tokens[at].text not in {"双方", "有人", "对方"}
    return normal_party(tokens[at].text) if alone and (acts or receives) else None


def _value(token: Token) -> str | None:  # noqa: PLR0911 - one return for each kind
    """What a field has to say for a token; None where it counts nothing."""
    if token.kind == "amount":
        amount: str | None = token.value.amount
        return amount
    if token.kind in {"counted", "times"}:
        return token.value[0] if token.value[0] not in {"", "1"} else None
    if token.kind in {"duration", "recurrence", "moment"}:
        iso: str | None = token.value.iso
        return iso
    if token.kind == "instalments":
        return str(token.value)
    if token.kind == "quorum":
        quorum: str | None = token.value.value
        return quorum
    if token.kind == "whole":
        return FACTORS[token.text]
    if token.kind == "number" and (number := numeral(token.text)) is not None:
        return decimal_text(number)
    return None
