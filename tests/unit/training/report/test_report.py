"""The page of a task shows what its records say, as itself and whatever they hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
from PIL import Image

from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.training.model import Phase, Task, TaskMoney, Terms
from assay.training.records import Earning, RecordedUpdate, RoundRecord
from assay.training.report.page import Report, render
from assay.training.report.plots import PLOTS, draw
from assay.training.use_cases.verifying import RoundCheck

SOME = Digest.of(b"some")
FIRST, SECOND = parse_address("0x" + "11" * 20), parse_address("0x" + "22" * 20)
UNIT = Fraction(1, 10**6)


def record(number: int) -> RoundRecord:
    return RoundRecord(
        task=1,
        round=number,
        plan=SOME,
        base=SOME,
        previous=None,
        updates=(
            RecordedUpdate(FIRST, SOME, "", 4096, {}, ""),
            RecordedUpdate(SECOND, SOME, "", 4096, {}, "<b>a copy</b>"),
        ),
        reports=(),
        reputation={},
        earnings=(Earning(FIRST, 10_000_000, 5_000_000, 5_000_000 * number),),
        base_loss_micro=2_000_000 // number,
        base_accuracy_ppm=100_000 * number,
        bytes_up=8192,
        bytes_down=1024,
    )


RECORDS = [record(number) for number in (1, 2, 4)]


def task() -> Task:
    terms = Terms(FIRST, 1, SOME, SOME, 20_000_000, 0, 4, 1, 60, 60, 60, 60, 0, 60, 1)
    money = TaskMoney(15_000_000, 0, 0, 0, SOME)
    return Task(
        1, FIRST, terms, Phase.FINISHED, 4, None, 2, 0, 0, 3, 0, 9, (4000, 3000, 3000), money, 2
    )


@pytest.mark.parametrize("name", PLOTS)
def test_each_plot_is_a_picture_with_something_in_it(name: str) -> None:
    image = Image.open(BytesIO(draw(name, RECORDS, UNIT)))

    assert image.format == "PNG"
    assert image.width > 600
    assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 20


def test_a_page_names_what_was_earned_and_that_all_was_done_again() -> None:
    checks = [RoundCheck(one.round, SOME, SOME) for one in RECORDS]

    page = render(Report(task(), RECORDS, checks, {"votes": draw("votes", RECORDS)}, UNIT, "ASSAY"))

    assert "20 ASSAY" in page
    assert "3 of 3" in page
    assert "All 3 certified rounds were done again" in page
    assert page.count("data:image/png;base64,") == 1
    assert "http" not in page


def test_a_round_that_does_not_come_out_is_named_and_text_is_escaped() -> None:
    checks = [
        RoundCheck(RECORDS[0].round, SOME, SOME),
        RoundCheck(RECORDS[1].round, SOME, None, "<script>alert(1)</script>"),
    ]

    page = render(Report(task(), RECORDS, checks, {}, UNIT, "ASSAY"))

    assert "Rounds 2 do not come out again" in page
    assert "<script>" not in page
    assert "not checked" in page


def test_a_task_without_results_has_a_page_too() -> None:
    joining = replace(task(), phase=Phase.JOINING)

    page = render(Report(joining, [], [], {}, UNIT, "ASSAY"))

    assert "No round has a result yet" in page
