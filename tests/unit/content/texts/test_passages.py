"""Texts are cut at their sentences, cleaned of what hides them, in bounded work."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.content.texts.passages import (
    LARGEST_UNITS,
    MINIMUM_UNITS,
    PASSAGE_LIMIT,
    passages,
    script_of,
    units_of,
)

ENGLISH = (
    "The river rose two metres overnight and flooded the lower fields of the whole valley. "
    "Nobody in the village had seen anything like it since the great storm of their childhood. "
    "By noon the bridge was gone, and with it the only road that led to the hospital."
)
CHINESE = (
    "一夜之间河水上涨了两米，淹没了下游的全部农田和村庄。"
    "自从童年的那场大风暴以后，村里没有人见过这样的情景。"
)


def test_sentences_become_passages_of_their_script() -> None:
    english, chinese = passages(ENGLISH), passages(CHINESE)

    assert [one.units for one in english.passages] == [31, 17]
    assert {one.script for one in english.passages} == {"latin"}
    assert {one.script for one in chinese.passages} == {"han"}
    assert english.whole
    assert english.passages[0].text.endswith("their childhood.")


def test_what_only_hides_a_text_changes_nothing() -> None:
    hidden = ENGLISH.replace("river", "r\u200biver").replace("o", "о").replace("a", "а")
    styled = ENGLISH.replace("village", "𝐯𝐢𝐥𝐥𝐚𝐠𝐞").upper()

    assert passages(hidden) == passages(ENGLISH)
    assert passages(styled) == passages(ENGLISH)
    assert passages(CHINESE.replace("河", "\u2060河\ufeff")) == passages(CHINESE)


def test_mixed_languages_are_told_apart_passage_by_passage() -> None:
    russian = "Река поднялась за ночь на два метра и затопила все нижние поля вокруг деревни."
    japanese = "川は一晩で二メートルも上がり、下流の畑はすべて水につかってしまいました。"

    cut = passages("\n\n".join((ENGLISH, russian, CHINESE, japanese)))

    assert [one.script for one in cut.passages] == ["latin", "latin", "cyrillic", "han", "japanese"]
    assert script_of("12 + 34") == "none"
    assert script_of("用 Python 写一个程序来处理这些数据") == "han"


def test_too_few_words_have_no_passage() -> None:
    assert passages("Yes, of course.").passages == ()
    assert passages("").passages == ()


def test_of_a_long_text_the_beginning_is_taken() -> None:
    cut = passages(ENGLISH * 1000)

    assert len(cut.passages) == PASSAGE_LIMIT
    assert not cut.whole
    assert passages(ENGLISH + " " + ENGLISH).passages[0] == cut.passages[0]


@pytest.mark.parametrize("unit", ["word ", "字", "a", "。", "\n\n", "a, ", "\u0301", "。字"])
def test_fifty_megabytes_of_anything_take_seconds(unit: str) -> None:
    text = unit * (50_000_000 // len(unit.encode()))

    started = time.perf_counter()
    cut = passages(text)

    assert time.perf_counter() - started < 10
    assert all(len(one.text) <= 1000 for one in cut.passages)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_passages_of_any_text_are_bounded(text: str) -> None:
    for one in passages(text).passages:
        assert MINIMUM_UNITS <= one.units <= 2 * LARGEST_UNITS + MINIMUM_UNITS
        assert units_of(one.text) == one.units
        assert "\0" not in one.text
