"""What training together costs in bytes, both ways, and in accuracy, beside dense float32.

    python bench/traffic.py [--json] [--quick] [--rounds 40] [--seeds 5] [--only mnist_100k_iid]

Ten nodes train perceptrons of 100k and 1.2M parameters on scikit-learn's digits and on 10,000 of
MNIST, shared out evenly and by a Dirichlet draw of 0.3, with FedAvg; once with dense float32 both
ways, once with the default encodings of `assay.training.compression`. Each setting and seed has the
same initial model, records and chance in both. Counted are the bytes of every message: the initial
model, every update, every broadcast. Accuracy is on held-out records, mean of the last five rounds.

Beside it: Flower without compression, by the size of its own serialised messages, and the published
70 %. A full run takes about 40 minutes of one core and goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.training.compression.encoding import Encodings
from assay.training.privacy.sealing import Binding, CommitteeKeys, seal
from assay.training.privacy.sealing_key import SealingKey
from assay.training.rounds import RoundPlace
from federated.datasets import CACHE, load
from federated.flower_messages import message_bytes
from federated.trial import HELD_OUT_SHARES, SCHEDULES, WIDTHS, Outcome, Setting, train

NODES = 10
COMMITTEE = 4
SAVING_GOAL_PERCENT = 98.5
LOSS_GOAL_POINTS = 0.3
PUBLISHED_SAVING_PERCENT = 70.0
SHARINGS = ("iid", "dirichlet")
MODES = ("dense", "compressed")

MEMORY_IS_REUSED = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 32),
}
"""For glibc: giving arrays of megabytes back after each step, and getting them anew, took half of
the time of the large models."""

Trial = tuple[int, Setting, str]
"""Seed, setting and one of `MODES`."""


class Results:
    """Outcomes by trial, each kept in a file as soon as it is there."""

    def __init__(self, folder: Path, encodings: Encodings) -> None:
        self._encodings = encodings
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def find(self, trial: Trial) -> Outcome | None:
        """The outcome of an earlier run under the very same conditions."""
        path = self._path(trial)
        return Outcome(**json.loads(path.read_bytes())) if path.exists() else None

    def keep(self, trial: Trial, outcome: Outcome) -> None:
        """Keep an outcome, whole or not at all."""
        draft = self._path(trial).with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(asdict(outcome)))
        draft.replace(self._path(trial))

    def _path(self, trial: Trial) -> Path:
        seed, setting, mode = trial
        conditions = {
            "setting": {**asdict(setting), "widths": WIDTHS[setting.data, setting.size]},
            "schedule": repr(SCHEDULES[setting.data]),
            "held_out": repr(HELD_OUT_SHARES[setting.data]),
            "encodings": self._encodings.terms() if mode == "compressed" else None,
        }
        digest = Digest.of(canonical_json(conditions)).raw.hex()[:12]
        return self._folder / f"{setting.key}-{seed}-{mode}-{digest}.json"


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    arguments = _arguments()
    encodings = Encodings()
    results = Results(arguments.cache / "traffic", encodings)
    settings = [
        Setting(data, size, sharing, NODES, arguments.rounds)
        for data, size in WIDTHS
        for sharing in SHARINGS
    ]
    settings = [setting for setting in settings if setting.key in (arguments.only or [setting.key])]
    seeds = range(1, arguments.seeds + 1)
    trials = [
        (seed, setting, mode)
        for size in sorted({setting.size for setting in settings}, key=("100k", "1.2M").index)
        for seed in seeds
        for setting in settings
        if setting.size == size
        for mode in MODES
    ]
    _run(trials, results, encodings, arguments.jobs)
    figures: dict[str, float] = {"seeds": len(seeds), "rounds": arguments.rounds, "nodes": NODES}
    for setting in settings:
        found = {mode: [results.find((seed, setting, mode)) for seed in seeds] for mode in MODES}
        figures |= _figures(setting, found["dense"], found["compressed"])
    for name, worst in (("saving_percent", min), ("accuracy_loss_points", max)):
        figures[f"worst_{name}"] = worst(figures[f"{setting.key}_{name}"] for setting in settings)
    figures |= _sealed(settings, figures)
    figures["published_saving_percent"] = PUBLISHED_SAVING_PERCENT
    if arguments.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
    else:
        _show(settings, figures)


def _run(trials: list[Trial], results: Results, encodings: Encodings, jobs: int) -> None:
    waiting = [trial for trial in trials if results.find(trial) is None]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task(
            "training", total=len(trials), completed=len(trials) - len(waiting)
        )
        if not waiting:
            return
        load("mnist")  # fetched once, before several processes want it
        os.environ |= MEMORY_IS_REUSED
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            running = {
                pool.submit(train, setting, seed, encodings if mode == "compressed" else None): (
                    seed,
                    setting,
                    mode,
                )
                for seed, setting, mode in waiting
            }
            for future in as_completed(running):
                results.keep(running[future], future.result())
                progress.advance(task)


def _figures(
    setting: Setting, dense: list[Outcome | None], compressed: list[Outcome | None]
) -> dict[str, float]:
    pairs = [(one, other) for one, other in zip(dense, compressed, strict=True) if one and other]
    before, after = zip(*pairs, strict=True)
    to_node, back = message_bytes(setting.learner.initial(seed=1))
    flower = (to_node + back) * setting.nodes * setting.rounds
    total = mean(outcome.bytes_up + outcome.bytes_down for outcome in after)
    dense_total = mean(outcome.bytes_up + outcome.bytes_down for outcome in before)
    return {
        f"{setting.key}_{name}": value
        for name, value in {
            "bytes_up": mean(outcome.bytes_up for outcome in after),
            "bytes_down": mean(outcome.bytes_down for outcome in after),
            "dense_bytes": dense_total,
            "flower_bytes": float(flower),
            "saving_percent": 100 * (1 - total / dense_total),
            "saving_over_flower_percent": 100 * (1 - total / flower),
            "dense_accuracy_percent": 100 * mean(outcome.accuracy for outcome in before),
            "accuracy_percent": 100 * mean(outcome.accuracy for outcome in after),
            "accuracy_loss_points": 100
            * mean(one.accuracy - other.accuracy for one, other in pairs),
        }.items()
    }


def _sealed(settings: list[Setting], figures: dict[str, float]) -> dict[str, float]:
    """What sealing each update to the committee adds, and the worst saving with it."""
    keys = {
        Address(f"0x{number:040x}"): SealingKey(number.to_bytes(32, "big")).public
        for number in range(1, COMMITTEE + 1)
    }
    binding = Binding(RoundPlace(1, 1), Address("0x" + "11" * 20), epoch=0)
    added = sum(map(len, seal(b"", binding, CommitteeKeys(0, keys)).files().values()))
    savings = [
        figures[f"{setting.key}_saving_percent"]
        - 100 * added * setting.nodes * setting.rounds / figures[f"{setting.key}_dense_bytes"]
        for setting in settings
    ]
    return {"sealing_bytes_an_update": added, "worst_sealed_saving_percent": min(savings)}


def _show(settings: list[Setting], figures: dict[str, float]) -> None:
    table = Table(
        title=f"{NODES} nodes, {figures['rounds']} rounds, means of {figures['seeds']} seeds"
    )
    for name in (
        "setting",
        "dense MB",
        "Flower MB",
        "up MB",
        "down MB",
        "saved",
        "accuracy",
        "lost",
    ):
        table.add_column(name, justify="left" if name == "setting" else "right")
    for setting in settings:
        one = {
            name.removeprefix(f"{setting.key}_"): value
            for name, value in figures.items()
            if name.startswith(setting.key)
        }
        table.add_row(
            setting.key,
            *(
                f"{one[name] / 1e6:,.1f}"
                for name in ("dense_bytes", "flower_bytes", "bytes_up", "bytes_down")
            ),
            f"{one['saving_percent']:.2f} %",
            f"{one['dense_accuracy_percent']:.2f} -> {one['accuracy_percent']:.2f}",
            f"{one['accuracy_loss_points']:+.2f}",
        )
    console = Console()
    console.print(table)
    for name, goal, reached in (
        ("worst_saving_percent", SAVING_GOAL_PERCENT, float.__ge__),
        ("worst_accuracy_loss_points", LOSS_GOAL_POINTS, float.__le__),
    ):
        verdict = "reached" if reached(figures[name], goal) else "missed"
        console.print(f"{name} {figures[name]:.2f} (goal {goal}, {verdict})")
    added, saved = figures["sealing_bytes_an_update"], figures["worst_sealed_saving_percent"]
    console.print(f"sealed to {COMMITTEE}: {added:.0f} bytes more an update, {saved:.2f} % saved")
    console.print(f"published: {PUBLISHED_SAVING_PERCENT:.0f} % saved")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="one seed, the small models only")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", type=lambda text: text.split(","), help="settings, with commas")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=CACHE)
    arguments = parser.parse_args()
    known = [
        Setting(data, size, sharing, NODES, 1).key for data, size in WIDTHS for sharing in SHARINGS
    ]
    if arguments.quick:
        arguments.seeds = 1
        arguments.only = arguments.only or [key for key in known if "100k" in key]
    unknown = set(arguments.only or ()) - set(known)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; take of {', '.join(known)}")
    return arguments


if __name__ == "__main__":
    main()
