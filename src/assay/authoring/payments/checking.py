"""Who is paid and where: held against what the treasury has on file."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.payments.destinations import details_digest
from assay.authoring.payments.lookalikes import bare, is_poisoned, normal, resembles
from assay.authoring.payments.model import (
    HOLDING,
    Outcome,
    PayeeOnFile,
    PaymentRequest,
    Reason,
    Treasury,
)
from assay.core.address import parse_address
from assay.errors import InputError

_REFUSED = Outcome.REFUSED
_CONFIRM = "Ask the payee by a way known from before, and have the owner change it on file."
_FLAG_WORDS = {
    "instruction": "The text tries to give orders about rules or approvals",
    "approval": "The text says that others agreed, or that rules or checks do not count",
    "earlier_payment": "The text speaks of an earlier payment",
    "doubt": "The text asks something, or is not sure of the payment itself",
    "secrecy": "The text asks that nobody be told or asked",
    "hidden": "The text holds characters that nobody sees",
    "mixed_scripts": "A word mixes letters of several scripts",
}


def find_payee(
    request: PaymentRequest, treasury: Treasury
) -> tuple[PayeeOnFile | None, list[Reason]]:
    """The payee on file that the request names, or why there is none."""
    if request.payee is None:
        return None, []
    if request.payee in request.accounts:
        return _by_account(request.payee, treasury)
    listed = [one for one in treasury.payees if one.active]
    found = [one for one in listed if normal(one.name) == normal(request.payee)]
    if not found:
        found = [one for one in listed if _same_but_form(one.name, request.payee)]
    if len(found) == 1:
        return found[0], []
    likes = [one.name for one in listed if resembles(one.name, request.payee)]
    if likes:
        text = f"{request.payee!r} is not on the list, and looks like {', '.join(likes)}, which is."
        return None, [Reason(rule="lookalike_payee", outcome=_REFUSED, text=text)]
    text = f"{request.payee!r} is not on the treasury's list of payees."
    return None, [Reason(rule="unknown_payee", outcome=_REFUSED, text=text)]


def _by_account(written: str, treasury: Treasury) -> tuple[PayeeOnFile | None, list[Reason]]:
    """The payee that a request names by an account on file alone."""
    listed = [one for one in treasury.payees if one.active]
    for one in listed:
        if one.account.lower() == written.lower():
            return one, []
    for one in listed:
        if is_poisoned(written, one.account):
            text = f"{written} is made to look like {one.name}'s account {one.account}."
            return None, [Reason(rule="lookalike_account", outcome=_REFUSED, text=text)]
    text = f"{written} is not the account of anybody on the treasury's list of payees."
    return None, [Reason(rule="unknown_payee", outcome=_REFUSED, text=text)]


def check_flags(request: PaymentRequest, payee: PayeeOnFile | None) -> Iterator[Reason]:
    """Suspicious words never pay anything; they only make a person look."""
    kinds = dict.fromkeys(flag.kind for flag in request.flags)
    for kind in kinds:
        if kind in HOLDING:
            words = next(flag.text for flag in request.flags if flag.kind == kind)
            text = f"{_FLAG_WORDS[kind]} ({words!r}): a person has to look at it."
            yield Reason(rule=f"flag_{kind}", outcome=Outcome.NEEDS_APPROVAL, text=text)
    if not request.bound:
        text = "No sentence says that this payee is to be paid this amount: a person has to look."
        yield Reason(rule="loosely_worded", outcome=Outcome.NEEDS_APPROVAL, text=text)
    if "new_details" in kinds and not (payee is not None and _all_on_file(request, payee)):
        text = f"The text speaks of another account than before. {_CONFIRM}"
        yield Reason(rule="changed_details", outcome=_REFUSED, text=text)


def check_destinations(
    request: PaymentRequest, payee: PayeeOnFile, treasury: Treasury
) -> Iterator[Reason]:
    """Every address and account number in the text has to be the payee's on file."""
    for account in request.accounts:
        reason = _about_account(account, payee, treasury)
        if reason is not None:
            yield reason
    for details in request.bank_details:
        if payee.details is None:
            text = f"The bank account {_masked(details)} is not on file for {payee.name}."
            yield Reason(rule="details_unknown", outcome=Outcome.NEEDS_APPROVAL, text=text)
        elif details_digest(details) != payee.details:
            text = f"The bank account {_masked(details)} is not the one on file for {payee.name}. "
            yield Reason(rule="changed_details", outcome=_REFUSED, text=text + _CONFIRM)


def _about_account(written: str, payee: PayeeOnFile, treasury: Treasury) -> Reason | None:
    try:
        account = parse_address(written)
    except InputError:
        text = f"{written} is no address of this chain, or is misspelt."
        return Reason(rule="malformed_account", outcome=_REFUSED, text=text)
    if account == payee.account:
        return None
    if account == payee.next_account:
        text = f"{account} is {payee.name}'s account only from {payee.next_from} on (Unix time)."
        return Reason(rule="account_pending", outcome=_REFUSED, text=text)
    for other in treasury.payees:
        if is_poisoned(account, other.account):
            text = f"{account} is made to look like {other.name}'s account {other.account}."
            return Reason(rule="lookalike_account", outcome=_REFUSED, text=text)
    owners = [one.name for one in treasury.payees if one.account == account]
    whose = f" It is {owners[0]}'s." if owners else ""
    text = f"{account} is not the account on file for {payee.name}.{whose} {_CONFIRM}"
    return Reason(rule="changed_account", outcome=_REFUSED, text=text)


def _all_on_file(request: PaymentRequest, payee: PayeeOnFile) -> bool:
    """Whether the text names where to pay, and only what is on file already."""
    places = [account.lower() == payee.account.lower() for account in request.accounts]
    places += [details_digest(one) == payee.details for one in request.bank_details]
    return bool(places) and all(places)


def _same_but_form(name: str, other: str) -> bool:
    """The same name where one of both leaves out the legal form."""
    return bare(name) == bare(other) and bare(name) in {normal(name), normal(other)}


def _masked(details: str) -> str:
    return f"…{details[-4:]}"
