"""Readings, bans, limits and the purse that is paid from, in the words of an insurance."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import read_answers
from assay.authoring.model import Specification
from assay.authoring.program.expressions import Type
from assay.authoring.use_cases.reading import read_agreement, text_of
from tests.unit.authoring.blocks.built import assert_kept, write_all
from tests.unit.authoring.blocks.mutants import found_by, mutants

COVER = Path(__file__).parents[4] / "examples" / "agreements" / "crop-insurance.en.md"
STATION = (
    "The insurer deposits 900 USDC into the contract. If the temperature reported by the station "
    "{when} is below {limit} degrees, the contract pays the grower 400 USDC. If the rainfall "
    "reported by the station is below 25 mm, the contract pays the grower 700 USDC. The insurer "
    "may withdraw the deposit after 31 October 2027.{more}"
)


def _cover() -> Specification:
    answers = read_answers(COVER.with_suffix(".answers.yaml").read_bytes())
    specification = read_agreement(text_of(COVER), answers=answers)
    # The season is a fact about the cover, and nothing to carry out.
    kept = tuple(one for one in specification.obligations if one.action != "terminate")
    return specification.model_copy(update={"obligations": kept})


def test_an_insurance_keeps_its_limit_its_bans_and_its_span_of_time() -> None:
    written = write_all({"Cover": _cover})["Cover"]

    assert_kept(written)
    kept = written.composition.kept
    assert kept[3] == kept[4] == ("payToMember", "payToMember2")


def test_a_mistake_in_what_bounds_the_payments_fails_a_trial() -> None:
    specification = _cover()
    composition = compose(specification, BLOCKS, name="Wrong")
    bounding = {
        "payToMember: paidUnderLimitInAll is not set",
        "payToMember: DoneAlready is not required",
        "payToMember2: ConditionUnmet is not required",
        "LIMIT_IN_ALL is 1 more",
    }

    wrong = {what: one for what, one in mutants(composition.program) if what in bounding}
    survivors = [
        what for what, one in wrong.items() if not found_by(specification, composition, one)
    ]

    assert set(wrong) == bounding
    assert survivors == []


def _station(when: str = "", limit: str = "5", more: str = "") -> Specification:
    return read_agreement(STATION.format(when=when, limit=limit, more=more))


def test_a_temperature_can_be_reported_below_zero_and_rain_cannot() -> None:
    program = compose(_station(), BLOCKS, name="Signed").program

    kinds = {one.name: one.arguments[0][1] for one in program.functions if one.arguments}
    assert kinds["stationReportTemperature"] is Type.SIGNED
    assert kinds["stationReportRainfall"] is Type.NUMBER


def test_a_limit_on_each_payment_refuses_one_that_is_more() -> None:
    limit = " No single payment of the insurer may exceed 500 USDC."
    with pytest.raises(NotBuildable, match="more than the 500 USDC"):
        compose(_station(more=limit), BLOCKS, name="TooMuch")


def test_out_of_which_purse_is_paid_is_asked_once_for_each_deposit() -> None:
    asked = [one for one in read_agreement(text_of(COVER)).questions if one.kind == "paid_from"]
    answered = read_agreement(text_of(COVER), answers={asked[0].id: "itself"})

    assert len(asked) == 1
    assert {one.actor for one in answered.obligations if one.action == "pay"} == {
        "member",
        "insurer",
    }
