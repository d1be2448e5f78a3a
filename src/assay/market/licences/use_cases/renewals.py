"""Collect what subscribers agreed to pay, when it is due."""

from __future__ import annotations

from assay.core.clock import Clock
from assay.market.licences.model import LicenceState, Offer
from assay.market.licences.ports import LicenceAccount, LicenceIndex, LicenceReader, Renewal

_BATCH = 50


def renew_due(
    *, account: LicenceAccount, reader: LicenceReader, index: LicenceIndex, clock: Clock
) -> list[Renewal]:
    """Renew each subscription to an offer of the account whose next period is due.

    Those that cannot be paid are reported and cost no gas: they go on if that changes while they
    are due. Doing it again at once changes nothing, for then nothing is due.
    """
    sold = {
        offer.id: offer
        for offer in reader.offers(index.offers_by(account.address))
        if offer.is_open and offer.terms.subscription and offer.seller == account.address
    }
    states = reader.states(index.licences_by(list(sold))) if sold else []
    renewals: list[Renewal] = []
    payable: list[int] = []
    for state in states:
        if not state.subscription.is_due_at(max(state.block_time_s, clock.now_s())):
            continue
        reason = _hindrance(state, sold[state.licence.offer], reader)
        if reason:
            renewals.append(Renewal(state.licence.id, "", reason=reason))
        else:
            payable.append(state.licence.id)
    for start in range(0, len(payable), _BATCH):
        renewals += account.renew_due(payable[start : start + _BATCH])
    return renewals


def _hindrance(state: LicenceState, offer: Offer, reader: LicenceReader) -> str:
    """Why a period cannot be paid; the contract looks again."""
    price, subscriber = offer.terms.price, state.subscription.subscriber
    if price > state.subscription.maximum_price:
        return f"the price {price} is above the {state.subscription.maximum_price} agreed to"
    if reader.allowance(subscriber) < price:
        return f"the allowance of {subscriber} does not suffice"
    if reader.balance(subscriber) < price:
        return f"the balance of {subscriber} does not suffice"
    return ""
