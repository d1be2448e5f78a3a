"""What is learnt while three of ten nodes are hostile, by every aggregation rule in the same runs.

    python bench/byzantine.py [--json]              6 attacks x 2 spreads x 5 seeds, and no attack
    python bench/byzantine.py --quick               one seed, fewer rounds and rules; a minute
    python bench/byzantine.py --strengths [--json]  ours alone: other strengths, and late attacks
    python bench/byzantine.py --results FILE        keep each figure, and go on where a run ended

A figure is the share of the 360 test digits that the model has right after 20 rounds. The *worst*
of a rule is its lowest single run, not a mean. Ours is the default of a task: updates are screened,
and accepted by the reports of four validators with 30 records each, of whom one lies. The other
rules get the updates as they are and know how many may be hostile; Bulyan, which needs 4 f + 3
updates, is run with f = 1. `federation/` has nodes, attackers and rounds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from federation.attackers import STRENGTHS
from federation.rounds import OURS, Trial, final_accuracy
from federation.scene import SPREADS

PEERS = (
    "mean",
    "krum",
    "multi-krum",
    "bulyan",
    "trimmed-mean",
    "median",
    "geometric-median",
    "centred-clipping",
    "mixed-trimmed-mean",
)
QUICK_PEERS = ("mean", "multi-krum", "geometric-median")
OTHER_STRENGTHS = {
    "sign-flip": (0.5, 1.0, 20.0),
    "noise": (0.5, 1.0, 20.0),
    "little-is-enough": (0.5, 3.0, 6.0),
    "inner-product": (0.2, 0.5, 3.0),
    "copy": (-1.0, 3.0),
}
LATE_ROUND = 14
Accuracies = dict[Trial, float]
Chosen = Callable[[Trial], bool]


def plan(arguments: argparse.Namespace) -> list[Trial]:
    """What to run."""
    if arguments.strengths:
        trials = [
            Trial(OURS, spread, attack, seed, strength=strength)
            for spread in SPREADS
            for attack, strengths in OTHER_STRENGTHS.items()
            for strength in strengths
            for seed in range(arguments.seeds)
        ]
        return trials + [
            Trial(OURS, spread, attack, seed, begins=LATE_ROUND)
            for spread in SPREADS
            for attack in STRENGTHS
            for seed in range(arguments.seeds)
        ]
    peers, seeds, rounds = (QUICK_PEERS, 1, 8) if arguments.quick else (PEERS, arguments.seeds, 20)
    return [
        Trial(rule, spread, attack, seed, rounds)
        for spread in SPREADS
        for attack in (None, *STRENGTHS)
        for seed in range(seeds)
        for rule in (*peers, OURS)
    ]


def run(trials: list[Trial], processes: int, results: Path | None) -> Accuracies:
    """All of them, with a progress bar on stderr; those that `results` holds are not run again."""
    known = _known(results) if results else {}
    missing = [trial for trial in trials if trial not in known]
    with (
        ProcessPoolExecutor(processes) as pool,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        bar = progress.add_task(
            "trainings", total=len(trials), completed=len(trials) - len(missing)
        )
        futures = {pool.submit(final_accuracy, trial): trial for trial in missing}
        for future in as_completed(futures):
            trial = futures[future]
            known[trial] = future.result()
            if results:
                with results.open("a") as file:
                    print(json.dumps([asdict(trial), known[trial]]), file=file)
            progress.advance(bar)
    return {trial: known[trial] for trial in trials}


def _known(results: Path) -> Accuracies:
    lines = results.read_text().splitlines() if results.exists() else []
    return {Trial(**trial): accuracy for trial, accuracy in map(json.loads, lines)}


def figures(accuracies: Accuracies) -> dict[str, float]:
    """Worst run under attack and mean without, by rule, and what ours loses; all in percent."""
    result: dict[str, float] = {}
    rules = list(dict.fromkeys(trial.rule for trial in accuracies))
    for rule in rules:
        name = "ours" if rule == OURS else rule.replace("-", "_")
        attacked = _where(accuracies, lambda trial, rule=rule: trial.rule == rule and trial.attack)
        result[f"{name}_worst_accuracy"] = 100 * min(attacked)
        result[f"{name}_attacked_accuracy"] = 100 * float(np.mean(attacked))
        result[f"{name}_clean_accuracy"] = 100 * _clean(accuracies, rule)
    result["ours_clean_loss_points"] = 100 * max(
        _clean(accuracies, "mean", spread) - _clean(accuracies, OURS, spread) for spread in SPREADS
    )
    result["best_single_rule_worst_accuracy"] = max(
        result[f"{rule.replace('-', '_')}_worst_accuracy"] for rule in rules if rule != OURS
    )
    return result


def strength_figures(accuracies: Accuracies) -> dict[str, float]:
    """The lowest single run of ours for each strength and for late attacks, in percent."""
    result: dict[str, float] = {}
    for trial, accuracy in accuracies.items():
        detail = f"from_round_{trial.begins}" if trial.begins else f"times_{trial.strength:g}"
        name = f"ours_{trial.attack}_{detail}_worst_accuracy".replace("-", "_")
        result[name] = min(result.get(name, 100.0), 100 * accuracy)
    return result | {"ours_any_strength_worst_accuracy": min(result.values())}


def _where(accuracies: Accuracies, chosen: Chosen) -> list[float]:
    return [accuracy for trial, accuracy in accuracies.items() if chosen(trial)]


def _clean(accuracies: Accuracies, rule: str, spread: str | None = None) -> float:
    """The mean over seeds without attack, of one spread or of both."""
    found = _where(
        accuracies,
        lambda trial: (
            trial.rule == rule and trial.attack is None and spread in {None, trial.spread}
        ),
    )
    return float(np.mean(found))


def tables(accuracies: Accuracies) -> list[Table]:
    """For each spread: a row for each rule, mean and lowest of the seeds for each attack."""
    result = []
    for spread in SPREADS:
        table = Table("rule", "none", *STRENGTHS, title=f"{spread}: mean (lowest), percent")
        for rule in dict.fromkeys(trial.rule for trial in accuracies):
            cells = []
            for attack in (None, *STRENGTHS):
                found = _where(
                    accuracies,
                    lambda trial, key=(rule, spread, attack): (
                        (trial.rule, trial.spread, trial.attack) == key
                    ),
                )
                cells.append(f"{100 * np.mean(found):.1f} ({100 * min(found):.1f})")
            table.add_row(rule, *cells)
        result.append(table)
    return result


def main() -> None:
    """Measure, and print tables or one flat JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--strengths", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--results", type=Path, help="of an earlier run; made if it is not there")
    arguments = parser.parse_args()
    accuracies = run(plan(arguments), arguments.processes, arguments.results)
    found = strength_figures(accuracies) if arguments.strengths else figures(accuracies)
    if arguments.json:
        print(json.dumps({name: round(value, 2) for name, value in found.items()}))
        return
    console = Console()
    if not arguments.strengths:
        console.print(*tables(accuracies), sep="\n")
    table = Table("figure", "percent", title="Three hostile nodes of ten")
    for name, value in found.items():
        table.add_row(name, f"{value:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
