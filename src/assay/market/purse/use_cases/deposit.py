"""Open a channel, or add to one; doing it again after a crash goes on with the same deposit.

    opened = open_channel(order, services=..., chain=..., book=..., payer=..., ...)
    filled = top_up_channel(channel_id, amount, chain=..., book=..., ...)

The deposit is signed once and kept before it leaves. The payer sends it by itself where it has
ether for the gas; else it travels with the first call, and the provider sends it. Either way it is
the same authorization, which the token spends once: never two deposits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.market.calls import TypedDataSigner
from assay.market.channels.model import SettlementDomain
from assay.market.purse.deposits import DepositTerms, sign_deposit
from assay.market.purse.errors import (
    ChannelNotUsable,
    ChannelOpenAlready,
    ChannelsNotOffered,
    ChannelUnknown,
    DepositTooLarge,
    DepositTooSmall,
    DepositUnderWay,
)
from assay.market.purse.model import OwnChannel, PurseState
from assay.market.purse.ports import ChannelServices, PayerChain, PurseBook
from assay.market.purse.wire import ChannelOffer

_GOOD_FOR_S = 7 * 24 * 3600


@dataclass(frozen=True)
class PayerParts:
    """What opening and filling channels needs.

    Attributes:
        choose_salt: 32 random bytes.
    """

    signer: TypedDataSigner
    domain: SettlementDomain
    terms: DepositTerms
    chain: PayerChain
    book: PurseBook
    clock: Clock
    choose_salt: Callable[[], Digest]


@dataclass(frozen=True)
class Deposited:
    """A channel after a deposit; `transaction` is empty if it travels with the next call."""

    channel: OwnChannel
    amount: int
    transaction: str | None


def open_channel(
    url: str, amount: int, *, another: bool, services: ChannelServices, parts: PayerParts
) -> Deposited:
    """Open a channel with the provider at `url`.

    Args:
        amount: units of the token.
        another: open one although there is one already.

    Raises:
        ChannelsNotOffered, ServiceFailed: none can be opened there.
        ChannelOpenAlready: there is one.
        DepositUnderWay: one is being opened, with another deposit.
        DepositTooSmall, DepositTooLarge: nothing was signed.
        PaymentRefused, SettlementUncertain: see `bring_deposit`.
    """
    offer = _offer(url, services, parts)
    mine = [each for each in parts.book.channels(parts.signer.address) if offer.fits(each.config)]
    for channel in mine:
        if channel.state is PurseState.OPENING:
            return bring_deposit(channel, amount, parts)
    for channel in mine:
        if channel.state is PurseState.OPEN and not another:
            raise ChannelOpenAlready(channel.id, channel.left)
    _check_amount(amount, offer.price, parts.chain)
    config = offer.config(parts.signer.address, parts.choose_salt())
    channel = OwnChannel(
        id=config.channel_id(parts.domain),
        chain_id=parts.domain.chain_id,
        config=config,
        url=url,
        opened_at=parts.clock.now_s(),
    )
    parts.book.add(_signed(channel, amount, parts))
    return bring_deposit(channel, amount, parts)


def top_up_channel(channel: OwnChannel, amount: int, *, parts: PayerParts) -> Deposited:
    """Add to an open channel.

    Raises:
        ChannelNotUsable: it is being closed.
        As `open_channel`.
    """
    if channel.state in {PurseState.CLOSING, PurseState.CLOSED}:
        raise ChannelNotUsable(channel.id, channel.state.value)
    if channel.deposit is None:
        _check_amount(amount, 1, parts.chain)
        parts.book.change(
            channel.id, lambda now: now if now.deposit else _signed(now, amount, parts)
        )
    return bring_deposit(channel, amount, parts)


def bring_deposit(channel: OwnChannel, amount: int, parts: PayerParts) -> Deposited:
    """Bring a deposit that was signed before into the chain, whatever became of it meanwhile.

    Raises:
        DepositUnderWay: it is another amount.
        PaymentRefused: the chain does not take it, and nothing was moved.
        SettlementUncertain: not known; repeat it, with the same amount.
    """
    now = parts.book.find(channel.id)
    if now is None:
        raise ChannelUnknown(channel.id.hex)
    if now.deposit is None:  # another process was faster
        return Deposited(now, amount, None)
    if now.deposit.amount != amount:
        raise DepositUnderWay(now.id, now.deposit.amount, amount)
    if not parts.chain.spent(now.deposit.nonce(now.id)):
        if parts.chain.now_s() >= now.deposit.valid_before:  # it can never be spent any more
            now = parts.book.change(now.id, lambda old: _signed_anew(old, parts))
        elif not parts.chain.pays_gas():
            return Deposited(now, amount, None)
    assert now.deposit is not None, "it was there, and is under our eyes"
    order = now.deposit.for_chain(now.id, now.config, parts.terms.collector)
    transaction = parts.chain.deposit(order)
    balance = parts.chain.states([now.id])[0].balance
    after = parts.book.change(now.id, lambda old: old.confirmed(balance))
    return Deposited(after, amount, transaction)


def _offer(url: str, services: ChannelServices, parts: PayerParts) -> ChannelOffer:
    offers = services.offers(url)
    ours = [
        offer
        for offer in offers
        if offer.chain_id == parts.terms.chain_id and offer.token == parts.terms.token
    ]
    if not ours:
        raise ChannelsNotOffered(url, "it asks for another token, or is on another chain")
    return min(ours, key=lambda offer: offer.price)


def _check_amount(amount: int, least: int, chain: PayerChain) -> None:
    if amount < max(1, least):
        raise DepositTooSmall(amount, least)
    held = chain.tokens()
    if amount > held:
        raise DepositTooLarge(amount, held)


def _signed(channel: OwnChannel, amount: int, parts: PayerParts) -> OwnChannel:
    deposit = sign_deposit(
        channel.id,
        amount,
        parts.terms,
        parts.signer,
        salt=parts.choose_salt(),
        valid_before=parts.chain.now_s() + _GOOD_FOR_S,
    )
    return channel.deposit_signed(deposit)


def _signed_anew(channel: OwnChannel, parts: PayerParts) -> OwnChannel:
    assert channel.deposit is not None, "there is one to be replaced"
    return _signed(replace(channel, deposit=None), channel.deposit.amount, parts)
