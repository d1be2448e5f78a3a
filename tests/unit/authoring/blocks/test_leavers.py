"""Who leaves before all has vested keeps what has, and no more than that goes back."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer
from assay.authoring.model import Specification
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

MONTHLY = (
    "The Company grants Alice 48,000 TOK tokens. The tokens vest monthly over 48 months from 1 "
    "January 2027, with a cliff of 12 months. If Alice leaves before {date}, {what} return to the "
    "Company."
)
LINEAR = (
    "The Company grants the Employee 10,000 TOK tokens, which vest over four years starting on 1 "
    "March 2027. If the Employee leaves {when}, any unvested tokens return to the Company."
)
IN_CHINESE = (
    "公司授予员工48000枚TOK，自2027年1月1日起分48个月按月归属。"
    "员工在{date}前离职的，未归属的TOK归还公司。"
)
LEAVER = MONTHLY.format(date="1 January 2031", what="any unvested tokens")


def _answered(text: str) -> Specification:
    specification = read_agreement(text)
    for _ in range(3):
        given = {one.id: one.suggestions[0] for one in specification.questions if one.suggestions}
        specification = answer(specification, given) if given else specification
    return specification.model_copy(update={"questions": ()})


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            "Monthly": lambda: _answered(LEAVER),
            "Linear": lambda: _answered(LINEAR.format(when="before the end of the vesting period")),
            "Chinese": lambda: _answered(IN_CHINESE.format(date="2031年1月1日")),
        }
    )


@pytest.mark.parametrize("name", ["Monthly", "Linear", "Chinese"])
def test_every_clause_is_kept_on_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


def test_a_leaver_keeps_what_has_vested(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Monthly"],
        (
            ("2026-12-01", "company", "fundGrant"),
            ("2027-06-15", "alice", "fetchVested"),
            ("2028-07-15", "alice", "endGrant"),
            ("2028-07-15", "company", "endGrant"),
            ("2029-07-15", "alice", "fetchVested"),
            ("2031-02-01", "company", "endGrant"),
        ),
    )

    assert [bool(one) for one in ended] == [False, True, True, False, False, True]
    assert gained == {"company": -18_000, "alice": 18_000}


@pytest.mark.parametrize(
    "text",
    [
        MONTHLY.format(date="1 January 2028", what="any unvested tokens"),
        MONTHLY.format(date="1 January 2031", what="all tokens"),
        LINEAR.format(when="within two years"),
        IN_CHINESE.format(date="2029年1月1日"),
    ],
)
def test_what_would_send_back_more_or_less_is_refused(text: str) -> None:
    with pytest.raises(NotBuildable):
        compose(_answered(text), BLOCKS, name="Leaver")
