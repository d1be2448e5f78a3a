"""What prose leaves open before any code is held to it."""

from __future__ import annotations

from assay.authoring.audit.model import OpenPoint, ProseAudit
from assay.authoring.model import Specification
from assay.core.digest import Digest

NOT_UNDERSTOOD = "not_understood"


def prose_audit(specification: Specification) -> ProseAudit:
    """Its questions and contradictions, then the words that nothing was read from."""
    asked = tuple(
        OpenPoint(one.id, one.kind, one.text, one.suggestions, one.span)
        for one in specification.questions
    )
    unread = tuple(
        OpenPoint(
            f"{NOT_UNDERSTOOD}.{one.span[0]}",
            NOT_UNDERSTOOD,
            f"“{one.text}”: {one.reason}",
            span=one.span,
        )
        for one in specification.not_understood
    )
    digest = Digest.of(specification.text.encode()).hex
    return ProseAudit(specification.language, (*asked, *unread), digest=digest)
