"""A day before which something is due is too late itself; one by which it is due is not."""

import pytest

from assay.authoring.use_cases.reading import read_agreement


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ben shall pay Carla 50 USDC before 1 March 2027.", "2027-02-28"),
        ("Before March 1st, 2028, Ben shall pay Carla 50 USDC.", "2028-02-29"),
        ("The buyer pays the seller 50 USDC before 2027-03-01.", "2027-02-28"),
        ("Ben shall pay Carla 50 USDC by 1 March 2027.", "2027-03-01"),
        ("Ben shall pay Carla 50 USDC on or before 1 March 2027.", "2027-03-01"),
        ("Ben shall pay Carla 50 USDC no later than 1 March 2027.", "2027-03-01"),
        ("小王应在2027年3月1日前向小李支付50 USDC。", "2027-03-01"),
        ("小王应于2027年3月1日之前向小李支付50 USDC。", "2027-03-01"),
    ],
)
def test_the_last_day_is_as_the_words_say(text: str, last: str) -> None:
    (paid,) = read_agreement(text).obligations

    assert paid.deadline == last


def test_a_failure_before_a_day_is_told_of_the_day_before() -> None:
    read = read_agreement(
        "Ben deposits 900 USDC. If Carla does not deliver the van before 1 April 2027, the 900 "
        "USDC go back to Ben."
    )

    (late,) = read.obligations[1].conditions
    assert (late.kind, late.comparator, late.value) == ("breach", "<=", "2027-03-31")
