"""The server's side of secure aggregation in Flower: four more steps around each certified round.

    strategy = SecureRounds(1, authority, parameters, terms=plan.masking, desk=desk)
    strategy.run(grid, rounds=10)

SecAgg+ as Flower knows it - setup, share keys, collect masked vectors, unmask - over its message
API. The server carries messages, and can neither see an update nor choose who counts as dropped:
nodes read that from the chain. What it puts together in the end anybody can hold against what the
nodes committed to.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from flwr.app import ArrayRecord, ConfigRecord, Message, MessageType, RecordDict
from flwr.serverapp import Grid

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.engine.exchange import Exchange
from assay.training.engine.grids import replies_to
from assay.training.engine.masked_client import (
    ACCEPT,
    ADVERTISE,
    DEAL,
    UNMASK,
    read_step,
    write_request,
)
from assay.training.engine.records import write_place
from assay.training.engine.strategy import CertifiedRounds
from assay.training.parameters import Parameters
from assay.training.ports import RoundAuthority
from assay.training.privacy.masking.cohort import Advert, Cohort, Roster, read_json
from assay.training.privacy.masking.errors import MaskingMalformed, NotUnmaskable
from assay.training.privacy.masking.state import GivenShares
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.rounds import CertifiedModel, Opening, Order, RoundPlace

Read = TypeVar("Read")
_TRIES = 3
_PAUSE_S = 2.0


class UnmaskingDesk(Protocol):
    """What the server does with shares; `use_cases.masked_serving` is one."""

    def unfit(self, place: RoundPlace, advert: Advert) -> str | None:
        """Why a node can't be on a roster: all others would refuse that. None if it can."""
        ...

    def close(self, place: RoundPlace, openings: Sequence[Opening]) -> bool:
        """Open commitments, and wait until nobody can reveal any more; whether the round is there
        to be certified then.
        """
        ...

    def unmask(self, cohort: Cohort, given: Sequence[GivenShares]) -> str | None:
        """Put secrets together, and bring them to the validators; why too many refuse them.

        Raises:
            NotUnmaskable: the shares are too few, or do not fit.
        """
        ...

    def blame(self, cohort: Cohort) -> Mapping[Address, str]:
        """Whose doing it is, as far as can be seen, that nodes would not unmask a sum; and why."""
        ...


