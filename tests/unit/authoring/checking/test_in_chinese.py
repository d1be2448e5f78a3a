"""Who writes Chinese is asked in Chinese and may answer in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from assay.authoring import chinese
from assay.authoring.actions import ACTIONS, CHINESE
from assay.authoring.checking.answers import answer
from assay.authoring.checking.in_chinese import meant
from assay.authoring.chinese.reasons import REASONS
from assay.authoring.understanding import understand

ESCROW = "买方存入9 USDC。买方确认收货后，款项释放给卖方。"


def test_a_question_names_acts_in_chinese() -> None:
    (question,) = understand(ESCROW).questions

    assert question.id == "no_way_out.1"
    assert "买方确认收货:始终未发生" in question.text


def test_a_length_is_answered_in_chinese() -> None:
    asked = understand(ESCROW)

    answered = answer(asked, {"no_way_out.1": "九十天"})

    assert answered.questions == ()
    assert answered.obligations[-1].conditions[0].value == "P90D"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("30天", "P30D"),
        ("一年", "P1Y"),
        ("48小时", "PT48H"),
        ("2027年5月1日", "2027-05-01"),
        ("退款", "refund"),
        ("合约", "contract"),
        ("甲方", "甲方"),
        ("USDC 6", "USDC 6"),
    ],
)
def test_answers_mean_what_they_say(said: str, value: str) -> None:
    assert meant(said) == value


def test_every_action_and_every_reason_is_there_in_chinese() -> None:
    sources = Path(str(chinese.__file__)).parent.glob("*.py")
    calls = [one for path in sources for one in ast.walk(ast.parse(path.read_text()))]
    reasons = {
        str(call.args[1].value)
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "reject"
        and isinstance(call.args[1], ast.Constant)
    }

    assert len(reasons - set(REASONS)) < 5, reasons - set(REASONS)
    assert set(CHINESE) == set(ACTIONS)
