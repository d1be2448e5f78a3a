"""`assay service`: register services as agents (ERC-8004), look at them, rate the ones you paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from assay.market.identity.model import Feedback, Standing

commands = typer.Typer(no_args_is_help=True, help="Services as agents: who they are, and how good.")

_DECIMALS = 6
Subject = Annotated[str, typer.Argument(help="Agent number, service's asset id, or its name.")]
GatewayOption = Annotated[
    str | None, typer.Option("--url", help="Service to fetch cards, comments and records from.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="service")


@commands.command("register", epilog="Example: assay service register 0x2cf24dba... --url URL")
def register_command(
    service: Annotated[str, typer.Argument(help="Asset id of a service of your own.")],
    url: Annotated[
        str | None, typer.Option(help="Where it is reached; default: the public URL.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Who owns the service.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Give a service an identity: a number on chain, and a card that says how to call it."""
    with open_client() as client:
        registered = client.services.register(service, url=url, account=account)
    result = {
        "agent": registered.agent.id,
        "uri": registered.agent.uri,
        "card": registered.card.as_json(),
        "transactions": list(registered.transactions),
    }
    state = "registered" if registered.transactions else "was registered before"
    show(
        result,
        as_json,
        f"{registered.card.name!r} {state} as agent {registered.agent.id}\n"
        f"card     {registered.agent.uri}\nregistry {registered.card.registry}",
    )


@commands.command("show", epilog="Example: assay service show 1 --json")
def show_command(
    subject: Subject, gateway: GatewayOption = None, as_json: JsonOption = False
) -> None:
    """Show a service's card, price, calls, and what those who paid it say."""
    with open_client() as client:
        standing = client.services.show(subject, gateway=gateway)
    show(standing.as_json(), as_json, _text(standing))


@commands.command(epilog='Example: assay service rate 1 --score 95 --comment "Quick and right."')
def rate(
    subject: Subject,
    score: Annotated[str, typer.Option(help="From 0 to 100.")],
    comment: Annotated[str, typer.Option(help="What you have to say.")] = "",
    tag: Annotated[str, typer.Option(help="What the score is for.")] = "starred",
    channel: Annotated[
        str | None, typer.Option(help="Channel that paid; default: any opened from here.")
    ] = None,
    record: Annotated[
        str | None, typer.Option(help="CID of the record of a call paid by authorization.")
    ] = None,
    gateway: GatewayOption = None,
    account: Annotated[str | None, typer.Option(help="Who paid; default: the buyer.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Rate a service that you have paid; the proof of payment goes with it, in one transaction."""
    with open_client() as client:
        transaction = client.services.rate(
            subject,
            score,
            comment=comment,
            tag=tag,
            channel=channel,
            record=record,
            gateway=gateway,
            account=account,
        )
    result = {"agent": subject, "score": score, "transaction": transaction}
    show(
        result,
        as_json,
        f"Rated {subject} with {score}\npayment proven and feedback given in {transaction}",
    )


def _text(standing: Standing) -> str:
    agent, card = standing.agent, standing.card or {}
    price = "unknown"
    if standing.price is not None:
        price = f"{format_amount(standing.price, decimals=_DECIMALS)} ASSAY a call"
    linked = "" if standing.is_linked else "  NOT LINKED: another account owns that service"
    lines = [
        f"agent     {agent.id}  {card.get('name', '')}",
        f"about     {card.get('description') or standing.card_problem}",
        f"owner     {agent.owner}",
        f"paid at   {agent.wallet or 'nowhere'}",
        f"service   {agent.service or 'none'}{linked}",
        f"price     {price}",
        f"calls     {standing.calls_served} on chain",
        f"card      {agent.uri or 'none'}",
        *(f"  {item.get('name')}: {item.get('endpoint')}" for item in _services(card)),
        f"feedback  {standing.count}" + (f", mean {standing.mean}" if standing.mean else ""),
        *(_feedback(feedback) for feedback in standing.latest),
    ]
    return "\n".join(lines)


def _services(card: object) -> list[dict[str, object]]:
    listed = card.get("services") if isinstance(card, dict) else None
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _feedback(feedback: Feedback) -> str:
    shown = feedback.as_json()
    proof = feedback.proof
    if proof is None:
        paid = "proof not indexed"
    else:
        paid = f"paid {format_amount(proof.amount, decimals=_DECIMALS)} ASSAY by {proof.kind}"
        paid += f" ({proof.problem})" if proof.problem else ", verified"
    comment = f": {feedback.comment}" if feedback.comment else ""
    return f"  {shown['score']:>5} {feedback.tag} by {feedback.client}, {paid}{comment}"
