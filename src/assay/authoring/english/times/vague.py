"""Times that no calendar knows: "within a reasonable time", "later", "in early spring"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.times.reading import ask


def by_when(words: str) -> str:
    """What is asked about a time that no calendar knows."""
    return (
        f"By when is {words!r}? Give a date like 2027-12-31, or how long after what it waits for, "
        "like P30D."
    )


def vague_time(context: Context, index: int, draft: Draft) -> int | None:
    """ "within a reasonable time", "as soon as possible", "without undue delay"."""
    found = context.text.match_any(index, (
        "within a reasonable time", "within a reasonable period", "in a timely manner",
        "as soon as possible", "as soon as practicable", "as soon as reasonably practicable",
        "without undue delay", "without delay", "in due course", "within reasonable time",
        "in good time", "within a reasonable period of time", "soon", "shortly", "later",
        "in reasonable time", "as soon as reasonably possible", "without unreasonable delay",
        "on time", "in time", "when due", "on the due date", "as and when due",
    ))  # fmt: skip
    if found is None:
        return _season(context, index, draft)
    verb = draft.group.verb
    if found[0] == "later" and draft.conditional and verb is not None:
        draft.group = replace(draft.group, late=True)
        return found[1]
    if found[0] not in ("on time", "in time", "when due", "on the due date", "as and when due"):
        span = context.text.span(index, found[1])
        ask(context, draft, "vague_time", by_when(found[0]), span, ("P7D", "P30D"))
    return found[1]


_SEASONS = frozenset("spring summer autumn fall winter morning afternoon evening night weekend "
                     "noon midnight christmas easter future season middle".split())  # fmt: skip


def _season(context: Context, index: int, draft: Draft) -> int | None:
    """ "in early spring", "by the weekend": no date can be told from it."""
    text = context.text
    lead = text.match_any(index, ("in", "on", "at", "by", "before", "until", "during", "over"))
    if lead is None:
        return None
    at = text.skip(lead[1], ("the", "early", "mid", "late", "next", "this", "near", "following"))
    if text.lower(at) not in _SEASONS:
        return None
    after = text.skip(at + 1, ("of",))
    ask(context, draft, "vague_time", "Which date is this?", text.span(index, at + 1))
    return after if text.kind(after) != "date" else after + 1
