"""What is left of a price after its other parts: "30 % on signing and the rest on delivery".

    with_rests(specification)

The price is what one clause has to be paid, or what the text alone says: "The price is 9,000 USDC".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assay.authoring.blocks.clauses.prices import PRICES, WHOLE, is_part, is_single_payment
from assay.authoring.blocks.clauses.sums import is_moved, pots
from assay.authoring.model import Asset, Obligation, Specification

RESTS = frozenset(
    {"rest", "balance", "remainder", "remaining balance", "rest of price", "remaining amount"}
    | {"outstanding balance", "remaining price", "balance of price", "remaining payment"}
    | {"余款", "尾款", "剩余款项", "剩余货款", "余下款项", "剩余价款", "剩余费用", "其余款项"}
)
_STATED = re.compile(
    r"(?<!late )\b(?:price|fee|consideration|cost|contract (?:sum|value)|total(?: amount)?)\b"
    r"(?: (?:of|for) (?:the|this|all) [a-z ]{1,30}?)?"
    r"(?:,? (?:is|are|shall be|will be|comes to|amounts to)(?: set at| fixed at| agreed at)?|:| of)"
    r" (?P<amount>\d[\d,]*(?:\.\d+)?) (?P<asset>[A-Z][A-Z0-9]{2,7})\b"
    r"|(?:总价款?|价款|总?货款|合同总?价款?|合同金额|合同总额|总金额|服务费|设计费|开发费|工程款|总费用|报酬)"
    r"(?:总[计额])?(?:共计|合计|定为|为|是|[::])?\s*(?P<sum>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<token>[A-Z][A-Z0-9]{2,7})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Price:
    """What is paid in all.

    Attributes:
        told: whether a clause says that it is to be paid, and not the text alone what it is.
    """

    amount: Decimal
    asset: str
    payee: str | None
    told: bool


def with_rests(specification: Specification) -> Specification:
    """The same, where what is left of a price is paid by an amount, and so are shares of it."""
    held = {index for pot in pots(specification) for index, _ in pot.outflows}
    payers = [
        one.actor
        for index, one in enumerate(specification.obligations)
        if index not in held and (_is_rest(one) or (one.asset == "%" and is_single_payment(one)))
    ]
    for payer in dict.fromkeys(payers):
        if payer not in (None, "contract"):
            specification = _for_payer(specification, str(payer), held)
    return specification


def _for_payer(specification: Specification, payer: str, held: set[int]) -> Specification:
    own = {
        index: one
        for index, one in enumerate(specification.obligations)
        if one.actor == payer and index not in held
    }
    rests = [index for index, one in own.items() if _is_rest(one)]
    paid = {index: one for index, one in own.items() if is_single_payment(one)}
    wholes = [one for one in paid.values() if _is_whole(specification, one)]
    stated = {*_stated(specification)} if not wholes else set()
    if len(wholes) + len(stated) != 1 or len(rests) > 1:
        return specification
    for whole in wholes:
        price = _Price(Decimal(str(whole.amount)), str(whole.asset), whole.recipient, told=True)
    for amount, asset in stated:
        price = _Price(amount, asset, None, told=False)
    parts = {
        index: one
        for index, one in paid.items()
        if one not in wholes and is_part(one, payer, price.payee or one.recipient, price.asset)
    }
    return _filled(specification, rests, parts, price)


def _filled(
    specification: Specification, rests: list[int], parts: dict[int, Obligation], price: _Price
) -> Specification:
    """With the amount of the rest; and of the shares beside it."""
    amounts = {
        index: Decimal(str(one.amount)) * (price.amount / WHOLE if one.asset == "%" else 1)
        for index, one in parts.items()
    }
    left = price.amount - sum(amounts.values())
    if not parts or (left <= 0 if rests else left != 0 or price.told):
        return specification
    wanted = dict.fromkeys(rests, left)
    wanted |= {index: amounts[index] for index, one in parts.items() if one.asset == "%"}
    obligations = list(specification.obligations)
    for index, amount in wanted.items():
        update = {"amount": _plain(amount), "asset": price.asset, "share_of": None}
        obligations[index] = obligations[index].model_copy(update=update)
    for index in (*rests, *parts):
        payee = obligations[index].recipient or price.payee
        obligations[index] = obligations[index].model_copy(update={"recipient": payee})
    return specification.model_copy(
        update={
            "obligations": tuple(obligations),
            "assets": _with_asset(specification, price.asset),
            "questions": tuple(
                one
                for one in specification.questions
                if not (one.obligation in rests and one.field == "amount")
            ),
            "not_understood": tuple(
                one
                for one in specification.not_understood
                if price.told or not _STATED.fullmatch(one.text.strip(" .。,，;；"))
            ),
        }
    )


def _with_asset(specification: Specification, name: str) -> tuple[Asset, ...]:
    if name in {one.name for one in specification.assets}:
        return specification.assets
    at = specification.text.find(name)
    kind: Literal["native", "token"] = "native" if name == "ETH" else "token"
    return (
        *specification.assets,
        Asset(name=name, text=name, kind=kind, span=(at, at + len(name))),
    )


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _is_rest(one: Obligation) -> bool:
    plain = one.amount is None and one.recurrence is None and one.modality == "must"
    return one.action == "pay" and plain and (one.asset or "").casefold() in RESTS


def _is_whole(specification: Specification, one: Obligation) -> bool:
    words = specification.text[slice(*one.span)].casefold()
    named = any(re.search(rf"(?:^|\W){re.escape(noun)}", words) for noun in PRICES)
    return is_moved(specification, one.asset) and (
        named or any(noun in words for noun in PRICES if not noun.isascii())
    )


def _stated(specification: Specification) -> Iterator[tuple[Decimal, str]]:
    """Prices that the text names, read or not."""
    for match in _STATED.finditer(specification.text):
        amount, asset = match["amount"] or match["sum"], match["asset"] or match["token"]
        if asset.isupper():
            yield Decimal(amount.replace(",", "")), asset
