import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.market.cards import read_card
from assay.market.errors import CardMalformed


def test_front_matter_gives_licence_base_model_and_title() -> None:
    card = read_card(b"---\nlicense: mit\nbase_model: [x/y, z]\n---\n\n# Name\n# Other\n")

    assert (card.licence, card.base_model, card.title) == ("MIT", "x/y", "Name")


def test_a_card_without_front_matter_says_nothing() -> None:
    assert read_card(b"just text").licence is None


@pytest.mark.parametrize(
    "data",
    [
        b"---\nlicense: mit\n",
        b"---\n- a\n- b\n---\n",
        b"---\na: [\n---\n",
        b"\xff\xfe",
        b"---\nlicense: !!python/object/apply:os.system [ls]\n---\n",
        b"x" * 1_000_001,
    ],
)
def test_a_card_that_cannot_be_read_is_an_error(data: bytes) -> None:
    with pytest.raises(CardMalformed):
        read_card(data)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(noise: bytes) -> None:
    with contextlib.suppress(CardMalformed):
        read_card(b"---\n" + noise)
