"""Agreements whose questions are answered by what is suggested first."""

from assay.authoring.model import Specification
from assay.authoring.use_cases.reading import read_agreement

_ROUNDS = 4
"""Answers may raise further questions, so often at most."""


def as_suggested(text: str, **by_kind: str) -> Specification:
    """With every question answered by its first suggestion, or as given for its kind."""
    answers: dict[str, str] = {}
    for _ in range(_ROUNDS):
        read = read_agreement(text, answers=answers)
        asked = [one for one in read.questions if one.id not in answers]
        answers |= {one.id: by_kind.get(one.kind) or one.suggestions[0] for one in asked}
    return read
