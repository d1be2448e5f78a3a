"""Which sum a clause speaks of: "the deposit", "the balance", "25 % of the contract price".

A deposit makes a pot: a sum of one asset that the contract holds. Later clauses name it by a noun
or not at all, and take all of it, a fixed sum, or a share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.remembering import remembered, remembered_of_each
from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.model import Obligation, Specification

NOUNS = frozenset(
    {"deposit", "security deposit", "money", "fund", "funds", "amount", "sum", "balance", "payment"}
    | {"remaining balance", "remainder", "rest", "escrow", "escrowed amount", "collateral", "stake"}
    | {"escrow amount", "escrowed funds", "price", "purchase price", "contract price", "reserve"}
    | {"total", "security", "deposited amount", "held amount", "fee", "rent", "monthly rent"}
    | {"pledge", "pledged amount", "质押", "质押物", "质押品", "质物"}
    | {"抵押物", "抵押品", "抵押", "担保金", "质保金", "赏金", "奖金", "悬赏金", "赌注", "本金"}
    | {"押金", "保证金", "定金", "订金", "款项", "资金", "余款", "余额", "托管款", "托管资金"}
    | {"托管款项", "合同总价", "总价", "价款", "货款", "金额", "租金", "欠付租金", "全款", "钱"}
)
"""Words for a sum that the contract knows from another clause."""

_RECEIVED = (
    *("已收", "所收", "收取的", "已付", "已支付", "already paid", "has received", "have received"),
    *("it received", "amounts received", "sums received", "payments received", "paid to it"),
)
"""By these a party gives back what it has, and not the contract what it holds."""

_OWED = (
    *("overdue", "unpaid", "outstanding", "欠付", "未付", "逾期", "拖欠", "应付"),
    *("欠缴", "欠交", "未缴", "未交", "所欠", "欠", "的"),
)
_OVERDUE = (
    *("overdue", "unpaid", "owed", "owing", "arrears"),
    *("欠付", "拖欠", "欠缴", "所欠", "欠的", "欠租", "欠款", "欠费"),
)
_UNPAID = ("outstanding", "未付", "未缴", "未支付", "未交", "没付", "没交")
"""Beside a noun like "balance" these mean what is still to be paid out."""

_OF_ANYTHING = frozenset(
    {"", "balance", "amount", "sum", "remainder", "rest", "余款", "余额", "款项"}
)
_HELD_NOUNS = frozenset(
    {"deposit", "security deposit", "collateral", "stake", "押金", "保证金", "定金"}
)
_LEFT = (
    *("remaining", "whole", "entire", "full", "left over", "held", "deposited", "escrowed"),
    *("剩余", "其余", "余下", "剩下", "全部", "所有", "全额", "存入", "托管", "的"),
)
_PARTS = frozenset({"部分", "款", "part", "portion"})
"""What is left is meant where one of these stands behind a word of the former."""

_KINDS_MOVED = ("token", "native")
_OUTWARD = frozenset(
    {"release", "refund", "return", "withdraw", "keep", "claim", "pay", "transfer"}
)


@dataclass(frozen=True)
class Pot:
    """One sum that is paid in.

    Attributes:
        index: of the obligation to pay it in.
        outflows: duties that let it out again.
    """

    index: int
    deposit: Obligation
    outflows: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A sum with an amount that shares refer to."""

    amount: Decimal
    asset: str


def is_held_sum(step: Obligation) -> bool:
    """Whether a clause speaks of held money by a noun, or leaves the noun out."""
    return step.amount is None and (step.asset is None or _is_sum(step.asset))


def bears_cost(specification: Specification, step: Obligation) -> bool:
    """Whether it only says who bears a cost: no amount, nobody who is paid, no known sum."""
    kinds = {one.name: one.kind for one in specification.assets}
    named = step.asset is not None and kinds.get(step.asset) in ("goods", "service", None)
    unknown = step.amount is None and step.recipient is None and not is_held_sum(step)
    return step.action == "pay" and step.actor != "contract" and named and unknown


