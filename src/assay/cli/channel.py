"""`assay channel`: open, list, show, fill and close the channels that calls are paid from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from assay.market.channels.use_cases.report import ChannelStatus as IncomingStatus
    from assay.market.purse.use_cases.deposit import Deposited
    from assay.market.purse.use_cases.show import ChannelStatus

commands = typer.Typer(
    no_args_is_help=True, help="Payment channels: one deposit for thousands of calls."
)

_DECIMALS = 6

ChannelName = Annotated[
    str | None,
    typer.Argument(help="The name, or the beginning of it; by default the only one that is open."),
]
DepositOption = Annotated[str, typer.Option(help="In ASSAY; what is left of it comes back.")]
AccountOption = Annotated[str | None, typer.Option(help="Account that pays.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="channel")


@commands.command("open", epilog="Example: assay channel open http://127.0.0.1:8000 --deposit 1")
def open_command(
    deposit: DepositOption,
    url: Annotated[
        str | None, typer.Argument(help="Service; by default the one on this machine.")
    ] = None,
    account: AccountOption = None,
    another: Annotated[
        bool, typer.Option("--another", help="Open one although there is one already.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Open a channel with a provider: its calls are then paid by vouchers, without gas.

    The deposit is kept before it is sent. After a crash, the same command goes on with it, and
    never makes a second one. Without ether for gas it travels with the first call.
    """
    with open_client() as client:
        done = client.channels.open(url, deposit=deposit, another=another, account=account)
    show(_deposited(done), as_json, _deposited_text(done, "opened"))


@commands.command(epilog="Example: assay channel topup 0x5e1f --deposit 0.5")
def topup(
    deposit: DepositOption,
    channel: ChannelName = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add to a channel; again after a crash, go on with the same deposit."""
    with open_client() as client:
        done = client.channels.topup(channel, deposit=deposit, account=account)
    show(_deposited(done), as_json, _deposited_text(done, "filled"))


@commands.command("list", epilog="Example: assay channel list --provider")
def list_command(
    account: Annotated[str | None, typer.Option(help="Only those of one account.")] = None,
    provider: Annotated[
        bool, typer.Option("--provider", help="Those that pay the configured account instead.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the channels that were opened from here, or those that pay us, oldest first."""
    with open_client() as client:
        if provider:
            incoming = client.settlement.channels()
            show([status.as_json() for status in incoming], as_json, _incoming(incoming))
            return
        channels = client.channels.list(account=account)
    nothing = "No channels yet: open one with `assay channel open URL --deposit 1`."
    text = "\n".join(_line(status) for status in channels) or nothing
    show([status.as_json() for status in channels], as_json, text)


@commands.command("show", epilog="Example: assay channel show 0x5e1f --json")
def show_command(channel: ChannelName = None, as_json: JsonOption = False) -> None:
    """Show one channel, as the own records and the chain have it."""
    with open_client() as client:
        status = client.channels.show(channel)
    show(status.as_json(), as_json, _details(status))


@commands.command(epilog="Example: assay channel close 0x5e1f")
def close(
    channel: ChannelName = None, account: AccountOption = None, as_json: JsonOption = False
) -> None:
    """Get back what is left: at once if the provider agrees, else after the channel's delay.

    A provider that is away, or refuses, cannot keep it: the withdrawal is announced on chain, and
    the same command, given again after the delay, finishes it.
    """
    with open_client() as client:
        done = client.channels.close(channel, account=account)
    result = {
        **done.status.as_json(),
        "closed": done.closed,
        "returned": str(done.returned),
        "transaction": done.transaction,
        "refusal": done.refusal or None,
    }
    if done.closed:
        text = f"closed; {_tokens(done.returned)} came back"
    else:
        why = f"{done.refusal}\n" if done.refusal else ""
        text = (
            f"{why}{_tokens(done.status.left)} can be taken out from "
            f"{_time(done.status.withdrawable_at)} on: give this command again then."
        )
    show(result, as_json, text)


def _deposited(done: Deposited) -> dict[str, Any]:
    return {
        "channel": done.channel.id.hex,
        "state": done.channel.state.value,
        "url": done.channel.url,
        "provider": done.channel.config.receiver,
        "balance": str(done.channel.deposited),
        "deposit": str(done.amount),
        "transaction": done.transaction,
    }


def _deposited_text(done: Deposited, verb: str) -> str:
    if done.channel.deposit is not None:
        return (
            f"channel  {done.channel.id}\n"
            f"The account has no ether for gas: the deposit of {_tokens(done.amount)} travels "
            "with the next call, and the provider sends it."
        )
    return (
        f"channel  {done.channel.id} {verb}\n"
        f"holds    {_tokens(done.channel.deposited)}\n"
        f"deposit  {done.transaction or 'was made before'}"
    )


def _line(status: ChannelStatus) -> str:
    """One line a channel, its name never cut, so that it can be copied."""
    channel = status.channel
    return (
        f"{channel.id}  {channel.state.value:<7} {_tokens(status.left):>14} left  {channel.url}"
        f"{_withdrawal(status)}"
    )


def _details(status: ChannelStatus) -> str:
    channel, config = status.channel, status.channel.config
    rows = {
        "channel": channel.id.hex,
        "state": channel.state.value + _withdrawal(status),
        "service": channel.url,
        "provider": config.receiver,
        "payer": config.payer,
        "opened": _time(channel.opened_at),
        "holds": _tokens(status.chain.balance),
        "charged": _tokens(channel.charged),
        "under way": _tokens(channel.under_way),
        "signed": _tokens(channel.signed),
        "claimed": _tokens(status.chain.claimed),
        "left": _tokens(status.left),
    }
    return "\n".join(f"{name:<10}{value}" for name, value in rows.items())


def _withdrawal(status: ChannelStatus) -> str:
    if not status.withdrawable_at:
        return ""
    return f"  {_tokens(status.chain.withdrawal)} from {_time(status.withdrawable_at)} on"


def _incoming(channels: list[IncomingStatus]) -> str:
    """One line a channel that pays us."""
    lines = [
        f"{status.channel.id}  {_tokens(status.channel.charged):>14} charged  "
        f"{_tokens(status.claimable):>14} to claim  of {status.channel.config.payer}"
        + (f"  withdrawal on {_time(status.withdrawal_at)}" if status.withdrawal_at else "")
        for status in channels
    ]
    return "\n".join(lines) or "No channel pays this account yet."


def _tokens(units: int) -> str:
    return format_amount(units, decimals=_DECIMALS) + " ASSAY"


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M UTC")
