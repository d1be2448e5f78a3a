from __future__ import annotations

import pytest

from assay.authoring.understanding import understand


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The landlord may charge 50 USDC for late rent.", "late"),
        ("The annual plan costs 96 USDC and renews on request.", "annual"),
        ("The tenant pays 500 USDC now and 600 USDC a month in the second year.", "second"),
        ("The agent gets initially 5% of sales and subsequently 3%.", "initially"),
    ],
)
def test_names_words_that_stand_in_nothing_that_was_read(text: str, words: str) -> None:
    unread = understand(text, "en").not_understood

    assert words in [one.text for one in unread]


@pytest.mark.parametrize(
    "text",
    [
        "The Carrier shall deliver the goods to the Buyer no later than 9 April 2027.",
        "The Author gets an advance of 8,000 EURC: 4,000 on signing, 4,000 on delivery of it.",
        "The company pays the developer 4,500 USDC on the last day of every month.",
        "Each of the five founders can veto any transfer of more than 50 ETH within 24 hours.",
        "Nothing vests in the first year.",
    ],
)
def test_finds_every_word_of_a_sentence_that_was_read_whole(text: str) -> None:
    assert understand(text, "en").not_understood == ()


def test_reads_what_nobody_would_choose_as_what_follows_a_failure() -> None:
    (pay,) = understand("The bidder shall pay 5 ETH or lose the deposit.", "en").obligations

    assert pay.otherwise is not None
    assert (pay.otherwise.actor, pay.otherwise.action) == ("contract", "keep")


def test_asks_which_of_two_acts_is_due() -> None:
    found = understand("The buyer shall pay the seller 5 ETH or deliver the car.", "en")

    assert "alternative" in [question.kind for question in found.questions]


def test_reads_a_condition_that_no_comma_ends() -> None:
    (release,) = understand(
        "If the goal is reached the funds are released to the creator.", "en"
    ).obligations

    assert (release.action, release.asset, release.recipient) == ("release", "fund", "creator")


def test_shares_before_a_whole_are_of_it() -> None:
    found = understand("The winner takes 70 % and the runner-up 30 % of the pool.", "en")

    assert [one.share_of for one in found.obligations] == ["pool", "pool"]


def test_an_amount_that_happens_to_be_the_sum_of_others_is_no_total() -> None:
    found = understand("The singer gets 5 ETH, the drummer 3 ETH and the bassist 2 ETH.", "en")

    assert [one.amount for one in found.obligations] == ["5", "3", "2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The contractor shall complete phase 1 by 31 March 2027 and phase 2 by 30 June 2027.",
            [("phase 1", "2027-03-31"), ("phase 2", "2027-06-30")],
        ),
        (
            "The client pays the deposit on 1 May 2027 and the balance on 1 June 2027.",
            [("deposit", "2027-05-01"), ("balance", "2027-06-01")],
        ),
    ],
)
def test_things_of_one_verb_keep_their_own_times(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = understand(text, "en")

    assert [(one.asset, one.deadline) for one in found.obligations] == expected
    assert found.not_understood == ()


def test_a_payment_that_is_made_is_an_event() -> None:
    (deliver,) = understand("Once payment is made the seller ships the goods.", "en").obligations

    assert [(one.kind, one.action) for one in deliver.conditions] == [("event", "pay")]


def test_somebody_by_an_unknown_noun_receives_what_they_are_paid() -> None:
    (pay,) = understand("The bookkeeper is paid 40 USDC by the club.", "en").obligations

    assert (pay.actor, pay.recipient) == ("club", "bookkeeper")


def test_after_an_anniversary_is_no_deadline() -> None:
    (buy,) = understand(
        "The holder may buy 500 shares after the first anniversary of the grant.", "en"
    ).obligations

    assert buy.deadline is None
    assert [(one.kind, one.comparator, one.value) for one in buy.conditions] == [
        ("time", ">", "P1Y")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The goal is 50,000 USDC.",
        "The buyer pays the seller 90 USDC by 1 May 2027. The penalty is 50 USDC.",
        "The cap is 1,000 tokens. Anna pays Ben 20 USDC a month.",
    ],
)
def test_names_terms_that_no_other_clause_takes_up(text: str) -> None:
    reasons = [one.reason for one in understand(text, "en").not_understood]

    assert reasons == ["it sets a term that no other clause takes up"]


