"""Words that the page and the print of a report have in common."""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.audit.model import PropertyVerdict
from assay.authoring.audit.reports.document import Report, ReportedFinding, Verdict

VERDICTS: dict[Verdict, str] = {
    "failed": "Something grave was found, or a clause is not kept.",
    "incomplete": "Nothing grave was found, but not everything was looked at.",
    "passed": "Nothing grave was found. No finding is no proof.",
}

CLAUSE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "violated": "violated",
        "holds": "holds",
        "not_checked": "not checked",
        "clause": "Clause {number}",
        "whole": "The whole",
        "read": "Read as: {read}",
        "tried": "tried by {count} calls",
        "shown": "The calls that show it:",
        "title": "Clauses",
        "counts": "Clauses: {violated} violated, {holds} hold, {not_checked} not checked.",
    },
    "zh": {
        "violated": "违反",
        "holds": "成立",
        "not_checked": "未检验",
        "clause": "第{number}条",
        "whole": "整份约定",
        "read": "理解为：{read}",
        "tried": "经{count}次调用试验",
        "shown": "能够证明的调用：",
        "title": "条款",
        "counts": "条款：违反{violated}项，成立{holds}项，未检验{not_checked}项。",
    },
}
"""What stands around a clause, in the language of the agreement."""

PROPERTY_ORDER: tuple[PropertyVerdict, ...] = ("violated", "not_checked", "holds")


def clause_words(report: Report) -> Mapping[str, str]:
    """Those of the language that the agreement is in."""
    prose = report.subject.prose
    language = prose.facts.get("language") if prose else None
    return CLAUSE_WORDS["zh" if language == "zh" else "en"]


def headline(report: Report) -> str:
    """What was audited, in a few words."""
    subject = report.subject
    files = [one.file for one in subject.files]
    named = files[0] if len(files) == 1 else f"{len(files)} files"
    if not files:
        named = "prose"
    return f"{named} at {subject.deployed.address}" if subject.deployed else named


def where(one: ReportedFinding) -> str:
    """File, line and function."""
    function = f" in {one.function}" if one.function else ""
    return f"{one.file}:{one.line}{function}"


def about_rules(report: Report) -> str:
    """Which rules were used, and what they left out."""
    book = report.rule_book
    text = f"Rules: {report.rules_note}."
    if book is not None:
        text = (
            f"Rules: version {book.version} of the rule book {book.address} on chain "
            f"{book.chain_id} (SHA-256 {book.digest}); findings count as grave from "
            f"{book.threshold} on."
        )
    if report.left_out:
        off = ", ".join(f"{rule} ({count})" for rule, count in report.left_out.items())
        text += f" Findings of rules that are off: {off}."
    return text


def gap_lines(report: Report) -> list[str]:
    """Everything that was not looked at, with the reason."""
    lines = [f"{one.file or 'The whole'}, {one.tool}: {one.reason}" for one in report.not_looked_at]
    if report.rule_book and report.rule_book.unknown:
        rules = ", ".join(report.rule_book.unknown)
        lines.append(f"Rules of the rule book that this release of Assay does not have: {rules}.")
    facts = report.subject.prose.facts if report.subject.prose else {}
    open_points = [one for one in facts.get("open", []) if isinstance(one, dict)]
    return lines + [f"Open in the prose: {one.get('text', '')}" for one in open_points]
