"""What is paid for each, where the unit stands behind whoever pays: 甲方每场向乙方支付2000 USDC."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token

_THINGS = frozenset({"noun", "unknown", "latin"})
_GOES_ON = frozenset({"to", "must", "take"})


def with_units_moved(tokens: Sequence[Token]) -> list[Token]:
    """甲方每场向乙方支付2000 USDC is 甲方向乙方支付每场2000 USDC."""
    made = list(tokens)
    for at in range(len(made) - 4):
        who, every, unit, then = made[at : at + 4]
        named = who.kind == "party" and every.text == "每" and unit.kind in _THINGS
        if not named or len(unit.text) > 2 or then.kind not in _GOES_ON:
            continue
        for place in range(at + 4, len(made)):
            if made[place].kind == "amount" and made[place].value.asset != "%":
                before = [*made[: at + 1], *made[at + 3 : place]]
                return [*before, every, unit, *made[place:]]
    return made
