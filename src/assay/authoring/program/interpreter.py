"""What every call must come to: the reference that generated code is held against.

    world = World.deployed(program, roles={"buyer": "0xb0", "seller": "0x5e"}, now_s=1_000)
    after = run(program, world, Call("deposit", "0xb0", (100,), now_s=1_001))

A call gives a new world, or `Reverted` with the name of the error and leaves the old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assay.authoring.program.calendar import months_after, months_between
from assay.authoring.program.expressions import (
    Binary,
    Caller,
    Expression,
    Held,
    Lookup,
    Member,
    Name,
    Nobody,
    Not,
    Now,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import (
    Emit,
    Function,
    If,
    Issue,
    Let,
    Pass,
    Program,
    Pull,
    Push,
    Require,
    Set,
    Statement,
    Variable,
    takes_native,
)

Value = int | bool | str
CONTRACT = "0xc0"
NOBODY = "0x0000000000000000000000000000000000000000"
LARGEST = 2**256 - 1
ARITHMETIC_ERROR = "Arithmetic"
TRANSFER_ERROR = "Transfer"
PAYMENT_ERROR = "WrongPayment"
CALLER_ERROR = "NotAllowed"


class Reverted(Exception):
    """A call was undone; part of the result, not a failure of the interpreter.

    Attributes:
        due: native money that the call should have brought, where it brought something else.
    """

    def __init__(self, error: str, due: int | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.due = due


@dataclass(frozen=True, slots=True)
class Call:
    """One call: by whom, with what, and when.

    Attributes:
        sent: native money that comes with it.
    """

    function: str
    caller: str
    arguments: tuple[Value, ...] = ()
    now_s: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """What a call has recorded."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class World:
    """The state of the contract and of everybody's money.

    Attributes:
        values: roles, constants and single variables by name.
        mappings: by name and key.
        members: of each group.
        balances: by asset and holder.
        address: of the contract.
    """

    values: Mapping[str, Value]
    mappings: Mapping[tuple[str, Value], Value] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    balances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    address: str = CONTRACT

    @classmethod
    def deployed(
        cls,
        program: Program,
        *,
        roles: Mapping[str, str],
        groups: Mapping[str, frozenset[str]] | None = None,
        balances: Mapping[tuple[str, str], int] | None = None,
        now_s: int = 0,
        deployer: str = NOBODY,
        address: str = CONTRACT,
    ) -> World:
        """A fresh contract."""
        values: dict[str, Value] = {role.name: roles[role.name] for role in program.roles}
        values |= {constant.name: constant.value for constant in program.constants}
        world = cls(values, {}, dict(groups or {}), dict(balances or {}), address=address)
        call = _Running(program, world, Call("", deployer, now_s=now_s))
        for variable in program.variables:
            if variable.key is not None:
                continue
            if variable.initial is None:
                call.values[variable.name] = _zero(variable.type)
            else:
                call.values[variable.name] = call.compute(variable.initial)
        return call.world()

    def held_for(self, mapping: Variable, key: Value) -> Value:
        """What a mapping holds for a key."""
        return self.mappings.get((mapping.name, key), _zero(mapping.type))

    def balance(self, asset: str, holder: str) -> int:
        """What somebody holds."""
        return self.balances.get((asset, holder), 0)


def run(program: Program, world: World, call: Call) -> World:
    """Carry out one call.

    Raises:
        Reverted: the program undoes it.
    """
    function = program.function(call.function)
    running = _Running(program, replace(world, events=()), call)
    running.enter(function)
    running.carry_out(function.body)
    return running.world()


def value_of(
    program: Program, world: World, expression: Expression, now_s: int, *, caller: str = NOBODY
) -> Value:
    """What an expression without arguments comes to between two calls.

    Raises:
        Reverted: it cannot be computed.
    """
    return _Running(program, world, Call("", caller, now_s=now_s)).compute(expression)


def holds(program: Program, world: World, condition: Expression, now_s: int) -> bool:
    """Whether a condition, like an invariant, is so between two calls."""
    return bool(value_of(program, world, condition, now_s))


