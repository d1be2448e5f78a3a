"""A validator's part of a round: open, score, report; then propose a result, or judge another's.

    application = RoundApplication(seat, chain=chain, folders=folders, reports=board, ...)
    replica = Replica(committee, domain, key, application, timing)

A proposal is the reports that count and the content keys of the updates; from these and what was
revealed every replica comes to the same record, byte by byte, or refuses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.updates import Updates
from assay.training.committee.model import Committee
from assay.training.committee.reports import SignedReport, check_reports, sign_report
from assay.training.committee.scoring import ReportMalformed, ScoreReport, score
from assay.training.committee.signing import Domain, Key
from assay.training.compression.wire import largest_message_bytes
from assay.training.model import RoundResult
from assay.training.outcome import (
    Ground,
    OpenedUpdate,
    Outcome,
    RoundTerms,
    conclude,
    screened_updates,
)
from assay.training.parameters import Parameters
from assay.training.payload import LARGEST_HEADER_BYTES, Payload
from assay.training.ports import Measured
from assay.training.privacy.sealing import (
    BOX_FILE,
    KEYS_FILE,
    OVERHEAD_BYTES,
    Binding,
    SealedUpdate,
    from_files,
)
from assay.training.privacy.sealing_errors import SealedDamaged
from assay.training.privacy.sealing_key import SealingKey
from assay.training.record_errors import FileTooLarge
from assay.training.rounds import RoundPlace
from assay.training.use_cases.ports import Folders, ReportBoard, ValidatorChain
from assay.training.use_cases.resuming import ground_of

_LARGEST_KEYS_BYTES = 64 * 1024
_UNAVAILABLE = "its sealed update cannot be fetched"
_UNREADABLE = "its sealed update cannot be opened and read"
_log = structlog.get_logger("assay.training")

Contributions = Callable[[Parameters, Updates], Mapping[Address, int]]
"""What each update was worth on the validator's own records, in billionths of accuracy."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a primary proposes.

    Attributes:
        keys: the content key of every update that it could open, by node, in hex.
        reports: ascending by validator.
        unmasking: what takes the masks off the sum, where updates are masked.
    """

    keys: Mapping[Address, str]
    reports: tuple[SignedReport, ...]
    unmasking: Mapping[str, Any] | None = None

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        reports = [report.as_json() for report in self.reports]
        return canonical_json(
            {"keys": dict(self.keys), "reports": reports, "unmasking": self.unmasking}
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Proposal:
        """Read what `to_bytes` wrote.

        Raises:
            ReportMalformed: it is anything else.
        """
        try:
            value = json.loads(data)
            keys = {parse_address(node): str(key) for node, key in value["keys"].items()}
            reports = tuple(map(SignedReport.from_json, value["reports"]))
            proposal = cls(keys, reports, value["unmasking"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReportMalformed(f"the proposal is none: {error}"[:200]) from None
        if proposal.to_bytes() != data:
            raise ReportMalformed("the proposal is not spelt as it should be")
        return proposal


@dataclass
class RoundApplication:
    """The `Application` of one validator in one task.

    Attributes:
        key: of the validator's account.
        sealing_keys: its keys, the newest first; what a node sealed before a rotation still opens.
        evaluate: on the validator's own records.
        terms: of a round, by its number.
    """

    key: Key
    sealing_keys: Sequence[SealingKey]
    domain: Domain
    committee: Committee
    initial: Parameters
    terms: Callable[[int], RoundTerms]
    evaluate: Callable[[Parameters], Measured]
    contributions: Contributions
    chain: ValidatorChain
    folders: Folders
    reports: ReportBoard
    _outcomes: dict[Digest, Outcome] = field(default_factory=dict)
    _held: dict[int, list[OpenedUpdate]] = field(default_factory=dict)
    _tried: set[tuple[Digest, str]] = field(default_factory=set)
    _grounds: dict[int, Ground] = field(default_factory=dict)

    def report(self, round_: int) -> SignedReport | None:
        """Score what was revealed, and put the signed report up; None if nothing can be used.

        It is measured again where another scores an update that could not be opened here,
        and opens now: from the store, or by the key that the other has put up. Otherwise a node
        that seals for half a committee, or a store that fails for a while, would part it.

        Raises:
            UnavailableError: chain or store do not answer.
        """
        found = self.reports.of(round_)
        known = found.get(self.key.address)
        if known is None:
            self._look_anew()
        elif not self._opens_more(round_, found.values()):
            return known
        measured = self._measure(self.terms(round_), self._ground(round_))
        if measured is None:
            return known
        signed = sign_report(self.domain, round_, *measured, self.key)
        self.reports.put(round_, signed, self._keys(round_))
        return signed

    def propose(self, round_: int) -> bytes | None:
        """See `Application.propose`: as soon as 2f+1 validators have reported."""
        own = self.report(round_)
        if own is None:
            return None
        found = self.reports.of(round_)
        usable = [
            found[validator]
            for validator in sorted(found, key=str.lower)
            if list(found[validator].scores.scores) == list(own.scores.scores)
        ]
        if not self.committee.is_quorum([report.validator for report in usable]):
            return None
        return Proposal(self._keys(round_), tuple(usable), self._unmasking(round_)).to_bytes()

    def judge(self, round_: int, value: bytes) -> RoundResult | None:
        """See `Application.judge`."""
        try:
            return self._judge(round_, Proposal.from_bytes(value))
        except AssayError as error:
            _log.warning("a proposal is not agreed to", round=round_, reason=str(error))
            return None

    def outcome(self, record: Digest) -> Outcome | None:
        """The outcome whose record has this root, if it was judged here."""
        return self._outcomes.get(record)

    def _judge(self, round_: int, proposal: Proposal) -> RoundResult | None:
        check_reports(self.domain, round_, self.committee, proposal.reports)
        opened = self._opened(round_, proposal.keys)
        if any((one.payload is not None) != (one.node in proposal.keys) for one in opened):
            return None
        outcome = self._conclude(self.terms(round_), self._ground(round_), opened, proposal)
        root = self.folders.add(outcome.files)
        self._outcomes = {root: outcome}
        return RoundResult(
            task=self.domain.task,
            round=round_,
            aggregate=outcome.published.parameters.digest,
            record=root,
            contributions=outcome.earnings.root,
        )

    def _measure(
        self, terms: RoundTerms, ground: Ground
    ) -> tuple[ScoreReport, Mapping[Address, int]] | None:
        """Scores and contributions of the updates that can be used; None if none can."""
        opened = self._holding(terms.place.round)
        try:
            updates = screened_updates(terms, ground.parameters.size, opened).updates
        except UpdatesUnfit:
            return None
        scores = score(ground.parameters, updates, ground.reputation, self.evaluate)
        return scores, self.contributions(ground.parameters, updates)

    def _unmasking(self, round_: int) -> Mapping[str, Any] | None:  # noqa: ARG002 - see the masked
        """What a proposal says of masks."""
        return None

    def _conclude(
        self,
        terms: RoundTerms,
        ground: Ground,
        opened: Sequence[OpenedUpdate],
        proposal: Proposal,
    ) -> Outcome:
        return conclude(terms, ground, opened, proposal.reports)

    def _ground(self, round_: int) -> Ground:
        if round_ not in self._grounds:
            plan = self.terms(round_).plan
            found = ground_of(
                self.domain.task, round_, plan, self.initial, chain=self.chain, folders=self.folders
            )
            self._grounds = {round_: found}
        return self._grounds[round_]

    def _holding(self, round_: int) -> list[OpenedUpdate]:
        """The round's updates as this validator could open them, each kept once it did."""
        held = self._held.get(round_)
        if held is None:
            held = self._opened(round_, {})
            self._held, self._tried = {round_: held}, set()
        return held

    def _look_anew(self) -> None:
        """Open everything again at the next need: a store that failed may be back."""
        self._held = {}

    def _keys(self, round_: int) -> dict[Address, str]:
        return {one.node: one.content_key for one in self._holding(round_) if one.payload}

    def _opens_more(self, round_: int, reports: Iterable[SignedReport]) -> bool:
        """Try again what others could open and this validator could not; whether any opens now."""
        others = self.reports.keys(round_)
        scored = {node for report in reports for node in report.scores.scores}
        held = self._holding(round_)
        found = {
            one.node: again
            for one in held
            if one.payload is None and (one.node in scored or one.node in others)
            for again in self._tried_again(round_, one, others.get(one.node, ()))
        }
        self._held = {round_: [found.get(one.node, one) for one in held]}
        return bool(found)

    def _tried_again(
        self, round_: int, one: OpenedUpdate, keys: Sequence[str]
    ) -> Iterator[OpenedUpdate]:
        """The update opened, at most once; no key is tried twice, and the store each time."""
        for key in (None, *keys) if one.reason == _UNAVAILABLE else keys:
            if key is not None and (one.sealed, key) in self._tried:
                continue
            given = {} if key is None else {one.node: key}
            (again,) = self._opened(round_, given, only=one.node)
            if again.payload is not None:
                yield again
                return
            if again.reason != _UNAVAILABLE and key is not None:
                self._tried.add((one.sealed, key))

    def _opened(
        self, round_: int, keys: Mapping[Address, str], only: Address | None = None
    ) -> list[OpenedUpdate]:
        place = RoundPlace(self.domain.task, round_)
        revealed = self.chain.revealed(place)
        message_bytes = largest_message_bytes(
            self.initial.size, self.terms(round_).plan.encodings.up
        )
        most_bytes = LARGEST_HEADER_BYTES + message_bytes + OVERHEAD_BYTES
        return [
            self._open(place, node, sealed, keys.get(node), most_bytes)
            for node, sealed in sorted(revealed.items(), key=lambda one: one[0].lower())
            if only in (None, node)
        ]

    def _open(
        self, place: RoundPlace, node: Address, sealed: Digest, given: str | None, most_bytes: int
    ) -> OpenedUpdate:
        """Open by the proposed content key, or by the validator's own; more bytes are not read."""
        try:
            files = {
                KEYS_FILE: self.folders.read(sealed, KEYS_FILE, _LARGEST_KEYS_BYTES),
                BOX_FILE: self.folders.read(sealed, BOX_FILE, most_bytes),
            }
        except FileTooLarge as error:
            return OpenedUpdate(node, sealed, 0, reason=f"it is too large: {error}")
        except AssayError:
            return OpenedUpdate(node, sealed, 0, reason=_UNAVAILABLE)
        size = len(files[BOX_FILE])
        try:
            update = from_files(files)
            binding = Binding(place, node, update.binding.epoch)
            content_key = (
                self._content_key(update, binding)
                if given is None
                else ContentKey(bytes.fromhex(given))
            )
            payload = Payload.from_bytes(update.open_with(content_key, binding))
        except (AssayError, ValueError):
            return OpenedUpdate(node, sealed, size, reason=_UNREADABLE)
        return OpenedUpdate(node, sealed, size, content_key.reveal().hex(), payload)

    def _content_key(self, update: SealedUpdate, binding: Binding) -> ContentKey:
        """By the newest of the validator's keys that opens it: nodes may not know that one yet."""
        for key in self.sealing_keys[:-1]:
            with suppress(SealedDamaged):
                return update.content_key(key, self.key.address, binding)
        return update.content_key(self.sealing_keys[-1], self.key.address, binding)
