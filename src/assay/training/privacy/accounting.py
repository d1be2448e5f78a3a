"""How much of a promise of privacy a node has spent, by Opacus's accountant.

    account = PrivacyAccount(terms, delta, a_round, SqliteLedger(folder / "privacy.sqlite"))
    account.spend(place)         # before a round's training; refuses above the limit
    account.spent_micro()        # what goes into the update

Every training that was begun is counted, before its first noise is drawn and durably: one that was
broken off and begun again counts twice, which is more than was ever given away.

Source: Mironov 2017, "Renyi differential privacy"; Mironov, Talwar and Zhang 2019, "Renyi
differential privacy of the sampled Gaussian mechanism". Needs the extra `training` (Opacus).
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

import structlog
from opacus.accountants import RDPAccountant  # type: ignore[import-untyped]

from assay.training.privacy.errors import PrivacyBudgetSpent
from assay.training.privacy.terms import CLIENT, MICRO, PrivacyTerms
from assay.training.rounds import RoundPlace

ORDERS = (
    *RDPAccountant.DEFAULT_ALPHAS,
    *(72, 80, 96, 112, 128, 160, 192, 256, 384, 512, 768, 1024),
)
"""Opacus's, and larger ones, which are the tighter where there is much noise."""

_log = structlog.get_logger("assay.training")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Gaussian noise, so many times, on samples that take each with some probability.

    Attributes:
        noise: standard deviation over the longest contribution.
        sample_rate: above 0; 1 where nothing is sampled.
    """

    noise: float
    sample_rate: float
    steps: int


@dataclass(frozen=True, slots=True)
class Spent:
    """A training that was begun."""

    round: int
    mechanism: Mechanism


class PrivacyLedger(Protocol):
    """What a node has spent in a task, on its own disk; damage is an error, never nothing."""

    def spent(self) -> Sequence[Spent]:
        """All of it, in order."""
        ...

    def add(self, spent: Spent, allow: Callable[[Sequence[Spent]], None]) -> None:
        """Count one more, durably, unless `allow`, given what was spent so far, raises."""
        ...


def a_round(terms: PrivacyTerms, records: int, batch: int, epochs: int) -> Mechanism:
    """What one round of training costs: as many steps as there are batches in the epochs.

    At client level nobody is sampled, since every member of a task is asked in every round.
    """
    if terms.level == CLIENT:
        return Mechanism(terms.noise, 1.0, 1)
    expected = min(batch, records)
    return Mechanism(terms.noise, expected / records, epochs * math.ceil(records / expected))


def epsilon(mechanisms: Iterable[Mechanism], delta: float) -> float:
    """What all of them have spent together; 0 for none."""
    steps: Counter[tuple[float, float]] = Counter()
    for one in mechanisms:
        steps[one.noise, one.sample_rate] += one.steps
    accountant = RDPAccountant()
    accountant.history = [(noise, rate, count) for (noise, rate), count in steps.items()]
    with warnings.catch_warnings():
        # At either end of the orders the bound holds as well, and is only less tight.
        warnings.filterwarnings("ignore", message="Optimal order is the")
        return float(accountant.get_epsilon(delta, alphas=list(ORDERS)))


def check_rounds(terms: PrivacyTerms, rounds: int) -> None:
    """See that at client level a limit holds as long as a task lasts.

    Raises:
        PrivacyBudgetSpent: no node could take part in the last round.
    """
    spent = a_round(terms, records=1, batch=1, epochs=1)
    delta = float(terms.delta(records=1))
    after = _micro(epsilon([replace(spent, steps=rounds)], delta))
    if after > terms.epsilon_limit_micro:
        raise PrivacyBudgetSpent(rounds, after, terms.epsilon_limit_micro)


def _micro(spent: float) -> int:
    """In millionths, rounded up."""
    return math.ceil(spent * MICRO)


@dataclass(frozen=True, slots=True)
class PrivacyAccount:
    """One node's promise in one task.

    Attributes:
        each: what one round costs.
    """

    terms: PrivacyTerms
    delta: Fraction
    each: Mechanism
    ledger: PrivacyLedger

    def spend(self, place: RoundPlace) -> None:
        """Count a training that is about to begin.

        Raises:
            PrivacyBudgetSpent: it would go beyond the task's limit.
            PrivacyLedgerDamaged: what was spent so far is not known.
        """
        self.ledger.add(Spent(place.round, self.each), lambda before: self._allow(place, before))

    def spent_micro(self) -> int | None:
        """Epsilon so far in millionths, rounded up; None before the first training."""
        spent = self.ledger.spent()
        return self._epsilon_micro(spent) if spent else None

    def rounds_left(self, most: int) -> int:
        """How many of so many rounds to come the task's limit allows."""
        limit, spent = self.terms.epsilon_limit_micro, self.ledger.spent()
        if not limit:
            return most
        return bisect_right(
            range(1, most + 1),
            limit,
            key=lambda rounds: self._epsilon_micro([*spent, *[Spent(0, self.each)] * rounds]),
        )

    def _allow(self, place: RoundPlace, before: Sequence[Spent]) -> None:
        limit = self.terms.epsilon_limit_micro
        if not limit:
            return
        after = self._epsilon_micro([*before, Spent(place.round, self.each)])
        if after > limit:
            _log.warning(
                "the limit of privacy is reached; this node takes no part any more",
                task=place.task,
                round=place.round,
                epsilon=self._epsilon_micro(before) / MICRO,
                limit=limit / MICRO,
            )
            raise PrivacyBudgetSpent(place.round, after, limit)

    def _epsilon_micro(self, spent: Sequence[Spent]) -> int:
        return _micro(epsilon((one.mechanism for one in spent), float(self.delta)))
