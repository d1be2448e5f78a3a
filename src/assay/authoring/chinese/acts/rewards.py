"""Who is paid for what they did: 谁先修好,付800 USDC."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.acts.drafts import Draft
from assay.authoring.chinese.context import Context
from assay.authoring.model import Condition

_REWARDS = frozenset({"返佣", "返利", "返点", "返现", "奖励"})


def pay_whoever_earns(draft: Draft, conditions: Sequence[Condition], context: Context) -> None:
    """谁先修好, 付800 USDC; 团长满10单返佣8%: whoever does it is paid, and does not pay."""
    predicate = draft.predicate
    named = predicate.subject or predicate.agent or predicate.recipient
    verb = predicate.verb.text if predicate.verb is not None else ""
    anyone = draft.actor == "任何人" and any(one.actor == "任何人" for one in conditions)
    pays_again = context.last_action == "pay" and draft.actor == context.last_actor
    if (
        draft.action == "pay"
        and named is None
        and (anyone or (verb in _REWARDS and not pays_again))
    ):
        earned = draft.actor if draft.actor != "contract" else None
        draft.actor, draft.recipient = "contract", draft.recipient or earned
