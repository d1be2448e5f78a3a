"""`assay call`: pay for one answer of a model, and check what the provider signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show, write_file
from assay.core.amount import format_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.market.reply import PaidAnswer

_DECIMALS = 6


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog='Example: assay call smollm2 "Name a river." --max-price 0.02')(call)


def call(
    model: Annotated[str | None, typer.Argument(help="Name of the model.")] = None,
    prompt: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    url: Annotated[
        str | None, typer.Option(help="Service to call; by default the one on this machine.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Account that pays.")] = None,
    max_price: Annotated[str, typer.Option(help="The most to pay, in ASSAY.")] = "0.1",
    scheme: Annotated[
        str, typer.Option(help="auto (from an open channel where one fits), channel or exact.")
    ] = "auto",
    stream: Annotated[bool, typer.Option(help="Print the text while it arrives.")] = False,
    max_tokens: Annotated[int, typer.Option(help="Longest answer.")] = 256,
    temperature: Annotated[float, typer.Option(help="0 (always the likeliest) to 2.")] = 1.0,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same text.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write the text, byte for byte, for `content mint`.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Finish calls that were paid for and broke off.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Pay a model for one answer; the payment, the answer and the signed record must fit.

    A payment is kept on the disk before it is sent. If the call breaks off, `--resume` asks again
    with the same payment, which is never charged twice.
    """
    on_text = _print_piece if stream and not as_json else None
    with _told_when_interrupted(), open_client() as client:
        if resume:
            answers = client.market.resume_calls(account=account, on_text=on_text)
            result: Any = {"calls": [answer.as_json() for answer in answers]}
            show(result, as_json, "" if on_text else "\n\n".join(one.text for one in answers))
            for one in answers if not as_json else ():
                typer.echo(_receipt(one), err=True)
            return
        if model is None or prompt is None:
            raise InputError("Give a model and a prompt.", hint="Or --resume alone.")
        answer = client.market.call(
            model,
            prompt,
            url=url,
            account=account,
            max_price=max_price,
            scheme=scheme,
            max_tokens=max_tokens,
            temperature=temperature,
            seed=seed,
            on_text=on_text,
        )
    show(answer.as_json(), as_json, "" if on_text else answer.text)
    if not as_json:
        typer.echo(_receipt(answer), err=True)
    if output is not None:
        write_file(output, answer.text.encode("utf-8"))


@contextmanager
def _told_when_interrupted() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Interrupted. `assay call --resume` gets what was paid for.", err=True)
        raise typer.Exit(130) from None


def _receipt(answer: PaidAnswer) -> str:
    record = answer.record.record
    paid = format_amount(record.amount, decimals=_DECIMALS)
    return (
        f"\npaid     {paid} ASSAY to {record.provider}\n"
        f"payment  {_payment(answer)}\n"
        f"record   {answer.record.cid}\n"
        f"seed     {answer.seed}"
    )


def _payment(answer: PaidAnswer) -> str:
    if answer.channel:
        return f"{answer.payment}, a voucher of channel {answer.channel}"
    return answer.transaction


def _print_piece(text: str) -> None:
    typer.echo(text, nl=False)
