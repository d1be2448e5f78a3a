"""Interpreter, Solidity and Vyper come to the same, call by call."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import pytest

from assay.authoring.compiling.model import Compiled
from assay.authoring.compiling.solc import SolidityCompiler
from assay.authoring.compiling.vyper import VyperCompiler
from assay.authoring.program.interpreter import Call, Reverted, World, holds, run
from assay.authoring.program.model import Program
from assay.authoring.program.solidity import write_solidity
from assay.authoring.program.vyper import write_vyper
from assay.authoring.trials import token
from assay.authoring.trials.machine import Machine
from tests.unit.authoring.program.escrow import NATIVE, USDC, escrow

START_S = 1_800_000_000
PEOPLE = [f"0x{number:040x}" for number in range(0xA1, 0xA8)]
BUYER, SELLER, *DIRECTORS, STRANGER = PEOPLE[:6]
FUNDS = 12_000 * 10**18
PLENTY = 10**6 * 10**18


@dataclass
class Target:
    """One compiled contract and its chain."""

    compiled: Compiled
    machine: Machine
    address: str
    tokens: dict[str, str]


@pytest.fixture(scope="module", params=[USDC, NATIVE], ids=["token", "native"])
def program(request: pytest.FixtureRequest) -> Program:
    return escrow(request.param)


@pytest.fixture(scope="module")
def sources(program: Program) -> dict[str, Compiled]:
    compiler = SolidityCompiler()
    sources = {"Escrow.sol": write_solidity(program), f"{token.NAME}.sol": token.SOURCE}
    built = compiler.compile_all(sources, ("Escrow", token.NAME))
    vyper = VyperCompiler().compile(write_vyper(program), "Escrow")
    return {"solidity": built["Escrow"], "vyper": vyper, "token": built[token.NAME]}


def target(program: Program, compiled: Compiled, coin: Compiled) -> Target:
    machine = Machine(START_S)
    for person in PEOPLE:
        machine.give(person, PLENTY)
    tokens: dict[str, str] = {}
    for asset in program.assets:
        if asset.kind == "token":
            tokens[asset.name] = machine.deploy(coin, (asset.decimals,), STRANGER)
    arguments = (BUYER, SELLER, *tokens.values(), DIRECTORS)
    address = machine.deploy(compiled, arguments, STRANGER)
    for where in tokens.values():
        for person in PEOPLE:
            machine.call(coin, where, "mint", person, (person, FUNDS))
            machine.call(coin, where, "approve", person, (address, 2**256 - 1))
    return Target(compiled, machine, address, tokens)


def test_all_three_agree_on_random_calls(program: Program, sources: dict[str, Compiled]) -> None:
    dice = random.Random(5)
    targets = [target(program, sources[one], sources["token"]) for one in ("solidity", "vyper")]
    coin = program.assets[0]
    funds = PLENTY if coin.kind == "native" else FUNDS
    world = World.deployed(
        program,
        roles={"buyer": BUYER, "seller": SELLER},
        groups={"directors": frozenset(DIRECTORS)},
        balances={(coin.name, person): funds for person in PEOPLE},
        now_s=START_S,
    )
    now_s, outcomes = START_S, set()
    for _ in range(150):
        now_s += dice.choice([1, 600, 40_000])
        call = Call(
            dice.choice(["deposit", "approve_payment", "settle"]),
            dice.choice([BUYER, *PEOPLE]),
            now_s=now_s,
        )
        if coin.kind == "native" and call.function == "deposit":
            call = replace(call, sent=dice.choice([5_000 * 10**18, 5_000 * 10**18, 1]))
        if call.function == "tipSeller":
            tip = dice.choice([0, 3, 10**9])
            call = replace(call, arguments=(tip,), sent=tip if coin.kind == "native" else 0)
        try:
            world, error = run(program, world, call), None
        except Reverted as reverted:
            error = reverted.error

        for one in targets:
            one.machine.set_time(now_s)
            outcome = one.machine.call(
                one.compiled,
                one.address,
                call.function,
                call.caller,
                call.arguments,
                sent_wei=call.sent,
            )
            assert outcome.error == error, (one.compiled.language, call)
            assert state(program, one, sources["token"]) == expected(program, world)
        assert holds(program, world, program.invariants[0].condition, now_s)
        outcomes.add((call.function, error))

    assert {("deposit", None), ("settle", None), ("settle", "NotAllowed")} <= outcomes


def state(program: Program, one: Target, coin: Compiled) -> dict[str, Any]:
    found: dict[str, Any] = {
        variable.name: one.machine.read(one.compiled, one.address, variable.name)
        for variable in program.variables
        if variable.key is None
    }
    for person in [*PEOPLE, one.address]:
        name = "contract" if person == one.address else person
        for asset, where in one.tokens.items():
            found[f"{asset} of {name}"] = one.machine.read(coin, where, "balanceOf", person)
        found[f"points of {name}"] = one.machine.read(
            one.compiled, one.address, "balanceOf", person
        )
        if not one.tokens:
            found[f"coin of {name}"] = one.machine.balance(person)
    return found


def expected(program: Program, world: World) -> dict[str, Any]:
    found = {one.name: world.values[one.name] for one in program.variables if one.key is None}
    for person in [*PEOPLE, world.address]:
        name = "contract" if person == world.address else person
        for asset in program.assets:
            found[f"{asset.name} of {name}"] = world.balance(asset.name, person)
    return found
