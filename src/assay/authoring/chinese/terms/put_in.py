"""A price that is put into the contract: 以3000 USDC购买, 将全部款项托管于合约, 收货后支付给卖方.

Whoever puts the price in, and has the contract hand it on, owes it once and not twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.money import DOWN_PAYMENTS, TOTALS
from assay.authoring.model import Obligation

_WHOLE = frozenset({
    "款项", "全款", "全部款项", "资金", "钱", "费用", "货款", "价款", "总价", "价格", "金额", "款",
    "购买款", "购买价款", "合同款", "合同款项", "全部价款", "总款", "总额", "应付款项", "相应款项",
    "全部费用", "全部资金", "该款项", "这笔钱", "上述款项", "交易款", "订单款",
})  # fmt: skip
"""Words for all that is to be paid, where one price is known."""
_FEES = ("费", "价", "款", "报酬", "酬金", "稿酬", "金")
_LET_OUT = frozenset({"pay", "release", "transfer", "claim", "withdraw"})
_PERCENT = Decimal(100)


def with_price_put_in(
    text: str, obligations: Sequence[Obligation], contexts: Sequence[Context]
) -> list[Obligation]:
    """The duties, a price that is put in with its amount, and owed only once."""
    found = list(obligations)
    for at, one in enumerate(found):
        if not _puts_in(one):
            continue
        wholes = [*_owed(text, found, one)]
        told = {(each.amount, each.asset) for each in wholes} or {*_set_to(contexts)}
        if len(told) != 1:
            continue
        amount, asset = told.pop()
        found[at] = one.model_copy(update={"amount": amount, "asset": asset})
        if len(wholes) == 1:
            return _once(found, at, wholes[0])
    return found


def with_voted_sums(obligations: Sequence[Obligation]) -> list[Obligation]:
    """款项支付给施工队 behind a vote on 8000 USDC to them: that is what is paid."""
    votes = [one for one in obligations if one.action == "vote" and one.amount and one.asset]
    if len(votes) != 1:
        return list(obligations)
    (vote,) = votes
    return [_voted(one, vote) if _is_voted(one, vote) else one for one in obligations]


def _voted(one: Obligation, vote: Obligation) -> Obligation:
    """With the sum that was voted on, which nobody who votes pays or gives back."""
    nobody = {None, vote.actor}
    back = one.otherwise
    if back is not None and back.actor in nobody and back.action in {"refund", "return"}:
        back = back.model_copy(update={"actor": "contract"})
    told = {"amount": vote.amount, "asset": vote.asset, "otherwise": back}
    payer = "contract" if one.actor in nobody else one.actor
    return one.model_copy(update={**told, "actor": payer})


def _is_voted(one: Obligation, vote: Obligation) -> bool:
    pays = one.action in {"pay", "release", "transfer"} and one.amount is None
    whole = one.asset is None or one.asset in _WHOLE
    decided = any(each.kind == "approval" for each in one.conditions)
    return pays and whole and decided and one.recipient in {vote.recipient, None}


def _puts_in(one: Obligation) -> bool:
    into = one.action in {"deposit", "lock"} and one.recipient in {None, "contract"}
    noun = one.asset or ""
    whole = noun in _WHOLE or noun.endswith(TOTALS)
    fee = noun.endswith(_FEES) and not noun.endswith((*DOWN_PAYMENTS, "押金", "保证金"))
    return into and one.amount is None and one.modality == "must" and (whole or fee)


def _owed(text: str, obligations: Sequence[Obligation], put_in: Obligation) -> Iterator[Obligation]:
    """What whoever puts it in has to pay somebody once: the price, where there is only one."""
    noun = put_in.asset or ""
    for one in obligations:
        plain = one.action == "pay" and one.modality == "must" and one.limit == "exact"
        once = one.recurrence is None and not one.spread and one.share_of is None
        whole = one.amount is not None and one.asset != "%" and not one.conditions
        named = noun in _WHOLE or noun.endswith(TOTALS) or noun in text[slice(*one.span)]
        if plain and once and whole and named and one.actor == put_in.actor:
            yield one


def _set_to(contexts: Sequence[Context]) -> Iterator[tuple[str | None, str | None]]:
    for context in contexts:
        for _, name, quantity, every in context.set_terms:
            if name.endswith(TOTALS) and every is None:
                yield quantity.amount, quantity.asset


def _once(obligations: Sequence[Obligation], put_in: int, whole: Obligation) -> list[Obligation]:
    """Without the price beside its deposit, where the contract hands it on, or its parts."""
    parts = [one for one in obligations if _is_part(one, whole)]
    if parts and sum(map(_share, parts)) in {Decimal(str(whole.amount)), _PERCENT}:
        moved = {"actor": "contract", "recipient": whole.recipient}
        return [
            one.model_copy(update=moved) if one in parts else one
            for one in obligations
            if one is not whole
        ]
    handed = any(
        one.action in _LET_OUT
        and one.modality != "must_not"
        and one.amount is None
        and whole.recipient in {None, one.recipient, one.actor}
        and one is not obligations[put_in]
        for one in obligations
    )
    return [one for one in obligations if not (handed and one is whole)]


def _is_part(one: Obligation, whole: Obligation) -> bool:
    paid = one.action == "pay" and one.modality == "must" and one.recurrence is None
    same = one.actor in {whole.actor, None, "contract"} and one.amount is not None
    to = one.recipient in {whole.recipient, None}
    return paid and same and to and one is not whole and one.asset in {"%", whole.asset}


def _share(part: Obligation) -> Decimal:
    return Decimal(str(part.amount))
