"""One area of commands is loaded for a command of it, and all are listed."""

from __future__ import annotations

import subprocess
import sys
from pkgutil import iter_modules

import click
import typer.main

import assay.cli
from assay.cli.main import app

AREAS = {found.name for found in iter_modules(assay.cli.__path__)} - {"main", "console"}


def whole() -> tuple[click.Group, click.Context]:
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group)
    return group, click.Context(group)


def test_each_listed_command_is_found_without_listing_the_others() -> None:
    group, context = whole()
    names = group.list_commands(context)

    for name in names:
        alone, its_context = whole()
        early, late = alone.get_command(its_context, name), group.get_command(context, name)
        assert early is not None
        assert late is not None
        assert early.name == late.name == name
        assert early.help == late.help

    assert set(names) >= AREAS


def test_a_command_loads_its_own_area_alone() -> None:
    program = (
        "import sys; from typer.testing import CliRunner; from assay.cli.main import app;"
        "assert CliRunner().invoke(app, ['store', 'ls', '--help']).exit_code == 0;"
        "print(*sys.modules)"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert {f"assay.cli.{area}" for area in AREAS} & set(loaded) == {"assay.cli.store"}


def test_the_commands_of_an_area_are_made_once_in_a_process() -> None:
    before, after = (group.get_command(context, "content") for group, context in (whole(), whole()))

    assert before is not None
    assert after is before
