"""A history of calls as a person reads it: who calls what with which money when, and what moved."""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.audit.properties.breaches import money
from assay.authoring.audit.properties.stage import CONTRACT, ETHER, Call, Seen, Stage
from assay.authoring.trials.cast import START_S

_DAY_S = 86_400


def show_call(call: Call, seen: Seen, stage: Stage, decimals: Mapping[str, int]) -> str:
    """`day 3: buyer calls deposit() with 10 ETH; the contract +10 ETH, buyer -10 ETH`."""
    who = call.caller
    if call.entry.token == ETHER:
        text = f"{who} forces {money(call.arguments[0], ETHER, 18)} upon the contract"
    elif call.entry.token is not None:
        amount = money(call.arguments[0], call.entry.token, decimals.get(call.entry.token, 18))
        text = f"{who} transfers {amount} to the contract"
    elif not call.entry.name:
        text = f"{who} sends {money(call.sent, ETHER, 18)} to the contract"
    else:
        arguments = ", ".join(_shown(one, stage) for one in call.arguments)
        paid = f" with {money(call.sent, ETHER, 18)}" if call.sent else ""
        text = f"{who} calls {call.entry.name}({arguments}){paid}"
    moves = "; ".join(_moves(seen, decimals)) if seen.error is None else "it is refused"
    return f"{show_time(call.now_s)}: {text} -> {moves or 'no money moves'}"


def show_time(now_s: int) -> str:
    """Since the deployment, in its two largest units.

    >>> show_time(START_S + 30 * 86_400 + 7_200)
    'day 30, hour 2'
    """
    rest = max(0, now_s - START_S)
    days, rest = divmod(rest, _DAY_S)
    hours, rest = divmod(rest, 3_600)
    if hours:
        return f"day {days}, hour {hours}"
    return f"day {days}" + (f", second {rest}" if rest > _SMALL_S else "")


_SMALL_S = 60


def _moves(seen: Seen, decimals: Mapping[str, int]) -> list[str]:
    found = []
    for (asset, who), units in sorted(seen.moved.items(), key=lambda one: one[0][1] != CONTRACT):
        sign = "+" if units > 0 else "-"
        found.append(f"{who} {sign}{money(abs(units), asset, decimals.get(asset, 18))}")
    return found


def _shown(value: object, stage: Stage) -> str:
    if isinstance(value, str) and value.startswith("0x"):
        symbols = {address: name for name, address in stage.tokens.items()}
        return symbols.get(value) or stage.name_of(value) or value
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value)
