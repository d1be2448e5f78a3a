"""A pipeline file is read strictly: what is meant is run, or the place of a mistake is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assay.market.pipelines.definition import read_pipeline
from assay.market.pipelines.errors import PipelineMalformed
from assay.market.pipelines.template import references, render

STEP: dict[str, Any] = {
    "name": "draft",
    "service": "http://127.0.0.1:8000",
    "model": "tiny",
    "prompt": "About {input}",
}


def read(*steps: dict[str, Any], **fields: Any) -> Any:
    document = {"name": "example", "steps": list(steps), **fields}
    return read_pipeline(yaml.safe_dump(document), Path("/pipelines"))


def test_a_step_has_the_usual_values_where_the_file_is_silent() -> None:
    [step] = read(STEP).steps

    assert (step.max_tokens, step.temperature, step.max_price) == (256, 1.0, None)
    assert (step.chain.home, step.chain.rpc_url) == (None, None)


def test_paths_are_relative_to_the_file() -> None:
    [step] = read(STEP | {"chain": {"home": "other/.assay"}}).steps

    assert step.chain.home == Path("/pipelines/other/.assay")


def test_the_digest_is_of_what_is_public_and_not_of_the_spelling() -> None:
    spelled = read_pipeline(
        "name: example\nsteps: [{prompt: 'About {input}', model: tiny, name: draft, "
        "service: 'http://127.0.0.1:8000', max_tokens: 256, chain: {home: /private}}]",
        Path(),
    )

    assert spelled.digest == read(STEP).digest
    assert read(STEP | {"prompt": "On {input}"}).digest != spelled.digest
    assert b"private" not in str(spelled.as_json()).encode()


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ([], "steps"),
        ([STEP | {"prompt": "{steps.later}"}], "steps[0].prompt"),
        ([STEP | {"prompt": "{steps.draft}"}], "steps[0].prompt"),
        ([STEP | {"prompt": "{unknown}"}], "steps[0].prompt"),
        ([STEP | {"prompt": "{ alone"}], "steps[0].prompt"),
        ([STEP | {"prompt": " "}], "steps[0].prompt"),
        ([STEP, STEP], "steps[1].name"),
        ([STEP | {"name": "../etc"}], "steps[0].name"),
        ([STEP | {"service": "ftp://host"}], "steps[0].service"),
        ([STEP | {"service": "http://"}], "steps[0].service"),
        ([STEP | {"max_price": 0.02}], "steps[0].max_price"),
        ([STEP | {"max_price": "-1"}], "steps[0].max_price"),
        ([STEP | {"max_tokens": 0}], "steps[0]"),
        ([STEP | {"max_tokens": True}], "steps[0].max_tokens"),
        ([STEP | {"max_tokens": "many"}], "steps[0].max_tokens"),
        ([STEP | {"temperature": float("inf")}], "steps[0]"),
        ([STEP | {"temperature": 3}], "steps[0]"),
        ([STEP | {"chain": {"rpc_url": "http://127.0.0.1:8545"}}], "steps[0].chain.deployment"),
        ([STEP | {"chain": {"home": "a", "rpc_url": "b"}}], "steps[0].chain"),
        ([STEP | {"unknown": 1}], "steps[0]"),
        (["draft"], "steps[0]"),
        ([STEP] * 65, "steps"),
    ],
)
def test_a_mistake_is_named_with_its_place(steps: list[Any], place: str) -> None:
    with pytest.raises(PipelineMalformed) as caught:
        read(*steps)

    assert caught.value.place == place


@pytest.mark.parametrize(
    "text",
    ["", "[]", "name: a", "{", "name: [a]\nsteps: []", "!!python/object:os.system x", "\x00"],
)
def test_what_is_no_pipeline_is_refused(text: str) -> None:
    with pytest.raises(PipelineMalformed):
        read_pipeline(text, Path())


@given(st.text(), st.text())
def test_what_is_filled_in_is_never_read_as_a_place(given_text: str, answer: str) -> None:
    rendered = render("{input}|{steps.a}|{{input}}", given_text, {"a": answer})

    assert rendered == f"{given_text}|{answer}|{{input}}"


@given(st.text())
def test_any_text_is_a_template_or_is_refused(text: str) -> None:
    try:
        names = references(text)
    except ValueError:
        return

    if all(name == "input" for name in names):
        assert isinstance(render(text, "", {}), str)
