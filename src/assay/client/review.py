"""`client.review`: stake, flag or confirm content, vote, appeal, and see what was decided.

    client.review.stake("100")
    case = client.review.open(content_id, "copy", evidence="original.png")
    client.review.commit(case.id, "uphold", account="local-4")
    client.review.reveal(case.id, account="local-4")     # which vote it was, the key finds
    client.review.close(case.id)
    client.review.outcomes(content_id)[0].attestation.valid

Amounts are decimal amounts of the token. Without `account`, the configured buyer acts.
"""

from __future__ import annotations

import time

from assay.bootstrap import Workspace
from assay.content.review.model import (
    Case,
    Release,
    ReviewOutcome,
    Stake,
    Terms,
    parse_claim,
    parse_vote,
)
from assay.content.review.ports import ReviewAccount
from assay.content.review.use_cases import claiming, deciding, staking, voting
from assay.content.review.use_cases.voting import Cast
from assay.core.address import Address, parse_address
from assay.core.amount import parse_amount
from assay.core.digest import Digest

_HOUR_S = 3600.0


class ReviewClient:
    """The use cases of community review on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = workspace.review

    # Stakes

    def terms(self) -> Terms:
        """The rules: what is locked, how long phases last, who loses and gets what."""
        return self._parts.reader.terms()

    def stake(self, amount: str, *, account: str | None = None) -> Stake:
        """Stake an amount, in one transaction.

        Raises:
            BalanceTooSmall: the account does not hold it.
        """
        actor = self._actor(account)
        return staking.add_stake(self._units(amount), account=actor, reader=self._parts.reader)

    def unstake(self, amount: str, *, account: str | None = None) -> Stake:
        """Take a part of the free stake back; `withdraw` gets it when its time has passed."""
        actor = self._actor(account)
        return staking.take_back(self._units(amount), account=actor, reader=self._parts.reader)

    def withdraw(self, *, account: str | None = None) -> Stake:
        """Get what was taken back.

        Raises:
            NotWithdrawable: nothing was, or its time has not passed.
        """
        return staking.withdraw_stake(account=self._actor(account), reader=self._parts.reader)

    def stake_of(self, account: str | None = None) -> Stake:
        """The stake of an account, given by name or address."""
        return self._parts.reader.stake(self._address(account))

    # Cases

    def open(
        self, content_id: str, claim: str, *, evidence: str, account: str | None = None
    ) -> Case:
        """Claim something about content, with a bond.

        Args:
            claim: genuine, copy, false-credentials or unlawful.
            evidence: a file, which is put into the store; or the CID of one there; or a SHA-256.

        Raises:
            NothingMinted, CaseOpenAlready, CaseAtRest, StakeTooSmall, EvidenceUnreadable.
        """
        chosen, content = parse_claim(claim), Digest.parse(content_id)
        shown = deciding.evidence_digest(evidence, evidence=self._workspace.store)
        self._workspace.sync()
        return deciding.open_case(
            content,
            chosen,
            shown,
            account=self._actor(account),
            reader=self._parts.reader,
            origins=self._parts,
        )

    def appeal(self, case: int, *, evidence: str, account: str | None = None) -> Case:
        """Appeal against the first decision, once, with a higher bond.

        Raises:
            UnknownCase, WrongPhase, StakeTooSmall, EvidenceUnreadable.
        """
        shown = deciding.evidence_digest(evidence, evidence=self._workspace.store)
        actor, reader = self._actor(account), self._parts.reader
        return deciding.appeal_case(case, shown, account=actor, reader=reader)

    def close(self, case: int, *, account: str | None = None) -> Case:
        """Count the votes of a round, when their time is over or all are open; anybody can."""
        return deciding.close_case(case, account=self._actor(account), reader=self._parts.reader)

    def attest(self, case: int, *, account: str | None = None) -> Case:
        """Have the decision attested where the attestation service failed before."""
        return deciding.attest_case(case, account=self._actor(account), reader=self._parts.reader)

    def show(self, case: int) -> Case:
        """A case as the chain has it, with the step that is due."""
        return deciding.show_case(case, reader=self._parts.reader)

    def cases(
        self, *, content_id: str | None = None, account: str | None = None, limit: int = 100
    ) -> list[Case]:
        """Cases about content, or with an account, or all; the newest first."""
        self._workspace.sync()
        return deciding.list_cases(
            reader=self._parts.reader,
            index=self._parts.index,
            content_id=Digest.parse(content_id) if content_id else None,
            address=self._address(account) if account else None,
            limit=limit,
        )

    def outcomes(self, content_id: str) -> tuple[ReviewOutcome, ...]:
        """What was decided about content, with the attestations checked on chain."""
        return deciding.review_outcomes(Digest.parse(content_id), reader=self._parts.reader)

    # Votes

    def commit(self, case: int, vote: str, *, account: str | None = None) -> Cast:
        """Commit to a vote, uphold or reject, that nobody can read before it is opened.

        Raises:
            UnknownCase, WrongPhase, Partial, AlreadyCommitted, StakeTooSmall.
        """
        chosen, actor = parse_vote(vote), self._actor(account)
        return voting.commit_vote(case, chosen, account=actor, reader=self._parts.reader)

    def reveal(self, case: int, *, account: str | None = None) -> Cast:
        """Open the account's vote, whichever it was.

        Raises:
            UnknownCase, WrongPhase, NothingCommitted.
        """
        return voting.reveal_vote(case, account=self._actor(account), reader=self._parts.reader)

    def vote(
        self, case: int, vote: str, *, wait_s: float = _HOUR_S, account: str | None = None
    ) -> Cast:
        """Commit, wait for the time to open votes, and open it; can be repeated after a crash.

        Raises:
            StillWaiting: the time did not come within `wait_s`.
            Everything that `commit` and `reveal` raise.
        """
        return voting.vote(
            case,
            parse_vote(vote),
            account=self._actor(account),
            reader=self._parts.reader,
            sleep=time.sleep,
            wait_s=wait_s,
        )

    # Locks

    def claim(self, case: int, *, whose: str | None = None, account: str | None = None) -> Release:
        """Give an account, by name or address, back what a case holds of it; default: the actor's.

        Raises:
            UnknownCase, WrongPhase, NothingLocked.
        """
        actor = self._actor(account)
        address = self._address(whose) if whose else actor.address
        return claiming.claim_case(case, address, account=actor, reader=self._parts.reader)

    def claim_all(self, case: int, *, account: str | None = None) -> list[Release]:
        """Give everybody in a case back what it holds of them."""
        actor = self._actor(account)
        self._workspace.sync()
        reader, index = self._parts.reader, self._parts.index
        return claiming.claim_for_all(case, account=actor, reader=reader, index=index)

    def holdings(self, case: int) -> list[Release]:
        """What a case holds of whom, with losses and rewards once it is final."""
        self._workspace.sync()
        found = self.show(case)
        reader, index = self._parts.reader, self._parts.index
        return claiming.holdings(found, reader=reader, index=index)

    def _units(self, amount: str) -> int:
        return parse_amount(amount, decimals=self._workspace.token_decimals)

    def _actor(self, account: str | None) -> ReviewAccount:
        return self._parts.account(account or self._workspace.settings.buyer)

    def _address(self, account: str | None) -> Address:
        if account is not None and account.startswith("0x"):
            return parse_address(account)
        return self._workspace.address(account or self._workspace.settings.buyer)
