"""The settlement worker of one provider: claims what is due, and has it paid out.

    worker = SettlementWorker(chain=chain, book=book, ages=ages, events=events, provider=provider)
    worker.watch()               # often: notice what payers do on chain
    report = worker.settle()     # now and then: one round

It keeps nothing that it could lose. What is claimed is read from the chain at each round, sums only
grow, and signed transactions are on the disk before they leave: killed at any point, it goes on
where the chain is. Several workers of one provider do each other no harm, as the same claim again
adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.errors import RefusedError, UnavailableError
from assay.market.channels.model import ChainState, Channel, Voucher
from assay.market.channels.policy import (
    GAS_PER_PAYOUT,
    ClaimRules,
    Decision,
    Reason,
    claimable_total,
    decide,
    in_batches,
    is_exposed,
    line_gas,
    payout_due,
)
from assay.market.channels.ports import (
    ChainNote,
    ChannelChain,
    ChannelEvent,
    ChannelEvents,
    Claim,
    ClaimAges,
    SettlementBook,
)
from assay.market.channels.reports import ClaimLine, Payout, SettlementReport
from assay.market.channels.use_cases.claim import make_claims

DEEPEST_REORGANISATION = 12
_RETRY_SET_ASIDE_S = 600


@dataclass(frozen=True, slots=True)
class Provider:
    """Whose channels are settled, and by which rules.

    Attributes:
        receiver: who is paid.
        authorizer: whose signature allows our claims.
        token: what services ask for; channels may hold others too.
    """

    receiver: Address
    authorizer: Address
    token: Address
    rules: ClaimRules


@dataclass(frozen=True, slots=True)
class _SetAside:
    total: int
    reason: str
    until_s: int


class SettlementWorker:
    """Settles the channels of one provider. Its calls block; use threads."""

    def __init__(
        self,
        *,
        chain: ChannelChain,
        book: SettlementBook,
        ages: ClaimAges,
        events: ChannelEvents,
        provider: Provider,
        clock: Clock,
    ) -> None:
        self._chain = chain
        self._book = book
        self._ages = ages
        self._events = events
        self._provider = provider
        self._clock = clock
        self._set_aside: dict[Digest, _SetAside] = {}
        self._seen: dict[ChannelEvent, None] | None = None
        self._floor = 0

    def watch(self) -> list[Channel]:
        """Note what the index says has happened to channels since the last look.

        Returns:
            those among them that a withdrawal endangers: settle them now.
        """
        if self._seen is None:  # what is older is covered by the first round
            self._seen, self._floor = {}, self._events.newest() - DEEPEST_REORGANISATION
        events = dict.fromkeys(self._events.after(self._floor))
        vanished = [event for event in self._seen if event not in events]
        fresh = [event for event in events if event not in self._seen]
        touched = {event.channel for event in (*vanished, *fresh)}
        newest = max((event.block for event in events), default=0)
        self._floor = max(self._floor, newest - DEEPEST_REORGANISATION)
        self._seen = {event: None for event in events if event.block > self._floor}
        known = [found for channel in sorted(touched) if (found := self._book.find(channel))]
        ours = [each for each in known if each.config.receiver == self._provider.receiver]
        return [channel for channel in self._refresh(ours)[0] if is_exposed(channel)]

    def plan(self, *, asked: bool = False) -> SettlementReport:
        """What a round would do now, and why; nothing is sent.

        Raises:
            UnavailableError: the chain or the database cannot be asked.
        """
        channels, rolled_back = self._refresh(self._book.open_channels(self._provider.receiver))
        lines = [_line(decision) for decision in self._decide(channels, asked=asked)]
        return SettlementReport(tuple(lines), rolled_back=rolled_back)

    def settle(self, *, asked: bool = False) -> SettlementReport:
        """One round: claim what is due, then have it paid out.

        Args:
            asked: claim all that can be claimed, whatever it is worth.

        Raises:
            UnavailableError: the chain or the database cannot be asked; nothing was done.
        """
        resent = self._chain.resend()
        planned = self.plan(asked=asked)
        lines = {line.decision.channel.id: line for line in planned.lines}
        payouts: list[Payout] = []
        fault = ""
        due = [line.decision for line in planned.lines if line.reason.due]
        try:
            for batch in in_batches(due, self._provider.rules.longest_batch):
                self._claim_batch(batch, lines)
            tokens = {line.decision.channel.config.token for line in planned.lines}
            for token in sorted(tokens | {self._provider.token}):
                payouts += self._pay_out(token, asked=asked)
        except (UnavailableError, RefusedError) as error:
            fault = str(error)
        return SettlementReport(
            tuple(lines.values()), tuple(payouts), fault, planned.rolled_back, resent
        )

    def _refresh(self, channels: Sequence[Channel]) -> tuple[list[Channel], int]:
        """Read what the chain says of channels, and note what has changed."""
        states = self._chain.states([channel.id for channel in channels])
        behind = [
            channel
            for channel, state in zip(channels, states, strict=True)
            if state.block < channel.chain.block
        ]
        # The book may have been told by somebody who read after us; but if the chain still is not
        # so far when it is asked again, it has taken blocks back.
        again = self._chain.states([channel.id for channel in behind])
        latest = dict(zip((channel.id for channel in channels), states, strict=True))
        latest |= dict(zip((channel.id for channel in behind), again, strict=True))
        notes = [
            ChainNote(channel.config, channel.id, state, state.block < channel.chain.block)
            for channel in channels
            if _is_news(state := latest[channel.id], channel.chain)
        ]
        noted = {each.id: each for each in (self._book.note_chains(notes) if notes else [])}
        refreshed = [noted.get(channel.id, channel) for channel in channels]
        return refreshed, sum(note.rolled_back for note in notes)

    def _decide(self, channels: Sequence[Channel], *, asked: bool) -> list[Decision]:
        rules = self._provider.rules
        now = max(self._chain.now_s(), self._clock.now_s())
        since = self._note_ages(channels, now)
        claimable = sum(claimable_total(each) > each.chain.claimed for each in channels)
        cost = self._cost(line_gas(claimable)) if claimable else 0
        decisions = [
            decide(
                channel,
                rules,
                line_cost=cost,
                since=since.get(channel.id, now),
                now=now,
                asked=asked,
            )
            for channel in channels
        ]
        return [self._overruled(decision, now, asked=asked) for decision in decisions]

    def _overruled(self, decision: Decision, now: int, *, asked: bool) -> Decision:
        """Leave out what was refused before, and what another key would have to sign."""
        config = decision.channel.config
        if not decision.reason.due:
            return decision
        if config.receiver_authorizer != self._provider.authorizer:
            because = f"{config.receiver_authorizer} has to sign its claims"
            return replace(decision, reason=Reason.FOREIGN, because=because)
        refused = self._set_aside.get(decision.channel.id)
        if refused and refused.total == decision.total and now < refused.until_s and not asked:
            return replace(decision, reason=Reason.SET_ASIDE, because=refused.reason)
        return decision

    def _note_ages(self, channels: Sequence[Channel], now: int) -> dict[Digest, int]:
        since = self._ages.since()
        waiting = {each.id for each in channels if claimable_total(each) > each.chain.claimed}
        begun = dict.fromkeys(waiting - since.keys(), now)
        ended = [each.id for each in channels if each.id in since and each.id not in waiting]
        self._ages.note(begun, ended)
        return since | begun

    def _claim_batch(self, batch: Sequence[Decision], lines: dict[Digest, ClaimLine]) -> None:
        """Claim a batch, and write into `lines` what came of it."""
        decided = {decision.channel.id: decision for decision in batch}
        outcome = make_claims(self._chain, [_claim(decision) for decision in batch])
        for mined, claims in outcome.made:
            for claim in claims:
                decision = decided[claim.voucher.channel]
                gas = mined.gas // len(claims)
                lines[decision.channel.id] = ClaimLine(decision, decision.claimable, mined, gas)
        until_s = self._clock.now_s() + _RETRY_SET_ASIDE_S
        for claim, reason in outcome.refused:
            decision = decided[claim.voucher.channel]
            lines[decision.channel.id] = ClaimLine(decision, refused=reason)
            self._set_aside[decision.channel.id] = _SetAside(decision.total, reason, until_s)
        made = [decided[claim.voucher.channel].channel for _, lot in outcome.made for claim in lot]
        self._ages.note({}, [channel.id for channel in made])
        if outcome.fault:
            raise outcome.fault
        self._refresh(made)

    def _pay_out(self, token: Address, *, asked: bool) -> list[Payout]:
        rules, receiver = self._provider.rules, self._provider.receiver
        unsettled = self._chain.unsettled(receiver, token)
        if not payout_due(unsettled, rules, self._cost(GAS_PER_PAYOUT), asked=asked):
            return []
        return [Payout(token, unsettled, self._chain.settle(receiver, token))]

    def _cost(self, gas: int) -> int:
        rules = self._provider.rules
        return rules.cost(gas, self._chain.gas_price_wei()) if rules.token_per_ether else 0


def _claim(decision: Decision) -> Claim:
    channel = decision.channel
    voucher = Voucher(channel.id, channel.signed, channel.signature)
    return Claim(channel.config, voucher, decision.total)


def _line(decision: Decision) -> ClaimLine:
    refused = decision.because if decision.reason is Reason.SET_ASIDE else ""
    return ClaimLine(decision, refused=refused)


def _is_news(state: ChainState, known: ChainState) -> bool:
    """Whether the chain went back, or anything but the block has changed."""
    return state.block < known.block or replace(state, block=known.block) != known
