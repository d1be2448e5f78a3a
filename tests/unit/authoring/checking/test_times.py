"""Answers about a time go to where its words stand, and not always to the deadline."""

import pytest

from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.model import Specification
from assay.authoring.use_cases.reading import read_agreement

Times = list[tuple[str | None, list[str | None]]]
TIME = "2027-07-04T18:00:00"
GIVEN = [
    ("From 03/04/2027 on, the buyer may pay the seller 5 USDC.", "2027-04-03", None),
    ("After 1 May the buyer may pay the seller 5 USDC.", "2027-05-01", None),
    (
        "If Bo does not deliver the goods within 5 business days of payment, Bo pays Al 5 USDC.",
        "P7D",
        None,
    ),
    (
        "If Ann does not pay Bob 5 USDC before 1 May, Ann pays Carl 3 USDC by 1 June 2027.",
        "2027-05-01",
        "2027-06-01",
    ),
    ("如果卖方未在5个工作日内交付货物，卖方应在3日内向买方支付5 USDC。", "P7D", "P3D"),
    ("5月1日之后，买方可以向卖方支付5 USDC。", "2027-05-01", None),
    ("如果卖方未在合理期限内交付货物，卖方应在3日内向买方支付5 USDC。", "P7D", "P3D"),
]


def times_of(specification: Specification) -> Times:
    return [
        (one.deadline, [each.value for each in one.conditions]) for one in specification.obligations
    ]


@pytest.mark.parametrize(("text", "answer", "deadline"), GIVEN)
def test_a_time_in_a_condition_stays_there(text: str, answer: str, deadline: str | None) -> None:
    (asked,) = [one for one in read_agreement(text).questions if one.field == "deadline"]

    read = read_agreement(text, answers={asked.id: answer})

    assert times_of(read)[0] == (deadline, [answer])


def test_a_time_counted_from_an_act_is_the_deadline() -> None:
    text = "The buyer pays the seller 5 USDC within 5 business days after the seller delivers it."
    (asked,) = [one for one in read_agreement(text).questions if one.kind == "business_days"]

    read = read_agreement(text, answers={asked.id: asked.suggestions[0]})

    assert times_of(read) == [("P7D", [None])]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("The buyer shall pay the seller 5 USDC by 6 pm on July 4, 2027.", True),
        ("The buyer may pay the seller 5 USDC after 6 pm on July 4, 2027.", False),
        ("买方应在2027年7月4日18:00前向卖方支付5 USDC。", True),
        ("2027年7月4日18时之后，买方可以向卖方支付5 USDC。", False),
    ],
)
@pytest.mark.parametrize(
    ("answer", "offset"),
    [("+08:00", "+08:00"), ("UTC", "Z"), ("北京时间", "+08:00"), (TIME + "-05:00", "-05:00")],
)
def test_a_zone_is_put_to_the_time_that_has_none(
    text: str, deadline: bool, answer: str, offset: str
) -> None:
    (asked,) = [one for one in read_agreement(text).questions if one.kind == "time_zone"]

    read = read_agreement(text, answers={asked.id: answer})

    whole = TIME + offset
    assert times_of(read) == [(whole, []) if deadline else (None, [whole])]
    assert not read.questions


@pytest.mark.parametrize("answer", ["Rome", "+99:00", "2027-01-01T00:00:00+00:00", "2027-07-04"])
def test_what_is_no_zone_is_refused(answer: str) -> None:
    text = "The buyer shall pay the seller 5 USDC by 6 pm on July 4, 2027."
    (asked,) = read_agreement(text).questions

    with pytest.raises(AnswerUnfit):
        read_agreement(text, answers={asked.id: answer})


def test_two_zones_in_one_sentence_stay_apart() -> None:
    text = (
        "If Ann does not pay Bob 5 USDC before 1 May 2027 at 17:00, Ann pays Carl 3 USDC by "
        "1 June 2027 at 09:00."
    )
    first, second = (one for one in read_agreement(text).questions if one.kind == "time_zone")

    read = read_agreement(text, answers={first.id: "+08:00", second.id: "+00:00"})

    assert times_of(read) == [("2027-06-01T09:00:00+00:00", ["2027-05-01T17:00:00+08:00"])]
