"""Payment requests in words, paid from a treasury whose rules hold on the chain as well.

with assay.connect() as client:
    client.payments.create(total="5000", approval_above="1000", fund="2000")
    client.payments.set_payee("Acme Ltd", "0x7099...", limit="1500")
    paid = client.payments.pay(text="Please pay Acme Ltd 250 ASSAY for hosting, invoice INV-7.")
    paid.decision.outcome, paid.decision.transaction

Amounts are decimal amounts of the treasury's currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.authoring.payments import paying
from assay.authoring.payments.destinations import details_digest
from assay.authoring.payments.onchain import payee_id
from assay.authoring.payments.reading import read_request
from assay.authoring.use_cases.reading import text_of
from assay.bootstrap.payments import PaymentParts
from assay.core.address import parse_address
from assay.core.amount import format_amount, parse_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.authoring.model import Language
    from assay.authoring.payments.model import Decision, PaymentRequest, Treasury
    from assay.authoring.payments.onchain import OnChainTreasury
    from assay.bootstrap import Workspace

_DAY_S = 24 * 3600
_LARGEST_PART = 2**128 - 1
_NOTHING = bytes(32)


@dataclass(frozen=True, slots=True)
class Considered:
    """A request with what was decided, and what was sent."""

    request: PaymentRequest
    decision: Decision

    def as_json(self) -> dict[str, Any]:
        """The decision, and the request beside it."""
        request = self.request.model_dump(mode="json")
        return {**self.decision.model_dump(mode="json"), "request": request}


class PaymentClient:
    """The use cases of payments by rules, on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = PaymentParts(workspace)

    # Requests

    def read(
        self,
        source: Path | str | None = None,
        *,
        text: str | None = None,
        language: Language | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> PaymentRequest:
        """What a document or a text asks to be paid; needs neither a node nor a treasury.

        Args:
            answers: what your own people settled: payee, amount, asset, reference, due, reason.

        Raises:
            InputError: there is neither or both, it cannot be read, or an answer has no place.
        """
        return paying.answered(read_request(_words(source, text), language=language), answers or {})

    def check(
        self,
        source: Path | str | None = None,
        *,
        text: str | None = None,
        treasury: str | None = None,
        language: Language | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> Considered:
        """What would become of a request; nothing is sent or kept."""
        chosen = self._treasury(None, treasury)
        request, decision, _ = paying.consider(
            _words(source, text),
            chosen,
            self._parts.journal(chosen.address),
            language=language,
            answers=answers,
        )
        return Considered(request, decision)

    def pay(
        self,
        source: Path | str | None = None,
        *,
        text: str | None = None,
        treasury: str | None = None,
        language: Language | None = None,
        answers: Mapping[str, str] | None = None,
        account: str | None = None,
    ) -> Considered:
        """Pay what a request asks for if the rules allow it; see `decision.outcome`.

        Args:
            account: an operator or the owner; the configured account if None.

        Raises:
            TreasuryMissing, PaymentRefused, PaymentBusy, InputError.
        """
        chosen = self._treasury(account, treasury)
        journal = self._parts.journal(chosen.address)
        words = _words(source, text)
        return Considered(*paying.pay(words, chosen, journal, language=language, answers=answers))

    def approve(
        self,
        source: Path | str | None = None,
        *,
        text: str | None = None,
        treasury: str | None = None,
        language: Language | None = None,
        answers: Mapping[str, str] | None = None,
        account: str | None = None,
    ) -> tuple[Considered, str]:
        """Agree to a request as an approver; with the transaction's hash.

        Raises:
            NothingToApprove: it is refused, or needs nobody.
            PaymentRefused: the account is no approver.
        """
        chosen = self._treasury(account, treasury)
        request, decision, transaction = paying.approve(
            _words(source, text),
            chosen,
            self._parts.journal(chosen.address),
            language=language,
            answers=answers,
        )
        return Considered(request, decision), transaction

    def payments(self, *, treasury: str | None = None) -> list[dict[str, Any]]:
        """What was paid, or begun, from this home, oldest first."""
        chosen = self._treasury(None, treasury)
        return self._parts.journal(chosen.address).entries()

    # The treasury

    def create(
        self,
        *,
        total: str,
        approval_above: str,
        approvals: int = 1,
        period_s: int = 30 * _DAY_S,
        account_delay_s: int = 2 * _DAY_S,
        fund: str | None = None,
        currency: str | None = None,
        account: str | None = None,
    ) -> Treasury:
        """Make the account's treasury, which this home uses from then on; money may go in at once.

        Args:
            total: most that is paid in a period, to all together.
            approval_above: a payment above this needs so many `approvals`.
            account_delay_s: how long another account of a payee waits until it counts.
        """
        token = parse_address(currency) if currency else None
        self._parts.create(account or self._own, token, account_delay_s)
        self.set_rules(total, approval_above, approvals, period_s, account=account)
        return self.fund(fund, account=account) if fund else self.policy()

    def policy(self, *, treasury: str | None = None) -> Treasury:
        """The rules, the payees, and what is left in this period."""
        return self._treasury(None, treasury).state()

    def set_rules(
        self,
        total: str,
        approval_above: str,
        approvals: int,
        period_s: int,
        *,
        treasury: str | None = None,
        account: str | None = None,
    ) -> str:
        """Set the rules, as the owner; the transaction's hash."""
        chosen = self._treasury(account, treasury)
        rules = (self._units(total, chosen), self._units(approval_above, chosen))
        return chosen.transact("setRules", (*rules, period_s, approvals))

    def set_payee(
        self,
        name: str,
        address: str,
        *,
        limit: str,
        bank: str | None = None,
        treasury: str | None = None,
        account: str | None = None,
    ) -> str:
        """List a payee or change it, as the owner; another account counts after the delay.

        Args:
            limit: most that the payee is paid in a period.
            bank: its bank account, of which the chain keeps the SHA-256.
        """
        chosen = self._treasury(account, treasury)
        details = bytes.fromhex(details_digest(bank)[2:]) if bank else _NOTHING
        units = self._units(limit, chosen)
        return chosen.transact("setPayee", name.strip(), parse_address(address), units, details)

    def remove_payee(
        self, name: str, *, treasury: str | None = None, account: str | None = None
    ) -> str:
        """Take a payee off the list, as the owner."""
        key = bytes.fromhex(payee_id(name.strip())[2:])
        return self._treasury(account, treasury).transact("removePayee", key)

    def set_operator(
        self, who: str, allowed: bool, *, treasury: str | None = None, account: str | None = None
    ) -> str:
        """Appoint or dismiss who may pay, by address or account name, as the owner."""
        place = self._address(who)
        return self._treasury(account, treasury).transact("setOperator", place, allowed)

    def set_approver(
        self, who: str, allowed: bool, *, treasury: str | None = None, account: str | None = None
    ) -> str:
        """Appoint or dismiss who may approve, by address or account name, as the owner."""
        place = self._address(who)
        return self._treasury(account, treasury).transact("setApprover", place, allowed)

    def pause(
        self, stopped: bool, *, treasury: str | None = None, account: str | None = None
    ) -> str:
        """Stop all payments, or end the stop, as the owner."""
        return self._treasury(account, treasury).transact("pause" if stopped else "unpause")

    def fund(
        self, amount: str, *, treasury: str | None = None, account: str | None = None
    ) -> Treasury:
        """Move money of the account into the treasury.

        Raises:
            InputError: the account has less.
        """
        chosen = self._treasury(account, treasury)
        token, units = self._parts.token(chosen), self._units(amount, chosen)
        name = account or self._own
        sender = self._workspace.sender(name)
        has = int(token.read("balanceOf", sender.account.address))
        if has < units:
            decimals = int(token.read("decimals"))
            raise InputError(
                f"The account {name} has {format_amount(has, decimals=decimals)}, less than the "
                f"{amount} that the treasury is to get; the treasury stands at {chosen.address}.",
                hint=f"Get tokens first (`assay account fund {name}` on the local chain), then "
                f"run `assay payment policy fund {amount}`.",
            )
        sender.transact(token, "transfer", chosen.address, units)
        return chosen.state()

    def withdraw(
        self, amount: str, to: str, *, treasury: str | None = None, account: str | None = None
    ) -> str:
        """Take money out, as the owner, to an address or account name."""
        chosen = self._treasury(account, treasury)
        return chosen.transact("withdraw", self._address(to), self._units(amount, chosen))

    @property
    def _own(self) -> str:
        return self._workspace.settings.account

    def _treasury(self, account: str | None, address: str | None) -> OnChainTreasury:
        return self._parts.treasury(account or self._own, address)

    def _address(self, who: str) -> str:
        return parse_address(who) if who.startswith("0x") else self._workspace.address(who)

    def _units(self, amount: str, treasury: OnChainTreasury) -> int:
        decimals = int(self._parts.token(treasury).read("decimals"))
        units = parse_amount(amount, decimals=decimals)
        if units > _LARGEST_PART:
            raise InputError(f"{amount[:80]} is more than a treasury can count.")
        return units


def _words(source: Path | str | None, text: str | None) -> str:
    if (source is None) == (text is None):
        raise InputError("Give a document or a text.", hint='Like FILE, or --text "...".')
    return text if text is not None else text_of(Path(str(source)))
