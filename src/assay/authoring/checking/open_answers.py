"""Answers that add what a campaign, an auction, a grant, a split, a sale or a vote was lacking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from assay.authoring.blocks.clauses.fractions import counted
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.patterns.split import is_share
from assay.authoring.checking.alternatives import KIND as EITHER
from assay.authoring.checking.alternatives import put_alternative
from assay.authoring.checking.at_once import KIND as WHEN_PAID_OUT
from assay.authoring.checking.at_once import put_time_of_payment
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.checking.purses import KIND as PAID_FROM
from assay.authoring.checking.purses import put_purse
from assay.authoring.checking.rungs import KIND as HIGHER_PAYMENT
from assay.authoring.checking.rungs import put_higher_payment
from assay.authoring.checking.stated import KIND as WHO_STATES
from assay.authoring.checking.stated import put_statement
from assay.authoring.model import Asset, Condition, Obligation, Party, Question, Specification

LARGEST_DECIMALS = 36
_PARTS = 2
_LONGEST_NAME = 4


def add_answer(specification: Specification, question: Question, text: str) -> Specification:
    """The specification with it; only for questions of the kinds in `ADDING`.

    Raises:
        AnswerUnfit: it is none to its question.
    """
    if question.obligation is None:
        reason = "the clause that it is about was not read: write that anew first"
        raise AnswerUnfit(question.id, text, reason, question.suggestions)
    duty = specification.obligations[question.obligation]
    try:
        return ADDING[question.kind](specification, question, duty, text)
    except (ValidationError, ValueError) as error:
        raise AnswerUnfit(question.id, text, str(error)[:120], question.suggestions) from None


def _changed(specification: Specification, question: Question, **fields: Any) -> Specification:
    index = question.obligation or 0
    obligations = list(specification.obligations)
    obligations[index] = obligations[index].model_copy(update=fields)
    return specification.model_copy(update={"obligations": tuple(obligations)})


def _added(specification: Specification, duty: Obligation, **fields: Any) -> Specification:
    """One obligation more, by the words that the question was about."""
    more = Obligation(span=duty.span, clause=duty.clause, **fields)
    return specification.model_copy(update={"obligations": (*specification.obligations, more)})


def _amount_of(text: str) -> tuple[str, str]:
    parts = text.replace("%", " %").split()
    if len(parts) != _PARTS:
        raise ValueError("give a number and what of, like 5 USDC")
    return parts[0], parts[1]


def _party_of(specification: Specification, text: str) -> str:
    if text not in {one.name for one in specification.parties}:
        raise ValueError("name one of the parties")
    return text


def _only(text: str, wanted: str) -> None:
    if text != wanted:
        raise ValueError(f"only {wanted} can be carried out; else change the words")


def _goal(
    specification: Specification, question: Question, duty: Obligation, text: str
) -> Specification:
    value, asset = _amount_of(text)
    goal = Condition(
        kind="comparison", text=text, subject="goal", comparator=">=", value=value, asset=asset
    )
    return _changed(specification, question, conditions=(*duty.conditions, goal))


def _increment(
    specification: Specification, question: Question, duty: Obligation, text: str
) -> Specification:
    none = text == "none"
    value, asset = ("0", duty.asset or "") if none else _amount_of(text)
    rule = Condition(
        kind="comparison",
        text=text,
        subject="increment",
        comparator=">" if none else ">=",
        value=value,
        asset=asset,
    )
    return _changed(specification, question, conditions=(*duty.conditions, rule))


def _campaign_refund(
    specification: Specification, question: Question, duty: Obligation, text: str
) -> Specification:
    _only(text, "refund")
    back = Obligation(actor="contract", modality="must", action="refund", span=duty.span)
    return _changed(specification, question, otherwise=back)


def _outbid_refund(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    _only(text, "refund")
    right = {"actor": "outbid bidder", "modality": "may", "action": "withdraw", "asset": "bid"}
    return _added(specification, duty, **right)


def _auction_payee(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    payment = {"actor": "contract", "modality": "must", "action": "pay", "asset": "highest bid"}
    return _added(specification, duty, **payment, recipient=_party_of(specification, text))


def _grant_funding(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    funding: dict[str, Any] = {"modality": "must", "action": "deposit", "recipient": "contract"}
    funding |= {"amount": duty.amount, "asset": duty.asset}
    parties = specification.parties
    if text in (duty.recipient, "contract") or len(text.split()) > _LONGEST_NAME:
        raise ValueError("name who pays the amount in")
    if text not in {one.name for one in parties}:
        parties = (*parties, Party(name=text, text=text, span=duty.span))
    whole = specification.model_copy(update={"parties": parties})
    return _added(whole, duty, **funding, actor=text)


def _split_asset(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    symbol, decimals = _amount_of(text)
    if not decimals.isdecimal() or int(decimals) > LARGEST_DECIMALS:
        raise ValueError("give the token's symbol and its decimals, like USDC 6")
    source = duty.share_of or "revenue"
    shares = tuple(
        one.model_copy(update={"share_of": source})
        if is_share(one) and one.share_of in (None, source)
        else one
        for one in specification.obligations
    )
    kind = "native" if symbol == "ETH" else "token"
    asset = Asset(name=source, text=symbol, kind=kind, decimals=int(decimals), span=duty.span)
    others = tuple(one for one in specification.assets if one.name != source)
    return specification.model_copy(update={"obligations": shares, "assets": (*others, asset)})


def _token_source(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    _only(text, "issued")
    right = {"actor": "contract", "modality": "may", "action": "issue", "asset": duty.asset}
    return _added(specification, duty, **right)


def _list_keeper(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    if text == "none":
        return specification
    keeper = _party_of(specification, text)
    zh = specification.language == "zh"
    keeping = {"actor": keeper, "modality": "may", "action": "approve"}
    return _added(specification, duty, **keeping, asset="白名单" if zh else "allow list")


def _rejected(
    specification: Specification, question: Question, duty: Obligation, text: str
) -> Specification:
    party = _party_of(specification, text)
    back = Obligation(
        actor="contract", modality="must", action="return", recipient=party, span=duty.span
    )
    return _changed(specification, question, otherwise=back)


def _lock_length(
    specification: Specification, _question: Question, duty: Obligation, text: str
) -> Specification:
    if not is_duration(text):
        raise ValueError("give a duration, like P180D")
    lock = {"actor": duty.actor, "modality": duty.modality, "amount": duty.amount}
    return _added(specification, duty, **lock, action="lock", asset=duty.asset, deadline=text)


def _of_whole(
    put: Callable[[Specification, Question, str], Specification],
) -> Callable[[Specification, Question, Obligation, str], Specification]:
    """An answer that is put into the specification without a look at the question's own clause."""

    def answered(
        specification: Specification, question: Question, _duty: Obligation, text: str
    ) -> Specification:
        return put(specification, question, text)

    return answered


