"""Whether the same clause in other words is read the same.

    python bench/rewording.py [--json] [--language english|chinese]
    python bench/rewording.py --show NAME   each text that this rewording makes misread

A metamorphic test (Chen, Cheung and Yiu 1998): no new clause has to be annotated. Every item of
the development half that is read right is said otherwise in each way that fits it: the condition
in front or behind, "is obliged to" for "must", another date, another name. What has to be read
stays, or changes in the one value that was replaced. `bench/understanding.py` defines right,
asked and silent; the held-out half is not opened.

The rewordings are in `bench/clauses/rewordings_{english,chinese}.py`: each module has
`REWORDINGS`, and `JOININGS`, which say two items in one text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from assay.authoring.understanding import understand
from clauses.corpus import LANGUAGES, Item, load
from clauses.rewording import Joining, Rewording
from clauses.verdict import Class, Verdict
from understanding import CODES, Reader, judge


@dataclass(frozen=True, slots=True)
class Trial:
    """One item in other words."""

    language: str
    rewording: str
    item: Item


def trials(items: Sequence[Item], language: str, only: str | None) -> Iterator[Trial]:
    """Every item in every rewording that fits, and each with its next in every joining."""
    module = import_module(f"clauses.rewordings_{language}")
    rewordings: Sequence[Rewording] = module.REWORDINGS
    for one in rewordings:
        if only is None or one.name == only:
            made = (one.apply(item) for item in items)
            yield from (Trial(language, one.name, item) for item in made if item)
    joinings: Sequence[Joining] = module.JOININGS
    for each in joinings:
        if only is None or each.name == only:
            pairs = (each.apply(*pair) for pair in pairwise(items))
            yield from (Trial(language, each.name, item) for item in pairs if item)


def right_items(language: str, read: Reader) -> list[Item]:
    """The items of the development half that are read right as they stand."""
    verdicts, _ = judge(load(language, "development"), read)
    return [one.item for one in verdicts if one.outcome is Class.RIGHT]


def breakdown(tried: Sequence[Trial], verdicts: Sequence[Verdict]) -> Table:
    """Counts by rewording, the worst first."""
    table = Table(title="Rewordings")
    for header in ("language", "rewording", "texts", *Class, "right"):
        text = header in {"language", "rewording"}
        table.add_column(header, justify="left" if text else "right")
    groups: dict[tuple[str, str], list[Class]] = {}
    for one, verdict in zip(tried, verdicts, strict=True):
        groups.setdefault((one.language, one.rewording), []).append(verdict.outcome)
    for (language, name), outcomes in sorted(
        groups.items(), key=lambda row: row[1].count(Class.RIGHT) / len(row[1])
    ):
        counts = [outcomes.count(one) for one in Class]
        share = f"{100 * counts[0] / len(outcomes):.0f} %"
        table.add_row(language, name, str(len(outcomes)), *map(str, counts), share)
    return table


def figures(tried: Sequence[Trial], verdicts: Sequence[Verdict]) -> dict[str, float]:
    """All shares, overall and by language."""
    found: dict[str, float] = {"rewordings_texts": len(tried)}
    for prefix, chosen in (("", LANGUAGES), *((f"{one}_", (one,)) for one in LANGUAGES)):
        outcomes = [verdict.outcome for one, verdict in zip(tried, verdicts, strict=True)
                    if one.language in chosen]  # fmt: skip
        for outcome in Class if outcomes else ():
            share = 100 * outcomes.count(outcome) / len(outcomes)
            found[f"{prefix}rewordings_{outcome}_percent"] = share
    return found


def main() -> None:
    """Reword, read, and print a table, one flat JSON object or what one rewording breaks."""
    arguments = _arguments()
    languages = (arguments.language,) if arguments.language else LANGUAGES

    def read(text: str, language: str) -> object:
        return understand(text, CODES[language])

    tried = [
        one
        for language in languages
        for one in trials(right_items(language, read), language, arguments.show)
    ]
    if not tried:
        raise SystemExit(f"No text fits the rewording {arguments.show!r}; see the table of all.")
    verdicts, crashed = judge([one.item for one in tried], read)
    found = figures(tried, verdicts) | {"crashed": crashed}
    if arguments.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return
    if arguments.show:
        print("\n".join(one.report() for one in verdicts if one.outcome is not Class.RIGHT))
    console = Console(width=120, file=sys.stdout)
    console.print(breakdown(tried, verdicts))
    for name, value in found.items():
        console.print(f"{name}: {value:.4g}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--show", metavar="NAME", help="only this rewording, with its failures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
