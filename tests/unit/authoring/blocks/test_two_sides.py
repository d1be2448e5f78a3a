"""Agreements between two sides become contracts that do what was agreed, in both languages."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer, ask_again
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.checking.whole import questions
from assay.authoring.model import Obligation
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks import agreements
from tests.unit.authoring.blocks.agreements import AGREEMENTS, BACK, CONFIRMED, DEPOSITED, FREED
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.mutants import found_by, mutants
from tests.unit.authoring.blocks.wording import on, specify


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(AGREEMENTS)


@pytest.mark.parametrize("name", AGREEMENTS)
def test_every_clause_is_kept_in_both_languages(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


def test_a_mistake_in_the_program_fails_a_trial() -> None:
    specification = agreements.escrow()
    composition = compose(specification, BLOCKS, name="Wrong")

    survivors = [
        what
        for what, mutant in mutants(composition.program)
        if found_by(specification, composition, mutant) is None
    ]

    assert survivors == []


def test_shares_of_a_sum_that_does_not_divide_come_to_the_whole() -> None:
    program = compose(agreements.milestones(), BLOCKS, name="Parts").program

    parts = [one.value for one in program.constants if one.name.endswith("AMOUNT")]

    assert sum(parts) == 1_000_000_001
    assert sorted(parts) == [300_000_000, 300_000_000, 400_000_001]


def test_money_that_could_stay_for_ever_is_asked_about_and_then_goes_back() -> None:
    specification = specify(
        "The Buyer deposits 9 USDC. Once it confirms delivery, it is released to the Seller.",
        {"says": "The Buyer deposits 9 USDC", "amount": "9", **DEPOSITED},
        {"says": "it is released to the Seller", "conditions": (CONFIRMED,), **FREED},
        parties=("buyer", "seller"),
    )
    with pytest.raises(NotBuildable, match="buyer confirm delivery"):
        compose(specification, BLOCKS, name="Stuck")

    asked = ask_again(specification, frozenset())
    answered = answer(asked, {"no_way_out.1": "P90D"})

    assert [one.kind for one in asked.questions] == ["no_way_out"]
    assert answered.questions == ()
    assert compose(answered, BLOCKS, name="Freed").kept[2] == ("refundToBuyer",)


def test_what_was_accepted_does_not_go_back_for_the_lapse_of_time() -> None:
    text = "The Buyer deposits 9 USDC. Once it confirms delivery, it is released to the Seller."
    agreed = specify(
        text,
        {"says": "The Buyer deposits 9 USDC", "amount": "9", **DEPOSITED},
        {"says": "it is released to the Seller", "conditions": (CONFIRMED,), **FREED},
        parties=("buyer", "seller"),
    )
    answered = answer(ask_again(agreed, frozenset()), {"no_way_out.1": "P90D"})

    written = write_all({"Lapsed": lambda: answered})["Lapsed"]

    assert_kept(written)
    careless = [
        found_by(answered, written.composition, mutant)
        for what, mutant in mutants(written.composition.program)
        if "OtherDue" in what
    ]
    assert careless == ["only as the clause lets it"]


def test_who_says_that_goods_arrived_is_asked_never_guessed() -> None:
    shipped = on("event", "on delivery", actor="seller", action="deliver", asset="goods")
    end = on("time", "after 2028", comparator=">", value="2028-12-31")
    specification = specify(
        "The Buyer deposits 9 USDC. On delivery it is released. After 2028 it goes back.",
        {"says": "The Buyer deposits 9 USDC", "amount": "9", **DEPOSITED},
        {"says": "it is released", "conditions": (shipped,), **FREED},
        {"says": "it goes back", "conditions": (end,), **BACK},
        parties=("buyer", "seller"),
    )
    with pytest.raises(NotBuildable, match="nobody is named who says"):
        compose(specification, BLOCKS, name="Unsaid")

    (question,) = questions(specification)
    answered = answer(ask_again(specification, frozenset()), {question.id: "buyer"})

    assert question.suggestions == ("buyer", "seller")
    assert answered.questions == ()
    program = compose(answered, BLOCKS, name="Said").program
    assert program.function("sellerDeliverGoods").callers == ("buyer",)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (on("state", "if the goods are fine", subject="goods", value="fine"), "cannot tell"),
        (on("approval", "the other party", subject="other party"), "whose consent"),
        (on("oracle", "below 50", subject="rain", comparator="<", value="50"), "no source"),
        (on("time", "during the trial", subject="trial"), "stays for ever|when that is"),
        (on("approval", "4 of 3", subject="director", value="4", total=3), "never agree"),
    ],
)
def test_what_a_contract_cannot_tell_is_refused(condition: object, reason: str) -> None:
    end = on("time", "after 2028", comparator=">", value="2028-12-31")
    specification = specify(
        "The Buyer deposits 9 USDC. It is released then. After 2028 it goes back.",
        {"says": "The Buyer deposits 9 USDC", "amount": "9", **DEPOSITED},
        {"says": "It is released", "conditions": (condition,), **FREED},
        {"says": "it goes back", "conditions": (end,), **BACK},
        parties=("buyer", "seller"),
    )

    with pytest.raises(NotBuildable, match=reason):
        compose(specification, BLOCKS, name="Untold")


def test_a_ban_that_the_contract_could_break_is_refused() -> None:
    ban = on("state", "in bad weather", subject="weather", value="bad")
    specification = specify(
        "The Buyer pays the Seller 9 USDC. The Buyer may not pay in bad weather.",
        {
            "says": "The Buyer pays the Seller 9 USDC",
            "actor": "buyer",
            "action": "pay",
            "amount": "9",
            "asset": "USDC",
            "recipient": "seller",
        },
        {
            "says": "The Buyer may not pay",
            "actor": "buyer",
            "action": "pay",
            "modality": "must_not",
            "conditions": (ban,),
        },
        parties=("buyer", "seller"),
    )

    with pytest.raises(NotBuildable, match="keep this ban"):
        compose(specification, BLOCKS, name="Banned")


def test_what_follows_where_a_duty_is_not_kept_is_a_way_out() -> None:
    back = Obligation(**BACK, modality="must", asset="deposit", span=(0, 0))
    specification = specify(
        "The Seller delivers the goods by 1 May 2027, otherwise the deposit is refunded. The Buyer "
        "deposits 9 USDC. On delivery it is released.",
        {
            "says": "The Seller delivers the goods",
            "actor": "seller",
            "action": "deliver",
            "asset": "goods",
            "deadline": "2027-05-01",
            "otherwise": back,
        },
        {"says": "The Buyer ", "amount": "9", **DEPOSITED},
        {
            "says": "it is released",
            "conditions": (on("event", "on delivery", action="deliver", asset="goods"),),
            **FREED,
        },
        parties=("buyer", "seller"),
        witnesses=({"action": "deliver", "asset": "goods", "party": "buyer"},),
    )

    composition = compose(specification, BLOCKS, name="Otherwise")

    assert composition.kept[0] == ("refundToBuyer",)
    assert composition.outside == {}


def test_the_end_of_a_lease_is_asked_for_and_becomes_a_date() -> None:
    end = on("state", "after the end of the lease", subject="lease", value="end")
    specification = specify(
        "The Tenant deposits 9 USDC. After the end of the lease it goes back.",
        {
            "says": "The Tenant deposits 9 USDC",
            **DEPOSITED,
            "amount": "9",
            "actor": "tenant",
        },
        {"says": "it goes back", "conditions": (end,), **BACK, "recipient": "tenant"},
        parties=("tenant",),
    )

    asked = ask_again(specification, frozenset())
    (question,) = asked.questions
    with pytest.raises(AnswerUnfit):
        answer(asked, {question.id: "soon"})
    answered = answer(asked, {question.id: "2028-02-29"})

    assert question.kind == "when_ended"
    assert answered.questions == ()
    assert compose(answered, BLOCKS, name="Lease").kept[1] == ("refundToTenant",)


@pytest.mark.parametrize(
    "changed",
    [
        {"recurrence": "P1M", "occurrences": 3, "amount": "3", "asset": "USDC"},
        {"limit": "most", "amount": "9", "asset": "USDC"},
        {"recipient": "parties"},
        {"amount": "50", "asset": "%", "share_of": "profit"},
    ],
)
def test_what_would_only_nearly_be_carried_out_is_refused(changed: dict[str, object]) -> None:
    end = on("time", "after 2028", comparator=">", value="2028-12-31")
    specification = specify(
        "The Buyer deposits 9 USDC. It is released then. After 2028 it goes back.",
        {"says": "The Buyer deposits 9 USDC", "amount": "9", **DEPOSITED},
        {"says": "It is released", "conditions": (CONFIRMED,), **FREED, **changed},
        {"says": "it goes back", "conditions": (end,), **BACK},
        parties=("buyer", "seller"),
    )

    with pytest.raises(NotBuildable):
        compose(specification, BLOCKS, name="Nearly")


def test_to_confirm_receipt_is_not_to_confirm_the_drawings() -> None:
    drawn = on("event", "甲方确认图纸后", actor="甲方", action="confirm", asset="图纸")
    came = on("event", "甲方确认收货后", actor="甲方", action="confirm")
    late = on("time", "2028年后", comparator=">", value="2028-12-31")
    share = {"actor": "contract", "action": "release", "recipient": "乙方", "asset": "%"}
    specification = specify(
        "甲方存入300 USDC。甲方确认图纸后释放20%。甲方确认收货后释放80%。2028年后余款退回。",
        {"says": "甲方存入300 USDC", **DEPOSITED, "actor": "甲方", "amount": "300"},
        {"says": "释放20%", "amount": "20", "conditions": (drawn,), **share},
        {"says": "释放80%", "amount": "80", "conditions": (came,), **share},
        {"says": "余款退回", "asset": "余款", "conditions": (late,), **BACK, "recipient": "甲方"},
        parties=("甲方", "乙方"),
        language="zh",
    )
    bare = came.model_copy(update={"text": "甲方确认后"})
    changed = specification.obligations[2].model_copy(update={"conditions": (bare,)})
    obligations = (*specification.obligations[:2], changed, specification.obligations[3])
    unclear = specification.model_copy(update={"obligations": obligations})

    program = compose(specification, BLOCKS, name="Drawings").program

    confirming = {one.name for one in program.functions if "Confirm" in one.name}
    assert len(confirming) == 2
    assert [one.kind for one in questions(unclear)] == ["which_act"]
    with pytest.raises(NotBuildable, match="does not say"):
        compose(unclear, BLOCKS, name="Unclear")


def test_an_agreement_ends_only_by_a_right_whose_grounds_a_contract_can_see() -> None:
    agreed = agreements.terminable()
    long = on("comparison", "force majeure for 60 days", subject="force majeure", value="P60D")
    right = agreed.obligations[6].model_copy(update={"conditions": (long,)})
    obligations = (*agreed.obligations[:6], right, *agreed.obligations[7:])
    unseen = agreed.model_copy(update={"obligations": obligations})

    composition = compose(unseen, BLOCKS, name="Unseen")

    ending = [one for one in composition.program.functions if "Terminate" in one.name]
    assert [one.callers for one in ending] == [("buyer",), ("buyer",)]
    assert "force majeure for 60 days" in composition.outside[6]


def test_who_says_that_goods_came_says_so_of_their_repair_too() -> None:
    agreed = agreements.terminable().model_copy(update={"witnesses": ()})

    (question,) = questions(agreed)
    answered = answer(ask_again(agreed, frozenset()), {question.id: "buyer"})

    assert question.id == "who_confirms.2.deliver"
    assert "seller repair goods" in question.text
    assert answered.questions == ()


def test_how_often_is_asked_where_money_depends_on_arrears() -> None:
    agreed = agreements.rental_zh()
    endless = agreed.obligations[0].model_copy(update={"occurrences": None})
    open_end = agreed.model_copy(update={"obligations": (endless, *agreed.obligations[1:])})

    (question,) = questions(open_end)
    answered = answer(ask_again(open_end, frozenset()), {question.id: "12"})

    assert questions(agreed) == ()
    assert question.id == "how_often.1"
    assert answered.obligations == agreed.obligations


def test_a_refund_some_time_after_the_deposit_is_a_way_out() -> None:
    read = read_agreement(
        "The Buyer shall deposit 500 USDC into escrow. When the Buyer confirms delivery, the 500 "
        "USDC shall be released to the Seller. If the Buyer has not confirmed delivery within 30 "
        "days of the deposit, the 500 USDC shall be refunded to the Buyer."
    )

    assert read.questions == ()
