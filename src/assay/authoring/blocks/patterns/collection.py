"""Collection: who is owed a fee takes it each period from somebody who has agreed to it.

"The Provider may charge the Customer 20 USDC each month; the Customer may cancel at any time." The
fee goes straight from one to the other, once for each period that has begun, and never more than
the customer has allowed the contract in the token itself. Nothing is taken before the customer has
agreed on the chain, or after it has cancelled.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.nouns import SUBSCRIPTION
from assay.authoring.blocks.clauses.saying import is_money, says_only
from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.terms import CALLER, NOW, ONE, at_least, define, less, plus
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Name, Not, Truth, Type
from assay.authoring.program.model import Emit, Pass, Require, Set, Statement

CHARGE = SUBSCRIPTION | {"authorisation", "authorization", "授权", "代扣", "扣款", "扣费"}
AGREED, PAYER, DUE_AT, COUNT = (
    Name(one) for one in ("collectionAgreed", "collectedFrom", "nextCollectionAt", "collected")
)


class Collection:
    """Takes a fee from whoever agreed to it."""

    name = "collection"
    text = "A fee taken each period from who has agreed, within what the token allows."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """One fee, and the right to cancel it."""
        all_ = specification.obligations
        fees = [index for index in sorted(free) if is_fee(specification, all_[index])]
        if len(fees) != 1 or all_[fees[0]].recipient in NOT_ONE | {None, "contract"}:
            return ()
        stops = [index for index in sorted(free) if _is_stop(all_[index], all_[fees[0]])]
        return (Claim(self.name, tuple(sorted((*fees, *stops)))),)

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To agree, to collect, and to cancel."""
        all_ = draft.specification.obligations
        (index,) = (one for one in claim.obligations if is_fee(draft.specification, all_[one]))
        fee = all_[index]
        assert fee.amount is not None, "it was claimed"
        assert fee.asset is not None, "it was claimed"
        customer = (draft.party(str(fee.recipient)),)
        draft.variable("collectionAgreed", Type.TRUTH, text="Whether the fee may be taken")
        draft.variable("collectedFrom", Type.ADDRESS, text="From whom it is taken")
        draft.variable("nextCollectionAt", text="From when on it may be taken again")
        price = draft.amount("collected fee", fee.amount, fee.asset)
        agree = (
            Require(Not(AGREED), "AgreedAlready"),
            Set(AGREED.name, Truth(value=True)),
            Set(PAYER.name, CALLER),
            Set(DUE_AT.name, NOW),
            Emit("CollectionAgreed", (("payer", CALLER),)),
        )
        define(draft, "agree to collection", agree, callers=customer)
        rules: list[Statement] = [
            Require(AGREED, "NotAgreed"),
            Require(at_least(NOW, DUE_AT), "TooEarly", (NOW, DUE_AT)),
        ]
        if fee.occurrences is not None:
            draft.variable("collected", text="How often it was taken")
            most = draft.count("most collections", fee.occurrences)
            rules.append(Require(less(COUNT, most), "AllCollected"))
            rules.append(Set(COUNT.name, plus(COUNT, ONE)))
        following = draft.later(DUE_AT, "collection period", str(fee.recurrence))
        body = (
            *rules,
            Set(DUE_AT.name, following),
            Emit("FeeCollected", (("payer", PAYER), ("amount", price))),
            Pass(draft.asset(fee.asset).name, CALLER, price, PAYER),
        )
        callers = (draft.party(str(fee.actor)),)
        kept = [(index, define(draft, "collect fee", body, (index,), callers=callers))]
        stops = [one for one in claim.obligations if one != index]
        if stops:
            end = (
                Require(AGREED, "NotAgreed"),
                Set(AGREED.name, Truth(value=False)),
                Emit("CollectionCancelled", (("payer", CALLER),)),
            )
            cancel = define(draft, "cancel collection", end, stops, callers=customer)
            kept += [(one, cancel) for one in stops]
        return tuple(kept)


def is_fee(specification: Specification, duty: Obligation) -> bool:
    """Whether somebody may take a sum of another each period."""
    right = duty.action == "claim" and duty.modality == "may"
    fields = ("amount", "asset", "recipient", "recurrence", "occurrences")
    whole = duty.amount is not None and duty.recurrence is not None
    people = duty.actor not in NOT_ONE | {None, "contract"}
    named = is_money(specification, duty.asset)
    return right and whole and people and named and says_only(duty, *fields)


def _is_stop(duty: Obligation, fee: Obligation) -> bool:
    right = duty.modality == "may" and duty.action in ("cancel", "terminate")
    return (
        right and duty.actor == fee.recipient and duty.asset in CHARGE and says_only(duty, "asset")
    )
