"""Requests: read, paid, approved, and what was paid before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.payment.shown import payment_lines, show_decision, show_request
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.client.payments import Considered

FileArgument = Annotated[
    Path | None, typer.Argument(help="The request: text, Markdown, DOCX or PDF.")
]
TextOption = Annotated[str | None, typer.Option(help="The request itself, instead of a file.")]
LanguageOption = Annotated[
    str | None, typer.Option(help="en or zh; told from the words where it is not given.")
]
AnswerOption = Annotated[
    list[str] | None,
    typer.Option(help="Settle a field: payee=, amount=, asset=, reference=, due=, reason=."),
]
ReferenceOption = Annotated[
    str | None, typer.Option(help="The number that tells this request from similar ones.")
]
TreasuryOption = Annotated[
    str | None, typer.Option(help="Address of the treasury; default: the one made here.")
]
AccountOption = Annotated[
    str | None, typer.Option(help="Who does it; default: the configured account.")
]


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(epilog='Example: assay payment read --text "Please pay Acme Ltd 250 ASSAY for hosting"')(
        read
    )
    add(epilog="Example: assay payment pay invoice.pdf --dry-run")(pay)
    add(epilog="Example: assay payment approve invoice.pdf --account local-5")(approve)
    add("list", epilog="Example: assay payment list --json")(list_payments)
    add("show", epilog="Example: assay payment show 0x2cf24dba...")(show_payment)


def read(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answer: AnswerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a request says, what it leaves open, and which words in it are suspicious."""
    with open_client() as client:
        found = client.payments.read(
            file, text=text, language=_language(language), answers=_answers(answer, None)
        )
    show(found.model_dump(mode="json"), as_json, lambda out: show_request(out, found))


def pay(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answer: AnswerOption = None,
    reference: ReferenceOption = None,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    dry_run: Annotated[bool, typer.Option(help="Decide only; nothing is sent or kept.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Pay a request, have it approved, or refuse it: with every reason.

    Exits with 1 where it is not paid, or with --dry-run would not be.
    """
    given: dict[str, Any] = {"text": text, "treasury": treasury, "language": _language(language)}
    given["answers"] = _answers(answer, reference)
    with open_client() as client:
        if dry_run:
            done = client.payments.check(file, **given)
        else:
            done = client.payments.pay(file, account=account, **given)
    _show(done, as_json)
    if done.decision.outcome.value not in ("executed", "allowed"):
        raise typer.Exit(1)


def approve(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answer: AnswerOption = None,
    reference: ReferenceOption = None,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Agree to a request as an approver; give the same text and answers as to `pay`."""
    with open_client() as client:
        done, transaction = client.payments.approve(
            file,
            text=text,
            language=_language(language),
            answers=_answers(answer, reference),
            treasury=treasury,
            account=account,
        )
    result = {**done.as_json(), "transaction": transaction}
    assert done.decision.order is not None, "only an order is approved"
    request = done.request
    words = (
        f"Approved: {request.amount} {request.asset} for {done.decision.payee}, reference "
        f"{request.reference or 'none'}, {done.decision.order.digest}, "
        f"in transaction {transaction}."
    )
    show(result, as_json, words)


def list_payments(treasury: TreasuryOption = None, as_json: JsonOption = False) -> None:
    """List what was paid, or begun, from here, oldest first."""
    with open_client() as client:
        found = client.payments.payments(treasury=treasury)
    lines = [payment_lines(entry)[0] for entry in found]
    show(found, as_json, "\n".join(lines) or "Nothing was paid from here.")


def show_payment(
    digest: Annotated[str, typer.Argument(help="The digest of a request, or how it begins.")],
    treasury: TreasuryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one payment with the request's words and the reasons."""
    with open_client() as client:
        found = client.payments.payments(treasury=treasury)
    fitting = [one for one in found if one["past"]["digest"].startswith(digest.lower())]
    if len(fitting) != 1:
        raise InputError(
            f"{len(fitting)} payments begin with {digest[:80]!r}.",
            hint="See `assay payment list`.",
        )
    show(fitting[0], as_json, "\n".join(payment_lines(fitting[0])))


def _show(done: Considered, as_json: bool) -> None:
    show(done.as_json(), as_json, lambda out: show_decision(out, done))


def _answers(given: list[str] | None, reference: str | None) -> dict[str, str]:
    answers = {}
    for one in given or ():
        field, sign, value = one.partition("=")
        if not (sign and value.strip()):
            raise InputError(f"{one[:80]!r} is no answer.", hint="Write it like amount=250.")
        answers[field.strip()] = value.strip()
    return answers | ({"reference": reference} if reference else {})


def _language(text: str | None) -> Any:
    if text not in (None, "en", "zh"):
        raise typer.BadParameter("the language is en or zh", param_hint="--language")
    return text
