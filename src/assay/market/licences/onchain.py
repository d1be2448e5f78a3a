"""The licence contract: read at a block, and acted on by one account.

    reader = OnChainLicences(node, deployment.licences, deployment.token, deployment.registry)
    account = OnChainLicenceAccount(reader, deployment.token, address, open_sender)
    account.buy(offer, maximum_price, allowance)      # permit (EIP-2612) and purchase in one

Prices are guarded by the contract itself: whoever raises one while a purchase is on its way gets
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assay.chain.contract import Contract, Event, read_many
from assay.chain.errors import ContractRevert, RpcFault
from assay.chain.node import Node
from assay.chain.permits import Permit, sign_permit
from assay.chain.records import Receipt, to_bytes
from assay.chain.reverts import revert_in, reverts_as
from assay.chain.transaction import Sender
from assay.core.address import Address, parse_address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.market.licences import refusals
from assay.market.licences.errors import ChainMoved, UnknownOffer
from assay.market.licences.model import (
    Licence,
    LicenceState,
    Offer,
    Purchase,
    Subscription,
    Terms,
)
from assay.market.licences.ports import BlockName, LicenceSale, Renewal

_VIEWS = ("licenceOf", "subscriptionOf", "listingOf")


class OnChainLicences:
    """The `LicenceReader` port."""

    def __init__(self, node: Node, contract: Contract, token: Contract, registry: Contract) -> None:
        self.node = node
        self.contract = contract
        self._token = token
        self._registry = registry

    def offers(self, offers: Sequence[int]) -> list[Offer]:
        """See `LicenceReader.offers`."""
        found = read_many(self.node, [(self.contract, "offerOf", (offer,)) for offer in offers])
        return [_offer(offer, answer) for offer, answer in zip(offers, found, strict=True)]

    def states(self, licences: Sequence[int]) -> list[LicenceState]:
        """See `LicenceReader.states`."""
        return [state for state in self.states_at(licences, self.block(0)) if state is not None]

    def states_at(self, licences: Sequence[int], block: BlockName) -> list[LicenceState | None]:
        """See `LicenceReader.states_at`."""
        calls = [(self.contract, view, (licence,)) for licence in licences for view in _VIEWS]
        answers = self._read_at(calls, block)
        return [
            _state(licence, answers[start : start + len(_VIEWS)], block)
            for licence, start in zip(licences, range(0, len(calls), len(_VIEWS)), strict=True)
        ]

    def sales(self, transactions: Sequence[str]) -> list[list[LicenceSale]]:
        """See `LicenceReader.sales`."""
        receipts = self.node.receipts(transactions)
        return [self._sales(receipt) if receipt else [] for receipt in receipts]

    def asset_owner_at(self, asset_id: Digest, block: BlockName) -> Address | None:
        """See `LicenceReader.asset_owner_at`."""
        [owner] = self._read_at([(self._registry, "ownerOf", (asset_id.token_id,))], block)
        return None if isinstance(owner, ContractRevert) else parse_address(owner)

    def block(self, confirmations: int) -> BlockName:
        """See `LicenceReader.block`."""
        header = self.node.block("latest")
        if confirmations:
            header = self.node.block(max(0, header.number - confirmations))
        return BlockName(header.number, header.hash, header.timestamp)

    def is_canonical(self, block: BlockName) -> bool:
        """See `LicenceReader.is_canonical`."""
        return self.node.block(block.number).hash == block.hash

    def allowance(self, owner: Address) -> int:
        """See `LicenceReader.allowance`."""
        return int(self._token.read("allowance", owner, self.contract.address))

    def balance(self, owner: Address) -> int:
        """See `LicenceReader.balance`."""
        return int(self._token.read("balanceOf", owner))

    def _sales(self, receipt: Receipt) -> list[LicenceSale]:
        """Each purchase ends with its event; the token's transfers before it are its payments.

        A purchase by authorization passes the tokens through the contract: what comes in is the
        same money as what goes out again, so only payments to others count.
        """
        sales: list[LicenceSale] = []
        paid = 0
        for log in receipt.logs if receipt.succeeded else ():
            moved = self._token.decode_log(log)
            if moved and moved.name == "Transfer" and moved.args["to"] != self.contract.address:
                paid += moved.args["value"]
            event = self.contract.decode_log(log)
            if event and event.name == "LicenceBought":
                sales.append(_sale(event, paid))
                paid = 0
        return sales

    def _read_at(
        self, calls: Sequence[tuple[Contract, str, tuple[Any, ...]]], block: BlockName
    ) -> list[Any | ContractRevert]:
        """Views at a block by its hash (EIP-1898), so that a reorganisation cannot go unseen."""
        where = {"blockHash": block.hash, "requireCanonical": True}
        requests = [
            ("eth_call", [{"to": to.address, "data": "0x" + to.encode(view, *args).hex()}, where])
            for to, view, args in calls
        ]
        results: list[Any | ContractRevert] = []
        for (to, view, _), answer in zip(calls, self.node.batch(requests), strict=True):
            if not isinstance(answer, RpcFault):
                results.append(to.decode_result(view, to_bytes(answer)))
            elif revert := revert_in(answer):
                results.append(revert)
            elif not self.is_canonical(block):
                raise ChainMoved(block.number)
            else:
                raise answer
        return results


class OnChainLicenceAccount:
    """The `LicenceAccount` port."""

    def __init__(
        self,
        reader: OnChainLicences,
        token: Contract,
        address: Address,
        open_sender: Callable[[], Sender],
        clock: Clock,
    ) -> None:
        self._reader = reader
        self._contract = reader.contract
        self._token = token
        self._open_sender = open_sender
        self._clock = clock
        self.address = address

    def make_offer(self, asset_id: Digest, terms: Terms) -> tuple[int, str]:
        """See `LicenceAccount.make_offer`."""
        fields = (terms.price, terms.period_s, terms.subscription, terms.transferable)
        receipt = self._transact("makeOffer", asset_id.token_id, fields)
        [event] = self._events(receipt, "OfferMade")
        return int(event.args["offerId"]), receipt.transaction_hash

    def change_price(self, offer: int, price: int) -> str:
        """See `LicenceAccount.change_price`."""
        return self._transact("changePrice", offer, price).transaction_hash

    def withdraw_offer(self, offer: int) -> str:
        """See `LicenceAccount.withdraw_offer`."""
        return self._transact("withdrawOffer", offer).transaction_hash

    def buy(self, offer: int, maximum_price: int, allowance: int) -> Purchase:
        """See `LicenceAccount.buy`."""
        permit = self._permit(allowance)
        receipt = self._transact("buyWithPermit", offer, maximum_price, permit)
        [event] = self._events(receipt, "LicenceBought")
        return _purchase(event, receipt)

    def renew(self, licence: int, maximum_price: int, allowance: int) -> Purchase:
        """See `LicenceAccount.renew`."""
        permit = self._permit(allowance)
        receipt = self._transact("renewWithPermit", licence, maximum_price, permit)
        [event] = self._events(receipt, "LicenceRenewed")
        return _purchase(event, receipt)

    def buy_listed(self, licence: int, maximum_price: int, allowance: int) -> Purchase:
        """See `LicenceAccount.buy_listed`."""
        permit = self._permit(allowance)
        receipt = self._transact("buyListedWithPermit", licence, maximum_price, permit)
        [event] = self._events(receipt, "LicenceResold")
        return _purchase(event, receipt)

    def allow(self, allowance: int) -> str:
        """See `LicenceAccount.allow`."""
        receipt = self._open_sender().transact(
            self._token, "approve", self._contract.address, allowance
        )
        return receipt.transaction_hash

    def subscribe(self, licence: int, maximum_price: int) -> str:
        """See `LicenceAccount.subscribe`."""
        return self._transact("subscribe", licence, maximum_price).transaction_hash

    def cancel(self, licence: int) -> str:
        """See `LicenceAccount.cancel`."""
        return self._transact("cancelSubscription", licence).transaction_hash

    def renew_due(self, licences: Sequence[int]) -> list[Renewal]:
        """See `LicenceAccount.renew_due`."""
        receipt = self._transact("renewSubscriptions", list(licences))
        paid = {
            event.args["licenceId"]: Renewal(
                event.args["licenceId"],
                receipt.transaction_hash,
                event.args["price"],
                event.args["expiresAt"],
            )
            for event in self._events(receipt, "LicenceRenewed")
        }
        failed = {
            event.args["licenceId"]: Renewal(
                event.args["licenceId"],
                receipt.transaction_hash,
                reason=str(self._contract.decode_revert(event.args["reason"])),
            )
            for event in self._events(receipt, "RenewalFailed")
        }
        return [(paid | failed)[licence] for licence in licences]

    def list_for_sale(self, licence: int, price: int) -> str:
        """See `LicenceAccount.list_for_sale`."""
        return self._transact("list", licence, price).transaction_hash

    def withdraw_listing(self, licence: int) -> str:
        """See `LicenceAccount.withdraw_listing`."""
        return self._transact("withdrawListing", licence).transaction_hash

    def set_user(self, licence: int, user: Address, until_s: int) -> str:
        """See `LicenceAccount.set_user`."""
        return self._transact("setUser", licence, user, until_s).transaction_hash

    def _transact(self, function: str, *arguments: Any) -> Receipt:
        with reverts_as(refusals.TRANSLATIONS):
            return self._open_sender().transact(self._contract, function, *arguments)

    def _permit(self, allowance: int) -> Permit:
        account = self._open_sender().account
        return sign_permit(self._token, account, self._contract.address, allowance, self._clock)

    def _events(self, receipt: Receipt, name: str) -> list[Event]:
        events = (self._contract.decode_log(log) for log in receipt.logs)
        return [event for event in events if event is not None and event.name == name]


def _offer(offer: int, answer: Any | ContractRevert) -> Offer:
    if isinstance(answer, ContractRevert):
        raise UnknownOffer(offer)
    asset, seller, is_open, (price, period, subscription, transferable) = answer
    terms = Terms(price, period, subscription, transferable)
    return Offer(offer, Digest.from_token_id(asset), parse_address(seller), is_open, terms)


def _state(
    licence: int, answers: Sequence[Any | ContractRevert], block: BlockName
) -> LicenceState | None:
    views = [answer for answer in answers if not isinstance(answer, ContractRevert)]
    if len(views) != len(_VIEWS):
        return None
    facts, subscription, (is_listed, price) = views
    owner, asset, offer, expires, transferable, user, user_expires = facts
    return LicenceState(
        Licence(
            id=licence,
            owner=parse_address(owner),
            asset_id=Digest.from_token_id(asset),
            offer=offer,
            expires_at_s=expires,
            transferable=transferable,
            user=parse_address(user),
            user_expires_at_s=user_expires,
        ),
        Subscription(parse_address(subscription[0]), *subscription[1:]),
        price if is_listed else None,
        block.number,
        block.time_s,
    )


def _sale(event: Event, paid: int) -> LicenceSale:
    return LicenceSale(
        licence=event.args["licenceId"],
        asset_id=Digest.from_token_id(event.args["assetId"]),
        buyer=parse_address(event.args["buyer"]),
        price=event.args["price"],
        paid=paid,
        block=event.block_number,
    )


def _purchase(event: Event, receipt: Receipt) -> Purchase:
    return Purchase(
        event.args["licenceId"],
        event.args["price"],
        receipt.transaction_hash,
        event.args.get("expiresAt", 0),
    )
