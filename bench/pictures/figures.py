"""From answers to figures: recall for each transformation, false positives, thresholds of peers.

A peer gets the largest distance at which it calls no wrong picture alike in the whole run, which is
recall at 100 % precision; beside it stands what it does at its authors' own distance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from rich.table import Table

from pictures.peers import PEERS, Peer
from pictures.transformations import PAIRS, SINGLE

Lines = Sequence[dict[str, Any]]
Figures = dict[str, float]


def ours_figures(lines: Lines, poor: set[str]) -> Figures:
    """Ours, of all registered pictures and of those that have detail."""
    registered = [line for line in lines if line["registered"]]
    recall = _recalls((line["name"], line["found"]) for line in registered)
    rich = _recalls(
        (line["name"], line["found"]) for line in registered if line["picture"] not in poor
    )
    recalled = _recalls((line["name"], line["candidate"] >= 0) for line in registered)
    figures = {f"ours_{name}": value for name, value in recall.items()}
    figures |= {f"ours_detailed_{name}": value for name, value in rich.items()}
    figures |= {f"candidate_{name}": value for name, value in recalled.items()}
    for prefix, found in (("ours", recall), ("ours_detailed", rich)):
        figures |= _worst_and_mean(prefix, found)
    figures["false_positives"] = sum(len(line["wrong"]) for line in lines)
    figures["queries"] = len(lines)
    figures["compared"] = sum(line["compared"] for line in lines)
    if lines:
        figures["seconds_per_query"] = float(np.median([line["seconds"] for line in lines]))
    return figures


def peer_figures(lines: Lines, peer: Peer) -> Figures:
    """A peer's recall at the distance that makes no mistake here, and at the published one."""
    if not lines:
        return {}
    safe = min(line[peer.name]["wrong"] for line in lines) - 1
    figures: Figures = {f"{peer.name}_threshold": safe}
    registered = [line for line in lines if line["registered"]]
    for prefix, threshold in ((peer.name, safe), (f"{peer.name}_published", peer.published)):
        found = _recalls(
            (line["name"], line[peer.name]["right"] <= threshold) for line in registered
        )
        figures |= {f"{prefix}_{name}": value for name, value in found.items()}
        figures |= _worst_and_mean(prefix, found)
        figures[f"{prefix}_false_positives"] = sum(
            line[peer.name]["wrong"] <= threshold for line in lines
        )
    return figures


def table(figures: Figures, names: Sequence[str]) -> Table:
    """A row for each transformation."""
    table = Table(title="Copies found at no false match, in percent")
    published = f"PDQ at {PEERS[0].published}"
    for header in ("transformation", "ours", "with detail", "PDQ", published, "pHash", "dHash"):
        table.add_column(header, justify="left" if header == "transformation" else "right")
    columns = ("ours", "ours_detailed", "pdq", "pdq_published", "phash", "dhash")
    for group in (SINGLE, PAIRS):
        for name in names:
            if name in group:
                cells = (_cell(figures.get(f"{column}_{name}")) for column in columns)
                table.add_row(name, *cells)
        table.add_section()
    for row in ("mean_single", "worst_single", "mean_pair", "worst_pair"):
        table.add_row(
            row.replace("_", " "),
            *(_cell(figures.get(f"{column}_{row}")) for column in columns),
        )
    return table


def misses(lines: Lines) -> dict[str, list[str]]:
    """Registered pictures that were not found, with the transformations they were missed under."""
    missed: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line["registered"] and not line["found"]:
            missed[line["picture"]].append(line["name"])
    return dict(sorted(missed.items(), key=lambda one: -len(one[1])))


def _recalls(answers: Iterable[tuple[str, bool]]) -> Figures:
    by_name: dict[str, list[bool]] = defaultdict(list)
    for name, found in answers:
        by_name[name].append(found)
    return {name: 100 * sum(found) / len(found) for name, found in by_name.items()}


def _worst_and_mean(prefix: str, recalls: Figures) -> Figures:
    figures = {}
    for kind, group in (("single", SINGLE), ("pair", PAIRS)):
        values = [value for name, value in recalls.items() if name in group]
        if values:
            figures[f"{prefix}_worst_{kind}"] = min(values)
            figures[f"{prefix}_mean_{kind}"] = sum(values) / len(values)
    return figures


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
