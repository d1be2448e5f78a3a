"""Why trials failed, for whoever wrote the agreement: which words, what was tried, what came of it.

for failure in failures(specification, composition, trials, agreements):
    failure.told()
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assay.authoring.blocks.model import Composition
from assay.authoring.model import Specification
from assay.authoring.trials.agreement import Agreement, Disagreement
from assay.authoring.trials.clauses import Trial

_QUOTED = 200
_BOTH = "the rules that Solidity and Vyper are both written from"
_MOMENT = re.compile(r"\b\d{10}\b")
_ON_TARGET = re.compile(r"in (solidity|vyper): (.*)", re.DOTALL)

_TRIED = {
    "happens": "to bring it about, by any calls of the parties",
    "moves what was agreed": "whether `{function}` moves the sum that was agreed",
    "only by those named": "`{function}`, called by somebody else",
    "only once": "`{function}`, called again",
    "only as the clause lets it": "`{function}`, before, after and beside what the clause says",
    "moves what is owed to whom it is owed": "whether `{function}` pays what is owed to whom",
    "is not refused when it is due": "`{function}`, when the clause lets it be called",
    "is said once, by who may": "`{function}`, called by others and called again",
    "moves what is due, when it is": "what `{function}` pays, against an account kept beside it",
    "money is neither made nor lost": "to add up everybody's money after each call",
    "no money is stuck": "to get all money out again, wherever the calls have led",
}
_REACH = (
    "See whether its time has passed or another clause takes its money first; then say it in other "
    "words{by_hand}."
)
_STUCK = "Say in the agreement when, and to whom, the money goes that is left in this case."
_EDITED = "Undo what was edited in this source: `assay author build` writes both anew."
_WRONG = (
    "Do not deploy it. If a source was edited, build again; else say this clause in one plain "
    "sentence with its party, its sum and its time, and build again."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One trial that failed.

    Attributes:
        words: of the clause; empty where it is about the whole contract.
        tried: what was done to find it out.
        instead: what happened, with the calls that show it.
        target: on what it was seen.
        advice: what to do.
    """

    clause: str | None
    words: str
    tried: str
    instead: str
    target: str
    advice: str

    def told(self) -> str:
        """In one line."""
        about = f"“{self.words}”" if self.words else "The whole contract"
        return (
            f"{about}: tried was {self.tried}. What happened: {self.instead} (in {self.target}). "
            f"{self.advice}"
        )


def failures(
    specification: Specification,
    composition: Composition,
    trials: Sequence[Trial],
    agreements: Sequence[Agreement],
) -> tuple[Failure, ...]:
    """One for each trial that failed, and one for each target that goes its own way."""
    return (
        *(_of_trial(specification, one) for one in trials if not one.passed),
        *_of_targets(specification, composition, agreements),
    )


def _of_trial(specification: Specification, trial: Trial) -> Failure:
    on_target = _ON_TARGET.fullmatch(trial.detail)
    detail = on_target[2] if on_target else trial.detail
    name = trial.name.replace("{", "").replace("}", "")
    tried = _TRIED.get(trial.name, f"`{{function}}`: {name}")
    advice = _WRONG
    if trial.name == "happens":
        left = f", or leave it to the parties (by_hand.{(trial.obligation or 0) + 1}: yes)"
        advice = _REACH.format(by_hand="" if trial.obligation is None else left)
    elif trial.name == "no money is stuck":
        advice = _STUCK
    return Failure(
        trial.clause,
        _words(specification, trial.obligation),
        tried.format(function=trial.function or "the contract"),
        _dated(detail),
        on_target[1].capitalize() if on_target else _BOTH,
        advice,
    )


def _of_targets(
    specification: Specification, composition: Composition, agreements: Sequence[Agreement]
) -> Iterator[Failure]:
    for agreement in agreements:
        for one in agreement.disagreements:
            index = _kept_by(composition, one)
            clause = None if index is None else specification.obligations[index].clause
            yield Failure(
                clause,
                _words(specification, index),
                _dated(f"the calls {'; '.join(one.history)}"),
                _dated(f"{one.found}, where the agreement says: {one.expected}"),
                agreement.language.capitalize(),
                _EDITED,
            )


def _kept_by(composition: Composition, one: Disagreement) -> int | None:
    """The clause that the last of the calls is for."""
    called = re.search(r": (\w+)\(", one.history[-1]) if one.history else None
    function = called[1] if called else ""
    return next((index for index, names in composition.kept.items() if function in names), None)


def _words(specification: Specification, index: int | None) -> str:
    if index is None:
        return ""
    span = specification.obligations[index].span
    return " ".join(specification.text[slice(*span)].split())[:_QUOTED]


def _dated(detail: str) -> str:
    """With seconds since 1970 as a date."""
    return _MOMENT.sub(
        lambda one: f"{datetime.fromtimestamp(int(one[0]), UTC):%Y-%m-%d %H:%M:%S} UTC", detail
    )
