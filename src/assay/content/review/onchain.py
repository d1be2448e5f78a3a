"""The review contract and the attestation service: read, and acted on by one account.

    reader = OnChainReview(node, deployment.review, deployment.attestations, deployment.token)
    account = OnChainReviewer(reader, address, open_sender, clock)
    account.commit(case, Vote.UPHOLD)

Phases are asked of the pending block, whose time is now: the newest one may be old on a chain that
makes blocks only for transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assay.chain.commitment import claim_salt
from assay.chain.contract import Contract, read_many
from assay.chain.errors import ContractRevert, RpcFault
from assay.chain.node import Node
from assay.chain.permits import sign_permit
from assay.chain.records import Receipt, to_bytes
from assay.chain.reverts import reverts_as
from assay.chain.transaction import Sender
from assay.content.model import Provenance
from assay.content.onchain import opening
from assay.content.review import refusals
from assay.content.review.attesting import AttestationRecord, check_attestation
from assay.content.review.commitments import Seat, find_vote, salt_digest
from assay.content.review.errors import NothingCommitted, UnknownCase
from assay.content.review.model import (
    Ballot,
    Case,
    Claim,
    Decision,
    Phase,
    Release,
    ReviewOutcome,
    Round,
    Stake,
    Terms,
    Vote,
)
from assay.core.address import Address, parse_address
from assay.core.clock import Clock
from assay.core.digest import Digest

_CLAIMS, _VOTES, _DECISIONS, _PHASES = tuple(Claim), tuple(Vote), tuple(Decision), tuple(Phase)


class OnChainReview:
    """The `ReviewReader` port."""

    def __init__(
        self, node: Node, contract: Contract, service: Contract, token: Contract, content: Address
    ) -> None:
        self.node = node
        self.contract = contract
        self.token = token
        self._service = service
        self._content = content

    @property
    def address(self) -> Address:
        """See `ReviewReader.address`."""
        return self.contract.address

    def terms(self) -> Terms:
        """See `ReviewReader.terms`."""
        return Terms(*self.contract.read("terms"))

    def stake(self, address: Address) -> Stake:
        """See `ReviewReader.stake`."""
        held = self.contract.read("stakeOf", address)
        return Stake(address, held.free, held.locked, held.unbonding, held.withdrawableAt)

    def balance(self, address: Address) -> int:
        """See `ReviewReader.balance`."""
        return int(self.token.read("balanceOf", address))

    def case_count(self) -> int:
        """See `ReviewReader.case_count`."""
        return int(self.contract.read("caseCount"))

    def cases(self, cases: Sequence[int]) -> list[Case]:
        """See `ReviewReader.cases`."""
        calls: list[tuple[Contract, str, tuple[Any, ...]]] = []
        for case in cases:
            calls.append((self.contract, "caseOf", (case,)))
            calls += [(self.contract, "roundOf", (case, number)) for number in (0, 1)]
        answers = read_many(self.node, calls)
        phases = self._phases(cases)
        found = []
        for place, case in enumerate(cases):
            facts, first, second = answers[3 * place : 3 * place + 3]
            if isinstance(facts, ContractRevert):
                raise UnknownCase(case)
            found.append(_case(case, facts, (first, second), *phases[place]))
        return found

    def ballot(self, case: int, round_number: int, voter: Address) -> Ballot:
        """See `ReviewReader.ballot`."""
        commitment, vote, settled = self.contract.read("ballotOf", case, round_number, voter)
        return Ballot(commitment, _VOTES[vote - 1] if vote else None, settled)

    def claimable(self, case: int, address: Address) -> Release:
        """See `ReviewReader.claimable`."""
        # At the pending block, since a case may have become final without a transaction.
        return Release(address, *self.contract.read("claimable", case, address, block="pending"))

    def outcomes(self, content_id: Digest) -> tuple[ReviewOutcome, ...]:
        """See `ReviewRecords.outcomes`."""
        found = self.contract.read("outcome", content_id.token_id, block="pending")
        if not found:
            return ()
        schema = self.contract.read("schema")
        reads: list[tuple[Contract, str, tuple[Any, ...]]] = []
        for one in found:
            reads.append((self._service, "getAttestation", (one.attestation,)))
            reads.append((self.contract, "caseOf", (one.caseId,)))
            reads += [(self.contract, "roundOf", (one.caseId, number)) for number in (0, 1)]
        answers = read_many(self.node, reads)
        return tuple(
            self._outcome(content_id, one, answers[4 * place : 4 * place + 4], schema)
            for place, one in enumerate(found)
        )

    def _outcome(
        self, content_id: Digest, found: Any, answers: Sequence[Any], schema: bytes
    ) -> ReviewOutcome:
        attested, case, first, second = answers
        decided = second if second.decision == found.decision else first
        outcome = ReviewOutcome(
            case=found.caseId,
            content_id=content_id,
            claim=_CLAIMS[found.claim],
            decision=_DECISIONS[found.decision],
            final=found.isFinal,
            decided_at_s=found.decidedAt,
            upheld=decided.upheld,
            rejected=decided.rejected,
            attestation=None,
        )
        if not any(found.attestation):
            return outcome
        record = AttestationRecord(
            uid="0x" + found.attestation.hex(),
            service=self._service.address,
            schema="0x" + schema.hex(),
            found=None if isinstance(attested, ContractRevert) else attested,
        )
        return check_attestation(
            outcome, record, self.address, self._content, Digest(case.evidence)
        )

    def _phases(self, cases: Sequence[int]) -> list[tuple[Phase, int | None]]:
        calls = [
            ("eth_call", [{"to": self.address, "data": self._phase_data(case)}, "pending"])
            for case in cases
        ]
        phases: list[tuple[Phase, int | None]] = []
        for answer in self.node.batch(calls):
            if isinstance(answer, RpcFault):  # no such case, which its own read tells, too
                phases.append((Phase.FINAL, None))
                continue
            phase, until = self.contract.decode_result("phaseOf", to_bytes(answer))
            phases.append((_PHASES[phase], until or None))
        return phases

    def _phase_data(self, case: int) -> str:
        return "0x" + self.contract.encode("phaseOf", case).hex()


class OnChainReviewer:
    """The `ReviewAccount` port."""

    def __init__(
        self,
        reader: OnChainReview,
        address: Address,
        open_sender: Callable[[], Sender],
        clock: Clock,
    ) -> None:
        self._reader = reader
        self._open_sender = open_sender
        self._clock = clock
        self.address = address

    def stake(self, amount: int) -> str:
        """See `ReviewAccount.stake`."""
        account, token = self._open_sender().account, self._reader.token
        permit = sign_permit(token, account, self._reader.address, amount, self._clock)
        return self._transact("stakeWithPermit", amount, permit).transaction_hash

    def unstake(self, amount: int) -> str:
        """See `ReviewAccount.unstake`."""
        return self._transact("unstake", amount).transaction_hash

    def withdraw(self) -> str:
        """See `ReviewAccount.withdraw`."""
        return self._transact("withdraw").transaction_hash

    def open(
        self, content_id: Digest, claim: Claim, evidence: Digest, provenance: Provenance
    ) -> tuple[int, str]:
        """See `ReviewAccount.open`."""
        receipt = self._transact(
            "open", content_id.token_id, claim.code, evidence.raw, opening(provenance)
        )
        return int(self._event(receipt, "CaseOpened")["caseId"]), receipt.transaction_hash

    def commit(self, case: Case, vote: Vote) -> str:
        """See `ReviewAccount.commit`."""
        commitment = self._seat(case).commitment(vote, self._salt(case))
        return self._transact("commit", case.id, commitment).transaction_hash

    def reveal(self, case: Case, ballot: Ballot) -> tuple[Vote, str]:
        """See `ReviewAccount.reveal`."""
        salt = self._salt(case)
        vote = find_vote(ballot.commitment, self._seat(case), salt)
        if vote is None:
            detail = "its commitment was not made with this key by Assay"
            raise NothingCommitted(case.id, self.address, detail)
        receipt = self._transact("reveal", case.id, self.address, vote.code, salt)
        return vote, receipt.transaction_hash

    def close(self, case: int) -> str:
        """See `ReviewAccount.close`."""
        return self._transact("close", case).transaction_hash

    def appeal(self, case: int, evidence: Digest) -> str:
        """See `ReviewAccount.appeal`."""
        return self._transact("appeal", case, evidence.raw).transaction_hash

    def claim(self, case: int, address: Address) -> Release:
        """See `ReviewAccount.claim`."""
        receipt = self._transact("claim", case, address)
        values = self._event(receipt, "LocksReleased")
        return Release(
            address,
            values["locked"],
            values["slashed"],
            values["reward"],
            receipt.transaction_hash,
        )

    def attest(self, case: int) -> str:
        """See `ReviewAccount.attest`."""
        return self._transact("attest", case).transaction_hash

    def _seat(self, case: Case) -> Seat:
        return Seat(
            self._reader.node.chain_id,
            self._reader.address,
            case.id,
            case.round_number,
            self.address,
        )

    def _salt(self, case: Case) -> bytes:
        return claim_salt(self._open_sender(), self._reader.contract, salt_digest(case))

    def _transact(self, function: str, *arguments: Any) -> Receipt:
        with reverts_as(refusals.TRANSLATIONS):
            return self._open_sender().transact(self._reader.contract, function, *arguments)

    def _event(self, receipt: Receipt, name: str) -> dict[str, Any]:
        decoded = (self._reader.contract.decode_log(log) for log in receipt.logs)
        [event] = [event for event in decoded if event is not None and event.name == name]
        return event.args


def _case(
    number: int, facts: Any, rounds: Sequence[Any], phase: Phase, until_s: int | None
) -> Case:
    appealed = facts.round == 1
    return Case(
        id=number,
        content_id=Digest.from_token_id(facts.contentId),
        claim=_CLAIMS[facts.claim],
        opener=parse_address(facts.opener),
        evidence=Digest(facts.evidence),
        creator=parse_address(facts.creator),
        owner=parse_address(facts.owner),
        opened_at_s=facts.openedAt,
        closed_at_s=facts.closedAt,
        decision=_DECISIONS[facts.decision],
        appellant=parse_address(facts.appellant) if appealed else None,
        appeal_evidence=Digest(facts.appealEvidence) if appealed else None,
        rounds=tuple(_round(one) for one in rounds[: facts.round + 1]),
        phase=phase,
        until_s=until_s,
    )


def _round(facts: Any) -> Round:
    return Round(
        facts.commitUntil,
        facts.revealUntil,
        facts.commits,
        facts.upheld,
        facts.rejected,
        _DECISIONS[facts.decision],
    )
