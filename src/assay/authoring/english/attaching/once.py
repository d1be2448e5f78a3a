"""What is due only once beside what recurs: "an upfront fee of 900 USDC and 5 % each quarter"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Draft
from assay.authoring.english.phrases.noun_phrases import Phrase

_ONCE = frozenset(
    "upfront up-front signing sign-on joining one-off one-time entry set-up setup lump activation "
    "enrolment enrollment registration initial down arrangement initiation signature admission "
    "commitment".split()
)
_NOUNS = frozenset({"advance", "deposit", "bond", "downpayment", "prepayment", "down-payment"})


def once_and_again(draft: Draft) -> list[Draft]:
    """A clause with what is due once apart from what recurs; the clause alone where nothing is."""
    amounts = [item for item in draft.objects if item.quantity is not None]
    once = [item for item in amounts if _is_once(item)]
    last = amounts[-1] if amounts else None
    if draft.recurrence is None or draft.spread or not once or last is None or _is_once(last):
        return [draft]
    given = draft.objects.index(amounts[0]) if not draft.recipients else 0
    whom = draft.recipients or draft.objects[:given]
    others = [item for item in draft.objects[given:] if item not in once]
    first = replace(draft, objects=once, recipients=list(whom), recurrence=None, occurrences=None,
                    doubts=[])  # fmt: skip
    if draft.deadline_from is not None and draft.deadline is not None:
        first.deadline = first.deadline_from = None
    return [first, replace(draft, objects=others, recipients=list(whom))]


def _is_once(phrase: Phrase) -> bool:
    return phrase.head in _NOUNS or bool(_ONCE & {*phrase.full.split()})
