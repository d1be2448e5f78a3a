"""What somebody writes in Chinese to try the product is built from the first suggestions."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import assert_kept, write_all

TEXTS = {
    one.partition("\n")[0]: one.partition("\n")[2]
    for one in (Path(__file__).parent / "chinese_first_try.txt").read_text("utf-8").split("\n\n")
}
"""Agreements by the names of the blocks that they become, each below its name."""


def first_built(text: str) -> set[str]:
    """The blocks of what is built where each question gets its first suggestion."""
    answers: dict[str, str] = {}
    for _ in range(4):
        told = read_agreement(text, answers=answers)
        more = {one.id: one.suggestions[0] for one in told.questions if one.suggestions}
        if more.keys() <= answers.keys():
            break
        answers |= more
    return {claim.block for claim in compose(told, BLOCKS, name="Tried").claims}


@pytest.mark.parametrize("named", TEXTS)
def test_a_first_agreement_is_built(named: str) -> None:
    built = first_built(TEXTS[named])

    assert named.partition(" ")[0] in built


def test_a_share_of_the_votes_is_reached_in_the_trials_by_as_many_as_have_to_vote() -> None:
    text = (
        "成员投票决定是否向设计师支付500 USDC。投票期为5天,"
        "赞成票超过三分之二且投票人数不少于8人时,款项支付给设计师,否则退还给金库。"
    )

    written = write_all({"Vote": lambda: read_agreement(text)})["Vote"]

    assert_kept(written)
