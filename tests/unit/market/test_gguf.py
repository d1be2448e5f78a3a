from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.market.errors import WeightsMalformed
from assay.market.gguf import read_facts
from tests.unit.market.gguf_writer import gguf


def test_a_file_says_its_name_and_licence_among_other_entries() -> None:
    data = gguf(
        {
            "general.architecture": "llama",
            "general.quantization_version": 2,
            "general.languages": ["en", "de"],
            "general.name": "Tiny",
            "general.license": "apache-2.0",
            "general.base_model.0.repo_url": "https://huggingface.co/some/base",
            "llama.context_length": 4096,
        }
    )

    facts = read_facts(io.BytesIO(data))

    assert (facts.name, facts.licence, facts.architecture) == ("Tiny", "apache-2.0", "llama")
    assert facts.base_model == "some/base"
    assert facts.organization == ""


@given(name=st.text(max_size=40), licence=st.text(max_size=20))
def test_any_text_is_read_on_one_line(name: str, licence: str) -> None:
    facts = read_facts(
        io.BytesIO(gguf({"general.name": name, "general.license": licence, "other": 1}))
    )

    assert (facts.name, facts.licence) == (" ".join(name.split()), " ".join(licence.split()))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "GGUF"),
        (b"PK\x03\x04 not weights", "GGUF"),
        (gguf({}, version=9), "version is 9"),
        (gguf({"general.name": "Tiny"})[:-3], "ends"),
        (b"GGUF" + b"\x03\0\0\0" + bytes(8) + b"\xff" * 8, "claims"),
        (gguf({"general.name": "x"}).replace(b"\x01" + bytes(7) + b"x", b"\xff" * 8), "has"),
    ],
)
def test_what_is_no_gguf_file_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(WeightsMalformed, match=says):
        read_facts(io.BytesIO(data))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for attempt in (data, b"GGUF\x03\0\0\0" + data):
        try:
            read_facts(io.BytesIO(attempt))
        except WeightsMalformed:
            continue
