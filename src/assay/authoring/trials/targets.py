"""A compiled contract on a chain of its own, with everybody's money as the interpreter has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assay.authoring.compiling.model import Compiled
from assay.authoring.program.expressions import Type
from assay.authoring.program.interpreter import (
    ARITHMETIC_ERROR,
    PAYMENT_ERROR,
    TRANSFER_ERROR,
    Call,
    Value,
    World,
)
from assay.authoring.program.model import Program
from assay.authoring.trials.cast import FUNDS, START_S, Cast
from assay.authoring.trials.machine import PANIC, Machine, Outcome

CONTRACT = "contract"
_UNNAMED = frozenset({ARITHMETIC_ERROR, TRANSFER_ERROR, PAYMENT_ERROR})
_MACHINE_ERRORS = ("", PANIC, "Transfer", "ERC20InsufficientBalance")


@dataclass(frozen=True)
class Target:
    """One contract, deployed.

    Attributes:
        tokens: address of each ERC-20 that it does not issue itself, by the asset's name.
    """

    program: Program
    compiled: Compiled
    machine: Machine
    address: str
    coin: Compiled
    tokens: Mapping[str, str]
    cast: Cast

    def call(self, call: Call) -> Outcome:
        """The same call as the interpreter's."""
        self.machine.set_time(call.now_s)
        return self.machine.call(
            self.compiled,
            self.address,
            call.function,
            call.caller,
            call.arguments,
            sent_wei=call.sent,
        )

    def state(self) -> dict[str, Value]:
        """Every single variable, every balance, and what mappings hold for the cast."""
        found: dict[str, Value] = {}
        for variable in self.program.variables:
            if variable.key is None:
                found[variable.name] = self._read(variable.name)
            elif variable.key is Type.ADDRESS:
                for person in self.cast.everybody:
                    label = f"{variable.name}[{self.cast.name(person)}]"
                    found[label] = self._read(variable.name, person)
        for asset in self.program.assets:
            for holder in (*self.cast.everybody, self.address):
                name = CONTRACT if holder == self.address else self.cast.name(holder)
                found[f"{asset.name} of {name}"] = self._balance(asset.name, asset.kind, holder)
        return found

    def _read(self, name: str, *arguments: Value) -> Value:
        value = self.machine.read(self.compiled, self.address, name, *arguments)
        return value if isinstance(value, bool | int) else str(value).lower()

    def _balance(self, name: str, kind: str, holder: str) -> int:
        if kind == "native":
            return self.machine.balance(holder)
        if kind == "issued":
            return int(self.machine.read(self.compiled, self.address, "balanceOf", holder))
        return int(self.machine.read(self.coin, self.tokens[name], "balanceOf", holder))


def deploy(
    program: Program, compiled: Compiled, coin: Compiled, cast: Cast, *, crowded: bool = False
) -> Target:
    """Tokens, the contract, and an allowance of everybody's money to it.

    Args:
        crowded: whether the crowd has money too.

    Raises:
        TrialImpossible: the EVM is missing, or the constructor reverts.
    """
    machine = Machine(START_S)
    deployer = cast.strangers[0]
    people = (*cast.everybody, *cast.crowd) if crowded else cast.everybody
    for person in people:
        machine.give(person, FUNDS)
    tokens = {
        asset.name: machine.deploy(coin, (asset.decimals,), deployer)
        for asset in program.assets
        if asset.kind == "token"
    }
    arguments = (*cast.roles.values(), *tokens.values(), *map(list, cast.groups.values()))
    address = machine.deploy(compiled, arguments, deployer)
    for token in tokens.values():
        for person in people:
            machine.call(coin, token, "mint", person, (person, FUNDS))
            machine.call(coin, token, "approve", person, (address, 2**256 - 1))
    return Target(program, compiled, machine, address, coin, tokens, cast)


def expected_state(program: Program, world: World, cast: Cast) -> dict[str, Value]:
    """What `Target.state` must be after the interpreter came to this world."""
    found: dict[str, Value] = {}
    for variable in program.variables:
        if variable.key is None:
            found[variable.name] = world.values[variable.name]
        elif variable.key is Type.ADDRESS:
            for person in cast.everybody:
                label = f"{variable.name}[{cast.name(person)}]"
                found[label] = world.held_for(variable, person)
    for asset in program.assets:
        for holder in (*cast.everybody, world.address):
            name = CONTRACT if holder == world.address else cast.name(holder)
            found[f"{asset.name} of {name}"] = world.balance(asset.name, holder)
    return found


def same_error(expected: str | None, found: str | None) -> bool:
    """Whether a target refuses, or does not, as the interpreter does.

    Refusals by the machine itself (arithmetic, a token, unexpected money) have other names on every
    target, or none.
    """
    if expected is None or found is None:
        return expected is found
    if expected in _UNNAMED:
        return found in (*_MACHINE_ERRORS, expected)
    return expected == found