@dataclass
class SecureRounds(CertifiedRounds):
    """Rounds in which only the sum of updates is seen.

    Attributes:
        terms: of the plan.
        desk: puts together what nodes give to unmask a sum.
        cohort: of the round that goes on.
    """

    terms: MaskingTerms = field(default_factory=lambda: MaskingTerms(3))
    desk: UnmaskingDesk | None = None
    cohort: Cohort | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.authority = _Unmasking(self.authority, self._unmask)

    def configure_train(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Orders to the nodes that mask with each other.

        Raises:
            TooFewNodes: not enough came in time.
        """
        messages = super().configure_train(server_round, arrays, config, grid)
        exchange = self._exchange
        assert exchange is not None
        assert self.desk is not None
        for _ in range(_TRIES):
            # What a node has done it gives again, so that who was late completes the same roster.
            steps = _Steps(exchange, self.terms, self.desk)
            self.cohort = steps.cohort()
            if self.cohort is not None:
                break
        else:
            return []
        numbers = set(steps.numbers(self.cohort.nodes))
        return [one for one in messages if one.metadata.dst_node_id in numbers]

    def _unmask(self, place: RoundPlace, openings: Sequence[Opening]) -> None:
        exchange, desk = self._exchange, self.desk
        assert exchange is not None
        assert desk is not None
        if not desk.close(place, openings):
            found, needed = len(openings), self.terms.threshold
            reason = f"{found} updates were revealed, and {needed} have to be to unmask their sum"
            exchange.observer.left_out(place, "all", reason)
            return
        if self.cohort is None:
            return
        given: dict[int, GivenShares] = {}
        reason = "no node gave shares"
        for attempt in range(_TRIES):
            # What was revealed may take its time to reach the nodes.
            time.sleep(attempt * _PAUSE_S)
            # Not those of the round's start alone: who was started again has another number.
            asked = [node for node in exchange.grid.get_node_ids() if node not in given]
            messages = dict.fromkeys(asked, write_place(place))
            for message in _replies(exchange, messages, UNMASK):
                shares = _read(exchange, message, _read_shares)
                if shares is None:
                    continue
                given[message.metadata.src_node_id] = shares
                exchange.observer.seen(place, "unmask", len(given), len(self.cohort.nodes))
                if len(given) < self.terms.threshold:
                    continue
                try:
                    refusal = desk.unmask(self.cohort, list(given.values()))
                except NotUnmaskable as error:
                    reason = error.reason
                    continue
                if refusal:
                    exchange.observer.left_out(place, "all", f"the validators refuse: {refusal}")
                return
        exchange.observer.left_out(place, "all", f"the sum is not unmasked: {reason}")
        for node, blamed in desk.blame(self.cohort).items():
            exchange.observer.left_out(place, node, blamed)


@dataclass(frozen=True, slots=True)
class _Unmasking:
    """Asks for shares before it asks for a certificate."""

    authority: RoundAuthority
    before: Callable[[RoundPlace, Sequence[Opening]], None]

    def order(self, place: RoundPlace, parameters: Parameters) -> Order:
        return self.authority.order(place, parameters)

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        return self.authority.commitments(place)

    def certify(self, place: RoundPlace, openings: Sequence[Opening]) -> CertifiedModel:
        self.before(place, openings)
        return self.authority.certify(place, openings)


@dataclass
class _Steps:
    """Keys and shares of one round, before anybody trains."""

    exchange: Exchange
    terms: MaskingTerms
    desk: UnmaskingDesk
    _numbers: dict[Address, int] = field(default_factory=dict)

    def cohort(self) -> Cohort | None:
        """Who masks with whom; None if they are too few."""
        adverts, known = self._adverts()
        if known is not None:
            return known
        kept = sorted(adverts, key=str.lower)
        for node in kept[self.terms.most_nodes :]:
            reason = f"the threshold admits {self.terms.most_nodes} nodes in a round"
            self._left_out(node, reason)
        kept = kept[: self.terms.most_nodes]
        if len(kept) < self.terms.threshold:
            self._too_few("gave keys", len(kept))
            return None
        roster = Roster(self.exchange.place, tuple(adverts[node] for node in kept))
        boxes = self._boxes(roster)
        nodes = tuple(node for node in kept if node in boxes)
        if len(nodes) < self.terms.threshold:
            self._too_few("dealt shares", len(nodes))
            return None
        cohort = Cohort(roster, nodes)
        self._accept(cohort, boxes)
        return cohort

    def numbers(self, nodes: Iterable[Address]) -> list[int]:
        """Flower's numbers of some nodes, as far as they are there."""
        return [self._numbers[node] for node in nodes if node in self._numbers]

    def _adverts(self) -> tuple[dict[Address, Advert], Cohort | None]:
        """Each node's keys; and the cohort, where a server that was here before made one."""
        content = write_place(self.exchange.place)
        adverts: dict[Address, Advert] = {}
        known: list[Cohort] = []
        asked = dict.fromkeys(self.exchange.nodes, content)
        for message in _asked(self.exchange, asked, ADVERTISE):
            found = _read(self.exchange, message, _read_advert)
            if found is None:
                continue
            advert, cohort = found
            unfit = self.desk.unfit(self.exchange.place, advert)
            if unfit is not None:
                self._left_out(advert.node, unfit)
                continue
            adverts[advert.node] = advert
            self._numbers[advert.node] = message.metadata.src_node_id
            known.extend([] if cohort is None else [cohort])
        counted = Counter(cohort.digest for cohort in known)
        # One that a single node makes up is not believed: nobody else would mask with it.
        enough = [one for one in known if counted[one.digest] >= self.terms.threshold]
        return adverts, enough[0] if enough else None

    def _boxes(self, roster: Roster) -> dict[Address, dict[Address, bytes]]:
        """What each node dealt, by dealer and receiver."""
        content = write_request(roster.place, canonical_json(roster.as_json()))
        numbers = {self._numbers[node]: node for node in roster.nodes}
        boxes: dict[Address, dict[Address, bytes]] = {}
        for message in _asked(self.exchange, dict.fromkeys(numbers, content), DEAL):
            step = _read(self.exchange, message, read_step)
            if step is not None:
                boxes[numbers[message.metadata.src_node_id]] = step[1]
        return boxes

    def _accept(self, cohort: Cohort, boxes: Mapping[Address, Mapping[Address, bytes]]) -> None:
        text = canonical_json(cohort.as_json())
        contents = {
            self._numbers[node]: write_request(
                self.exchange.place,
                text,
                {dealer: boxes[dealer][node] for dealer in cohort.nodes if node in boxes[dealer]},
            )
            for node in cohort.nodes
        }
        for message in _asked(self.exchange, contents, ACCEPT):
            _read(self.exchange, message, read_step)

    def _too_few(self, what: str, found: int) -> None:
        reason = f"{found} nodes {what}, and secure aggregation needs {self.terms.threshold}"
        self._left_out("all", reason)

    def _left_out(self, node: str, reason: str) -> None:
        self.exchange.observer.left_out(self.exchange.place, node, reason)


def _read_advert(content: RecordDict) -> tuple[Advert, Cohort | None]:
    value = read_json(read_step(content)[0], "advert")
    try:
        advert, cohort = value["advert"], value["cohort"]
    except (KeyError, TypeError):
        raise MaskingMalformed("advert", "it has other fields") from None
    return Advert.from_json(advert), None if cohort is None else Cohort.from_json(cohort)


def _read_shares(content: RecordDict) -> GivenShares:
    return GivenShares.from_bytes(read_step(content)[0])


def _asked(exchange: Exchange, contents: Mapping[int, RecordDict], step: str) -> list[Message]:
    """All replies to a step that came in time."""
    return list(_replies(exchange, contents, step))


def _replies(
    exchange: Exchange, contents: Mapping[int, RecordDict], step: str
) -> Generator[Message]:
    place, waiting = exchange.place, exchange.waiting
    kind = f"{MessageType.QUERY}.{step}"
    messages = [
        Message(content, node, kind, ttl=waiting.reveal_s + 1, group_id=str(place.round))
        for node, content in contents.items()
    ]
    return replies_to(exchange.grid, messages, waiting.reveal_s, waiting.pause_s)


def _read(exchange: Exchange, message: Message, read: Callable[[RecordDict], Read]) -> Read | None:
    """What a reply says; None, and the reason told to the observer, if nothing that can be used."""
    node = str(message.metadata.src_node_id)
    if message.has_error():
        reason = (message.error.reason or f"error {message.error.code}")[:400]
        exchange.observer.left_out(exchange.place, node, reason)
        return None
    try:
        return read(message.content)
    except AssayError as error:
        exchange.observer.left_out(exchange.place, node, str(error)[:400])
        return None
