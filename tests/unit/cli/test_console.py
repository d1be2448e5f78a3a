"""What others wrote reaches the terminal as text: no markup, no orders, nothing that cannot be."""

from __future__ import annotations

import json

import pytest

from assay.cli.console import console, quoted, show


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("closes [/] what is not open", "closes [/] what is not open"),
        ("[bold]loud[/bold]", "[bold]loud[/bold]"),
        ("\x1b[2Jcleared", "\\x1b[2Jcleared"),
        ("two\nlines", "two\\nlines"),
        ("gnp.\u202eerutcip", "gnp.\\u202eerutcip"),
        ("half of one: \ud800", "half of one: \\ud800"),
        ("Grüße, 你好 🙂", "Grüße, 你好 🙂"),
    ],
)
def test_what_others_wrote_is_printed_as_it_stands_or_escaped(
    capsys: pytest.CaptureFixture[str], written: str, printed: str
) -> None:
    console().print(f"  - {quoted(written)}", soft_wrap=True)

    assert capsys.readouterr().out == f"  - {printed}\n"


def test_json_with_half_a_character_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    show({"title": "\ud800"}, True, "")

    assert json.loads(capsys.readouterr().out) == {"title": "\ud800"}
