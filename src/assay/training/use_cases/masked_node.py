"""A node's part of a round of secure aggregation: it masks, and helps to unmask the sum alone.

    hooks = MaskedRounds(NodeRounds(...), terms, samples, domain, account, chain, memory)
    app = masked_client_app(lambda context: TrainingNode(training, hooks))

The server is believed in nothing. Keys are signed by the accounts of active members; a node deals
to one roster and masks for one cohort in a round; and who survived it reads from the chain, when
nobody can reveal any more, where every survivor also says with whom it masked. What it gave shares
for is on its disk before they leave, so that also a chain that changes its mind gets one kind of
share of each node, never both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import structlog

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.training.committee.signing import Domain, Key, verify
from assay.training.model import Member, Phase, Role, Task
from assay.training.parameters import Parameters
from assay.training.privacy.masking.cohort import Cohort, Roster, read_json
from assay.training.privacy.masking.errors import CohortRefused, KeysForeign, UpdateNotFinite
from assay.training.privacy.masking.ports import MaskingMemory
from assay.training.privacy.masking.shares import HeldShares, open_deal, seal_deal, split
from assay.training.privacy.masking.state import GivenShares, MaskingState
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import HEADER_BYTES, HEADER_FILE, MaskHeader, mask
from assay.training.rounds import LocalUpdate, Opening, Order, Receipt, RoundPlace
from assay.training.use_cases.node import NodeRounds

_log = structlog.get_logger("assay.training")


class MaskedNodeChain(Protocol):
    """The contract of tasks, as a node reads it before it gives anything away."""

    def task(self, task: int) -> Task:
        """Where a task stands."""
        ...

    def member(self, task: int, address: Address) -> Member:
        """An account in a task."""
        ...

    def revealed(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """The root of each node's sealed update of a round."""
        ...


