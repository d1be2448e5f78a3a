"""What is paid for what: prices beside what is sold, supplied or done, and when they are due."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.acts.handing import Roles
from assay.authoring.english.attaching.deadlines import adjunct_at
from assay.authoring.english.conditions.boundaries import clause_starts
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition

_AT_PRICE = (
    "at a price of", "at the price of", "at a fixed price of", "at", "for a price of",
    "for the price of", "for a total of", "for", "for a total price of", "at a total price of",
    "in exchange for", "at a purchase price of", "for a purchase price of", "at a unit price of",
    "in return for", "for a fixed price of", "for a flat fee of", "for a fee of",
    "for a fixed fee of", "for a total fee of", "at a fee of", "at a flat fee of",
    "for an agreed price of", "for an agreed fee of", "for a one-off fee of", "at a cost of",
    "for a flat price of", "at a total cost of", "at a rate of",
)  # fmt: skip


def price(context: Context, index: int, draft: Draft) -> int | None:
    """ "at a price of 0.08 USDC per token", "for 500 USDC" beside buying and selling."""
    text = context.text
    verb = draft.group.verb
    mints = verb is not None and verb.lemma in ("mint", "claim") and draft.subjects
    counted = any(one.quantity is not None and one.quantity.asset != "%" for one in draft.objects)
    subscribed = verb is not None and verb.action == "subscribe" and not draft.conditional
    trade = verb is not None and (verb.action in ("buy", "sell") or bool(mints))
    trade = trade or (subscribed and counted)
    worked = verb is not None and verb.action in _EXCHANGED | _WORK and not draft.conditional
    worked = worked or subscribed
    if verb is None or not (trade or worked):
        return None
    found = text.match_any(index, _AT_PRICE)
    found = _named_lead(text, index) or found
    swapped = found is not None and found[0] in ("in exchange for", "in return for")
    supplied = found is not None and (
        (verb.action in _SUPPLIED | _WORK and _is_rate(context, found[1]))
        or (verb.action in _MADE and _is_scheduled(context, found[1]))
        or (verb.action in _WORK and _is_named_price(context, *found))
        or (subscribed and _is_paid_again(context, found[1]))
        or (
            verb.action in _SUPPLIED
            and found[0] == "for"
            and _is_supplied(context, found[1], draft)
        )
    )
    if found is None or not (trade or swapped or supplied):
        return None
    named = phrase_at(text, found[1], context.names)
    if named is None:
        return None
    phrase, after = named
    if not trade and not _is_money(phrase):
        return None
    if phrase.quantity is None:
        value = context.names.value(phrase.name)
        if not isinstance(value, Quantity):
            return None
        phrase = replace(phrase, quantity=value)
    quantity = phrase.quantity
    assert quantity is not None
    unit_at = after + 1 if text.lower(after) in ("per", "/", "a", "for") else None
    if text.match(after, "for each"):
        unit_at = after + 2
    unit = phrase_at(text, unit_at, context.names) if unit_at is not None else None
    if unit is not None and unit[0].name:
        quantity, after = replace(quantity, share_of=unit[0].name), unit[1]
        phrase = replace(phrase, rate=True)
    elif text.lower(after) in ("each", "apiece"):
        sold = draft.objects[-1] if draft.objects else None
        unit_name = sold.quantity.asset if sold and sold.quantity else sold and sold.name
        quantity = replace(quantity, share_of=unit_name or None)
        phrase, after = replace(phrase, rate=True), after + 1
    if trade and draft.group.force == "must_not" and quantity.limit != "exact":
        span = text.span(index, after)
        draft.conditions.append(
            Condition(kind="comparison", text=context.words(span), span=span, subject="price",
                      comparator="<" if quantity.limit == "most" else ">",
                      value=quantity.amount, asset=quantity.asset)
        )  # fmt: skip
        return after
    draft.price = replace(phrase, quantity=quantity)
    terms = price_terms(context, after, draft)
    if terms is not None:
        return terms
    if not trade and text.kind(after) == "recurrence" and text.nodes[after].value:
        draft.price_every, after = str(text.nodes[after].value), after + 1
    return after


def _is_paid_again(context: Context, index: int) -> bool:
    """ "for 9 USDC a month"."""
    found = phrase_at(context.text, index, context.names)
    return found is not None and context.text.kind(found[1]) == "recurrence"


_NAMED = frozenset({"price", "consideration", "fee", "premium", "cost"})


def _named_lead(text: Line, index: int) -> tuple[str, int] | None:
    """ "at an issue price of": what names a price, with whatever says which."""
    if text.lower(index) not in ("at", "for") or text.lower(index + 1) not in words.DETERMINERS:
        return None
    for at in range(index + 2, index + 6):
        if (
            text.lower(at) in _NAMED
            and text.lower(at + 1) == "of"
            and text.kind(at + 2) == "amount"
        ):
            return " ".join(text.lower(step) for step in range(index, at + 2)), at + 2
        if text.kind(at) != "word":
            return None
    return None


_SUPPLIED = frozenset({"supply", "deliver", "provide"})


_WORK = frozenset({"perform", "provide", "deliver", "supply", "repair", "maintain", "use",
                   "inspect", "occupy", "issue"})  # fmt: skip
_PRICED = frozenset({"price", "fee", "payment", "cost"})


def _is_named_price(context: Context, lead: str, index: int) -> bool:
    """Whether words name the price of a work: "for a fixed fee of", "for 80 USDC, payable"."""
    text = context.text
    found = phrase_at(text, index, context.names)
    if found is None or found[0].quantity is None or not _is_money(found[0]):
        return False
    payable = text.lower(found[1]) == "," and text.lower(found[1] + 1) in ("payable", "paid", "due")
    return bool({*lead.split()} & _PRICED) or (payable and lead.startswith("for"))


def _is_supplied(context: Context, index: int, draft: Draft) -> bool:
    """Whether goods go to somebody for a sum: "supplies the Bakery with flour for 6,000 USDC"."""
    found = phrase_at(context.text, index, context.names)
    receivers = [*draft.recipients, *draft.objects]
    given = any(one.party is not None for one in receivers)
    ends = found is not None and context.text.lower(found[1]) in ("", ".", ",", ";", "and", "by")
    return given and ends and found is not None and _is_money(found[0])


_MADE = frozenset({"perform", "provide", "deliver"})


def _is_scheduled(context: Context, index: int) -> bool:
    """Whether the parts of a price are listed behind it: "for 4 ETH: 1 ETH now, 3 ETH later"."""
    text = context.text
    found = phrase_at(text, index, context.names)
    if found is None or found[0].quantity is None or not _is_money(found[0]):
        return False
    return text.lower(found[1]) in (":", "-", "–", "—") and text.kind(found[1] + 1) == "amount"


def _is_rate(context: Context, index: int) -> bool:
    """Whether a price for each unit stands at an index: "6 USDC per kg"."""
    text = context.text
    found = phrase_at(text, index, context.names)
    unit = found is not None and text.lower(found[1]) in ("per", "/", "a", "each", "apiece")
    return unit and found is not None and found[0].quantity is not None and _is_money(found[0])


_EXCHANGED = frozenset({"use", "transfer", "deliver", "provide", "supply", "assign", "issue",
                        "occupy", "perform", "disclose"})  # fmt: skip
"""What is done for money where the words say in exchange for what."""


def _is_money(phrase: Phrase) -> bool:
    quantity = phrase.quantity
    asset = quantity.asset if quantity is not None else None
    return asset is not None and asset != asset.lower()


_PAID = frozenset({"paid", "payable", "billed", "invoiced", "due", "charged", "settled"})


def price_terms(context: Context, at: int, draft: Draft) -> int | None:
    """ ", payable within 10 days of delivery" behind a price: when it is due."""
    text = context.text
    if draft.price is None or text.lower(at) not in _PAID or draft.price_terms is not None:
        return None
    terms, end = Draft(Group(at, force="must", verb=VERBS["pay"])), at + 1
    filler = text.match_any(end, markers.WEIGHTLESS)
    end = filler[1] if filler is not None else end
    start = end
    while (after := adjunct_at(context, end, terms)) is not None:
        end = after
    if end == start or clause_starts(context, end, draft):
        return None
    draft.price_terms = terms
    draft.doubts.extend(terms.doubts)
    return end


def holds_for_price(condition: Condition, roles: Roles) -> bool:
    """Whether what is waited for holds for the price too: not the time of a let, nor payment."""
    let = roles.action in ("provide", "use", "occupy") and condition.kind == "time"
    return not let and (condition.kind != "event" or condition.action != "pay")