def _members(
    specification: Specification, question: Question, duty: Obligation, text: str
) -> Specification:
    """How many they are: then it is known how many of them have to agree."""
    place = int((question.field or "").split(".")[1])
    if not text.isdecimal() or not int(text):
        raise ValueError("give a number, like 5")
    conditions = list(duty.conditions)
    conditions[place] = counted(conditions[place], int(text))
    return _changed(specification, question, conditions=tuple(conditions))


ADDING: Mapping[str, Callable[[Specification, Question, Obligation, str], Specification]] = {
    "campaign_goal": _goal,
    "campaign_refund": _campaign_refund,
    "bid_increment": _increment,
    "auction_payee": _auction_payee,
    "outbid_refund": _outbid_refund,
    "grant_funding": _grant_funding,
    "split_asset": _split_asset,
    "lock_length": _lock_length,
    "token_source": _token_source,
    "list_keeper": _list_keeper,
    "member_count": _members,
    "rejected_payment": _rejected,
    EITHER: _of_whole(put_alternative),
    HIGHER_PAYMENT: _of_whole(put_higher_payment),
    PAID_FROM: _of_whole(put_purse),
    WHEN_PAID_OUT: _of_whole(put_time_of_payment),
    WHO_STATES: _of_whole(put_statement),
}
"""By the kind of the question."""
