"""What a contract is deployed with for trials: the terms of the prose, by the names of arguments.

A constructor that takes the price takes the price of the prose; so does what is called a goal, a
deadline, a share. What prose does not give has a small value, and is told to whoever reads the
report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from assay.authoring.audit.properties import times
from assay.authoring.audit.properties.words import parts
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.trials.cast import START_S
from assay.errors import InputError

_DAY_S = 86_400


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GOALS = _words("goal target minimum min softcap threshold soft funding")
_CAPS = _words("cap max maximum limit hardcap most")
_MOMENTS = _words("deadline end ends ending closing close expiry expires until unlock date time "
                     "timestamp maturity finish")  # fmt: skip
_LENGTHS = _words("duration period days window seconds timeout length delay lock grace term "
                     "cliff interval hours weeks minutes")  # fmt: skip
_SHARES = _words("share shares percent percentage bps fee rate royalty basis points")
_COUNTS = _words("quorum required approvals confirmations signatures votes threshold")
_STARTS = _words("start begin starts beginning opening from")
_UNIT_S = {"days": _DAY_S, "hours": 3_600, "weeks": 7 * _DAY_S, "minutes": 60, "seconds": 1}
_PAID_OUT = _words("pay release transfer")
_TOKEN_WORDS = _words("token erc20 currency asset coin usdc usdt dai stablecoin")


@dataclass(frozen=True)
class Amount:
    """A sum that the prose names, with the words around it."""

    units: int
    words: frozenset[str]
    kind: str


@dataclass(frozen=True)
class Length:
    """A time that the prose names: seconds, or seconds since 1970 where it is a date."""

    seconds: int
    is_date: bool
    words: frozenset[str]


@dataclass(frozen=True)
class Terms:
    """Everything of a specification that a constructor could take.

    Attributes:
        parts: sums that the contract pays, one after the other.
    """

    amounts: tuple[Amount, ...]
    lengths: tuple[Length, ...]
    shares: tuple[Decimal, ...]
    count: int | None
    parts: tuple[int, ...] = ()


def is_token(argument: Mapping[str, Any]) -> bool:
    """Whether an address of a constructor is a token's."""
    inner = str(argument.get("internalType", ""))
    return argument["type"] == "address" and (
        inner.startswith(("contract ", "interface "))
        or bool(_TOKEN_WORDS & set(parts(str(argument["name"]))))
    )


def terms_of(specification: Specification, decimals: Mapping[str, int]) -> Terms:
    """Those that its obligations and conditions name.

    Args:
        decimals: of each asset that is money.
    """
    amounts: list[Amount] = []
    lengths: list[Length] = []
    shares: list[Decimal] = []
    paid: list[int] = []
    count: int | None = None
    for duty in every_duty(specification):
        words = _words_of(duty)
        if duty.amount is not None and duty.asset == "%":
            shares.append(Decimal(duty.amount))
        elif duty.amount is not None and duty.asset is not None and duty.asset in decimals:
            kind = {"most": "cap", "least": "goal"}.get(duty.limit, "amount")
            amounts.append(Amount(units_of(duty.amount, decimals[duty.asset]), words, kind))
            if duty.actor in (None, "contract") and duty.action in _PAID_OUT:
                paid.append(amounts[-1].units)
        lengths += _lengths(duty.deadline, words)
        lengths += _lengths(duty.recurrence, words | {"period", "interval"})
        for one in duty.conditions:
            lengths += _lengths(one.value, _words_of(one) | words)
            amounts += _compared(one, decimals)
            if one.kind == "approval" and (one.value or "").isdecimal():
                count = int(str(one.value))
    return Terms(tuple(amounts), tuple(lengths), tuple(shares), count, tuple(paid))


def every_duty(specification: Specification) -> Iterator[Obligation]:
    """All obligations, those that follow where one is not kept too."""
    for duty in specification.obligations:
        one: Obligation | None = duty
        while one is not None:
            yield one
            one = one.otherwise


def units_of(amount: str, decimals: int) -> int:
    """An amount in the smallest unit."""
    return int(Decimal(amount).scaleb(decimals))


def value_for(argument: Mapping[str, Any], terms: Terms, source: str, given: str | None) -> Any:
    """Of a number, a word or a truth that a constructor takes.

    Raises:
        InputError: what is given for it is not of its type.
    """
    kind, name = str(argument["type"]), str(argument["name"])
    if given is not None:
        return as_given(kind, name, given)
    if kind.startswith(("uint", "int")):
        return _number(name, terms, source)
    if kind == "bool":
        return True
    if kind == "string":
        return "Trial"
    if kind.startswith("bytes"):
        return bytes(int(kind[5:])) if kind[5:].isdecimal() else b""
    raise InputError(
        f"The constructor takes {name!r} of the type {kind}, for which no value can be made.",
        hint="Audit a contract whose constructor takes addresses, numbers and words.",
    )


