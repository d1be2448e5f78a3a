"""Which of the calls that went through is made: those seldom made before are preferred."""

from __future__ import annotations

import random
from collections import Counter

from assay.authoring.audit.properties.judging import Judgement
from assay.authoring.audit.properties.stage import Call


class Chooser:
    """Remembers what was made.

    Args:
        plain_pays: whether money that is sent without a function is a payment, and not a gift.
    """

    def __init__(self, dice: random.Random, *, plain_pays: bool) -> None:
        self._dice, self._plain_pays = dice, plain_pays
        self._taken: Counter[tuple[object, ...]] = Counter()

    def choose(self, through: list[tuple[Call, Judgement]]) -> Call:
        """One of them, by chance."""
        weights = []
        for call, judged in through:
            kind = (call.entry.name, call.entry.token, call.caller, judged.fulfilled)
            weight = 1 / (1 + self._taken[kind])
            if judged.fulfilled:
                weight *= 4
            if call.entry.token is not None or not call.entry.name:
                weight /= 4 if not self._plain_pays else 1
            weights.append(weight / sum(one[0].entry == call.entry for one in through))
        index = self._dice.choices(range(len(through)), weights)[0]
        call, judged = through[index]
        self._taken[call.entry.name, call.entry.token, call.caller, judged.fulfilled] += 1
        return call
