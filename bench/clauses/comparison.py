"""Whether two specifications say the same: see `bench/understanding.py` for every allowance.

>>> pay = {"actor": "buyer", "modality": "must", "action": "pay", "amount": "1", "asset": "ETH"}
>>> differences(pay, {**pay, "modality": "may"})
['modality']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from .respelling import Piece, objects_apart, respelled, with_cliffs, with_sellers
from .spelling import (
    is_date,
    is_signing,
    is_symbol,
    moment,
    quantity,
    repetitions,
    same_noun,
    same_party,
    share_words,
)

_MOVES = ({"pay", "transfer", "distribute"}, {"return", "refund"})
_TOLD = {"confirm", "notify", "report", "inspect", "approve", "accept", "reject", "vote", "cancel",
         "terminate", "renew", "extend"}  # fmt: skip
# What the verb alone says already.
_COGNATE = {"propose": {"proposal", "提案"}, "bid": {"bid", "出价"}, "vote": {"vote", "票"}}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_SIDE = {"<": "before", "<=": "before", ">": "after", ">=": "after", "=": "during", None: "during"}


def flattened(obligations: Iterable[Piece]) -> list[Piece]:
    """Every obligation on its own: `otherwise` becomes one with a breach of what was before it."""
    return with_sellers(with_cliffs(_each(obligations)))


def _each(obligations: Iterable[Piece]) -> list[Piece]:
    flat: list[Piece] = []
    for one in obligations:
        plain = _plain(one)
        flat += [plain] if plain.get("action") in _TOLD else objects_apart(plain)
        if follows := one.get("otherwise"):
            breach = {"kind": "breach", "actor": one.get("actor"), "action": one.get("action")}
            conditions = [*(follows.get("conditions") or ()), breach | {"points_back": True}]
            flat += _each([{**follows, "conditions": conditions}])
    return flat


def differences(expected: Piece, actual: Piece) -> list[str]:
    """The names of the fields in which two flattened obligations differ."""
    found = _differing(expected, actual)
    if found and any(not _differing(*pair) for pair in respelled(expected, actual)):
        return []
    return found


def _differing(expected: Piece, actual: Piece) -> list[str]:
    checks: dict[str, Callable[[], bool]] = {
        "actor": lambda: same_party(expected.get("actor"), actual.get("actor")),
        "modality": lambda: expected["modality"] == actual["modality"],
        "action": lambda: same_action(expected.get("action"), actual.get("action")),
        "amount": lambda: _same_amount(expected, actual) or _same_parts(expected, actual),
        "asset": lambda: _same_asset(expected, actual),
        "share_of": lambda: same_noun(expected.get("share_of"), actual.get("share_of")),
        "limit": lambda: expected.get("limit", "exact") == actual.get("limit", "exact"),
        "recipient": lambda: _same_recipient(expected, actual),
        "deadline": lambda: moment(expected.get("deadline")) == moment(actual.get("deadline")),
        "deadline_from": lambda: _same_start(expected, actual),
        "recurrence": lambda: (
            moment(expected.get("recurrence")) == moment(actual.get("recurrence"))
        ),
        "occurrences": lambda: expected.get("occurrences") == actual.get("occurrences"),
        "spread": lambda: (
            bool(expected.get("spread")) == bool(actual.get("spread"))
            or _same_parts(expected, actual)
        ),
        "conditions": lambda: matched(
            expected.get("conditions", ()), actual.get("conditions", ()), same_condition
        ),
    }
    return [name for name, same in checks.items() if not same()]


def certain_agrees(certain: Piece, actual: Piece) -> bool:
    """Whether an obligation has the fields that ambiguous words leave certain."""
    return not set(differences({"modality": "must", **certain}, actual)) & set(certain)


def same_action(expected: str | None, actual: str | None) -> bool:
    """One verb, or two for the same movement of the same thing."""
    return expected == actual or any({expected, actual} <= verbs for verbs in _MOVES)


def same_condition(expected: Piece, actual: Piece) -> bool:
    """Whether two conditions hold at the same times."""
    if "state" in {expected["kind"], actual["kind"]}:
        return _same_state(_as_state(expected), _as_state(actual))
    one, other = _positive(expected), _positive(actual)
    if bool(one.get("negated")) != bool(other.get("negated")):
        return False
    kinds = {one["kind"], other["kind"]}
    if kinds <= {"event", "breach"} and len(kinds) == 1:
        return _same_act(one, other)
    if kinds == {"time"}:
        return _same_time(one, other)
    if kinds == {"approval"}:
        return _same_approval(one, other)
    if kinds == {"approval", "event"}:
        return _approves(one, other) or _approves(other, one)
    if kinds == {"comparison"} or (kinds <= {"comparison", "oracle"} and not one.get("actor")):
        return _same_measure(one, other)
    return kinds == {"oracle"} and _same_measure(one, other) and _shares(one, other, "actor")


def matched(
    expected: Sequence[Piece], actual: Sequence[Piece], same: Callable[[Piece, Piece], bool]
) -> bool:
    """Whether the two are the same set: a partner for each, and none left over."""
    return len(expected) == len(actual) and len(pairs(expected, actual, same)) == len(expected)


def pairs(
    expected: Sequence[Piece], actual: Sequence[Piece], same: Callable[[Piece, Piece], bool]
) -> dict[int, int]:
    """The largest pairing of expected with actual pieces that are the same, by index.

    Augmenting paths (Kuhn 1955).
    """
    partner: dict[int, int] = {}

    def seat(index: int, tried: set[int]) -> bool:
        for place, candidate in enumerate(actual):
            if place in tried or not same(expected[index], candidate):
                continue
            tried.add(place)
            if place not in partner or seat(partner[place], tried):
                partner[place] = index
                return True
        return False

    for index in range(len(expected)):
        seat(index, set())
    return {index: place for place, index in partner.items()}


def _plain(obligation: Piece) -> Piece:
    plain = {name: value for name, value in obligation.items() if name != "otherwise"}
    plain["conditions"] = [part for one in plain.get("conditions") or () for part in _split(one)]
    if times := repetitions(plain.get("deadline"), plain.get("recurrence")):
        plain.pop("deadline")
        plain.setdefault("occurrences", times)
    if plain["modality"] == "must_not" and plain.get("deadline"):
        end = {"value": plain.pop("deadline"), "subject": plain.pop("deadline_from", None)}
        plain["conditions"].append({"kind": "time", "comparator": "<", **end})
    elif not plain.get("recurrence"):
        start = plain.pop("deadline_from", None)
        if start and not is_signing(start):
            plain["conditions"].append({"kind": "state", "subject": start})
    return plain


def _split(condition: Piece) -> list[Piece]:
    """An act by a date is the act, and a time."""
    if condition["kind"] not in {"event", "breach"} or not is_date(condition.get("value")):
        return [condition]
    act = {name: condition[name] for name in condition if name not in {"value", "comparator"}}
    end = {"comparator": condition.get("comparator"), "value": condition["value"]}
    return [act, {"kind": "time", **end}]


def _positive(condition: Piece) -> Piece:
    """Without a negation that another kind or comparator says as well."""
    kind, comparator = condition["kind"], condition.get("comparator")
    if not condition.get("negated"):
        return condition
    if kind in {"event", "breach"}:
        return {**condition, "negated": False, "kind": "breach" if kind == "event" else "event"}
    if kind in {"comparison", "oracle", "time"} and comparator in _OPPOSITE:
        return {**condition, "negated": False, "comparator": _OPPOSITE[comparator]}
    return condition


def _same_amount(expected: Piece, actual: Piece) -> bool:
    one, other = quantity(expected.get("amount")), quantity(actual.get("amount"))
    single = {one, other} == {None, quantity("1")} and not is_symbol(expected.get("asset"))
    return one == other or single


def _same_parts(expected: Piece, actual: Piece) -> bool:
    """Whether one has a total in equal parts, the other what each part is."""
    spread = bool(expected.get("spread")), bool(actual.get("spread"))
    if spread not in {(True, False), (False, True)}:
        return False
    whole, part = (expected, actual) if spread[0] else (actual, expected)
    if not whole.get("amount") or not part.get("amount") or not whole.get("occurrences"):
        return False
    return bool(Decimal(part["amount"]) * whole["occurrences"] == Decimal(whole["amount"]))


def _same_recipient(expected: Piece, actual: Piece) -> bool:
    one, other = expected.get("recipient"), actual.get("recipient")
    return same_party(one, other) or (expected.get("action") == "claim" and other is None)


def _same_asset(expected: Piece, actual: Piece) -> bool:
    one, other = (
        None
        if piece.get("asset") in _COGNATE.get(piece.get("action") or "", ())
        else piece.get("asset")
        for piece in (expected, actual)
    )
    if expected.get("amount") is None and expected.get("action") in _TOLD:
        return one is None or other is None or share_words(one, other)
    return same_noun(one, other)


def _same_start(expected: Piece, actual: Piece) -> bool:
    wanted = expected.get("deadline_from")
    return wanted is None or share_words(wanted, actual.get("deadline_from"))


def _same_act(expected: Piece, actual: Piece) -> bool:
    if expected.get("points_back") or actual.get("points_back"):
        return same_action(expected.get("action"), actual.get("action"))
    people = all(
        expected.get(role) is None or same_party(expected[role], actual.get(role))
        for role in ("actor", "recipient")
    )
    asset = (
        expected.get("amount") is None
        and (expected.get("asset") is None or actual.get("asset") is None)
    ) or _same_asset(expected, actual)
    return (
        people
        and asset
        and same_action(expected.get("action"), actual.get("action"))
        and _same_amount(expected, actual)
        and moment(expected.get("value")) == moment(actual.get("value"))
        and _same_or_open(expected, actual, "comparator")
        and _shares(expected, actual, "subject")
    )


def _as_state(condition: Piece) -> Piece:
    """A breach as an event that is not so; a time that has only a name as what it is named by."""
    kind, side = condition["kind"], _SIDE.get(condition.get("comparator"))
    negated = bool(condition.get("negated"))
    if kind == "breach":
        return {**condition, "kind": "act", "negated": not negated}
    if kind == "time" and condition.get("subject") and not condition.get("value"):
        if side == "during":
            return condition
        return {"kind": "state", "subject": condition["subject"],
                "negated": negated != (side == "before")}  # fmt: skip
    return condition


def _same_state(expected: Piece, actual: Piece) -> bool:
    kinds = {expected["kind"], actual["kind"]}
    return (
        kinds <= {"state", "event", "act"}
        and bool(expected.get("negated")) == bool(actual.get("negated"))
        and share_words(_words(expected), _words(actual), 0.49 if kinds == {"state"} else 0.5)
    )


def _same_time(expected: Piece, actual: Piece) -> bool:
    named = expected.get("value") is not None or share_words(
        expected.get("subject"), actual.get("subject")
    )
    return (
        named
        and _SIDE[expected.get("comparator")] == _SIDE[actual.get("comparator")]
        and moment(expected.get("value")) == moment(actual.get("value"))
        and _shares(expected, actual, "subject")
    )


def _same_approval(expected: Piece, actual: Piece) -> bool:
    return (
        share_words(expected.get("subject"), actual.get("subject"))
        and quantity(expected.get("value")) == quantity(actual.get("value"))
        and expected.get("total") == actual.get("total")
        and (expected.get("comparator") or ">=") == (actual.get("comparator") or ">=")
    )


def _same_measure(expected: Piece, actual: Piece) -> bool:
    one, other = expected.get("value"), actual.get("value")
    return (
        _same_or_open(expected, actual, "comparator")
        and (moment(one) == moment(other) or (_is_word(one) and share_words(one, other)))
        and (not expected.get("asset") or not actual.get("asset")
             or same_noun(expected["asset"], actual["asset"]))
        and _shares(expected, actual, "subject")
    )  # fmt: skip


def _approves(approval: Piece, event: Piece) -> bool:
    return (
        approval["kind"] == "approval"
        and approval.get("value") is None
        and event.get("action") == "approve"
        and share_words(approval.get("subject"), event.get("actor"))
    )


def _same_or_open(expected: Piece, actual: Piece, field: str) -> bool:
    one, other = expected.get(field), actual.get(field)
    return one is None or other is None or one == other


def _shares(expected: Piece, actual: Piece, field: str) -> bool:
    one, other = expected.get(field), actual.get(field)
    return one is None or other is None or share_words(one, other)


def _words(condition: Piece) -> str:
    fields = ("subject", "value", "actor", "action", "asset")
    return " ".join(str(condition[name]) for name in fields if condition.get(name))


def _is_word(value: str | None) -> bool:
    return value is not None and not any(character.isdigit() for character in value)
