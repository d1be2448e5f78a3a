"""What a source reports counts as often as the words let it, and pays once."""

from __future__ import annotations

import pytest

from assay.authoring.describing.describing import describe
from assay.authoring.model import Specification
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

DEPOSIT = "The Insurer deposits 10,000 USDC into the contract by 1 May 2027. "
BACK = " After 1 October 2027 the deposit goes back to the Insurer."
WITHIN = (
    "If the rainfall reported by the Station is below 10 mm between 1 June 2027 and 31 August "
    "2027, the contract pays the Farmer 10,000 USDC."
)
ANY = "If the Station reports a rainfall below 10 mm, the contract pays the Farmer 10,000 USDC."
DECIDING = (
    "If the rainfall reported by the Station is below 10 mm, the contract pays the Farmer 10,000 "
    "USDC; otherwise it pays the Insurer 10,000 USDC."
)
SUMMED = (
    "If the cumulative rainfall from 1 June 2027 to 31 August 2027 reported by the Station is "
    "below 200 mm, the contract pays the Farmer 10,000 USDC."
)
BESIDE = (
    "保险人应在2027年5月1日前向合约存入10000 USDC。2027年6月1日至2027年8月31日期间，气象局报告的"
    "风速超过33米的，合约向投保人支付10000 USDC。2027年10月1日后，合约将10000 USDC退还保险人。"
)
DAY = (
    "If the rainfall reported by the Station for the day of 3 May 2027 is below 9.6 mm, the "
    "contract pays the Farmer 10,000 USDC."
)
TEXTS = {
    "Day": DEPOSIT + DAY + BACK,
    "Within": DEPOSIT + WITHIN + BACK,
    "Any": DEPOSIT + ANY + BACK,
    "Deciding": DEPOSIT + DECIDING + BACK,
    "Summed": DEPOSIT + SUMMED + BACK,
    "Beside": BESIDE,
}
REPORT, PAY, BACK_TO = "stationReportRainfall", "payToFarmer", "returnToInsurer"
PAID_IN = ("2027-04-20", "insurer", "insurerDeposit")


def _read(name: str) -> Specification:
    return read_agreement(TEXTS[name])


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all({name: lambda name=name: _read(name) for name in TEXTS})


@pytest.mark.parametrize("name", TEXTS)
def test_its_clauses_are_kept_by_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize("name", ["Within", "Any"])
def test_a_harmless_reading_blocks_no_later_one_and_nobody_is_paid_twice(
    name: str, written: dict[str, Written]
) -> None:
    ended, gained = play(
        written[name],
        (
            PAID_IN,
            ("2027-06-10", "station", REPORT, 30),
            ("2027-06-11", "farmer", PAY),
            ("2027-07-10", "station", REPORT, 9),
            ("2027-08-10", "station", REPORT, 40),
            ("2027-10-02", "insurer", BACK_TO),
            ("2027-10-03", "farmer", PAY),
            ("2027-10-04", "station", REPORT, 3),
            ("2027-10-05", "farmer", PAY),
            ("2027-10-06", "insurer", BACK_TO),
        ),
    )

    refused = ["ConditionUnmet", "OtherDue", "NothingHeld", "NothingHeld"]
    assert [one for one in ended if one] == refused
    assert gained == {"insurer": -10_000, "farmer": 10_000, "station": 0}


def test_a_reading_outside_the_time_of_the_cover_pays_nothing(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Within"],
        (
            ("2027-05-30", "station", REPORT, 3),
            PAID_IN,
            ("2027-09-01", "station", REPORT, 3),
            ("2027-09-02", "farmer", PAY),
            ("2027-10-02", "insurer", BACK_TO),
        ),
    )

    assert ended[3:] == ["ConditionUnmet", ""]
    assert gained["farmer"] == 0


def test_a_span_beside_the_fact_is_when_it_is_measured_and_not_when_it_is_paid(
    written: dict[str, Written],
) -> None:
    one = written["Beside"]
    (report,) = (each.name for each in one.composition.program.functions if each.arguments)
    (pay,), (deposit,) = one.composition.kept[1], one.composition.kept[0]
    roles = {role.text: role.name for role in one.composition.program.roles}
    station, insured = roles["气象局"], roles["投保人"]

    ended, _ = play(
        one,
        (
            ("2027-04-20", roles["保险人"], deposit),
            ("2027-06-10", station, report, 20),
            ("2027-08-31", station, report, 34),
            ("2027-09-02", insured, pay),
        ),
    )

    assert ended == ["", "", "", ""]


def test_a_fact_on_which_it_turns_who_is_paid_is_reported_once(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Deciding"],
        (
            PAID_IN,
            ("2027-06-10", "station", REPORT, 30),
            ("2027-07-10", "station", REPORT, 9),
            ("2027-07-11", "farmer", PAY),
        ),
    )

    assert ended[2:] == ["DoneAlready", "ConditionUnmet"]
    assert gained["farmer"] == 0


def test_what_is_measured_for_a_day_is_known_when_the_day_is_over(
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written["Day"],
        (
            PAID_IN,
            ("2027-05-03T00:00:00Z", "station", REPORT, 90),
            ("2027-05-03T23:59:59Z", "station", REPORT, 90),
            ("2027-05-04T00:00:00Z", "station", REPORT, 95),
            ("2027-05-04T00:00:01Z", "farmer", PAY),
        ),
    )

    assert ended == ["", "TooEarly", "TooEarly", "", ""]
    assert gained["farmer"] == 10_000


def test_the_description_says_in_what_unit_a_value_is_reported(written: dict[str, Written]) -> None:
    one = written["Day"]

    told = describe(one.specification, one.composition)

    assert "`reported` is rainfall in whole units of 0.1 mm." in told
    assert "is less than 9.6 (reported as 96)" in told


def test_what_is_summed_up_over_a_span_is_known_when_the_span_is_over(
    written: dict[str, Written],
) -> None:
    report = "stationReportCumulativeRainfall"
    ended, gained = play(
        written["Summed"],
        (
            PAID_IN,
            ("2027-06-01", "station", report, 0),
            ("2027-09-01", "station", report, 150),
            ("2027-09-02", "farmer", PAY),
        ),
    )

    assert ended == ["", "TooEarly", "", ""]
    assert gained["farmer"] == 10_000
