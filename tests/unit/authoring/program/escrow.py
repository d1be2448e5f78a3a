"""A program to write, run and compare: an escrow with a deadline, a vote and a token of its own."""

from __future__ import annotations

from assay.authoring.program.expressions import (
    Binary,
    Caller,
    Expression,
    Held,
    Lookup,
    Name,
    Not,
    Now,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import (
    Asset,
    Constant,
    Emit,
    Function,
    Group,
    If,
    Invariant,
    Issue,
    Let,
    Pass,
    Program,
    Pull,
    Push,
    Require,
    Role,
    Set,
    Variable,
)

NATIVE = Asset("coin", "native", 18)
USDC = Asset("usdc", "token", 6, "USDC")


def escrow(asset: Asset = USDC) -> Program:
    """The buyer deposits, two of three directors approve, and either side gets what is due."""
    held: Expression = Name("deposited")
    end = Binary("+", Name("startedAt"), Name("PERIOD"))
    deposit = Function(
        "deposit",
        (
            Require(Binary("==", held, Number(0)), "AlreadyDeposited", (held,)),
            Require(Binary("<=", Now(), end), "TooLate", (Now(), end)),
            Set("deposited", Name("PRICE")),
            Emit("Deposited", (("payer", Caller()), ("amount", Name("PRICE")))),
            Pull(asset.name, Name("PRICE")),
            Issue(Caller(), Number(10)),
        ),
        callers=("buyer",),
        clauses=("1",),
        text="Pay the price into escrow.",
    )
    approve = Function(
        "approve_payment",
        (
            Require(Not(Lookup("approved", Caller())), "ApprovedAlready", (Caller(),)),
            Set("approved", Truth(value=True), Caller()),
            Set("approvals", Binary("+", Name("approvals"), Number(1))),
            Emit("PaymentApproved", (("director", Caller()),)),
        ),
        callers=("directors",),
    )
    release = Function(
        "settle",
        (
            Require(Binary(">", held, Number(0)), "NothingHeld"),
            Let("amount", held),
            Set("deposited", Number(0)),
            If(
                Binary(">=", Name("approvals"), Number(2)),
                (Push(asset.name, Name("seller"), Binary("min", Name("amount"), held_most())),),
                (Push(asset.name, Name("buyer"), Name("amount")),),
            ),
        ),
        callers=("buyer", "seller"),
        clauses=("2",),
    )
    tip = Function(
        "tipSeller",
        (
            Require(Binary(">", Name("amount"), Number(0)), "NothingGiven"),
            Pass(asset.name, Name("seller"), Name("amount")),
        ),
        arguments=(("amount", Type.NUMBER),),
    )
    return Program(
        "Escrow",
        "The price is held until two directors approve.",
        roles=(Role("buyer", "who pays"), Role("seller")),
        groups=(Group("directors", 3),),
        assets=(asset, Asset("points", "issued", 6, "PTS")),
        constants=(
            Constant("PRICE", 5_000 * 10**asset.decimals, "amount", asset.decimals, "5,000"),
            Constant("PERIOD", 30 * 86_400, "seconds", text="within 30 days"),
        ),
        variables=(
            Variable("startedAt", Type.NUMBER, initial=Now(), fixed=True),
            Variable("deposited", Type.NUMBER),
            Variable("approvals", Type.NUMBER),
            Variable("approved", Type.TRUTH, key=Type.ADDRESS),
        ),
        functions=(deposit, approve, release, tip),
        invariants=(Invariant("Covered", Binary(">=", Held(asset.name), held)),),
        quotes=(("1", 'The Buyer pays "5,000 USDC"\u202e within 30 days.'), ("2", "按约定放款。")),
    )


def held_most() -> Expression:
    """The most that one payment takes."""
    return Name("PRICE")
