"""`assay trace`: from a file, CID, digest or id back to everything it came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.errors import UnavailableError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.ledger.lineage import Lineage


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay trace answer.txt --html lineage.html")(trace)


def trace(
    subject: Annotated[
        str, typer.Argument(help="A file, a CID, a digest, an asset or content id, or a contract.")
    ],
    as_json: JsonOption = False,
    as_dot: Annotated[bool, typer.Option("--dot", help="Print a Graphviz digraph.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a page with a drawn graph.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write a picture.")] = None,
) -> None:
    """Draw the lineage of SUBJECT as a tree, every link checked against store and chain.

    Exits with 0 if every link holds, with 1 if one does not or nothing is recorded.
    """
    with open_client() as client:
        lineage = client.trace(subject)
    from assay.ledger import rendering  # noqa: PLC0415 - keeps `assay --help` fast

    if html is not None:
        _write(html, rendering.html(lineage))
    if svg is not None:
        _write(svg, rendering.svg(lineage))
    if as_dot and not as_json:
        typer.echo(rendering.dot(lineage), nl=False)
    else:
        show(rendering.as_json(lineage), as_json, lambda out: _draw(out, lineage))
    if not lineage.verified:
        raise typer.Exit(1)


def _draw(out: Console, lineage: Lineage) -> None:
    from assay.ledger.rendering import tree  # noqa: PLC0415 - keeps `assay --help` fast

    out.print(tree(lineage))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnavailableError(
            f"{path} cannot be written: {error.strerror}.",
            hint="Name a file in a folder that exists and that you may write to.",
        ) from None
