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


def listed() -> set[str]:
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group)
    return set(group.list_commands(click.Context(group)))


def test_each_area_has_the_command_of_its_name() -> None:
    assert listed() >= AREAS


def test_each_listed_command_is_found_before_and_after_all_are_listed() -> None:
    for name in listed():
        group = typer.main.get_command(app)
        assert isinstance(group, click.Group)
        context = click.Context(group)
        early = group.get_command(context, name)
        group.list_commands(context)
        late = group.get_command(context, name)
        assert early is not None
        assert late is not None
        assert early.name == late.name == name


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
