"""Clauses that were read to obligations, with what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.roles import Roles, roles_of
from assay.authoring.english.sentences import Sentence
from assay.authoring.model import Condition, Modality, Obligation, Span

_WHOLE = frozenset({"agreement", "contract", "lease", "licence", "license", "subscription", "term",
                    "tenancy", "membership", "policy", "warranty"})  # fmt: skip
_ENDS = {"expire": "terminate", "lapse": "terminate", "end": "terminate", "terminate": "terminate",
         "renew": "renew", "extend": "extend"}  # fmt: skip


@dataclass
class Built:
    """Obligations of a sentence with their questions, and spans that mean nothing to it.

    Attributes:
        doubts: pairs of a question and the index of the obligation it is about.
        refused: spans with the reason why nothing was read from them.
    """

    obligations: list[Obligation] = field(default_factory=list)
    doubts: list[tuple[Doubt, int | None]] = field(default_factory=list)
    refused: list[tuple[Span, str]] = field(default_factory=list)
    facts: int = 0


def build(sentence: Sentence, context: Context, number: str | None) -> Built:
    """The obligations of a sentence."""
    built = Built()
    made: list[list[Obligation]] = [[] for _ in sentence.drafts]
    targets = set(sentence.alternatives.values())
    for index in range(len(sentence.drafts)):
        draft = sentence.drafts[index]
        made[index] = _obligations(draft, context, number, built)
    for index, following in sorted(sentence.alternatives.items(), reverse=True):
        if made[index] and made[following]:
            last = made[index][-1]
            made[index][-1] = last.model_copy(update={"otherwise": made[following][0]})
            if len(made[following]) > 1:
                span = made[following][1].span
                built.refused.append((span, "only one obligation can follow a failure"))
    for index, draft in enumerate(sentence.drafts):
        first = len(built.obligations)
        if index not in targets or not _has_base(sentence, index, made):
            built.obligations.extend(made[index])
        at = first if len(built.obligations) > first else max(0, first - 1)
        known = at if built.obligations else None
        built.doubts.extend((doubt, known) for doubt in draft.doubts)
    return built


def _has_base(sentence: Sentence, index: int, made: list[list[Obligation]]) -> bool:
    return any(made[base] for base, after in sentence.alternatives.items() if after == index)


def _obligations(draft: Draft, context: Context, number: str | None, built: Built) -> list[Obligation]:
    group = draft.group
    span = (draft.start, max(draft.end, draft.start))
    if group.force == "waived":
        draft.doubts.append(Doubt("waived_duty", "Which clause does this take a duty from?", span))
        return []
    ending = _of_itself(draft)
    if ending is not None:
        return [_obligation(draft, ending, number, span)]
    if group.kind in ("be", "compare", "self") or group.verb is None:
        return _statement(draft, context, span, built)
    found = []
    for roles in roles_of(draft, context):
        if roles.action is None:
            words = context.words(span)
            built.refused.append((span, f"no action of the list fits {group.verb.lemma!r}: {words[:60]!r}"))
            continue
        _ask(draft, roles, span)
        found.append(_obligation(draft, roles, number, span))
    return found


def _ask(draft: Draft, roles: Roles, span: Span) -> None:
    if roles.actor is None:
        draft.doubts.append(Doubt("missing_actor", f"Who has to {roles.action}?", span, "actor"))
    if draft.group.soft:
        draft.doubts.append(
            Doubt("soft_duty", "An effort cannot be told from none: is the act itself due?", span)
        )


def _of_itself(draft: Draft) -> Roles | None:
    """ "The lease renews automatically", "this Agreement terminates on": the contract acts."""
    verb = draft.group.verb
    if verb is None or draft.objects or not draft.subjects or draft.group.negated:
        return None
    subject = draft.subjects[0]
    action = _ENDS.get(verb.lemma)
    is_whole = subject.head in _WHOLE or subject.party == "contract"
    if action is None or not is_whole or draft.group.passive:
        return None
    return Roles(actor="contract", action=action, asset=subject.name or "contract")


def _statement(draft: Draft, context: Context, span: Span, built: Built) -> list[Obligation]:
    """ "The price is 5,000 USDC" gives a term its value; any other statement is not understood."""
    quantity = draft.compared.quantity if draft.compared is not None else None
    named = draft.subjects[0] if draft.subjects else None
    if draft.group.kind == "compare" and draft.group.comparator == "=" and quantity and named:
        if named.name and quantity.amount is not None and not draft.conditions:
            context.names.values[named.name] = quantity
            built.facts += 1
            return []
    built.refused.append((span, "it states something, but no duty, right or ban could be read from it"))
    return []


def _obligation(draft: Draft, roles: Roles, number: str | None, span: Span) -> Obligation:
    group = draft.group
    force: Modality = group.force if group.force in ("must", "may", "must_not") else "must"  # type: ignore[assignment]
    if group.force is None and group.negated:
        force = "must_not"
    return Obligation(
        actor=roles.actor, modality=force, action=roles.action, amount=roles.amount,
        asset=roles.asset, recipient=roles.recipient, share_of=roles.share_of, limit=roles.limit,
        conditions=_unique(draft.conditions), deadline=draft.deadline,
        deadline_from=draft.deadline_from, recurrence=draft.recurrence,
        occurrences=draft.occurrences, span=span, clause=number,
    )  # fmt: skip


def _unique(conditions: list[Condition]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(conditions))
