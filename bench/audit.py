"""How many known bugs the audit finds, beside Slither alone, in the same run.

python bench/audit.py [--folder DIR] [--each] [--json]

The figures are those of the held-out half of the corpus, with those of the development half beside.
A folder is labelled in one of two ways. Either `labels.json` beside the files says
`{"File.sol": [{"class": "reentrancy", "line": 12}], "Clean.sol": []}`; or the line before a bug
says `// <yes> <report> CLASS`, as in SmartBugs curated (https://github.com/smartbugs). A file with
neither, in a folder that is named after a class, has one bug of that class on any line.

A label is found by class if its file has a finding of its class, and found by line if such a
finding stands within 3 lines of it. `class_recall` is the share found by class, averaged over the
classes that have labels; `line_recall` is the share of labels with a line that are found by line. A
finding is right if a label of its class stands within 3 lines (or has no line); `precision` is the
share of findings that are right. `slither_` is Slither alone: all of its findings but for
informational ones and those on gas, in the same classes; it reads no Vyper.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from assay.authoring.audit.detectors.catalogue import detect
from assay.authoring.audit.merging import merge
from assay.authoring.audit.model import BUG_CLASSES, BugClass, Finding
from assay.authoring.audit.program import unit_of
from assay.authoring.audit.slither import KEPT, Slither
from assay.authoring.audit.sources.solidity import SolidityParser
from assay.authoring.audit.sources.vyper import VyperParser
from assay.authoring.audit.use_cases.auditing import SUFFIXES, read_source, weigh
from assay.errors import AssayError

CORPUS = Path(__file__).parent / "corpus" / "audit"
NEAR_LINES = 3
MARK = re.compile(r"//\s*<yes>\s*<report>\s*(\w+)")
SPELLINGS: dict[str, BugClass] = {
    "unchecked_ll_calls": "unchecked_calls",
    "unchecked_low_level_calls": "unchecked_calls",
}


@dataclass(frozen=True)
class Label:
    """One known bug; without a line it may stand anywhere in the file."""

    bug_class: BugClass
    line: int | None

    def is_near(self, finding: Finding) -> bool:
        """Whether a finding is about it."""
        if self.bug_class != finding.bug_class:
            return False
        return self.line is None or abs(self.line - finding.line) <= NEAR_LINES


@dataclass
class Score:
    """What one auditor found and missed."""

    by_class: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    by_line: list[bool] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    wrong_by_class: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, labels: list[Label], findings: list[Finding]) -> None:
        """Count one file."""
        for label in labels:
            of_class = [one for one in findings if one.bug_class == label.bug_class]
            self.by_class[label.bug_class].append(bool(of_class))
            if label.line is not None:
                self.by_line.append(any(label.is_near(one) for one in of_class))
        for finding in findings:
            is_right = any(label.is_near(finding) for label in labels)
            self.right.append(is_right)
            self.wrong_by_class[finding.bug_class] += not is_right

    def figures(self) -> dict[str, float]:
        """Shares, of 1."""
        means = [_share(found) for found in self.by_class.values()]
        return {
            "class_recall": round(sum(means) / len(means), 3) if means else 0.0,
            "line_recall": round(_share(self.by_line), 3),
            "precision": round(_share(self.right), 3),
        }


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def labels_of(path: Path, source: str, listed: dict[str, list[dict[str, object]]]) -> list[Label]:
    """The known bugs of one file."""
    if path.name in listed:
        return [
            Label(_class(str(one["class"])), int(str(one["line"]))) for one in listed[path.name]
        ]
    lines = source.splitlines()
    marked = [
        Label(_class(found[1]), number + 1)
        for number, line in enumerate(lines, 1)
        for found in MARK.finditer(line)
    ]
    named = path.parent.name.lower()
    if not marked and SPELLINGS.get(named, named) in BUG_CLASSES:
        return [Label(_class(named), None)]
    return marked


def _class(text: str) -> BugClass:
    name = SPELLINGS.get(text.lower(), text.lower())
    return next((one for one in BUG_CLASSES if one == name), "other")


def audit(folders: list[Path], show_each: bool) -> dict[str, object]:
    """All files of some folders, by both."""
    ours, slither_alone = Score(), Score()
    solidity, vyper, slither = SolidityParser(), VyperParser(), Slither()
    seconds: list[float] = []
    failed: list[str] = []
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.suffix in SUFFIXES):
            beside = path.parent / "labels.json"
            listed = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
            source = read_source(path)
            labels = labels_of(path, source, listed)
            started = time.perf_counter()
            try:
                is_vyper = path.suffix == ".vy"
                parsed = (vyper if is_vyper else solidity).parse(path, source)
                unit = unit_of(parsed)
                own, heard = detect(unit), [] if is_vyper else slither.listen(parsed)
                kept = weigh([one.finding for one in heard if one.check in KEPT], unit)
            except AssayError as error:
                failed.append(f"{path.name}: {str(error)[:200]}")
                own, heard, kept = [], [], []
            shown = merge([*own, *kept])
            seconds.append(time.perf_counter() - started)
            ours.add(labels, list(shown))
            slither_alone.add(labels, [one.finding for one in heard])
            if show_each:
                _show(path, labels, list(shown))
    solidity.close()
    slither.close()
    return {
        "contracts": len(seconds),
        **ours.figures(),
        **{f"slither_{name}": value for name, value in slither_alone.figures().items()},
        "seconds_mean": round(sum(seconds) / len(seconds), 2) if seconds else 0.0,
        "failed": failed,
        "classes": {
            name: [
                round(_share(ours.by_class[name]), 2),
                round(_share(slither_alone.by_class[name]), 2),
            ]
            for name in sorted(ours.by_class)
        },
        "wrong": dict(ours.wrong_by_class),
    }


def _show(path: Path, labels: list[Label], findings: list[Finding]) -> None:
    for label in labels:
        if not any(label.is_near(one) for one in findings):
            print(f"missed {path.name}:{label.line} {label.bug_class}", file=sys.stderr)
    for one in findings:
        if not any(label.is_near(one) for label in labels):
            print(f"wrong  {path.name}:{one.line} {one.bug_class} {one.rule}", file=sys.stderr)


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, help="labelled files of your own")
    parser.add_argument("--each", action="store_true", help="show what was missed and wrong")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    halves = [given.folder] if given.folder else [CORPUS / "development", CORPUS / "held_out"]
    results = {folder.name: audit([folder], given.each) for folder in halves}
    if given.json:
        *others, judged = results.items()
        print(json.dumps({**judged[1], **dict(others)}))
        return
    for name, result in results.items():
        print(f"{name}: {result['contracts']} contracts, {result['seconds_mean']} s each")
        for figure in ("class_recall", "line_recall", "precision"):
            for prefix in ("", "slither_"):
                print(f"  {prefix + figure}: {result[prefix + figure]}")
        print(f"  recall by class, and Slither's alone: {result['classes']}")
        if result["failed"]:
            print(f"  not audited: {result['failed']}")


if __name__ == "__main__":
    main()
