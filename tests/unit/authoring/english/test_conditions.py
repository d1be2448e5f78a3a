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
