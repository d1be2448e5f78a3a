"""Whoever wrote in Chinese is told in Chinese why something cannot be built."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.authoring import blocks
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.reasons_in_chinese import reason_in_chinese
from assay.authoring.use_cases.reading import read_agreement

_REFUSAL = "NotBuildable"


def _written(node: ast.expr) -> Iterator[str]:
    """The words of a reason, with `X` for what is put into them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(one.value) if isinstance(one, ast.Constant) else "X" for one in node.values
        )
    elif isinstance(node, ast.BinOp):
        yield from (f"{one}X" for one in _written(node.left))


def _reasons() -> Iterator[str]:
    for path in Path(blocks.__path__[0]).glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == _REFUSAL:
                yield from _written(node.args[1])
            names = getattr(node, "targets", [])
            if isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in names] == [
                "reason"
            ]:
                yield from _written(node.value)


@pytest.mark.parametrize("reason", sorted(set(_reasons())))
def test_every_reason_has_chinese_words(reason: str) -> None:
    told = reason_in_chinese(reason)

    assert re.search("[一-鿿]", told)
    assert not re.search("[a-z]{2,} [a-z]{2,}", told)


def test_a_refusal_is_told_in_the_language_of_the_agreement() -> None:
    read = read_agreement("卖方每月应向代理人支付营业额的5%。")
    error = NotBuildable("卖方", "no building block knows how to pay like this").in_chinese()

    assert "没有任何组件能够这样支付" in read.questions[0].text
    assert str(error) == "无法由“卖方”写成合约：没有任何组件能够这样支付。"
