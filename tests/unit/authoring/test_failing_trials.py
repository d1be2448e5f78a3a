"""Why trials failed, as whoever wrote the agreement is told."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.trials.agreement import Agreement, Disagreement
from assay.authoring.trials.clauses import Trial
from assay.authoring.trials.failing import failures
from assay.authoring.use_cases.reading import read_agreement

TEXT = "1. The buyer shall pay the seller 100 USDC by 1 May 2027."
WORDS = "The buyer shall pay the seller 100 USDC by 1 May 2027"
SPECIFICATION = read_agreement(TEXT)
COMPOSITION = compose(SPECIFICATION, BLOCKS, name="Told")
FUNCTION = COMPOSITION.kept[0][0]


@pytest.mark.parametrize(
    ("name", "detail", "told"),
    [
        ("happens", "no history of calls reaches it", ["by any calls", "by_hand.1", "both"]),
        ("only by those named", "ann can do it too", [FUNCTION, "ann can do it too", "deploy"]),
        ("no money is stuck", "5 USDC stays for ever", ["to whom", "5 USDC stays for ever"]),
        (
            "is not refused when it is due",
            "TooLate after nothing at 1800000000",
            [FUNCTION, "2027-01-15 08:00:00 UTC"],
        ),
        ("holders move tokens", "in vyper: refused at 1", ["in Vyper", "refused at 1"]),
    ],
)
def test_a_failure_says_what_was_tried_what_happened_where_and_what_to_do(
    name: str, detail: str, told: list[str]
) -> None:
    passed = Trial("happens", True, "after 1 call", 0, "1", FUNCTION)
    failed = Trial(name, False, detail, 0, "1", FUNCTION)

    (failure,) = failures(SPECIFICATION, COMPOSITION, (passed, failed), ())

    assert failure.words == WORDS
    assert failure.advice
    assert [one for one in told if one not in failure.told()] == []


def test_a_target_that_goes_its_own_way_is_named_with_the_clause_and_the_calls() -> None:
    calls = (f"buyer: {FUNCTION}() at 1800000000 -> NotAllowed",)
    seen = Agreement("vyper", 1, [Disagreement("vyper", calls, "it goes through", "NotAllowed")])

    (failure,) = failures(SPECIFICATION, COMPOSITION, (), (Agreement("solidity"), seen))

    assert (failure.words, failure.target) == (WORDS, "Vyper")
    assert FUNCTION in failure.tried
    assert "1800000000" not in failure.tried
