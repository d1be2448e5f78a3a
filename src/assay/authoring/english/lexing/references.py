"""Words that point at another clause, and say nothing by themselves."""

from __future__ import annotations

from assay.authoring.english.lexing.nodes import Line

_POINTING = ("subject to", "under", "pursuant to", "in accordance with", "notwithstanding",
"as per",
             "as set out in", "as described in", "as specified in", "as provided in", "set out in",
             "without prejudice to", "as defined in", "as provided for in", "in", "by", "of",
             "referred to in", "as stated in", "as required by", "specified in", "described in",
             "listed in", "as otherwise provided in", "except as provided in", "as agreed in",
             "except as set out in", "unless otherwise provided in", "to",
             "notwithstanding anything to the contrary in", "except as otherwise provided in",
             "notwithstanding anything contained in", "notwithstanding anything in",
             "notwithstanding anything to the contrary contained in", "save as provided in",
             "save as otherwise provided in", "as required under", "as permitted under",
             "as contemplated by", "as contemplated in", "in the manner set out in",
             "in the manner described in", "by virtue of", "on the terms of",
             "as further described in", "for the purposes of", "save as set out in")  # fmt: skip


def reference_at(text: Line, index: int) -> int | None:
    """The index after words that only point at another clause: "subject to clause 4.2"."""
    if text.kind(index) == "reference":
        return index + 1
    found = text.match_any(index, _POINTING)
    if (
        found is None
        or text.kind(text.skip(found[1], ("the", "provisions", "terms", "of"))) != "reference"
    ):
        return None
    return text.skip(found[1], ("the", "provisions", "terms", "of")) + 1