@remembered_of_each
def is_arrears(specification: Specification, duty: Obligation) -> bool:
    """Whether it takes what is overdue of other payments: "deduct unpaid rent"."""
    noun = _noun(duty.asset or "")
    if duty.amount is not None or duty.modality == "must_not" or gains_of_arrears(duty) is None:
        return False
    words = specification.text[slice(*duty.span)].casefold()
    for condition in duty.conditions:
        words = words.replace(condition.text.casefold(), "")
    owed = _OVERDUE if noun in _OF_ANYTHING else (*_OVERDUE, *_UNPAID)
    return noun not in _HELD_NOUNS and any(one in words for one in owed)


def gains_of_arrears(duty: Obligation) -> str | None:
    """Who takes what is overdue, or whom the contract pays it to."""
    if duty.action in ("keep", "withdraw", "claim"):
        return None if duty.actor in ("contract", *NOT_ONE) else duty.actor
    paid = duty.action in ("pay", "release", "transfer") and duty.actor == "contract"
    return duty.recipient if paid else None


def is_repayment(specification: Specification, duty: Obligation) -> bool:
    """Whether a party is to give back what it has received, and not what is still held."""
    words = specification.text[slice(*duty.span)]
    for condition in duty.conditions:
        # "Once it has received the goods back" says nothing of money.
        words = words.replace(condition.text, "")
    words = words.casefold()
    demanded = duty.action == "claim" and duty.recipient is not None
    owed = duty.action in ("refund", "return") and duty.modality == "must" and is_held_sum(duty)
    payer = repayer(duty)
    own = payer not in (None, "contract") and payer not in NOT_ONE and duty.amount is None
    return own and (owed or demanded) and any(one in words for one in _RECEIVED)


def repayer(duty: Obligation) -> str | None:
    """Who gives back: of whom it is demanded, or who has to."""
    return duty.recipient if duty.action == "claim" else duty.actor


@remembered
def repayments(specification: Specification) -> tuple[Duty, ...]:
    """All duties to give back what was received."""
    return tuple(one for one in duties(specification) if is_repayment(specification, one[1]))


def is_moved(specification: Specification, asset: str | None) -> bool:
    """Whether a contract can move it."""
    kinds = {one.name: one.kind for one in specification.assets}
    known = asset is not None and asset != "%" and not is_single(asset)
    return known and kinds.get(asset or "", "goods") in _KINDS_MOVED


def is_single(name: str | None) -> bool:
    """Whether it is a thing of its own (ERC-721), of which there are no amounts."""
    return (name or "").casefold().split(" ")[-1] in ("nft", "nfts", "collectible", "藏品")


@remembered
def pots(specification: Specification) -> tuple[Pot, ...]:
    """All deposits, each with the duties that let it out."""
    found = [
        (index, duty) for index, duty in duties(specification) if _pays_in(specification, duty)
    ]
    outward = [one for one in duties(specification) if _lets_out(specification, one[1])]
    return tuple(
        Pot(
            index,
            deposit,
            tuple(one for one in outward if _source(specification, one[1], found) == index),
        )
        for index, deposit in found
    )


def all_ways(specification: Specification) -> tuple[Obligation, ...]:
    """Every duty that lets money out of a pot."""
    return tuple(duty for pot in pots(specification) for _, duty in pot.outflows)


def base_of(specification: Specification, share_of: str | None, near: Obligation) -> Base:
    """The sum that a share is taken of.

    Raises:
        NotBuildable: no clause, or more than one, gives such a sum.
    """
    sums = [
        (one, Base(Decimal(one.amount), one.asset))
        for _, one in duties(specification)
        if one.action in ("pay", "deposit", "lock")
        and one.amount
        and one.asset
        and one.limit == "exact"
        and is_moved(specification, one.asset)
    ]
    named = [base for one, base in sums if share_of and _says(specification, one, share_of)]
    generic = share_of is None or _noun(share_of) in NOUNS
    chosen = set(named) or ({base for _, base in sums} if generic else set())
    if len(chosen) != 1:
        words = specification.text[slice(*near.span)]
        reason = f"it is not clear what {near.amount or 'a share'} % is a share of"
        raise NotBuildable(words, reason, hint="Give the share as an amount.")
    return chosen.pop()


