"""`assay content revoke|burn`: the end of a content token."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show

ContentId = Annotated[str, typer.Argument(help="0x and 64 hexadecimal characters.")]
AccountOption = Annotated[str | None, typer.Option(help="Who acts.")]


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.command(
        epilog="Example: assay content revoke 0x2cf24dba... --reason rights --text 'Not mine'"
    )(revoke)
    commands.command(epilog="Example: assay content burn 0x2cf24dba...")(burn)


def revoke(
    content_id: ContentId,
    reason: Annotated[
        str, typer.Option(help="mistake, rights, consent, superseded, unlawful or other.")
    ],
    text: Annotated[
        str, typer.Option(help="An explanation; stored, with its digest on chain.")
    ] = "",
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say, for good, that you no longer stand behind content that you created.

    Its owner keeps the token; verify, show and wallets tell of the revocation.
    """
    with open_client() as client:
        ended = client.tokens.revoke(content_id, reason, text, account=account)
    show(ended.as_json(), as_json, f"revoked  {content_id}\ntx       {ended.transaction}")


def burn(content_id: ContentId, account: AccountOption = None, as_json: JsonOption = False) -> None:
    """Burn a token that you own. Its content can never be minted again."""
    with open_client() as client:
        ended = client.tokens.burn(content_id, account=account)
    show(ended.as_json(), as_json, f"burnt  {content_id}\ntx     {ended.transaction}")