class _Running:
    """One call while it runs."""

    def __init__(self, program: Program, world: World, call: Call) -> None:
        self.values = dict(world.values)
        self._program = program
        self._before = world
        self._call = call
        self._locals: dict[str, Value] = {}
        self._mappings = dict(world.mappings)
        self._balances = dict(world.balances)
        self._events: list[Event] = list(world.events)
        self._types = {variable.name: variable.type for variable in program.variables}

    def world(self) -> World:
        return replace(
            self._before,
            values=self.values,
            mappings=self._mappings,
            balances=self._balances,
            events=tuple(self._events),
        )

    def enter(self, function: Function) -> None:
        if not takes_native(self._program, function) and self._call.sent:
            raise Reverted(PAYMENT_ERROR)
        names = [name for name, _ in function.arguments]
        self._locals = dict(zip(names, self._call.arguments, strict=True))
        if function.callers and not any(map(self._is_caller, function.callers)):
            raise Reverted(CALLER_ERROR)

    def carry_out(self, body: tuple[Statement, ...]) -> None:
        for statement in body:
            self._step(statement)

    def _step(self, statement: Statement) -> None:
        match statement:
            case Require(condition, error, _):
                if not self.compute(condition):
                    raise Reverted(error)
            case Let(name, value):
                self._locals[name] = self.compute(value)
            case Set(variable, value, None):
                self.values[variable] = self.compute(value)
            case Set(variable, value, key) if key is not None:
                found = self.compute(value)
                self._mappings[variable, self.compute(key)] = found
            case If(condition, then, otherwise):
                self.carry_out(then if self.compute(condition) else otherwise)
            case Emit(event, values):
                computed = tuple(self.compute(value) for _, value in values)
                self._events.append(Event(event, computed))
            case _:
                self._move_money(statement)

    def _move_money(self, statement: Statement) -> None:
        match statement:
            case Pull(asset, amount):
                self._pull(asset, self._number(amount))
            case Push(asset, recipient, amount):
                to = str(self.compute(recipient))
                self._move(asset, self._before.address, to, self._number(amount))
            case Pass(asset, recipient, amount, None):
                self._pass(asset, str(self.compute(recipient)), self._number(amount))
            case Pass(asset, recipient, amount, payer) if payer is not None:
                sender, to = str(self.compute(payer)), str(self.compute(recipient))
                self._move(asset, sender, to, self._number(amount))
            case Issue(recipient, amount):
                self._issue(str(self.compute(recipient)), self._number(amount))
            case _:  # pragma: no cover
                raise AssertionError(statement)

    def compute(self, expression: Expression) -> Value:
        match expression:
            case Number(value) | Truth(value):
                return value
            case Not(inner):
                return not self.compute(inner)
            case Binary():
                return self._join(expression)
            case Lookup(mapping, key):
                found = self._mappings.get((mapping, self.compute(key)))
                return _zero(self._types[mapping]) if found is None else found
            case Member(group, who):
                return self.compute(who) in self._before.members[group]
            case _:
                return self._read(expression)

    def _read(self, expression: Name | Nobody | Caller | Now | Held) -> Value:
        match expression:
            case Name(name):
                found: Value = self._locals[name] if name in self._locals else self.values[name]
            case Held(asset):
                found = self._balances.get((asset, self._before.address), 0)
            case Nobody():
                found = NOBODY
            case Caller():
                found = self._call.caller
            case Now():
                found = self._call.now_s
        return found

    def _join(self, binary: Binary) -> Value:
        if binary.operator == "and":
            return bool(self.compute(binary.left)) and bool(self.compute(binary.right))
        if binary.operator == "or":
            return bool(self.compute(binary.left)) or bool(self.compute(binary.right))
        if binary.operator in ("==", "!="):
            same = self.compute(binary.left) == self.compute(binary.right)
            return same == (binary.operator == "==")
        return _arithmetic(binary.operator, self._number(binary.left), self._number(binary.right))

    def _number(self, expression: Expression) -> int:
        value = self.compute(expression)
        assert isinstance(value, int), "programs are checked before they run"
        return value

    def _is_caller(self, allowed: str) -> bool:
        members = self._before.members.get(allowed)
        if members is not None:
            return self._call.caller in members
        return self._call.caller == self.values[allowed]

    def _pull(self, asset: str, amount: int) -> None:
        self._pass(asset, self._before.address, amount)

    def _pass(self, asset: str, recipient: str, amount: int) -> None:
        if self._program.asset(asset).kind == "native" and self._call.sent != amount:
            raise Reverted(PAYMENT_ERROR, due=amount)
        self._move(asset, self._call.caller, recipient, amount)

    def _move(self, asset: str, sender: str, recipient: str, amount: int) -> None:
        held = self._balances.get((asset, sender), 0)
        if held < amount:
            raise Reverted(TRANSFER_ERROR)
        self._balances[asset, sender] = held - amount
        self._balances[asset, recipient] = self._balances.get((asset, recipient), 0) + amount

    def _issue(self, recipient: str, amount: int) -> None:
        issued = self._program.issued
        assert issued is not None, "programs are checked before they run"
        key = issued.name, recipient
        self._balances[key] = self._balances.get(key, 0) + amount


_CALENDAR = {"months after": months_after, "months between": months_between}


def _arithmetic(operator: str, left: int, right: int) -> Value:
    compared = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}
    if operator in compared:
        return compared[operator]
    if operator in _CALENDAR:
        return _CALENDAR[operator](left, right)
    if operator == "/" and right == 0:
        raise Reverted(ARITHMETIC_ERROR)
    computed: dict[str, int] = {
        "+": left + right,
        "-": left - right,
        "*": left * right,
        "/": left // (right or 1),
        "min": min(left, right),
        "max": max(left, right),
    }
    found = computed[operator]
    if not 0 <= found <= LARGEST:
        raise Reverted(ARITHMETIC_ERROR)
    return found


def _zero(kind: Type) -> Value:
    zeros: dict[Type, Value] = {
        Type.NUMBER: 0,
        Type.SIGNED: 0,
        Type.TRUTH: False,
        Type.ADDRESS: NOBODY,
    }
    return zeros[kind]
