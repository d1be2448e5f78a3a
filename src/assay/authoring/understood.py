"""What the grammar of one language gives for a whole text, before it is checked."""

from __future__ import annotations

from dataclasses import dataclass

from assay.authoring.model import Asset, NotUnderstood, Obligation, Party, Question


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was read, in the order of the text.

    Attributes:
        questions: those that only the words can raise, like an amount that is a range; what follows
            from the specification as a whole is asked later.
    """

    parties: tuple[Party, ...] = ()
    assets: tuple[Asset, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    questions: tuple[Question, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
