"""How well prose is held against code: right contracts must hold, tampered ones must be caught.

python bench/properties.py [--only NAME] [--each] [--json]

The corpus has contracts in Solidity and Vyper, each with its agreement in English or Chinese, whose
words are not those of the code, and for each three changes that break the agreement: a wrong payee
or amount, too early, open to anybody, paid twice, stuck. For one contract it is
said who is who, as with `--party`. `false_violations` counts properties of
right contracts that are said to be violated; `tampered_found_percent` is the share of changed
contracts of which something is said to be violated; `checked_percent` the share of properties of
right contracts with a verdict other than "not checked"; `seconds_median` is of one contract, with
reading and compiling.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from assay.authoring.audit.model import Property
from assay.authoring.audit.use_cases.holding import Options, hold_file
from assay.authoring.use_cases.reading import read_agreement
from assay.bootstrap.audit import make_auditors
from assay.bootstrap.authoring import make_workshop
from assay.errors import AssayError

CORPUS = Path(__file__).parent / "corpus" / "properties"
PARTIES = json.loads((CORPUS / "parties.json").read_text(encoding="utf-8"))


def tampered(source: str, change: dict[str, str]) -> str:
    """The source with one change, which must fit at one place."""
    assert source.count(change["right"]) == 1, change
    found = source.replace(change["right"], change["wrong"])
    end = found.rindex("}") if change.get("added") else len(found)
    return found[:end] + change.get("added", "") + found[end:]


class Bench:
    """Holds each source, and keeps how long it took."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._auditors = make_auditors(with_slither=False)
        self._workshop = make_workshop()
        self.seconds: list[float] = []

    def hold(self, original: Path, source: str) -> tuple[Property, ...]:
        """The properties of a source, by the agreement of the original."""
        path = self._folder / original.name
        path.write_text(source, encoding="utf-8")
        began = time.perf_counter()
        agreement = read_agreement(original.with_suffix(".md").read_text(encoding="utf-8"))
        options = Options(PARTIES.get(original.name, {}), {})
        held = hold_file(agreement, path, self._auditors, self._workshop, options=options)
        self.seconds.append(time.perf_counter() - began)
        return held.properties

    def close(self) -> None:
        """Ends the compilers."""
        self._auditors.close()


def measure(only: str | None, show_each: bool) -> dict[str, object]:
    """All figures."""
    changes = json.loads((CORPUS / "tampered.json").read_text(encoding="utf-8"))
    originals = sorted(one for one in CORPUS.iterdir() if one.suffix in (".sol", ".vy"))
    verdicts: Counter[str] = Counter()
    found: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for original in originals:
            if only is not None and original.stem != only:
                continue
            source = original.read_text(encoding="utf-8")
            properties = bench.hold(original, source)
            verdicts.update(one.verdict for one in properties)
            if show_each:
                _show(original.name, properties)
            for change in (one for one in changes if one["file"] == original.name):
                properties = bench.hold(original, tampered(source, change))
                found.append(any(one.verdict == "violated" for one in properties))
                if show_each:
                    _show(f"{original.name}, {change['kind']}", properties, only="violated")
        bench.close()
    checked = verdicts["holds"] + verdicts["violated"]
    return {
        "contracts": len({one.stem for one in originals}) if only is None else 1,
        "tampered": len(found),
        "properties": verdicts.total(),
        "false_violations": verdicts["violated"],
        "tampered_found_percent": round(100 * sum(found) / max(1, len(found)), 1),
        "checked_percent": round(100 * checked / max(1, verdicts.total()), 1),
        "seconds_median": round(statistics.median(bench.seconds), 2),
    }


def _show(title: str, properties: tuple[Property, ...], only: str | None = None) -> None:
    print(f"\n{title}")
    shown = [one for one in properties if only in (None, one.verdict)]
    for one in shown:
        print(f"  {one.verdict:11} {one.obligation} {one.name:14} {one.tried:6} {one.statement}")
        for line in (*one.counterexample, one.reason):
            print(f"                {line}")
    if not shown:
        print("  NOTHING FOUND")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--only", help="One contract, by its name without suffix.")
    parser.add_argument("--each", action="store_true", help="Show every property.")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        figures = measure(arguments.only, arguments.each)
    except AssayError as error:
        print(f"{error}\n{error.hint or ''}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
