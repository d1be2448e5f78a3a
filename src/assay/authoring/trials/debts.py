"""What a deposit has paid of a series of payments that fell behind, worked out from the calls.

account = debts.account(pot, done)   # what is held, how many are paid, what is towards the next
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assay.authoring.blocks.clauses.duties import Duty
from assay.authoring.blocks.clauses.sums import Pot
from assay.authoring.blocks.held.arrears import debts_of, is_net, series_of
from assay.authoring.model import Obligation, Specification
from assay.authoring.trials.steps import Step


@dataclass
class Account:
    """Of one deposit and the series that it secures, after some calls.

    Attributes:
        held: what is left of the deposit.
        paid: how many payments of the series are paid, by its payer or out of the deposit.
        towards: what the deposit has paid of the next.
    """

    held: int = 0
    paid: int = 0
    towards: int = 0

    def owed(self, due: int, each: int) -> int:
        """Of so many payments that were due, what is overdue."""
        return max(0, max(0, due - self.paid) * each - self.towards)

    def take(self, part: int, each: int) -> None:
        """Out of the deposit, for the series."""
        self.held -= part
        self.paid += (self.towards + part) // each
        self.towards = (self.towards + part) % each


@dataclass(frozen=True)
class Debts:
    """Keeps such accounts.

    Attributes:
        name_of: the function of a duty.
        sum_of: one payment, in the smallest unit.
        due: how many payments of a series were due before a moment.
    """

    specification: Specification
    pots: tuple[Pot, ...]
    name_of: Callable[[int, Obligation], str]
    sum_of: Callable[[int, Obligation], int]
    due: Callable[[Obligation, Sequence[Step], int], int]

    def pot_for(self, index: int, duty: Obligation) -> Pot | None:
        """The deposit that secures a series of payments."""
        for pot in self.pots:
            debts = debts_of(self.specification, pot)
            if debts and series_of(self.specification, pot, debts[0][1]) == (index, duty):
                return pot
        return None

    def series(self, pot: Pot) -> Duty | None:
        """What a deposit secures."""
        debts = debts_of(self.specification, pot)
        return series_of(self.specification, pot, debts[0][1]) if debts else None

    def is_debt(self, pot: Pot, duty: Obligation) -> bool:
        """Whether it takes what is overdue."""
        return any(duty == one for _, one in debts_of(self.specification, pot))

    def is_net(self, pot: Pot, duty: Obligation) -> bool:
        """Whether it gives back what is left after what is overdue."""
        return is_net(self.specification, pot, duty)

    def overdue(self, pot: Pot, done: Sequence[Step], now_s: int) -> int:
        """What is overdue now, as far as the deposit reaches."""
        series = self.series(pot)
        assert series is not None, "asked of deposits that secure one"
        account = self.account(pot, done)
        owed = account.owed(self.due(series[1], done, now_s), self.sum_of(*series))
        return min(owed, account.held)

    def account(self, pot: Pot, done: Sequence[Step]) -> Account:
        """After these calls."""
        series, account = self.series(pot), Account()
        assert series is not None, "asked of deposits that secure one"
        each = self.sum_of(*series)
        ways = {self.name_of(*one): one[1] for one in pot.outflows}
        for number, step in enumerate(done):
            name = step.call.function
            if name == self.name_of(pot.index, pot.deposit):
                account.held += self.sum_of(pot.index, pot.deposit)
            elif name == self.name_of(*series):
                account.paid, account.towards = account.paid + 1, 0
            elif name in ways:
                due = self.due(series[1], done[:number], step.call.now_s)
                if self.is_debt(pot, ways[name]) or self.is_net(pot, ways[name]):
                    account.take(min(account.held, account.owed(due, each)), each)
                if not self.is_debt(pot, ways[name]):
                    account.held = 0
        return account
