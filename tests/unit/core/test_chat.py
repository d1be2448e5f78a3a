"""Requests to text models: their limits and their canonical form."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.canonical import canonical_json
from assay.core.chat import (
    LARGEST_PROMPT_BYTES,
    LARGEST_SEED,
    Message,
    ParameterOutOfRange,
    PromptEmpty,
    PromptTooLong,
    TextChunk,
    TextRequest,
    decimal_text,
    join_chunks,
)
from assay.errors import InputError

TEXT = st.text(st.characters(codec="utf-8"), max_size=50)
REQUESTS = st.builds(
    TextRequest,
    messages=st.lists(TEXT, max_size=3).map(
        lambda texts: (*(Message("system", text) for text in texts), Message("user", "ask"))
    ),
    max_tokens=st.integers(1, 5000),
    temperature=st.floats(0, 2),
    top_p=st.floats(0, 1, exclude_min=True),
    seed=st.integers(0, LARGEST_SEED),
    stop=st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=4).map(tuple),
)


@given(REQUESTS)
def test_a_request_survives_its_canonical_form(request_: TextRequest) -> None:
    document = json.loads(canonical_json(request_.as_json()))

    again = TextRequest.from_json(document)

    assert again == request_
    assert again.prompt_digest == request_.prompt_digest


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_decimal_text_reads_back_as_the_same_number(number: float) -> None:
    text = decimal_text(number)

    assert float(text) == number
    assert "e" not in text.lower()


@pytest.mark.parametrize(
    ("number", "text"), [(0.7, "0.7"), (1.0, "1"), (0.0, "0"), (1e-5, "0.00001")]
)
def test_decimal_text_is_short(number: float, text: str) -> None:
    assert decimal_text(number) == text


@pytest.mark.parametrize(
    "messages",
    [(), (Message("system", "obey"),), (Message("user", " \n"),), (Message("assistant", "hi"),)],
)
def test_a_prompt_without_a_question_is_refused(messages: tuple[Message, ...]) -> None:
    with pytest.raises(PromptEmpty):
        TextRequest(messages)


def test_a_long_prompt_is_refused_with_its_size() -> None:
    with pytest.raises(PromptTooLong) as caught:
        TextRequest((Message("user", "é" * (LARGEST_PROMPT_BYTES // 2 + 1)),))

    assert caught.value.given_bytes == LARGEST_PROMPT_BYTES + 2
    assert str(LARGEST_PROMPT_BYTES) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_tokens", 0),
        ("temperature", -0.1),
        ("temperature", 2.1),
        ("temperature", float("nan")),
        ("top_p", 0.0),
        ("top_p", float("inf")),
        ("seed", -1),
        ("seed", LARGEST_SEED + 1),
        ("stop", ("",)),
        ("stop", ("a",) * 5),
    ],
)
def test_a_parameter_out_of_range_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ParameterOutOfRange) as caught:
        TextRequest((Message("user", "ask"),), **{name: value})  # type: ignore[arg-type]

    assert caught.value.name == name


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ParameterOutOfRange, match="role"):
        TextRequest((Message("tool", "x"), Message("user", "ask")))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(InputError, match="Unicode"):
        TextRequest((Message("user", "\ud800"),))


def test_chunks_join_to_the_text_and_the_counts_of_the_last() -> None:
    whole = join_chunks([TextChunk("a"), TextChunk("b"), TextChunk("", "stop", 3, 2)])

    assert whole == TextChunk("ab", "stop", 3, 2)
