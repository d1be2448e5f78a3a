"""Who says what happened may be somebody whom the agreement does not name."""

from __future__ import annotations

import pytest

from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.use_cases.reading import read_agreement

TEXT = (
    "Anna orders a website from Ben for 500 USDC. Anna deposits 500 USDC. Once Ben has delivered "
    "the website, the 500 USDC are released to Ben. If the website is not delivered by 1 May 2028, "
    "the 500 USDC are returned to Anna."
)


def test_a_new_name_is_a_party_of_its_own() -> None:
    question = read_agreement(TEXT).questions[0].id

    found = read_agreement(TEXT, answers={question: "Carla"})

    assert [one.kind for one in found.parties if one.name == "Carla"] == ["party"]
    assert [one.party for one in found.witnesses] == ["Carla"]
    assert not found.questions


@pytest.mark.parametrize("name", ["Bem", "ANNA", "yes", "nobody", "30 days", "是", "x" * 61])
def test_what_is_no_name_or_may_be_a_party_misspelt_is_refused(name: str) -> None:
    question = read_agreement(TEXT).questions[0].id

    with pytest.raises(AnswerUnfit):
        read_agreement(TEXT, answers={question: name})
