"""Insurances that pay more the further a limit is passed, in both languages."""

from __future__ import annotations

import pytest

from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

ENGLISH = (
    "The insurer deposits 1,000 USDC in the contract by 5 May 2027. From 10 May 2027 to 20 May "
    "2027: if the rainfall is over 120 mm the insurer pays the farmer 150 USDC; if it is over 300 "
    "mm, the insurer pays the farmer 400 USDC. The insurer may withdraw the rest after 1 June 2027."
)
CHINESE = (
    "保险人应在2027年5月5日前将400 USDC存入合约。"
    "2027年5月10日至2027年5月20日期间,降雨量超过120毫米的,合约向投保人支付150 USDC;"
    "降雨量超过300毫米的,合约向投保人支付400 USDC。其余资金于2027年6月1日退还保险人。"
)
BELOW = (
    "The insurer deposits 900 USDC in the contract. If the temperature is below -5 degrees "
    "between 1 May 2027 and 31 May 2027, the contract pays the grower 100 USDC. If the "
    "temperature is below -10 degrees, the contract pays the grower 300 USDC. If the temperature "
    "is below -15 degrees, the contract pays the grower 900 USDC. The rest goes back to the "
    "insurer on 30 June 2027."
)
APART = (
    "The insurer deposits 900 USDC in the contract. If the rainfall is over 100 mm, the contract "
    "pays the grower 300 USDC. If the rainfall is over 200 mm, the contract pays the miller 400 "
    "USDC. The rest goes back to the insurer on 30 June 2027."
)
ON_TOP = {"higher_payment": "on top"}


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            "Rain": lambda: as_suggested(ENGLISH),
            "RainOnTop": lambda: as_suggested(ENGLISH, **ON_TOP),
            "RainChinese": lambda: as_suggested(CHINESE),
            "Frost": lambda: as_suggested(BELOW),
        }
    )


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, BELOW])
def test_every_rung_is_measured_in_the_span_of_the_first(text: str) -> None:
    rungs = [one for one in as_suggested(text).obligations if one.action == "pay"]

    spans = {
        tuple(each.value for each in one.conditions if each.kind == "time")
        for one in rungs
        if one.limit == "exact"
    }
    assert len(spans) == 1
    assert len(spans.pop()) == 2


@pytest.mark.parametrize("name", ["Rain", "RainOnTop", "RainChinese", "Frost"])
def test_its_clauses_are_kept_by_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize(
    "calls", [("payToFarmer", "payToFarmer2"), ("payToFarmer2", "payToFarmer")]
)
def test_the_higher_comes_instead_whichever_is_called_first(
    calls: tuple[str, str], written: dict[str, Written]
) -> None:
    _, gained = play(
        written["Rain"],
        (
            ("2027-05-02", "insurer", "insurerDeposit"),
            ("2027-05-12", "dataSource", "dataSourceReportRainfall", 310),
            *(("2027-05-13", "insurer", call) for call in calls),
        ),
    )

    assert gained["farmer"] == 400


def test_what_no_rung_took_goes_back_although_the_lower_was_never_called(
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written["Rain"],
        (
            ("2027-05-02", "insurer", "insurerDeposit"),
            ("2027-05-12", "dataSource", "dataSourceReportRainfall", 310),
            ("2027-05-13", "farmer", "payToFarmer2"),
            ("2027-06-03", "insurer", "insurerWithdraw"),
        ),
    )

    assert ended[-1] == ""
    assert (gained["insurer"], gained["farmer"]) == (-400, 400)


def test_on_top_both_are_paid(written: dict[str, Written]) -> None:
    _, gained = play(
        written["RainOnTop"],
        (
            ("2027-05-02", "insurer", "insurerDeposit"),
            ("2027-05-12", "dataSource", "dataSourceReportRainfall", 310),
            ("2027-05-13", "farmer", "payToFarmer"),
            ("2027-05-13", "farmer", "payToFarmer2"),
        ),
    )

    assert gained["farmer"] == 550


def test_rain_before_the_span_passes_no_rung(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["Rain"],
        (
            ("2027-05-02", "insurer", "insurerDeposit"),
            ("2027-05-08", "dataSource", "dataSourceReportRainfall", 310),
            ("2027-05-13", "farmer", "payToFarmer2"),
        ),
    )

    assert ended[-1] == "ConditionUnmet"


def test_both_together_need_as_much_as_is_held() -> None:
    with pytest.raises(Exception, match="together they are 550, and 400 USDC are held"):
        as_suggested(CHINESE, higher_payment="on top")


@pytest.mark.parametrize("text", [APART, ENGLISH.replace("400 USDC", "100 USDC")])
def test_what_is_no_scale_raises_no_question(text: str) -> None:
    asked = read_agreement(text).questions

    assert not [one for one in asked if one.kind == "higher_payment"]
