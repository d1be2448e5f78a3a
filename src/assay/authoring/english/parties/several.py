"""Sums that several pay or get: whether each does, or all together, and who where it is "or".

"Anna and Ben pay Carl 500 USDC" may mean 500 or 1,000; "Anna or Ben pays" does not say who.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.phrases.phrase_parts import Phrase
from assay.authoring.model import Obligation, Span

_TELLING = frozenset("each every both apiece respectively per either "
                     "individually separately neither whichever whoever".split())  # fmt: skip
_OR = re.compile(r"\bor\b", re.IGNORECASE)


def doubts_about_several(draft: Draft, made: Sequence[Obligation], context: Context) -> list[Doubt]:
    """What is open where one clause gave the same duty to several, or for several."""
    if len(made) == 1:
        return _total_of_several(draft, made[0], context)
    if not made or any(one.modality != "must" for one in made):
        return []
    span = made[0].span
    actors, receivers = {one.actor for one in made}, {one.recipient for one in made}
    alone = {one.model_copy(update={"actor": None, "recipient": None}) for one in made}
    told = any(node.lower in _TELLING and before.lower != "half"
               for before, node in pairwise(context.text.nodes))  # fmt: skip
    if len(alone) > 1 or told or None in actors | receivers:
        return []
    acting = len(actors) == len(made) and len(receivers) == 1
    if not acting and not (len(receivers) == len(made) and len(actors) == 1):
        return []
    named = draft.subjects if acting else draft.recipients
    if _joined_by_or(named, context):
        return [Doubt("alternative", "Who of them, and who chooses?", span)]
    return [_sum_of_several(made[0], span, acting=acting)] if _is_sum(made[0]) else []


_IN_TOTAL = ("in total", "in aggregate", "in the aggregate", "altogether", "all told", "overall")


def _total_of_several(draft: Draft, duty: Obligation, context: Context) -> list[Doubt]:
    """ "the members may withdraw up to 500 USDC in total": all of them, or each?"""
    several = bool(draft.subjects) and (draft.subjects[0].plural or draft.subjects[0].group)
    text = context.text
    total = any(text.match_any(at, _IN_TOTAL) for at in range(len(text)))
    if not (several and total and duty.modality == "may" and _is_sum(duty)):
        return []
    question = f"Is {duty.amount} {duty.asset} the bound of each of them, or of all together?"
    return [Doubt("joint_act", question, duty.span)]


def _joined_by_or(named: Sequence[Phrase], context: Context) -> bool:
    ends = [end for one in named for end in (one.start, one.end)]
    return bool(ends) and _OR.search(context.words((min(ends), max(ends)))) is not None


def _is_sum(duty: Obligation) -> bool:
    """Whether a fixed sum of a token or currency is moved."""
    asset = duty.asset or ""
    return bool(duty.amount) and asset != asset.lower() and duty.share_of is None


def _sum_of_several(duty: Obligation, span: Span, *, acting: bool) -> Doubt:
    to = "by" if acting else "to"
    question = f"Is it {duty.amount} {duty.asset} {to} each of them, or {to} all of them together?"
    return Doubt("joint_act", question, span)
