"""`assay content batch`: many contents, a hundred in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, count_bar, open_client, quoted, show
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.client import Client
    from assay.content.tokens.use_cases.batch import MintedMany, Named

Files = Annotated[
    list[Path], typer.Argument(help="Texts and pictures; of a folder, every file in it.")
]
RoyaltyOption = Annotated[str, typer.Option(help="Share of each resale.")]
AuthorOption = Annotated[
    list[str] | None,
    typer.Option(help="Who earns: address or account, or WHO:WEIGHT. Default: the minter."),
]
ModelOption = Annotated[str | None, typer.Option(help="Asset id of the model.")]
AccountOption = Annotated[str | None, typer.Option(help="Who acts.")]


def register(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command(epilog="Example: assay content batch pictures/ --royalty-percent 5")(batch)


def batch(
    files: Files,
    royalty_percent: RoyaltyOption = "0",
    model: ModelOption = None,
    author: AuthorOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mint many files. Stopped at any point, it goes on from there when it is started again.

    Files that cannot be minted are listed with the reason; exits with 1 if none of them is yours.
    """
    with open_client() as client:
        named = read_files(client, files, royalty_percent, model, author or ())
        with count_bar("minting", len(named)) as advance:
            result = client.tokens.mint_many(named, account=account, progress=advance)
    show(result.as_json(), as_json, lambda out: _minted(out, result))
    if not result.minted and not any(one.done for one in result.passed):
        raise typer.Exit(1)


def read_files(
    client: Client,
    paths: Sequence[Path],
    royalty_percent: str,
    model: str | None,
    authors: Sequence[str],
) -> list[Named]:
    """The files, and those in the folders among them, in the order of their names."""
    from assay.client.tokens import parse_authors  # noqa: PLC0415 - keeps `assay --help` fast
    from assay.content.tokens.use_cases.batch import Named  # noqa: PLC0415
    from assay.content.use_cases.mint import NewContent  # noqa: PLC0415
    from assay.core.amount import parse_amount  # noqa: PLC0415
    from assay.core.digest import Digest  # noqa: PLC0415

    royalty_bps = parse_amount(royalty_percent, decimals=2)
    parsed = parse_authors(authors, client.workspace)
    found = []
    for path in _files(paths):
        content = NewContent(
            data=_read(path),
            model=Digest.parse(model) if model else None,
            title=path.stem,
            royalty_bps=royalty_bps,
            authors=parsed,
        )
        found.append(Named(str(path), content))
    return found


def _files(paths: Sequence[Path]) -> list[Path]:
    found = []
    for path in paths:
        found += (
            sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        )
    if not found:
        raise InputError("There is no file to take.", hint="Name files, or a folder with files.")
    return found


def _read(path: Path) -> bytes:
    from assay.content.limits import read_content  # noqa: PLC0415 - keeps `assay --help` fast

    try:
        with path.open("rb") as stream:
            return read_content(stream)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None


def _minted(out: Console, result: MintedMany) -> None:
    for name, token in result.minted:
        out.print(f"minted  {token.content_id}  {quoted(name)}", soft_wrap=True)
    for one in result.passed:
        out.print(f"[yellow]passed[/]  {quoted(one.name)}: {quoted(one.reason)}", soft_wrap=True)
