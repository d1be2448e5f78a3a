"""Income that is divided: in the token that an answer names, and never past who has left."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import REFUSED, NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all

ENGLISH = (
    "The revenue is divided as follows: 50 % goes to Alice, 30 % goes to Bob and 20 % goes to "
    "Carol."
)
CHINESE = "收入的50%归甲方,30%归乙方,20%归丙方。"
LEAVING = (
    "甲方退出后,其份额转让给乙方。",
    "甲方退出的,其份额归乙方。",
    "如甲方退出,其份额由丙方取得。",
)


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    texts = {"Divided": ENGLISH, "DividedChinese": CHINESE}
    return write_all({name: lambda text=text: as_suggested(text) for name, text in texts.items()})


@pytest.mark.parametrize("name", ["Divided", "DividedChinese"])
def test_it_is_kept_and_called_by_the_token_that_the_answer_names(
    name: str, written: dict[str, Written]
) -> None:
    assert_kept(written[name])
    assert [one.symbol for one in written[name].composition.program.assets] == ["USDC"]


@pytest.mark.parametrize("clause", LEAVING)
def test_a_share_that_passes_on_is_never_left_to_people_in_silence(clause: str) -> None:
    read = read_agreement(CHINESE + clause)
    refused = [one for one in read.questions if one.kind == REFUSED]

    assert [one.suggestions for one in refused] == [()]


def test_a_share_that_passes_on_in_english_is_refused_too() -> None:
    read = as_suggested(ENGLISH)
    leaves = read_agreement(CHINESE + LEAVING[0]).obligations[-1]
    span = (0, len(ENGLISH))
    passed = leaves.model_copy(update={"asset": "share", "recipient": "bob", "span": span})
    told = read.model_copy(update={"obligations": (*read.obligations, passed)})

    with pytest.raises(NotBuildable, match="transfer like this"):
        compose(told, BLOCKS, name="Leaving")
