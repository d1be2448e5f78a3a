"""Event arguments survive the way through JSON."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assay.ledger.arguments import decode_arguments, encode_arguments

VALUES = st.recursive(
    st.one_of(
        st.integers(-(2**255), 2**256 - 1),
        st.binary(max_size=40),
        st.booleans(),
        st.text(st.characters(codec="utf-8")),
    ),
    lambda inner: st.lists(inner, max_size=3),
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1), VALUES))
def test_every_value_comes_back_with_its_type(arguments: dict[str, Any]) -> None:
    back = decode_arguments(encode_arguments(arguments))

    if arguments.keys() != {"bytes"}:  # a reserved word in Solidity: no argument is called so
        assert back == arguments
        assert [type(value) for value in back.values()] == [
            type(value) for value in arguments.values()
        ]
