"""A prompt asks for digits in English or Chinese, or it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.generation.images.digits.prompts import MOST_DIGITS, read_prompt
from assay.generation.images.errors import PromptNotDrawable


@pytest.mark.parametrize(
    ("prompt", "digits"),
    [
        ("a seven", (7,)),
        ("7", (7,)),
        ("Seven!", (7,)),
        ("the handwritten digit seven", (7,)),
        ("数字七", (7,)),
        ("画一张手写的数字七", (7,)),
        ("一", (1,)),
        ("一个一", (1,)),
        ("柒", (7,)),
        ("７", (7,)),
        ("2026", (2, 0, 2, 6)),
        ("the year 2026", (2, 0, 2, 6)),
        ("two zero two six", (2, 0, 2, 6)),
        ("二〇二六年", (2, 0, 2, 6)),
        ("数字 二零二六", (2, 0, 2, 6)),
        ("4, 2", (4, 2)),
    ],
)
def test_a_prompt_names_digits(prompt: str, digits: tuple[int, ...]) -> None:
    assert read_prompt(prompt) == digits


@pytest.mark.parametrize(
    "prompt",
    ["", "   ", "a cat", "seven cats", "twelve", "七只猫", "digits", "画一张", "-7", "3.14", "7+1",
     "1,000", "sevenish", "vii", "٧", "7" * (MOST_DIGITS + 1)],
)  # fmt: skip
def test_anything_else_is_refused_with_what_can_be_drawn(prompt: str) -> None:
    with pytest.raises(PromptNotDrawable) as refused:
        read_prompt(prompt)

    assert "0 to 9" in refused.value.hint
    assert "数字七" in refused.value.hint


@given(st.lists(st.integers(0, 9), min_size=1, max_size=MOST_DIGITS))
def test_figures_are_read_one_by_one(digits: list[int]) -> None:
    assert read_prompt("".join(map(str, digits))) == tuple(digits)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(prompt: str) -> None:
    try:
        digits = read_prompt(prompt)
    except PromptNotDrawable:
        return

    assert all(0 <= digit <= 9 for digit in digits)
