import pytest

from assay.authoring.understanding import understand
from tests.unit.authoring.english.lawyers import LAWYERS
from tests.unit.authoring.english.notation import written

DUTY = "borrower must pay 500 USDC -> lender; if "


@pytest.mark.parametrize(("said", "condition"), LAWYERS)
def test_a_condition_is_read_alike_before_behind_and_inside_a_duty(
    said: str, condition: str
) -> None:
    before = f"{said[0].upper()}{said[1:]}, the Borrower shall pay the Lender 500 USDC."
    behind = f"The Borrower shall pay the Lender 500 USDC {said}."
    inside = f"The Borrower shall, {said}, pay the Lender 500 USDC."

    told = [understand(text, "en") for text in (before, behind, inside)]

    assert [written(one) for each in told for one in each.obligations] == [DUTY + condition] * 3
    assert not any(each.not_understood for each in told)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("If the coach is dismissed without cause, the club pays Ed 7 USDC.", "condition_part"),
        ("If Ann leaves as a bad leaver, the club pays Ed 7 USDC.", "condition_part"),
        ("If Bo uses it in an advertisement, the club pays Ed 7 USDC.", "condition_part"),
        ("If Bo uses the boat at night, the club pays Ed 7 USDC.", "vague_time"),
        ("Bo pays Ed 7 USDC by 1 May 2027, or 9 USDC by 1 June 2027.", "alternative"),
        ("Bo pays Ed the lower of 7 USDC and 5 ETH.", "alternative"),
        ("Bo pays Ed 7 USDC together with each instalment.", "consideration"),
        ("The loser of the match pays the winner 7 USDC.", "party"),
    ],
)
def test_what_no_field_says_is_asked(text: str, asked: str) -> None:
    assert asked in {question.kind for question in understand(text, "en").questions}
