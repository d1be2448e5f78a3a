"""Duties that no code can carry out, left to the parties by an answer.

    "by_hand.7": "yes"

Nothing is left to people in silence: the contract's description names each with its words.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.blocks.clauses.duties import MONEY_ACTIONS
from assay.authoring.blocks.deeming import is_awaited_silence
from assay.authoring.blocks.patterns.split import is_about_share
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.model import Act, AssetKind, Obligation, Specification

PREFIX = "by_hand."
_MONEY = frozenset({"token", "fiat", "native"})
_YES = frozenset({"yes", "true", "是"})


def by_hand_ids(specification: Specification) -> frozenset[str]:
    """An id for each duty or right; a ban is kept by what the contract does not do."""
    return frozenset(
        f"{PREFIX}{index + 1}"
        for index, one in enumerate(specification.obligations)
        if one.modality != "must_not"
    )


def hangs_much_on(specification: Specification, index: int) -> bool:
    """Whether money, a limit or a permission goes with a duty that would be left to people."""
    duty = specification.obligations[index]
    kinds = {one.name: one.kind for one in specification.assets}
    step: Obligation | None = duty
    while step is not None:
        money = any(_is_money(one, kinds) for one in (step, *step.conditions))
        if money or step.modality == "may" or step.limit != "exact":
            return True
        step = step.otherwise
    if is_awaited_silence(specification, duty) or is_about_share(specification, duty):
        return True
    return any(
        (one.action, one.asset) == (duty.action, duty.asset)
        for place, other in enumerate(specification.obligations)
        if place != index
        for one in other.conditions
    )


def _is_money(act: Act, kinds: Mapping[str, AssetKind]) -> bool:
    """Whether it moves a sum: "the highest bidder wins" hands over a thing, which no code does."""
    if act.action == "transfer" and (act.amount, act.asset) == (None, None):
        return False
    return act.action in MONEY_ACTIONS or kinds.get(act.asset or "") in _MONEY


def leave_to_parties(specification: Specification, answers: dict[str, str]) -> Specification:
    """The specification with some of its duties kept by people.

    Raises:
        AnswerUnfit: the answer is anything but yes.
    """
    for id_, text in answers.items():
        if text.strip().lower() not in _YES:
            raise AnswerUnfit(id_, text, "say yes, or leave the answer out", ("yes", "是"))
    obligations = tuple(
        one.model_copy(update={"by_hand": True}) if f"{PREFIX}{index + 1}" in answers else one
        for index, one in enumerate(specification.obligations)
    )
    return specification.model_copy(update={"obligations": obligations})
