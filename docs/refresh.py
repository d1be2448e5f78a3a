"""Write the generated pages: docs/settings.md and docs/commands.md. Run by `make docs`.

With --check nothing is written; the exit code says whether a page is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import typer.main

from assay.cli.main import app
from assay.config import Settings

DOCS = Path(__file__).parent


def settings_page() -> str:
    """One row a setting, from the fields of `Settings`."""
    rows = [
        "# Settings",
        "",
        "Every setting is an environment variable, or a keyword of `assay.connect`.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `ASSAY_{name.upper()}` | {default} | {field.description} |")
    rows.append("| `ASSAY_ANVIL` | | the Anvil to run; empty: the one in contracts/, or on PATH |")
    return "\n".join(rows) + "\n"


def commands_page() -> str:
    """One section a command, from its help."""
    parts = [
        "# Commands",
        "",
        "Exit codes: 0 ok, 1 negative verdict, 2 usage, 3 environment.",
        "",
        "With `--json` a command prints one JSON document on standard output; errors are JSON on",
        "standard error.",
        "",
    ]
    for path, command in _leaves("assay", typer.main.get_command(app)):
        parts += [f"## {path}", "", (command.help or "").strip(), ""]
        parts += ["| parameter | meaning |", "|---|---|"]
        parts += [
            f"| `{_spelling(p)}` | {_meaning(p)} |" for p in command.params if p.name != "help"
        ]
        if command.epilog:
            label, _, example = command.epilog.partition(": ")
            parts += ["", f"{label}: `{example}`"]
        parts.append("")
    return "\n".join(parts)


def _leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in sorted(command.list_commands(context)):
        subcommand = command.get_command(context, name)
        assert subcommand is not None
        yield from _leaves(f"{path} {name}", subcommand)


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.name).upper()
    return ", ".join(parameter.opts)


def _meaning(parameter: Any) -> str:
    return str(getattr(parameter, "help", "") or "").replace("|", "\\|")


def main() -> int:
    """Write, or with --check compare; 1 if something was out of date."""
    stale = []
    for name, text in (("settings.md", settings_page()), ("commands.md", commands_page())):
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"Out of date: {', '.join(stale)}. Run `make docs`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
