"""Text from strangers, made safe and short."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assay.ledger.printable import printable, shortened, width


@given(st.text(st.characters(codec=None)))
def test_nothing_that_drives_a_terminal_or_breaks_a_document_is_left(text: str) -> None:
    safe = printable(text)

    assert not [c for c in safe if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    safe.encode()


@given(st.text(), st.integers(1, 40))
def test_a_shortened_text_fits(text: str, columns: int) -> None:
    assert width(shortened(text, columns)) <= columns


def test_plain_text_in_any_script_stays_as_it_is() -> None:
    for text in ("SmolLM2-135M", "手写数字", "modèle d'été", "✓ ok"):
        assert printable(text) == text


def test_a_chinese_character_takes_two_columns() -> None:
    assert shortened("手写数字", 5) == "手写…"


def test_a_very_long_text_is_cut_in_reasonable_time() -> None:
    assert width(printable("x" * 10_000_000)) == 2_000
