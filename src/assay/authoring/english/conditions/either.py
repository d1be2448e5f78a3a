"""Whether one of several conditions is enough: "and" and "or", also behind "unless"."""

from __future__ import annotations

from assay.authoring.english.drafts import Doubt, Draft
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.model import Condition, Span

_SEPARATING = frozenset({"or", "and/or"})
_JOINING = frozenset({"and", "or", "and/or", "nor"})


def either(draft: Draft, span: Span) -> None:
    """Conditions all have to hold: where the words say that one is enough, it is asked."""
    draft.doubts.append(
        Doubt("either_condition", "Is one of these conditions enough, or do all have to hold?",
              span, "conditions", ("one is enough", "all have to hold"))
    )  # fmt: skip


def joined_by(draft: Draft, joint: str, kind: str, span: Span) -> None:
    """ "if A or B" needs only one of them. "Unless A or B" needs that neither is so, which is all
    of their denials; "unless A and B" that one of them is not."""
    if (joint in _SEPARATING) != (kind in ("unless", "until")):
        either(draft, span)


def either_missed(draft: Draft, found: list[Condition], span: Span) -> None:
    """Of two acts of which not both were done one may have been; a date behind is that of both."""
    last, first = found[-1] if found else None, draft.conditions[-1] if draft.conditions else None
    if last is not None and first is not None and first.value is None and last.value is not None:
        known = {"comparator": last.comparator, "value": last.value, "subject": last.subject}
        draft.conditions[-1] = first.model_copy(update=known)
    either(draft, span)


def subjects_joined(text: Line, inner: Draft) -> str:
    """The word between the last two subjects of a condition: "Ann or Paul objects"."""
    first, last = inner.subjects[-2:]
    between = [node.lower for node in text.nodes if first.end <= node.start < last.start]
    return next((word for word in between if word in _JOINING), "and")