@dataclass(frozen=True, slots=True)
class MaskedRounds:
    """The `RoundHooks` and `MaskingHooks` of one node in one task.

    Attributes:
        rounds: what it does in any round; commits are masked.
        samples: how many records it trains on.
        key: of the node's account.
    """

    rounds: NodeRounds
    terms: MaskingTerms
    samples: int
    domain: Domain
    key: Key
    chain: MaskedNodeChain
    memory: MaskingMemory

    def receive(self, order: Order) -> Parameters:
        """See `RoundHooks.receive`."""
        return self.rounds.receive(order)

    def committed(self, place: RoundPlace) -> Receipt | None:
        """See `RoundHooks.committed`."""
        return self.rounds.committed(place)

    def reveal(self, place: RoundPlace) -> Opening:
        """See `RoundHooks.reveal`."""
        return self.rounds.reveal(place)

    def commit(self, update: LocalUpdate) -> Receipt:
        """See `RoundHooks.commit`.

        Raises:
            CohortRefused: nobody would take the masks off.
            UpdateNotFinite: it would spoil the sum.
        """
        place = update.place
        earlier = self.committed(place)
        if earlier is not None:  # two updates under one mask would tell how they differ
            return earlier
        state = self._state(place)
        if state.cohort is None:
            raise CohortRefused(place.round, "it was given no cohort to mask with")
        if not np.isfinite(update.vector).all():
            raise UpdateNotFinite(place.round)
        header, message = mask(
            update.vector, self.rounds.node, state.secrets, state.cohort, self.terms
        )
        nothing = np.zeros(len(update.vector))
        return self.rounds.bind(place, message, nothing, {HEADER_FILE: header.to_bytes()})

    def advertise(self, place: RoundPlace) -> bytes:
        """See `MaskingHooks.advertise`."""
        if self.memory.masking(place.round) is None:
            # Keys for a later round would push those of this one off the disk.
            task = self.chain.task(place.task)
            if place.task != self.domain.task or task.round != place.round or task.is_over:
                raise CohortRefused(place.round, f"the task is at round {task.round}")
            fresh = MaskingState.fresh(
                self.rounds.node,
                self.samples,
                lambda content: self.key.sign_digest(
                    self.domain.masking_digest(place.round, content)
                ),
            )
            self._keep(place, fresh)
        state = self._state(place)
        cohort = state.cohort.as_json() if state.cohort else None
        return canonical_json({"advert": state.advert.as_json(), "cohort": cohort})

    def deal(self, place: RoundPlace, roster: bytes) -> Mapping[Address, bytes]:
        """See `MaskingHooks.deal`."""
        state, given = self._state(place), Roster.from_json(read_json(roster, "roster"))
        if state.roster is None:
            self._check(place, state, given)
            me, own = self.rounds.node, state.secrets
            shares = split(own, given, self.terms.threshold)
            boxes = {
                node: seal_deal(shares[node], given, own.share_secret, node)
                for node in given.nodes
                if node != me
            }
            state = replace(state, roster=given, boxes=boxes, held={me: shares[me]})
            self._keep(place, state)
        if state.roster is None or state.roster.digest != given.digest:
            raise CohortRefused(place.round, "it dealt its shares to another roster before")
        return state.boxes

    def accept(self, place: RoundPlace, cohort: bytes, boxes: Mapping[Address, bytes]) -> None:
        """See `MaskingHooks.accept`."""
        state, given = self._state(place), Cohort.from_json(read_json(cohort, "cohort"))
        if state.cohort is not None:
            if state.cohort.digest != given.digest:
                raise CohortRefused(place.round, "it masked with another cohort before")
            return
        if state.roster is None or state.roster.digest != given.roster.digest:
            raise CohortRefused(place.round, "the cohort is of another roster")
        if self.rounds.node not in given.nodes:
            raise CohortRefused(place.round, "the cohort is without it")
        if len(given.nodes) < self.terms.threshold:
            raise CohortRefused(place.round, self._too_few(len(given.nodes), "of the cohort"))
        held = {**state.held, **self._opened(place, state, given, boxes)}
        self._keep(place, replace(state, cohort=given, held=held))

    def unmask(self, place: RoundPlace) -> bytes:
        """See `MaskingHooks.unmask`."""
        state = self._state(place)
        if state.cohort is None:
            raise CohortRefused(place.round, "it was given no cohort")
        survivors = self._survivors(place, state.cohort)
        if state.survivors not in {None, survivors}:
            raise CohortRefused(place.round, "it gave shares for other survivors before")
        self._keep(place, replace(state, survivors=survivors))
        held = state.held
        return GivenShares(
            {node: held[node].seed for node in survivors if node in held},
            {
                node: held[node].mask_secret
                for node in state.cohort.nodes
                if node in held and node not in survivors
            },
        ).to_bytes()

    def _survivors(self, place: RoundPlace, cohort: Cohort) -> tuple[Address, ...]:
        """The nodes of the cohort whose updates the chain holds, when no more can come."""
        task = self.chain.task(place.task)
        if (task.round, task.phase) < (place.round, Phase.CERTIFYING):
            raise CohortRefused(place.round, "others can still reveal, and would be taken for gone")
        if task.round != place.round or task.is_over:
            raise CohortRefused(place.round, "it is over")
        revealed = self.chain.revealed(place)
        survivors = tuple(node for node in cohort.nodes if node in revealed)
        if len(survivors) < self.terms.threshold:
            raise CohortRefused(place.round, self._too_few(len(survivors), "survived"))
        for node in survivors:
            data = self.rounds.folders.read(revealed[node], HEADER_FILE, HEADER_BYTES)
            if MaskHeader.from_bytes(data).cohort != cohort.digest:
                raise CohortRefused(place.round, f"{node} masked with another cohort")
        return survivors

    def _check(self, place: RoundPlace, state: MaskingState, roster: Roster) -> None:
        count, most = len(roster.nodes), self.terms.most_nodes
        if roster.place != place or roster.by_node.get(self.rounds.node) != state.advert:
            raise CohortRefused(place.round, "the roster is of another round, or without it")
        if count < self.terms.threshold:
            raise CohortRefused(place.round, self._too_few(count, "on the roster"))
        if count > most:
            reason = f"{count} nodes are on the roster, and its threshold admits {most}"
            raise CohortRefused(place.round, reason)
        keys = [key for one in roster.adverts for key in (one.mask_key, one.share_key)]
        if len(set(keys)) < len(keys):
            raise CohortRefused(place.round, "a key stands on the roster twice")
        for advert in roster.adverts:
            digest = self.domain.masking_digest(place.round, advert.content())
            if not verify(advert.node, digest, advert.signature):
                raise KeysForeign(advert.node, "its account did not sign them")
            member = self.chain.member(place.task, advert.node)
            if not member.active or Role.TRAINER not in member.roles:
                raise KeysForeign(advert.node, "it is no trainer of the task")

    def _opened(
        self, place: RoundPlace, state: MaskingState, cohort: Cohort, boxes: Mapping[Address, bytes]
    ) -> dict[Address, HeldShares]:
        """The shares that others dealt to this node; without some of them the rest still counts."""
        found = {}
        for dealer in cohort.nodes:
            if dealer == self.rounds.node:
                continue
            box, secret = boxes.get(dealer, b""), state.secrets.share_secret
            opened = open_deal(box, cohort.roster, secret, dealer)
            if opened is None:
                _log.warning("shares cannot be opened", dealer=dealer, round=place.round)
                continue
            if opened[0] != cohort.roster.digest:
                raise CohortRefused(place.round, f"{dealer} was given another roster")
            found[dealer] = opened[1]
        return found

    def _too_few(self, count: int, where: str) -> str:
        return f"{count} nodes {where}, and {self.terms.threshold} have to"

    def _state(self, place: RoundPlace) -> MaskingState:
        kept = self.memory.masking(place.round)
        if kept is None:
            raise CohortRefused(place.round, "it has made no keys for it")
        return MaskingState.from_bytes(kept)

    def _keep(self, place: RoundPlace, state: MaskingState) -> None:
        self.memory.keep_masking(place.round, state.to_bytes())
