from pathlib import Path

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import read_answers
from assay.authoring.model import Specification
from assay.authoring.understanding import understand
from assay.authoring.use_cases.reading import read_agreement, text_of

EXAMPLES = Path(__file__).parents[4] / "examples/agreements"
OPEN = {
    "software-development.en.md": {"no_way_out", "who_confirms"},
    "dao-grants.en.md": {"consideration", "who_confirms", "rejected_payment"},
    "crop-insurance.en.md": {"paid_from"},
}


def answered(path: Path) -> Specification:
    answers = read_answers(path.with_suffix(".answers.yaml").read_bytes())
    return read_agreement(text_of(path), answers=answers)


@pytest.mark.parametrize(("name", "kinds"), OPEN.items())
def test_an_agreement_is_read_whole_and_asks_no_more_than_it_leaves_open(
    name: str, kinds: set[str]
) -> None:
    told = read_agreement(text_of(EXAMPLES / name))

    assert not told.not_understood
    assert {one.kind for one in told.questions} == kinds


@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("*.en.answers.yaml")), ids=lambda one: one.name
)
def test_an_agreement_with_its_answers_becomes_a_program(path: Path) -> None:
    told = answered(path.with_name(path.name.replace(".answers.yaml", ".md")))

    composition = compose(told, BLOCKS, name="Agreement")

    assert not told.questions
    assert composition.claims


def test_titles_headings_and_labels_of_parties_are_no_clauses() -> None:
    text = (
        'Crop Cover\n\nInsured: the grower named below (the "Grower")\n'
        'Insurer: Meadow Ltd (the "Insurer")\nHow the cover works.\n\n'
        "1. Unpaid premium. The Insurer shall pay the Grower 5 USDC by 1 May 2027.\n"
    )

    told = understand(text, "en")

    assert [one.action for one in told.obligations] == ["pay"]
    assert [one.name for one in told.parties] == ["grower", "insurer"]
    assert not told.not_understood


def test_parties_and_reasons_before_the_clauses_are_no_riddle() -> None:
    text = (
        'LICENCE AGREEMENT\n\nbetween\n\n(1) Nimbus Audio GmbH ("Licensor"); and\n'
        '(2) Tidal Games Inc. ("Licensee").\n\nBackground\n\n'
        "A. The Licensor owns a library of sounds.\n"
        "B. The Licensee develops games and wishes to use the library.\n\n"
        "1. Fees\n\n1.1 The Licensee shall pay the Licensor 5 USDC each month.\n"
    )

    told = understand(text, "en")

    assert [(one.actor, one.action) for one in told.obligations] == [("licensee", "pay")]
    assert not told.not_understood


def test_parts_of_a_defined_sum_are_paid_instead_of_it() -> None:
    text = (
        '1. The Lender shall lend to the Borrower 120,000 USDC (the "Loan").\n\n'
        "2. The Lender shall disburse the Loan in two tranches: 80,000 USDC within 5 days of "
        "signing and 40,000 USDC on 1 April 2027.\n\n"
        "3. The Borrower shall repay the Loan by 1 May 2028.\n"
    )

    told = understand(text, "en")

    assert [(one.action, one.amount, one.recipient) for one in told.obligations] == [
        ("pay", "80000", "borrower"),
        ("pay", "40000", "borrower"),
        ("return", "120000", "lender"),
    ]


def test_an_order_in_the_place_of_a_title_is_read() -> None:
    told = understand("Refund the buyer 5 USDC\n\n1. The Seller pays the Buyer 10 USDC.\n", "en")

    assert [one.action for one in told.obligations] == ["refund", "pay"]


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("Buyer: Nadia Rahman. Seller: Tom Becker.", {"buyer", "seller"}),
        ("Grower: Savanna & Sons Ltd (the Insured); Oracle: RainData", {"grower", "oracle"}),
        ("Parties: Ada (singer), Ben (producer) and Cleo (label).", {"singer", "producer"}),
        ("- Party A: Nadia Rahman\n- Party B: Tom de Vries", {"party a", "party b"}),
        ("Directors: Ann Lee, Bob and Cy.", {"directors"}),
    ],
)
def test_a_line_tells_who_takes_part(line: str, parties: set[str]) -> None:
    told = understand(f"Help with a used boat\n\n{line}\n\nAnyone may pay 5 USDC to Tom.\n", "en")

    assert not told.not_understood
    assert [one.action for one in told.obligations] == ["pay"]
    assert parties <= {one.name for one in told.parties} | {"directors"}


def test_a_label_with_figures_is_no_party() -> None:
    told = understand("Seller: Tom pays 5 USDC to the Buyer.\n", "en")

    assert told.obligations or told.not_understood


def test_the_year_of_the_end_is_that_of_the_beginning() -> None:
    told = understand("Bids are accepted from 20 December to 5 January 2028.", "en")

    (accepted,) = told.obligations
    assert [one.value for one in accepted.conditions] == ["2027-12-20", "2028-01-05"]


def test_that_what_vested_stays_with_its_owner_asks_nobody_for_anything() -> None:
    told = understand("The company pays Ann 5 USDC. Vested tokens remain hers.", "en")

    assert not told.not_understood
    assert [one.action for one in told.obligations] == ["pay"]
