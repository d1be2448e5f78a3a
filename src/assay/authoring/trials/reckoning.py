"""Every call of every history against the accounts: right amounts, and refused where due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from assay.authoring.blocks.model import Claim, Composition
from assay.authoring.model import Specification
from assay.authoring.program.interpreter import (
    CALLER_ERROR,
    PAYMENT_ERROR,
    TRANSFER_ERROR,
    World,
)
from assay.authoring.program.model import Pass, Program, Pull, statements
from assay.authoring.trials.accounts import Account, Flows, Terms
from assay.authoring.trials.cast import Cast
from assay.authoring.trials.clauses import Trial
from assay.authoring.trials.edges import edges
from assay.authoring.trials.exchanges import Exchanges
from assay.authoring.trials.histories import counted
from assay.authoring.trials.membership import Bids, Contributions, Purchases, Votes
from assay.authoring.trials.over_time import Collections, Grants, Periods, Shares, Stakes
from assay.authoring.trials.presales import Presales
from assay.authoring.trials.steps import Step
from assay.authoring.trials.walks import Walks

ACCOUNTS: Mapping[str, Callable[[Terms], Account]] = {
    "crowdfunding": Contributions,
    "auction": Bids,
    "presale": Presales,
    "sale": Purchases,
    "vote": Votes,
    "exchange": Exchanges,
    "vesting": Grants,
    "split": Shares,
    "collection": Collections,
    "subscription": Periods,
    "stake": Stakes,
}
_SAYS_NOTHING = frozenset({CALLER_ERROR, PAYMENT_ERROR, TRANSFER_ERROR, "Arithmetic"})


def reckoned_trials(
    specification: Specification, composition: Composition, cast: Cast, walks: Walks
) -> Iterator[Trial]:
    """One trial for each function of each mechanism that an account is kept of."""
    claims = [claim for claim in composition.claims if claim.block in ACCOUNTS]
    at_edges = edges(composition.program, cast, walks).histories if claims else []
    histories = [*walks.histories, *at_edges]
    for claim in claims:
        names = functions_of_claim(composition, claim)
        bookkeeper = _Bookkeeper(specification, composition, cast, claim)
        for history in histories:
            bookkeeper.follow(walks.opening, history)
        beside = [name for name in bookkeeper.faults if name not in names]
        for name in beside:
            told = bookkeeper.faults[name]
            yield Trial("moves what is due, when it is", False, told, function=name)
        for name in names:
            fault = bookkeeper.faults.get(name)
            if fault is None and not bookkeeper.tried[name]:
                continue  # No call put it to the test.
            detail = fault or f"in {counted(bookkeeper.tried[name], 'call')}"
            owner = next(
                index for index in claim.obligations if name in composition.kept.get(index, ())
            )
            clause = specification.obligations[owner].clause
            yield Trial("moves what is due, when it is", fault is None, detail, owner, clause, name)


def functions_of_claim(composition: Composition, claim: Claim) -> tuple[str, ...]:
    """Those that carry it out."""
    kept = [name for index in claim.obligations for name in composition.kept.get(index, ())]
    return tuple(dict.fromkeys(kept))


class _Bookkeeper:
    """Keeps one mechanism's accounts.

    Attributes:
        faults: the first of each function.
        tried: how many calls of each function were held against the accounts.
    """

    def __init__(
        self, specification: Specification, composition: Composition, cast: Cast, claim: Claim
    ) -> None:
        self.faults: dict[str, str] = {}
        self.tried: Counter[str] = Counter()
        self._program, self._cast = composition.program, cast
        self._terms = Terms(specification, composition.program, cast, claim.obligations)
        self._only_sending = {
            one.name
            for one in composition.program.functions
            if not any(isinstance(step, Pull | Pass) for step in statements(one.body))
        }
        self._open_account = ACCOUNTS[claim.block]
        self._others = {
            name
            for other in composition.claims
            if other != claim
            for name in functions_of_claim(composition, other)
        }

    def follow(self, opening: World, history: tuple[Step, ...]) -> None:
        """One history, until something is not as it should be."""
        account, before = self._open_account(self._terms), opening
        for step in history:
            name, call = step.call.function, step.call
            part = None if name in self._others else _part(account, name)
            if part is not None and step.error == TRANSFER_ERROR and name in self._only_sending:
                self.faults.setdefault(name, "it sends more than there is")
            if part is not None and step.error not in _SAYS_NOTHING:
                self.tried[name] += 1
                due = account.expect(part, call)
                wanted = None if due is None else {key: one for key, one in due.items() if one}
                moved = None if step.error else _moved(self._program, before, step, self._cast)
                if wanted != moved:
                    said = f"{_told(wanted, self._cast)} is due, {_told(moved, self._cast)} happens"
                    who = self._cast.name(call.caller)
                    fault = f"{who} calls it at {call.now_s} with {call.arguments}: {said}"
                    self.faults.setdefault(name, fault)
                    return
            before = step.world


def _part(account: Account, function: str) -> str | None:
    fits = [name for name in account.parts if function.startswith(name)]
    return account.parts[max(fits, key=len)] if fits else None


def _moved(program: Program, before: World, step: Step, cast: Cast) -> Flows:
    changes = {
        (asset.name, who): step.world.balance(asset.name, who) - before.balance(asset.name, who)
        for asset in program.assets
        for who in {*cast.everybody, step.call.caller}
    }
    return {key: units for key, units in changes.items() if units}


def _told(flows: Flows | None, cast: Cast) -> str:
    if flows is None:
        return "a refusal"
    told = [f"{units:+d} {asset} for {cast.name(who)}" for (asset, who), units in flows.items()]
    return ", ".join(told) or "no movement"
