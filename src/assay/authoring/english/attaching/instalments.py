"""Amounts in parts: instalments, vesting with a cliff, prices of what is bought."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition

_PARTS = frozenset({"instalments", "installments", "payments", "parts", "tranches", "portions",
                    "instalment", "installment", "releases", "shares"})  # fmt: skip


def instalments(context: Context, index: int, draft: Draft) -> int | None:
    """ "in 12 equal monthly instalments (of 100 USDC each)", "with a one-year cliff"."""
    return (
        _at_rate(context, index, draft)
        or _parts(context, index, draft)
        or _cliff(context, index, draft)
        or _linear(context, index, draft)
    )


def _at_rate(context: Context, index: int, draft: Draft) -> int | None:
    """ "released at 5 % per month": the share that is released each time."""
    verb, text = draft.group.verb, context.text
    lead = text.match_any(index, ("at", "at a rate of", "at the rate of", "in steps of"))
    if verb is None or verb.action not in ("release", "vest") or lead is None:
        return None
    found = phrase_at(text, lead[1], context.names)
    quantity = found[0].quantity if found is not None else None
    if found is None or quantity is None or quantity.asset != "%" or not draft.subjects:
        return None
    if text.kind(found[1]) != "recurrence":
        return None
    whole = draft.subjects[-1]
    share = replace(quantity, share_of=quantity.share_of or whole.full)
    draft.subjects[-1] = replace(whole, quantity=share)
    return found[1]


def _parts(context: Context, index: int, draft: Draft) -> int | None:
    text = context.text
    at = text.skip(index, ("in", "by", "over", "as", "into", "of"))
    if at == index:
        return None
    if text.kind(at) != "amount":
        return _equal_parts(context, at, draft)
    count = text.nodes[at].value
    assert isinstance(count, Quantity)
    at = text.skip(at + 1, ("equal", "consecutive", "successive", "separate", "(", ")"))
    recurrence = None
    if text.kind(at) == "recurrence":
        recurrence, at = text.nodes[at].value, at + 1
    at = text.skip(at, ("equal", "consecutive", "successive"))
    if text.lower(at) not in _PARTS or count.asset is not None or count.amount is None:
        return None
    after = at + 1
    if "." in count.amount:
        return None
    draft.occurrences = int(count.amount)
    draft.recurrence = str(recurrence) if recurrence else draft.recurrence
    if text.lower(after) == "of":
        each = phrase_at(text, after + 1, context.names)
        if each is not None and each[0].quantity is not None:
            draft.objects[:] = [
                item
                for item in draft.objects
                if item.party or item.pronoun not in (None, "it", "them")
            ]
            draft.objects.append(each[0])
            return text.skip(each[1], ("each",))
    draft.spread = True
    return after


def _equal_parts(context: Context, index: int, draft: Draft) -> int | None:
    """ "in equal monthly instalments"."""
    text = context.text
    at = text.skip(index, ("equal", "consecutive", "successive"))
    if text.kind(at) != "recurrence" or not text.nodes[at].value:
        return None
    after = text.skip(at + 1, ("equal", "consecutive", "successive"))
    if text.lower(after) not in _PARTS:
        return None
    draft.recurrence, draft.spread = str(text.nodes[at].value), True
    return after + 1


def _cliff(context: Context, index: int, draft: Draft) -> int | None:
    text = context.text
    if all(text.kind(at) != "duration" for at in range(index, index + 6)):
        return None
    for lead in ("with a cliff of", "with an initial cliff of", "after a cliff of", "with a",
                 "after a", "subject to a", "subject to a cliff of", "following a cliff of",
                 "with", "after an initial", "following a", "a cliff of", "with an", "cliff of",
                 "cliff", "cliff :", "after", "", "subject to an", "cliff is",
                 "no tokens before a", "following an initial"):  # fmt: skip
        at = text.match(index, lead)
        if at is None or text.kind(at) != "duration":
            continue
        lasting = times.duration_value(context, at, draft)
        if lasting is None:
            continue
        named = "cliff" in lead.split()
        after = lasting[1] if named else _cliff_noun(context, lasting[1])
        if after is None:
            continue
        span = text.span(index, after)
        draft.conditions.append(
            Condition(kind="time", text=context.words(span), span=span, subject="cliff",
                      comparator=">=", value=lasting[0])
        )  # fmt: skip
        return after
    return None


def _cliff_noun(context: Context, index: int) -> int | None:
    text = context.text
    return text.match(index, "cliff period") or text.match(index, "cliff")


def _linear(context: Context, index: int, draft: Draft) -> int | None:
    found = context.text.match_any(index, ("linearly", "on a linear basis", "in a linear fashion",
                                           "evenly", "on a straight-line basis",
                                           "continuously", "pro rata over time"))  # fmt: skip
    if found is None:
        return None
    draft.spread = True
    return found[1]


def begun(draft: Draft) -> None:
    """ "From 1 May 2027, the tokens vest over 4 years": the length begins at what leads."""
    verb = draft.group.verb
    cliff = any(item.subject == "cliff" for item in draft.conditions)
    vests = verb is not None and verb.action == "vest" and draft.deadline_from is None
    lasts = (draft.deadline or "").startswith("P") and draft.recurrence is None
    if not vests or not (cliff or lasts):
        return
    for item in draft.conditions:
        start = item.value or item.subject
        timed = item.kind == "time" and item.comparator == ">=" and not item.negated
        if timed and item.subject != "cliff" and not (start or "P").startswith("P"):
            draft.conditions.remove(item)
            draft.deadline_from = start
            return
