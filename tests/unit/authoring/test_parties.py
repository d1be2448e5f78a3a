"""Who is who on the chain: nobody is left out, doubled, unknown or somebody else."""

from __future__ import annotations

import pytest

from assay.authoring.deployment_errors import PartyMissing, PartyUnfit, PartyUnknown
from assay.authoring.model import Party, Specification
from assay.authoring.parties import Given, constructor_arguments, takes_deployer
from assay.authoring.program.expressions import Caller, Type
from assay.authoring.program.model import Asset, Group, Program, Role, Variable
from assay.core.address import ZERO_ADDRESS, Address, parse_address

PEOPLE = tuple(parse_address(f"0x{number:040x}") for number in range(1, 8))
BUYER, SELLER, COIN, *DIRECTORS = PEOPLE
TEXT = "买方 seller directors"
PROGRAM = Program(
    "Purchase",
    roles=(Role("buyer", "买方"), Role("seller", "seller")),
    groups=(Group("directors", 3, "directors"),),
    assets=(Asset("usdc", "token", 6, "USDC"), Asset("ether", "native", 18)),
)


def specification(address: str | None = None) -> Specification:
    parties = (
        Party(name="买方", text="买方", span=(0, 2)),
        Party(name="seller", text="seller", span=(3, 9), address=address),
    )
    return Specification(language="zh", text=TEXT, parties=parties)


def given(
    parties: dict[str, Address] | None = None, directors: tuple[Address, ...] = tuple(DIRECTORS[:3])
) -> Given:
    return Given(
        {"买方": BUYER, "seller": SELLER} if parties is None else parties,
        {"directors": directors},
        {"USDC": COIN},
    )


def test_arguments_stand_in_the_constructors_order_under_either_name() -> None:
    arguments = constructor_arguments(specification(), PROGRAM, given())

    assert [one.value for one in arguments] == [BUYER, SELLER, COIN, DIRECTORS[:3]]
    assert [one.name for one in arguments] == ["buyer", "seller", "usdc", "directors"]


def test_whoever_is_missing_is_named_with_the_option_to_give() -> None:
    with pytest.raises(PartyMissing) as missing:
        constructor_arguments(specification(), PROGRAM, Given({"buyer": BUYER}))

    assert missing.value.missing == (
        "--party seller=...",
        "--token USDC=...",
        "--group directors=...",
    )


def test_a_party_that_the_contract_does_not_have_is_refused() -> None:
    stranger = {"买方": BUYER, "seller": SELLER, "bank": COIN}

    with pytest.raises(PartyUnknown, match="bank") as unknown:
        constructor_arguments(specification(), PROGRAM, given(stranger))

    assert "buyer or 买方" in unknown.value.hint


@pytest.mark.parametrize(
    ("parties", "words"),
    [
        ({"买方": BUYER, "buyer": BUYER, "seller": SELLER}, "two names"),
        ({"买方": BUYER, "seller": BUYER}, "the same address"),
        ({"买方": BUYER, "seller": COIN}, "the same address"),
        ({"买方": ZERO_ADDRESS, "seller": SELLER}, "nobody"),
    ],
)
def test_parties_that_cannot_be_are_refused(parties: dict[str, Address], words: str) -> None:
    with pytest.raises(PartyUnfit, match=words):
        constructor_arguments(specification(), PROGRAM, given(parties))


@pytest.mark.parametrize(
    ("directors", "words"),
    [
        ((DIRECTORS[0], DIRECTORS[0], DIRECTORS[1]), "twice"),
        (tuple(DIRECTORS[:2]), "3 members, and 2"),
        ((*DIRECTORS[:2], ZERO_ADDRESS), "nobody"),
    ],
)
def test_groups_that_cannot_be_are_refused(directors: tuple[Address, ...], words: str) -> None:
    with pytest.raises(PartyUnfit, match=words):
        constructor_arguments(specification(), PROGRAM, given(directors=directors))


def test_an_address_in_the_agreement_is_taken_and_no_other() -> None:
    stated = specification(SELLER)

    arguments = constructor_arguments(stated, PROGRAM, given({"buyer": BUYER}))

    assert arguments[1].value == SELLER
    with pytest.raises(PartyUnfit, match="the agreement says"):
        constructor_arguments(stated, PROGRAM, given({"buyer": BUYER, "seller": DIRECTORS[3]}))


def test_a_contract_that_remembers_its_deployer_is_told() -> None:
    owner = Variable("owner", Type.ADDRESS, initial=Caller())

    assert not takes_deployer(PROGRAM)
    assert takes_deployer(Program("Owned", variables=(owner,)))
