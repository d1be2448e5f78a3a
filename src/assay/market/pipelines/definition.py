"""Pipelines as people write them: YAML, read strictly.

>>> pipeline = read_pipeline('''
... name: two-voices
... steps:
...   - {name: draft, service: "http://127.0.0.1:8000", model: smollm2, prompt: "About {input}"}
...   - name: title
...     service: http://127.0.0.1:8000
...     model: smollm2
...     prompt: "Find a title for: {steps.draft}"
...     max_tokens: 12
...     max_price: "0.02"
... ''', Path("."))
>>> [step.name for step in pipeline.steps], pipeline.steps[1].max_price
(['draft', 'title'], 20000)
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from assay.core.amount import parse_amount
from assay.errors import InputError
from assay.market.pipelines.errors import PipelineMalformed
from assay.market.pipelines.model import ChainPlace, Pipeline, Step
from assay.market.pipelines.template import INPUT, STEPS, TemplateMalformed, references

LARGEST_FILE_BYTES = 262_144
_MOST_STEPS = 64
_DECIMALS = 6
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_STEP_FIELDS = {
    "name", "service", "model", "prompt", "max_tokens", "temperature", "max_price", "chain",
}  # fmt: skip
_CHAIN_FIELDS = {"home", "rpc_url", "deployment"}


def read_pipeline(text: str, folder: Path) -> Pipeline:
    """Read a pipeline's file.

    Args:
        folder: where relative paths in it start.

    Raises:
        PipelineMalformed: not YAML, or a field is missing, unknown, or out of range.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_FILE_BYTES:
        raise PipelineMalformed("the file", f"it is larger than {LARGEST_FILE_BYTES} bytes")
    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise PipelineMalformed("the file", f"not YAML ({_first_line(error)})") from None
    fields = _object(document, "the file", {"assay", "name", "description", "steps"})
    listed = fields.get("steps")
    if not isinstance(listed, list) or not 1 <= len(listed) <= _MOST_STEPS:
        raise PipelineMalformed("steps", f"a list of 1 to {_MOST_STEPS} steps is wanted")
    steps: list[Step] = []
    for number, item in enumerate(listed):
        steps.append(_step(item, f"steps[{number}]", [step.name for step in steps], folder))
    return Pipeline(
        name=_name(fields, "name", "the file"),
        description=_text(fields, "description", "the file", default=""),
        steps=tuple(steps),
    )


def _step(item: Any, place: str, before: list[str], folder: Path) -> Step:
    fields = _object(item, place, _STEP_FIELDS)
    name = _name(fields, "name", place)
    if name in before:
        raise PipelineMalformed(f"{place}.name", f"{name!r} is the name of another step")
    service = _text(fields, "service", place)
    if urlsplit(service).scheme not in {"http", "https"} or not urlsplit(service).hostname:
        raise PipelineMalformed(f"{place}.service", "a URL like http://host:8000 is wanted")
    max_price = fields.get("max_price")
    step = Step(
        name=name,
        service=service,
        model=_text(fields, "model", place),
        prompt=_prompt(fields, place, before),
        max_tokens=int(_number(fields, "max_tokens", place, default=256, whole=True)),
        temperature=_number(fields, "temperature", place, default=1.0),
        max_price=None if max_price is None else _amount(max_price, f"{place}.max_price"),
        chain=_chain(fields.get("chain"), f"{place}.chain", folder),
    )
    try:
        step.request("", "any", dict.fromkeys(before, "any"))
    except InputError as error:
        raise PipelineMalformed(place, str(error)) from None
    return step


def _prompt(fields: dict[str, Any], place: str, before: list[str]) -> str:
    prompt = _text(fields, "prompt", place)
    try:
        names = references(prompt)
    except TemplateMalformed as error:
        raise PipelineMalformed(f"{place}.prompt", str(error)) from None
    known = {INPUT, *(STEPS + name for name in before)}
    for name in names:
        if name not in known:
            wanted = ", ".join(f"{{{one}}}" for one in sorted(known))
            raise PipelineMalformed(f"{place}.prompt", f"{{{name}}} is none of {wanted}")
    return prompt


def _chain(item: Any, place: str, folder: Path) -> ChainPlace:
    if item is None:
        return ChainPlace()
    fields = _object(item, place, _CHAIN_FIELDS)
    if "home" in fields:
        if len(fields) > 1:
            raise PipelineMalformed(place, "a home stands alone")
        return ChainPlace(home=folder / _text(fields, "home", place))
    return ChainPlace(
        rpc_url=_text(fields, "rpc_url", place),
        deployment=folder / _text(fields, "deployment", place),
    )


def _object(item: Any, place: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise PipelineMalformed(place, "fields with values are wanted")
    unknown = [str(name) for name in item if name not in known]
    if unknown:
        raise PipelineMalformed(place, f"the field {unknown[0][:40]!r} is unknown")
    return item


def _text(fields: dict[str, Any], name: str, place: str, *, default: str | None = None) -> str:
    value = fields.get(name, default)
    if not isinstance(value, str) or (not value.strip() and value != default):
        raise PipelineMalformed(f"{place}.{name}", "a text is wanted")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise PipelineMalformed(f"{place}.{name}", "it is not Unicode") from None
    return value


def _name(fields: dict[str, Any], name: str, place: str) -> str:
    value = _text(fields, name, place)
    if not _NAME.fullmatch(value):
        raise PipelineMalformed(f"{place}.{name}", "letters, digits, - and _ are wanted, up to 64")
    return value


def _number(
    fields: dict[str, Any], name: str, place: str, *, default: float, whole: bool = False
) -> float:
    value = fields.get(name, default)
    kinds = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise PipelineMalformed(f"{place}.{name}", "a number is wanted")
    return value


def _amount(value: Any, place: str) -> int:
    if not isinstance(value, str):
        raise PipelineMalformed(place, 'an amount in quotes is wanted, like "0.02"')
    try:
        return parse_amount(value, decimals=_DECIMALS)
    except InputError as error:
        raise PipelineMalformed(place, str(error)) from None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