@pytest.mark.parametrize(
    "text",
    [
        "The price is 900 USDC. The buyer pays the price to the seller by 1 May 2027.",
        "The fee is 2%. The buyer pays the agent the fee of the price.",
    ],
)
def test_keeps_terms_that_another_clause_takes_up(text: str) -> None:
    assert understand(text, "en").not_understood == ()


def test_names_words_that_point_at_a_case_which_nothing_told() -> None:
    found = understand("In that case the seller pays 5 USDC to the buyer.", "en")

    assert [one.text for one in found.not_understood] == ["In that case"]


@pytest.mark.parametrize("each", ["For each of the directors", "For each order"])
def test_for_each_of_many_is_never_passed_over(each: str) -> None:
    told = understand(f"{each}, the firm pays the fund 5 USDC and the tax office 2 USDC.", "en")

    assert each in [piece.text for piece in told.not_understood]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Subject to clause 4, the buyer pays the seller 5 ETH.", "Subject to clause 4"),
        ("The buyer pays the seller 5 ETH, save as set out in section 7.2.", None),
        ("Except as provided in clause 9, the buyer may not sell the car.", None),
    ],
)
def test_names_a_limit_in_a_clause_that_the_text_lacks(text: str, words: str | None) -> None:
    unread = understand(text, "en").not_understood

    assert "it points at a clause that the text does not have" in [one.reason for one in unread]
    assert words is None or words in [one.text for one in unread]


def test_a_limit_in_a_clause_that_the_text_has_is_no_riddle() -> None:
    text = "1. Subject to clause 2, Ann pays Bob 5 ETH.\n2. Ann may cancel before 1 May 2027."

    unread = understand(text, "en").not_understood

    assert "it points at a clause that the text does not have" not in [one.reason for one in unread]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("If it is more than 2 days late, the courier pays the shop 20 USDC.", "which_act"),
        ("If he is more than 5 days late, Bob pays Ann 20 USDC.", "which_act"),
        ("If they fail the test, the buyer may return the machines.", "pronoun"),
        ("If they do not pass inspection, the client may reject the goods.", "pronoun"),
    ],
)
def test_asks_what_is_late_or_tested_where_only_a_pronoun_says_it(text: str, asked: str) -> None:
    found = understand(text, "en")

    assert asked in [question.kind for question in found.questions]
    told = [item for one in found.obligations for item in one.conditions]
    assert not {"they", "None delay", "it delay"} & {one.asset or one.subject for one in told}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("The bank charges the client interest at up to 2 % a year.", "2"),
        ("The lender may charge the borrower interest at a rate of 5 % per annum.", "5"),
        ("The lender charges the borrower interest of 1 % a month on the loan.", "1"),
    ],
)
def test_interest_is_charged_to_whom_it_says(text: str, amount: str) -> None:
    (charged,) = understand(text, "en").obligations

    assert charged.action == "claim"
    assert charged.amount == amount
    assert charged.recipient in ("client", "borrower")


@pytest.mark.parametrize(
    "text",
    [
        "dev gets 1k USDC per milestone, 4 milestones",
        "Bob gets 500 USDC per article, 10 articles",
        "Alice pays Bob 50 USDC per lesson, 8 lessons",
        "writer earns 80 USDC per post; 12 posts",
    ],
)
def test_a_number_of_what_is_paid_for_is_no_act_and_is_asked_about(text: str) -> None:
    found = understand(text, "en")

    assert len(found.obligations) == 1
    assert found.not_understood or found.questions
