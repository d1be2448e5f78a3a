"""A report as SARIF 2.1.0, which code hosts and editors read.

Source: OASIS, Static Analysis Results Interchange Format Version 2.1.0,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from assay.authoring.audit.model import Grade
from assay.authoring.audit.reports.document import (
    Report,
    ReportedFinding,
    ReportedProperty,
    Tool,
)
from assay.authoring.audit.reports.wording import clause_words
from assay.core.digest import Digest

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "assayFinding/v1"
_LEVELS: dict[Grade, str] = {"high": "error", "medium": "warning", "low": "note"}
_SECURITY: dict[Grade, str] = {"high": "8.5", "medium": "5.5", "low": "2.5"}
_RANKS: dict[Grade, float] = {"high": 90.0, "medium": 60.0, "low": 30.0}
_PROSE = "prose-"


def write_sarif(report: Report) -> bytes:
    """One run, with a result for each finding and each violated clause."""
    index = {one.file: place for place, one in enumerate(report.subject.files)}
    rules = [*_rules(report), *_prose_rules(report)]
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = [_result(one, places, index, seen) for one in report.findings]
    violated = [one for one in report.properties if one.verdict == "violated"]
    results += [_violation(one, places, report) for one in violated]
    ours, others = report.tools[0], report.tools[1:]
    run = {
        "tool": {
            "driver": {**_component(ours), "rules": rules},
            "extensions": [_component(one) for one in others],
        },
        "columnKind": "utf16CodeUnits",
        "artifacts": [
            {
                "location": {"uri": quote(one.file)},
                "length": one.bytes,
                "hashes": {"sha-256": one.sha256.removeprefix("0x")},
            }
            for one in report.subject.files
        ],
        "invocations": [_invocation(report)],
        "results": results,
        "properties": {
            "report": Digest.of(report.encode()).hex,
            "subject": report.subject.digest,
            "verdict": report.verdict,
            "ruleBook": report.rule_book.model_dump(mode="json") if report.rule_book else None,
            "ruleBookNote": report.rules_note,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2).encode() + b"\n"


def _component(tool: Tool) -> dict[str, Any]:
    return {"name": tool.name, **({"version": tool.version} if tool.version else {})}


def _rules(report: Report) -> list[dict[str, Any]]:
    first: dict[str, ReportedFinding] = {}
    for one in report.findings:
        first.setdefault(one.rule, one)
    return [
        {
            "id": rule,
            "name": "".join(word.capitalize() for word in rule.split("-")),
            "shortDescription": {"text": rule.replace("-", " ").capitalize() + "."},
            "help": {"text": one.fix},
            "defaultConfiguration": {"level": _LEVELS[one.severity]},
            "properties": {
                "tags": ["security", one.bug_class],
                "precision": one.confidence,
                "security-severity": _SECURITY[one.severity],
            },
        }
        for rule, one in sorted(first.items())
    ]


def _prose_rules(report: Report) -> list[dict[str, Any]]:
    names = sorted({one.name for one in report.properties if one.verdict == "violated"})
    return [
        {
            "id": _PROSE + name,
            "name": "Prose" + "".join(word.capitalize() for word in name.split("_")),
            "shortDescription": {"text": "The code does otherwise than was agreed."},
            "help": {"text": "Change the code, or agree on what it does."},
            "defaultConfiguration": {"level": "error"},
            "properties": {"tags": ["agreement", name]},
        }
        for name in names
    ]


def _result(
    one: ReportedFinding, places: dict[str, int], index: dict[str, int], seen: Counter[str]
) -> dict[str, Any]:
    lines, first = one.excerpt.lines, one.excerpt.first_line
    at = one.line - first
    region: dict[str, Any] = {"startLine": one.line}
    if 0 <= at < len(lines):
        region["snippet"] = {"text": lines[at]}
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(one.file), "index": index.get(one.file, -1)},
            "region": region,
        }
    }
    if lines:
        location["physicalLocation"]["contextRegion"] = {
            "startLine": first,
            "endLine": first + len(lines) - 1,
            "snippet": {"text": "\n".join(lines)},
        }
    if one.function:
        location["logicalLocations"] = [
            {"fullyQualifiedName": one.function, "kind": "function"},
        ]
    return {
        "ruleId": one.rule,
        "ruleIndex": places[one.rule],
        "level": _LEVELS[one.severity],
        "rank": _RANKS[one.confidence],
        "message": {"text": one.message},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: _fingerprint(one, seen)},
        "properties": {"class": one.bug_class, "confidence": one.confidence},
    }


def _fingerprint(one: ReportedFinding, seen: Counter[str]) -> str:
    """Stays while lines are added elsewhere: it has the line's words, not its number."""
    at = one.line - one.excerpt.first_line
    line = one.excerpt.lines[at].strip() if 0 <= at < len(one.excerpt.lines) else ""
    words = "\n".join((one.rule, one.file, one.function, " ".join(line.split())))
    seen[words] += 1
    return Digest.of(f"{words}\n{seen[words]}".encode()).raw.hex()


def _violation(one: ReportedProperty, places: dict[str, int], report: Report) -> dict[str, Any]:
    steps = "\n".join(f"{place}. {call}" for place, call in enumerate(one.counterexample, 1))
    read = clause_words(report)["read"].format(read=one.read) if one.read else ""
    text = "\n".join(filter(None, (f"{one.statement} {one.reason}".strip(), steps, read)))
    words = f"{one.name}\n{one.clause}\n{one.obligation}\n{one.text}\n{one.statement}"
    return {
        "ruleId": _PROSE + one.name,
        "ruleIndex": places[_PROSE + one.name],
        "level": "error",
        "message": {"text": text},
        "locations": [],
        "partialFingerprints": {FINGERPRINT: Digest.of(words.encode()).raw.hex()},
        "properties": {"clause": one.clause, "words": one.text, "read": one.read},
    }


def _invocation(report: Report) -> dict[str, Any]:
    """What was not looked at stands here, so that an empty list of results is not a clean bill."""
    unread = [
        {
            "level": "warning",
            "message": {"text": f"{one.file or 'The whole'} by {one.tool}: {one.reason}"},
        }
        for one in report.not_looked_at
    ]
    unread += [
        {"level": "warning", "message": {"text": f"{one.statement} {one.reason}"}}
        for one in report.properties
        if one.verdict == "not_checked"
    ]
    return {
        "executionSuccessful": not unread,
        "endTimeUtc": report.made_at,
        "toolExecutionNotifications": unread,
    }
