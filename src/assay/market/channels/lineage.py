"""The lineage of a payment by voucher: who signed it, what it is drawn on, and who has claimed it.

    call ──paid by──▶ voucher ──drawn on──▶ channel ──kept by──▶ BatchSettlement
                         └─────claimed in────────────────────────────▲

A voucher that is not claimed yet is a good payment, as long as the channel holds its sum: its node
is provisional, and the link to the claim appears with the claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.errors import AssayError, InputError
from assay.ledger.lineage import Link, Node
from assay.market.channels.model import ChainState, ChannelConfig, SettlementDomain
from assay.market.channels.promise import Promise, PromisedCall

VOUCHER = "voucher"
_CHANNEL = "channel:"
_CONTRACT = Node("contract:BatchSettlement", "contract", "BatchSettlement")


class Promises(Protocol):
    """The vouchers that a provider has been given."""

    def promise(self, payer: Address, provider: Address, payment: Digest) -> Promise | None:
        """The charged voucher of this digest, between these two; None if there is none.

        Raises:
            IntegrityError: it is damaged.
        """
        ...


class ChannelChainView(Protocol):
    """The settlement contract's word."""

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """Balance and claimed sum of each."""
        ...

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        """Whether who may sign the channel's vouchers signed."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimedSum:
    """A claim as the contract recorded it: `total` was the channel's whole sum after it."""

    channel: Digest
    total: int
    transaction: str


class ClaimFinder(Protocol):
    """Where a channel was claimed and paid into."""

    def claims(self, channel: Digest) -> list[ClaimedSum]:
        """The claims of a channel, oldest first, each read from its receipt."""
        ...


@dataclass(frozen=True)
class VoucherSource:
    """Expands nodes of kind `voucher` and `channel:<id>`, and links calls to their vouchers."""

    promises: Promises
    chain: ChannelChainView
    finder: ClaimFinder
    domain: SettlementDomain
    token_decimals: int

    def paid(self, source: str, call: PromisedCall) -> tuple[Link, Node] | None:
        """The link from a call's node to the voucher that paid for it; None if none is known."""
        evidence = f"voucher {call.payment} of {call.payer}"
        node = Node(f"payment:{call.payment}", VOUCHER, f"Voucher of {self._amount(call.amount)}")
        try:
            promise = self.promises.promise(call.payer, call.provider, call.payment)
            if promise is None:
                return None
            reason = promise.fault(call, self.domain, self.chain.valid_signature)
            claimed = self.chain.states([promise.channel])[0].claimed
        except AssayError as error:
            return Link(source, node.id, "paid by", False, evidence, str(error)), node
        evidence += (
            f", signed for up to {promise.max_claimable} of channel {promise.channel}; "
            f"this call is the part up to {promise.position}"
        )
        facts = {
            "payer": call.payer,
            "provider": call.provider,
            "channel": promise.channel.hex,
            "position": str(promise.position),
        }
        waiting = claimed < promise.position
        title = node.title + (", not claimed yet" if waiting else "")
        node = replace(node, title=title, facts=facts, provisional=waiting)
        return Link(source, node.id, "paid by", not reason, evidence, reason), node

    def resolve(self, subject: str) -> Node | None:
        """A channel by `channel:<id>`; vouchers are found from their calls."""
        if not subject.startswith(_CHANNEL):
            return None
        try:
            return _channel_node(Digest.parse(subject.removeprefix(_CHANNEL)))
        except InputError:
            return None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The links of vouchers and channels; the contract is asked once for the whole level."""
        vouchers = [node for node in nodes if node.kind == VOUCHER and "channel" in node.facts]
        opened = [node for node in nodes if node.id.startswith(_CHANNEL)]
        ids = [Digest.parse(node.facts["channel"]) for node in vouchers]
        ids += [Digest.parse(node.id.removeprefix(_CHANNEL)) for node in opened]
        states = self.chain.states(ids)
        links = [
            link
            for node, channel, state in zip(vouchers, ids, states, strict=False)
            for link in self._of_voucher(node, channel, state)
        ]
        kept = zip(opened, states[len(vouchers) :], strict=True)
        return links + [self._kept(node, state) for node, state in kept]

    def _of_voucher(
        self, node: Node, channel: Digest, state: ChainState
    ) -> list[tuple[Link, Node]]:
        position = int(node.facts["position"])
        target = _channel_node(channel)
        evidence = f"the contract holds {state.balance} in channel {channel}"
        reason = "" if state.balance >= position else f"the call's part reaches {position}"
        links = [
            (Link(node.id, target.id, "drawn on", not reason, evidence, reason), target),
        ]
        if state.claimed >= position:
            claims = self.finder.claims(channel)
            first = next((claim for claim in claims if claim.total >= position), None)
            where = f" in {first.transaction}" if first else ""
            evidence = f"claimed up to {first.total if first else state.claimed}{where}"
            links.append((Link(node.id, _CONTRACT.id, "claimed in", True, evidence), _CONTRACT))
        return links

    def _kept(self, node: Node, state: ChainState) -> tuple[Link, Node]:
        evidence = f"balance {state.balance}, claimed {state.claimed}, at block {state.block}"
        reason = "" if state.balance else "nothing was ever paid in, or all was taken out"
        return Link(node.id, _CONTRACT.id, "kept by", not reason, evidence, reason), _CONTRACT

    def _amount(self, units: int) -> str:
        return f"{format_amount(units, decimals=self.token_decimals)} ASSAY"


def _channel_node(channel: Digest) -> Node:
    return Node(_CHANNEL + channel.hex, "channel", f"Channel {channel.hex[:10]}…")
