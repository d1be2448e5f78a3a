"""What many take part in, or what runs over time, becomes contracts in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.model import Function, If, Program
from assay.authoring.trials.cast import cast_of
from assay.authoring.trials.clauses import clause_trials
from assay.authoring.trials.reckoning import reckoned_trials
from assay.authoring.trials.walks import explore
from assay.authoring.trials.whole import whole_trials
from tests.unit.authoring.blocks import open_agreements as agreements
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.mutants import mutants
from tests.unit.authoring.blocks.open_agreements import OPEN_AGREEMENTS
from tests.unit.authoring.blocks.written import duty, when

MUTATED = ("SteppedVesting", "TokenAuction", "Stake")
SAME = {"takePenalties: the money goes to treasury"}
"""No mistakes: nobody else may call it."""


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(OPEN_AGREEMENTS)


@pytest.mark.parametrize("name", OPEN_AGREEMENTS)
def test_every_clause_is_kept_in_both_languages(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize("name", MUTATED)
def test_a_mistake_in_the_program_fails_a_trial(name: str) -> None:
    specification = OPEN_AGREEMENTS[name]()
    composition = compose(specification, BLOCKS, name=name)

    survivors = [
        what
        for what, mutant in (*mutants(composition.program), *inner_mutants(composition.program))
        if what not in SAME and not is_found(specification, replace(composition, program=mutant))
    ]

    assert survivors == []


def inner_mutants(program: Program) -> Iterator[tuple[str, Program]]:
    """Each lacks one statement of a branch."""
    for function in program.functions:
        for place, statement in enumerate(function.body):
            if not isinstance(statement, If):
                continue
            for number in range(len(statement.then)):
                rest = (*statement.then[:number], *statement.then[number + 1 :])
                if "Emit" in type(statement.then[number]).__name__:
                    continue
                changed = replace(statement, then=rest)
                what = f"{function.name}: {statement.then[number]} is missing"
                yield what, _changed(program, function, place, changed)
            swapped = replace(statement, then=statement.otherwise, otherwise=statement.then)
            yield f"{function.name}: swapped", _changed(program, function, place, swapped)


def _changed(program: Program, function: Function, place: int, statement: If) -> Program:
    body = (*function.body[:place], statement, *function.body[place + 1 :])
    new = replace(function, body=body)
    return replace(
        program, functions=tuple(new if one is function else one for one in program.functions)
    )


def is_found(specification: Specification, composition: Composition) -> bool:
    """Whether a trial fails, or the program cannot even run."""
    program, cast = composition.program, cast_of(composition.program)
    try:
        walks = explore(program, cast)
    except KeyError:
        return True
    return not all(
        trial.passed
        for trials in (
            reckoned_trials(specification, composition, cast, walks),
            clause_trials(specification, composition, cast, walks),
            whole_trials(program, cast, walks),
        )
        for trial in trials
    )


def changed(specification: Specification, index: int, **fields: object) -> Specification:
    """The specification with other words in one obligation."""
    obligations = list(specification.obligations)
    obligations[index] = Obligation.model_validate({**obligations[index].model_dump(), **fields})
    return specification.model_copy(update={"obligations": tuple(obligations)})


def without(specification: Specification, index: int) -> Specification:
    """The specification without one obligation."""
    obligations = specification.obligations
    rest = (*obligations[:index], *obligations[index + 1 :])
    return specification.model_copy(update={"obligations": rest})


LATE = when("breach", actor="seller", action="deliver").model_dump()


@pytest.mark.parametrize(
    "unknown",
    [
        changed(agreements.campaign(), 0, deadline=None),
        without(agreements.campaign(), 2),
        changed(agreements.campaign(), 1, amount="50", asset="%"),
        changed(agreements.campaign(), 0, conditions=(LATE,)),
        changed(agreements.linear_vesting(), 1, spread=False),
        without(agreements.linear_vesting(), 0),
        changed(agreements.stepped_vesting(), 1, deadline_from="grant date"),
        changed(agreements.auction_of_tokens(), 1, deadline=None),
        without(agreements.auction_of_tokens(), 2),
        without(agreements.auction_of_tokens(), 4),
        changed(agreements.royalties(), 0, amount="59"),
        changed(agreements.royalties(), 0, recurrence="P1M"),
        changed(agreements.subscription(), 1, deadline="P14D"),
        without(agreements.listed_sale(), 3),
        changed(agreements.listed_sale(), 1, conditions=(LATE,)),
        changed(agreements.stake(), 1, share_of="profit"),
        changed(agreements.stake(), 1, recipient=None),
        changed(agreements.vote(), 0, deadline=None),
        changed(agreements.vote(), 1, otherwise=None),
        changed(
            agreements.vote(), 1, conditions=(*agreements.vote().obligations[1].conditions, LATE)
        ),
    ],
)
def test_what_is_missing_or_unknown_is_refused_not_guessed(unknown: Specification) -> None:
    with pytest.raises(NotBuildable):
        compose(unknown, BLOCKS, name="Unknown")


def test_two_mechanisms_in_one_agreement_keep_their_money_apart(
    written: dict[str, Written],
) -> None:
    both = agreements.campaign()
    stake = agreements.stake()
    whole = both.model_copy(
        update={
            "parties": (*both.parties, *stake.parties),
            "obligations": (*both.obligations, *stake.obligations),
        }
    )

    composition = compose(whole, BLOCKS, name="Mixed")
    cast = cast_of(composition.program)
    walks = explore(composition.program, cast)

    assert {claim.block for claim in composition.claims} == {"crowdfunding", "stake"}
    trials = [
        *reckoned_trials(whole, composition, cast, walks),
        *clause_trials(whole, composition, cast, walks),
        *whole_trials(composition.program, cast, walks),
    ]
    assert [trial for trial in trials if not trial.passed] == []


def test_a_defined_party_is_not_whoever_comes() -> None:
    specification = agreements.campaign()
    (first, *others) = specification.parties
    defined = first.model_copy(update={"text": 'Ada Miller (the "Contributor")'})

    with pytest.raises(NotBuildable):
        compose(
            specification.model_copy(update={"parties": (defined, *others)}), BLOCKS, name="One"
        )


def test_a_price_for_each_month_alone_is_no_subscription() -> None:
    rent = duty(
        "tenant", "must", "pay", amount="900", asset="USDC", recipient="landlord", recurrence="P1M"
    )
    specification = agreements.written("Rent.", rent, tokens="USDC:6")

    for block in BLOCKS:
        if block.name == "subscription":
            assert block.claims(specification, frozenset({0})) == ()
