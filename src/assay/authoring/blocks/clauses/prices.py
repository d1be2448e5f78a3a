"""A price that other clauses divide: "a price of 10,000 USDC", 30 % in advance and the rest later.

Whoever pays the parts pays the price: it is not due beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.remembering import remembered
from assay.authoring.blocks.clauses.sums import Pot, pots
from assay.authoring.model import Obligation, Specification

PRICES = frozenset(
    {"price", "purchase price", "contract price", "sale price", "total price", "fee", "total fee"}
    | {"total", "contract sum", "amount", "total amount", "cost", "consideration", "contract value"}
    | {"project fee", "service fee", "invoice", "order", "order value", "agreed price"}
    | {
        "价款",
        "总价",
        "总价款",
        "货款",
        "总货款",
        "合同总价",
        "合同价款",
        "合同金额",
        "服务费",
        "费用",
    }
    | {"总金额", "总额", "价格", "报酬", "设计费", "开发费", "工程款", "总费用", "合同总额"}
)
"""What a share or a rest is of, where it is paid in parts."""

WHOLE = Decimal(100)


@remembered
def prices(specification: Specification) -> tuple[tuple[Duty, tuple[Duty, ...]], ...]:
    """Each payment that others make up exactly, with these."""
    return tuple(_made_up(specification))


def _made_up(specification: Specification) -> Iterator[tuple[Duty, tuple[Duty, ...]]]:
    found = [one for one in duties(specification) if is_single_payment(one[1])]
    rests = [one for one in duties(specification) if _is_rest(specification, one[1])]
    for whole in found:
        index, price = whole
        paid = price.actor, price.asset
        rest = tuple(one for one in rests if (one[1].actor, one[1].asset) == paid)
        if price.asset == "%" or not (rest or _is_named(specification, price)):
            continue
        parts = tuple(
            (number, one)
            for number, one in found
            if number != index and is_part(one, price.actor, price.recipient, price.asset)
        )
        parts += rest
        if len(parts) > 1 and sum(_of(one, price) for _, one in parts) == Decimal(
            str(price.amount)
        ):
            yield whole, parts


_SECURITY = (
    "security",
    "collateral",
    "guarantee",
    "pledge",
    "bond",
    "押金",
    "保证",
    "质押",
    "担保",
)
"""Of a deposit that is given beside a price of the same sum, and goes back."""


@remembered
def put_in(specification: Specification) -> tuple[tuple[Duty, Duty], ...]:
    """Prices that are put into the contract whole, each with its deposit: they are owed once."""
    return tuple(
        (price, (pot.index, pot.deposit))
        for price in duties(specification)
        for pot in pots(specification)
        if is_single_payment(price[1]) and not price[1].conditions
        if price[1].deadline in (None, pot.deposit.deadline)
        if (price[1].actor, price[1].amount, price[1].asset)
        == (pot.deposit.actor, pot.deposit.amount, pot.deposit.asset)
        if _pays(specification, pot, price[1].recipient)
    )


def _pays(specification: Specification, pot: Pot, seller: str | None) -> bool:
    """Whether a deposit is for somebody, once something is done, and no security."""
    words = specification.text[slice(*pot.deposit.span)].casefold()
    return not any(one in words for one in _SECURITY) and any(
        out.recipient == seller
        and bool(out.conditions)
        and all(one.kind != "breach" and not one.negated for one in out.conditions)
        for _, out in pot.outflows
    )


_REMAINING = ("remaining", "the rest", "balance", "剩余", "余款", "尾款", "其余")


def _is_rest(specification: Specification, duty: Obligation) -> bool:
    """Whether the rest of a price is put into the contract: "deposit the remaining 9,000 USDC"."""
    words = specification.text[slice(*duty.span)].casefold()
    put = duty.action in ("deposit", "lock") and duty.amount is not None and duty.asset != "%"
    return put and duty.recurrence is None and any(one in words for one in _REMAINING)


def is_single_payment(duty: Obligation) -> bool:
    """Whether a party pays a sum, or a share of one, once."""
    once = duty.recurrence is None and not duty.spread and duty.limit == "exact"
    paid = duty.action == "pay" and duty.modality == "must" and duty.amount is not None
    return once and paid and duty.actor not in (None, "contract") and not is_late_fee(duty)


def is_part(duty: Obligation, payer: str | None, payee: str | None, asset: str | None) -> bool:
    """Whether it can be a part of what one party pays another."""
    paid = duty.actor == payer and duty.recipient in (payee, None)
    share = duty.asset == "%" and (duty.share_of is None or duty.share_of in PRICES)
    return paid and (share or (duty.asset == asset and duty.share_of is None))


def part_of(specification: Specification, duty: Obligation) -> tuple[Obligation, ...]:
    """The price that a payment is a part of."""
    return tuple(
        price for (_, price), parts in prices(specification) if any(one == duty for _, one in parts)
    )


def _of(part: Obligation, price: Obligation) -> Decimal:
    amount = Decimal(str(part.amount))
    return amount * Decimal(str(price.amount)) / WHOLE if part.asset == "%" else amount


def _is_named(specification: Specification, duty: Obligation) -> bool:
    words = specification.text[slice(*duty.span)].casefold()
    return any(one in words for one in PRICES)
