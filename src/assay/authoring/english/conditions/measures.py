"""Conditions on how much there is: what was gathered, held or reported, and of which things."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.conditions.comparisons import bound
from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.facts import shown_fact
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition


def reported(told: Condition, source: str | None) -> Condition:
    """ "the port authority reports that": a fact with its source."""
    if told.kind not in ("comparison", "state", "oracle"):
        return told
    return told.model_copy(update={"kind": "oracle", "actor": source})


_GATHERING = frozenset({"collect", "raise", "gather", "contribute", "pledge", "commit", "invest",
                        "receive", "sell", "subscribe", "donate", "spend", "use"})  # fmt: skip


_COMING = frozenset({"sign up", "join", "register", "attend", "enrol", "enroll", "participate",
                     "come", "appear", "respond", "book", "subscribe", "apply"})  # fmt: skip


def turnout(inner: Draft, words: str) -> Condition | None:
    """ "if fewer than 20 people sign up": how many do."""
    subject = inner.subjects[0] if inner.subjects else None
    quantity = subject.quantity if subject is not None else None
    verb = inner.group.verb
    if subject is None or quantity is None or verb is None or verb.lemma not in _COMING:
        return None
    if quantity.limit == "exact" or inner.objects or inner.group.passive or inner.group.negated:
        return None
    return Condition(kind="comparison", text="", subject=subject.full, value=quantity.amount,
                     comparator=bound(quantity, words))  # fmt: skip


_LASTING = {"day": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y"}


def looked_at_each(inner: Draft, found: list[Condition], draft: Draft) -> None:
    """ "if sales exceed 100 in a month": what follows is due as often as that is looked at."""
    window = next((doubt for doubt in inner.doubts if doubt.kind == "window"), None)
    if window is None or not any(item.kind in ("comparison", "oracle") for item in found):
        return
    words = window.text.split("'")[1].split()
    often = _LASTING.get(words[-1])
    verb = draft.group.verb
    ends = verb is not None and verb.action in ("terminate", "cancel")
    if often is None or ends:
        return
    draft.recurrence = draft.recurrence or often
    inner.doubts.remove(window)


def gathered(inner: Draft, words: str) -> Condition | None:
    """ "if less than 80 % of the target has been collected": a quantity that adds up."""
    quantity = inner.subjects[0].quantity if inner.subjects else None
    verb = inner.group.verb
    if quantity is None or verb is None or verb.lemma not in _GATHERING or inner.agent or (
        not inner.group.passive
    ):  # fmt: skip
        return None
    whole = quantity.asset == "%" and quantity.share_of
    if not whole and verb.lemma not in ("collect", "raise", "gather"):
        return None
    sign = "<" if inner.group.negated else bound(quantity, words)
    return Condition(kind="comparison", text="", subject=quantity.share_of or "raised",
                     comparator=">=" if sign == "=" else sign, value=quantity.amount,
                     asset=quantity.asset)  # fmt: skip


def share_that_is(inner: Draft, words: str) -> Condition | None:
    """ "if more than 3 % of a batch is defective": how much of it is so."""
    quantity = inner.subjects[0].quantity if inner.subjects else None
    if inner.subjects and inner.subjects[0].name and quantity and quantity.asset != "%":
        return None
    if quantity is None or inner.group.kind != "be" or not inner.complement or inner.compared:
        return None
    subject = f"{inner.complement} {quantity.share_of or quantity.asset or ''}".strip()
    return Condition(kind="comparison", text="", subject=subject, value=quantity.amount,
                     comparator=bound(quantity, words), asset=quantity.asset,
                     negated=inner.group.negated)  # fmt: skip


def counted(inner: Draft, words: str) -> Condition | None:
    """How much or how many there are of something that came together."""
    return gathered(inner, words) or share_that_is(inner, words) or turnout(inner, words)


def sized(context: Context, phrase: Phrase, quantity: Quantity) -> Condition:
    """ "may veto any transfer of more than 50 ETH": the amount tells which transfers."""
    span = (phrase.start, phrase.end)
    words = context.words(span)
    return Condition(kind="comparison", text=words, span=span, subject=phrase.full,
                     comparator=bound(quantity, words), value=quantity.amount,
                     asset=quantity.asset)  # fmt: skip


_LOSSES = frozenset({"loss", "damage", "claim", "cost", "expense", "liability", "bill"})
_BEYOND = ("in excess of", "exceeding", "above", "over", "of more than", "of over", "greater than",
           "more than")  # fmt: skip


def beyond(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "pays any loss in excess of 500 USDC", "in excess of the deductible of 500 USDC": which
    losses are paid."""
    text = context.text
    known = phrase.quantity
    shared = known.share_of if known is not None and known.asset == "%" else None
    if draft.conditional or not (shared or _LOSSES & {phrase.head, singular(phrase.head)}):
        return None
    if shared is None and known is not None and known.limit == "least" and draft.objects:
        draft.objects[-1] = replace(phrase, quantity=None)  # "costs of more than 50 USDC"
        draft.conditions.append(sized(context, phrase, known))
        return index
    led = text.match_any(index, _BEYOND)
    found = phrase_at(text, led[1], context.names) if led is not None else None
    if led is None or found is None or not (shared or known is None):
        return None
    held = found[0].quantity or (found[0].of.quantity if found[0].of is not None else None)
    if held is None or held.asset is None or held.asset == held.asset.lower():
        return None
    span, name = text.span(index, found[1]), shared or phrase.full
    draft.conditions.append(
        Condition(kind="comparison", text=context.words(span), span=span, subject=name,
                  comparator=">", value=held.amount, asset=held.asset)
    )  # fmt: skip
    return found[1]


_SHOWING = frozenset({"showing", "stating", "recording", "indicating", "confirming"})


def described(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "documents containing", "any expense exceeding 500 USDC": which of the things is meant; a
    measure is a condition, other words only describe."""
    text = context.text
    word = text.lower(index)
    told = shown_fact(context, index) if word in _SHOWING else None
    if told is not None:
        draft.conditions.append(told[0])
        return told[1]
    at = text.skip(index + 1, ("to", "from", "in", "connection", "with", "out", "of", "under"))
    if text.kind(at) == "reference":
        return at + 1
    comparing = text.match_any(at, markers.COMPARING)
    at = comparing[1] if comparing is not None else at
    if text.kind(at) == "duration":
        span = text.span(index, at + 1)
        draft.conditions.append(
            Condition(kind="state", text=context.words(span), span=span, subject=phrase.full,
                      value=content_words(context.words(span)))
        )  # fmt: skip
        return at + 1
    found = phrase_at(text, at, context.names)
    if found is None:
        return None
    quantity = found[0].quantity
    if quantity is None:
        return found[1] if word not in ("exceeding", "lasting", "holding") else None
    span = text.span(index, found[1])
    sign: Comparator = ">" if word == "exceeding" else "="
    if comparing is not None:
        sign = markers.COMPARING[comparing[0]]
    elif quantity.limit != "exact":
        sign = ">=" if quantity.limit == "least" else "<="
    draft.conditions.append(
        Condition(kind="comparison", text=context.words(span), span=span, subject=phrase.full,
                  comparator=sign, value=quantity.amount, asset=quantity.asset)
    )  # fmt: skip
    return found[1]
