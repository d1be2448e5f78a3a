"""`assay demo`: the whole promise on real parts, in under a minute."""

from __future__ import annotations

import typer

from assay.cli.console import JsonOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay demo --json")(demo)


def demo(as_json: JsonOption = False) -> None:
    """Publish a model, sell calls, mint an answer, verify copies, anchor, and trace it all."""
    from assay.cli.demo.narrator import Narrator  # noqa: PLC0415 - keeps `assay --help` fast
    from assay.cli.demo.story import tell  # noqa: PLC0415

    narrator = Narrator(quiet=as_json)
    result = tell(narrator)
    if as_json:
        narrator.print_json(result)
    if not result["verified"]:
        raise typer.Exit(1)
