import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.canonical import canonical_json
from assay.errors import InputError

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcé", max_size=3), inner),
)


@given(values)
def test_canonical_json_is_json_and_its_own_canonical_form(value: object) -> None:
    data = canonical_json(value)

    assert json.loads(data) == value
    assert canonical_json(json.loads(data)) == data


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": {"b": 2.5}}, {1: 2}, {"a": b""}, "\ud800"])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(InputError):
        canonical_json(value)