def _number(name: str, terms: Terms, source: str) -> int:  # noqa: PLR0911 - a case each
    words = frozenset(parts(name))
    if words & _SHARES:
        share = terms.shares[0] if terms.shares else Decimal(0)
        return int(share * 100) if words & {"bps", "basis"} else int(share)
    if words & _COUNTS and terms.count is not None:
        return terms.count
    if words & _STARTS and not words & _LENGTHS:
        return START_S
    if words & _LENGTHS or words & _MOMENTS:
        return _time(name, words, terms, source)
    for kind, known in (("goal", _GOALS), ("cap", _CAPS)):
        if words & known:
            found = [one.units for one in terms.amounts if one.kind == kind]
            if found:
                return found[0]
    if terms.amounts:
        best = max(terms.amounts, key=lambda one: (len(one.words & words), one.kind == "amount"))
        return best.units
    return 1


def _time(name: str, words: frozenset[str], terms: Terms, source: str) -> int:
    """A length, or the moment that ends it, as the source counts with it."""
    usable = _usable(words, terms, source)
    if not usable:
        best = Length(30 * _DAY_S, is_date=False, words=frozenset())
    else:
        best = max(usable, key=lambda one: len(_stems(one.words) & _stems(words)))
    escaped = re.escape(name)
    added = re.search(rf"(timestamp|\bnow)\s*\+\s*\(?\s*{escaped}\b", source) or re.search(
        rf"\b{escaped}\b[^;\n]*\+\s*(block\.timestamp|now\b)", source
    )
    is_length = bool(added or words & _LENGTHS)
    if not is_length:
        return best.seconds if best.is_date else START_S + best.seconds
    seconds = best.seconds - START_S if best.is_date else best.seconds
    times = re.search(rf"\b{escaped}\s*\*\s*1?\s*(days|hours|weeks|minutes|86400)\b", source)
    unit = times[1] if times else next((one for one in words if one in _UNIT_S), "seconds")
    return max(1, seconds // _UNIT_S.get(unit, _DAY_S))


def _usable(words: frozenset[str], terms: Terms, source: str) -> tuple[Length, ...]:
    """What a constructor may take for a time of a name.

    A moment is a date where the prose has one; a length that the code writes out itself is not
    what it is given, as 60 days are not in `leaseEnd + 60 days`.
    """
    if words & _LENGTHS or not words & _MOMENTS:
        return terms.lengths
    dates = tuple(one for one in terms.lengths if one.is_date)
    return dates or tuple(one for one in terms.lengths if not _writes_out(source, one.seconds))


def _writes_out(source: str, seconds: int) -> bool:
    """Whether the code adds just this length to a moment that it does not read from the clock."""
    written = [
        rf"{seconds // unit_s}\s*{unit}" for unit, unit_s in _UNIT_S.items() if not seconds % unit_s
    ]
    added = re.findall(rf"(\w+)\s*\+\s*(?:{'|'.join([*written, str(seconds)])})\b", source)
    return any(one not in {"timestamp", "now"} for one in added)


def is_guess(argument: Mapping[str, Any], terms: Terms, source: str) -> bool:
    """Whether the prose gives nothing from which a number could be taken."""
    if not str(argument["type"]).startswith(("uint", "int")):
        return False
    words = frozenset(parts(str(argument["name"])))
    if words & _SHARES:
        return not terms.shares
    if words & _STARTS and not words & _LENGTHS:
        return False
    if words & (_LENGTHS | _MOMENTS):
        return not _usable(words, terms, source)
    return not terms.amounts and not (words & _COUNTS and terms.count is not None)


def as_given(kind: str, name: str, text: str) -> Any:
    """A value of a type, as a person has written it.

    Raises:
        InputError: it is none.
    """
    try:
        if kind.startswith(("uint", "int")):
            return int(Decimal(text))
        if kind == "bool":
            return {"true": True, "false": False}[text.lower()]
        if kind == "string":
            return text
        if kind.startswith("bytes") or kind == "address":
            return bytes.fromhex(text.removeprefix("0x")) if kind != "address" else text
    except (InvalidOperation, ValueError, KeyError):
        pass
    raise InputError(
        f"{text[:60]!r} is no value of the type {kind} for {name!r}.",
        hint="Amounts are in the smallest unit, times in seconds.",
    )


def _lengths(text: str | None, words: frozenset[str]) -> list[Length]:
    if not text:
        return []
    try:
        if times.is_length(text):
            return [Length(times.length(text)[1], is_date=False, words=words)]
        low, high = times.day(text)
        return [Length((low + high) // 2, is_date=True, words=words)]
    except ValueError:
        return []


def _compared(one: Condition, decimals: Mapping[str, int]) -> list[Amount]:
    if one.kind != "comparison" or one.value is None or (one.asset or "") not in decimals:
        return []
    try:
        units = units_of(one.value, decimals[one.asset or ""])
    except InvalidOperation:
        return []
    return [Amount(units, _words_of(one) | {"goal"}, "goal")]


def _words_of(one: Obligation | Condition) -> frozenset[str]:
    named = (one.action, one.asset, one.actor, getattr(one, "subject", None))
    text = getattr(one, "text", "")
    found = [word for name in named if name for word in parts(name)]
    return frozenset([*found, *parts(text.lower())])


def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:5] for word in words)
