"""Texts that read the same are spelled the same."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.texts.normalisation import fold_character, normalise

SENTENCE = "The first to register a digest holds the claim, later ones are refused."
CHINESE = "内容的摘要先登记者先得，后来者一律拒绝。"


@given(st.text(max_size=200))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


def test_every_character_folds_to_characters_that_stay() -> None:
    moving = []

    for code in range(0x110000):
        folded = fold_character(chr(code))
        if "".join(fold_character(char) for char in folded) != folded:
            moving.append(hex(code))

    assert moving == []


@pytest.mark.parametrize(
    "altered",
    [
        SENTENCE.upper(),
        SENTENCE.replace(" ", " \t\r\n "),
        SENTENCE.replace(",", " —").replace(".", "…!"),
        "\ufeff" + "\u200b".join(SENTENCE),
        "\u202e" + SENTENCE + "\u202c",
        "\u2066".join(SENTENCE),
        SENTENCE.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
        SENTENCE.translate(str.maketrans("aeocpxyi", "аеосрхуі")),
        SENTENCE.translate(str.maketrans("oav", "οαν")),
        SENTENCE.replace("fi", "ﬁ"),
        "".join(char + "\u0336" for char in SENTENCE),
        SENTENCE.replace("e", "é"),
        unicodedata.normalize("NFD", SENTENCE.replace("a", "å")),
        "".join(chr(0x1D41A + ord(c) - 97) if c.islower() else c for c in SENTENCE),
        SENTENCE.replace("t", "t\ufe0f"),
        "\u3164" + SENTENCE + "\u2800",
    ],
)
def test_cosmetic_changes_vanish(altered: str) -> None:
    assert altered != SENTENCE

    assert normalise(altered) == normalise(SENTENCE)


@pytest.mark.parametrize(
    "altered",
    [
        CHINESE.replace("，", ", ").replace("。", "."),
        " ".join(CHINESE),
        CHINESE.replace("，", "\u3000"),
        "\u200b".join(CHINESE),
        CHINESE + "！",
    ],
)
def test_cosmetic_changes_of_chinese_vanish(altered: str) -> None:
    assert altered != CHINESE

    assert normalise(altered) == normalise(CHINESE)


def test_spaces_between_chinese_and_latin_do_not_count() -> None:
    assert normalise("用 Python 写 3 个程序") == normalise("用Python写3个程序")


@pytest.mark.parametrize(
    ("first", "second"),
    [("a b", "ab"), ("5 + 5", "5 = 5"), ("$5", "€5"), ("天下", "上下"), ("cat", "cut")],
)
def test_changes_of_meaning_stay(first: str, second: str) -> None:
    assert normalise(first) != normalise(second)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\ufeff", "?!… —", "\x00\x01"])
def test_nothing_readable_normalises_to_nothing(text: str) -> None:
    assert normalise(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0315\u0300\u05b0\u0591" * 1_250_000,
        "\u200b" * 5_000_000,
        "ﷺ" * 1_000_000,
        " ." * 2_500_000,
    ],
    ids=["marks out of order", "zero width", "longest decomposition", "separators"],
)
def test_five_million_hostile_characters_take_bounded_time(text: str) -> None:
    started = time.perf_counter()

    normalise(text)

    assert time.perf_counter() - started < 10