def shares_of(pot: Pot) -> list[Duty]:
    """The parts of it that are shares, but for fees, which are none of the whole."""
    return [one for one in pot.outflows if one[1].asset == "%" and not is_late_fee(one[1])]


def share_of_pot(pot: Pot, duty: Obligation) -> Decimal:
    """How much of what is held a way out takes at most, of 1."""
    if duty.amount is None:
        return Decimal(1)
    whole = Decimal("100" if duty.asset == "%" else pot.deposit.amount or "1")
    return Decimal(duty.amount) / (whole or 1)


def share_units(amount: str, base_units: int) -> int:
    """So many percent of a sum in its smallest unit, rounded down."""
    share = Decimal(amount) * base_units / 100
    return int(share.to_integral_value(rounding=ROUND_DOWN))


def _pays_in(specification: Specification, duty: Obligation) -> bool:
    into = duty.recipient in (None, "contract", "escrow") or _for_later(specification, duty)
    paid_in = duty.action in ("deposit", "lock") or (
        duty.action in ("pay", "transfer") and duty.recipient == "contract"
    )
    return (
        paid_in
        and into
        and duty.modality != "must_not"
        and duty.limit == "exact"
        and duty.amount is not None
        and duty.share_of is None
        and duty.recurrence is None
        and duty.actor not in (None, "contract")
        and duty.actor not in NOT_ONE
        and is_moved(specification, duty.asset)
    )


def _for_later(specification: Specification, duty: Obligation) -> bool:
    """Whether it is put in for somebody who may take it out later: "5 ETH for my grandson"."""
    return duty.action in ("deposit", "lock") and any(
        other.actor == duty.recipient
        and other.action in ("withdraw", "claim")
        and other.modality == "may"
        and is_held_sum(other)
        for _, other in duties(specification)
    )


def _lets_out(specification: Specification, duty: Obligation) -> bool:
    if duty.action not in _OUTWARD or duty.modality == "must_not" or duty.recipient == "contract":
        return False
    if is_late_fee(duty) and duty.actor == "contract":
        return duty.asset == "%" or is_moved(specification, duty.asset)
    again = duty.recurrence is not None or duty.spread or duty.limit != "exact"
    if again or is_repayment(specification, duty):
        return False
    if duty.action in ("pay", "transfer", "claim") and duty.actor != "contract":
        # A party pays by its own means, unless it speaks of the money that is held.
        return duty.asset is not None and is_held_sum(duty) and duty.action != "pay"
    if duty.amount is None:
        return is_held_sum(duty) or is_moved(specification, duty.asset)
    return duty.asset == "%" or is_moved(specification, duty.asset)


def _source(specification: Specification, duty: Obligation, deposits: list[Duty]) -> int | None:
    """The deposit that a duty lets out: by its asset, else by its noun, else the only one."""
    fitting = [
        index
        for index, one in deposits
        if not is_moved(specification, duty.asset) or one.asset == duty.asset
    ]
    noun = duty.share_of if duty.asset == "%" else duty.asset
    named = [
        index
        for index, one in deposits
        if index in fitting and noun and _says(specification, one, noun)
    ]
    chosen = named or fitting
    return chosen[0] if len(chosen) == 1 else None


def _says(specification: Specification, duty: Obligation, noun: str) -> bool:
    """Whether the clause that names a sum calls it so."""
    words = specification.text[slice(*duty.span)].casefold()
    return _noun(noun) in words


def _is_sum(name: str) -> bool:
    noun = _noun(name)
    return noun in NOUNS or (noun in _PARTS and noun != name.casefold().strip())


def _noun(name: str) -> str:
    """Without what only says that it is owed or left: "the overdue rent" is the rent."""
    plain = name.casefold().strip()
    for word in _OWED:
        plain = plain.removeprefix(word).strip()
    for word in _LEFT:
        if plain != word and plain not in NOUNS:
            plain = plain.removeprefix(word).strip()
    return plain


def outward_of(specification: Specification) -> Iterator[int]:
    """Indices of the obligations in which something is let out of a pot."""
    for pot in pots(specification):
        yield from (index for index, _ in pot.outflows)
