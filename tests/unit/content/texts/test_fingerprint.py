"""Fingerprints tell copies from other texts."""

import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.errors import FingerprintMalformed
from assay.content.texts.fingerprint import (
    MINIMUM_SHINGLES,
    TextFingerprint,
    compare,
    fingerprint_text,
)
from assay.core.canonical import canonical_json

PARAGRAPH = (
    "A model that answers a question leaves no trace of where the answer came from. Assay gives "
    "each answer a digest, binds the digest to the prompt, to the model and to the moment, and "
    "puts the binding on a chain that nobody can rewrite. Whoever finds the text later can ask "
    "who made it, with which model, and under which licence that was allowed at all."
)
CHINESE = (
    "模型回答问题之后，往往没有人知道答案从何而来。系统为每个答案计算摘要，把摘要与提示词、模型和时间"
    "绑定，并写入无法篡改的链上。后来读到这段文字的人，可以查明它由谁、用哪个模型、在什么许可之下生成。"
)
OTHER_CHINESE = (
    "昨天傍晚忽然下起大雨，街上的行人纷纷躲进路边的小店。老板娘端出热茶招待大家，孩子们趴在窗边数着"
    "屋檐滴下的水珠。雨停的时候天色已经全黑，远处的山只剩下模糊的轮廓，像一幅没有画完的水墨画。"
)


@given(st.text(max_size=300))
def test_a_text_is_like_itself(text: str) -> None:
    fingerprint = fingerprint_text(text)

    comparison = compare(fingerprint, fingerprint_text(text))

    assert comparison.same_reading
    assert comparison.similarity == 1.0
    assert comparison.is_copy


@given(st.text(max_size=300), st.text(max_size=300))
def test_comparison_is_symmetric_and_in_range(first: str, second: str) -> None:
    one, other = fingerprint_text(first), fingerprint_text(second)

    assert compare(one, other) == compare(other, one)
    assert 0.0 <= compare(one, other).similarity <= 1.0


@given(st.text(max_size=300))
def test_json_gives_the_fingerprint_back(text: str) -> None:
    fingerprint = fingerprint_text(text)

    assert (
        TextFingerprint.from_json(json.loads(canonical_json(fingerprint.as_json()))) == fingerprint
    )


def test_two_words_changed_in_a_paragraph_of_sixty_is_an_altered_copy() -> None:
    altered = PARAGRAPH.replace("question", "riddle").replace("licence", "contract")

    comparison = compare(fingerprint_text(PARAGRAPH), fingerprint_text(altered))

    assert len(PARAGRAPH.split()) > 60
    assert comparison.is_copy
    assert not comparison.same_reading
    assert 0.8 < comparison.similarity < 1.0


def test_two_words_changed_in_chinese_is_an_altered_copy() -> None:
    altered = CHINESE.replace("问题", "谜语").replace("许可", "合同")

    comparison = compare(fingerprint_text(CHINESE), fingerprint_text(altered))

    assert comparison.is_copy
    assert 0.7 < comparison.similarity < 1.0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PARAGRAPH, " ".join(sorted(PARAGRAPH.split()))),
        (CHINESE, OTHER_CHINESE),
        (PARAGRAPH, CHINESE),
    ],
)
def test_other_texts_are_no_copies(first: str, second: str) -> None:
    comparison = compare(fingerprint_text(first), fingerprint_text(second))

    assert not comparison.is_copy
    assert comparison.similarity < 0.1


def test_half_a_text_is_a_copy_and_so_is_a_text_inside_a_longer_one() -> None:
    whole = fingerprint_text(PARAGRAPH)

    half = compare(whole, fingerprint_text(PARAGRAPH[: len(PARAGRAPH) // 2]))
    inside = compare(whole, fingerprint_text("w1 w2 w3 " * 3 + PARAGRAPH + " one two three" * 300))

    assert half.is_excerpt
    assert inside.is_excerpt


def test_a_mixed_text_survives_the_change_of_its_latin_words() -> None:
    mixed = CHINESE.replace("模型", " model ").replace("摘要", "digest")

    altered = compare(fingerprint_text(mixed), fingerprint_text(mixed.replace("digest", "hash")))

    assert altered.is_copy


def test_a_short_text_says_so_and_is_only_compared_by_its_reading() -> None:
    short = fingerprint_text("the sky is blue because of scattering")

    near = compare(short, fingerprint_text("the sky is blue because of refraction"))
    same = compare(short, fingerprint_text("The sky is BLUE, because of scattering!"))

    assert short.too_short
    assert not near.is_copy
    assert same.is_copy
    assert same.similarity == 1.0


def test_a_text_with_just_enough_shingles_is_not_too_short() -> None:
    enough = " ".join(f"word{number}" for number in range(MINIMUM_SHINGLES + 1))

    assert not fingerprint_text(enough).too_short
    assert fingerprint_text(enough.rsplit(" ", 1)[0]).too_short


def test_five_megabytes_take_bounded_time_and_give_a_small_fingerprint() -> None:
    source = random.Random(1)
    vocabulary = [f"word{number}" for number in range(20_000)]
    text = " ".join(source.choice(vocabulary) for _ in range(550_000))
    started = time.perf_counter()

    fingerprint = fingerprint_text(text)

    assert len(text) > 5_000_000
    assert time.perf_counter() - started < 20
    assert len(canonical_json(fingerprint.as_json())) < 2_000


def test_lone_surrogates_do_not_break_it() -> None:
    assert fingerprint_text("a \ud800 b").normalised != fingerprint_text("a b").normalised


@pytest.mark.parametrize(
    "change",
    [
        {"method": "assay-text/2"},
        {"normalised": "0x12"},
        {"normalised": 5},
        {"sketch": None},
        {"sketch": "%%%"},
    ],
)
def test_a_malformed_fingerprint_is_refused(change: dict[str, object]) -> None:
    value = {**fingerprint_text(PARAGRAPH).as_json(), **change}

    with pytest.raises(FingerprintMalformed):
        TextFingerprint.from_json(value)


@pytest.mark.parametrize("value", [None, [], "text", 3, {}])
def test_anything_else_is_no_fingerprint(value: object) -> None:
    with pytest.raises(FingerprintMalformed):
        TextFingerprint.from_json(value)
