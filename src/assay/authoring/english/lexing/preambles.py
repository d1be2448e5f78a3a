"""What stands before the clauses: who the agreement is between, and why they make it.

>>> text = "LOAN\\nBETWEEN Ann (\\"Lender\\") and\\nCy (\\"Borrower\\").\\n1. The Lender pays."
>>> [text[low:high] for low, high in preambles(text)]
['BETWEEN Ann ("Lender") and', 'Cy ("Borrower").']
"""

from __future__ import annotations

import re

_FIRST_CLAUSE = re.compile(
    r"^[\s#*]*(?:(?:clause|section|article)\s+)?(?:1(?:\.|\)|\s|\.1)|I\.)\s*\**\S",
    re.IGNORECASE | re.MULTILINE,
)
_PARTIES = re.compile(
    r"[(,]\s*(?:hereinafter\s+)?(?:the\s+)?[\"“][^\"”]+[\"”]\s*\)|^\W*(?:dated|between|and|by)\b"
    r"|^\W*\(?\d+\)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*([A-Z][a-z]+(?:[ -][a-z]+)?)\W*:\W*\s[^\d]*$")
_WHO = re.compile(
    r"(?:er|or|ee|ant|ent|ist|holder|party|provider|source|oracle|bank|company|arbiter|agent)$",
    re.I,
)
_REASONS = re.compile(
    r"^[\s#*]*(?:background|recitals?|whereas|preamble|introduction|considerations?)\W*$",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r"\b(?:shall|must|may|will|agrees?\s+to|undertakes?|pays?|receives?|gets?|owes?)\b"
    r"|[$€£¥]\s?\d|\d\s?(?:%|[A-Z]{3,5}\b)|\bmeans\b",
)


def preambles(text: str) -> list[tuple[int, int]]:
    """The characters of the lines before the first clause that name parties or tell reasons."""
    first = _FIRST_CLAUSE.search(text)
    if first is None:
        return []
    found: list[tuple[int, int]] = []
    reasons = False
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[: first.start()]):
        line = match.group()
        reasons = reasons or _REASONS.match(line) is not None
        label = _LABEL.match(line)
        named = label is not None and _WHO.search(label.group(1)) is not None
        title = not found and " between " in line and not line.rstrip().endswith((".", ";", ":"))
        if (reasons or named or title or _PARTIES.search(line)) and not _BINDS.search(line):
            found.append(match.span())
    return found
