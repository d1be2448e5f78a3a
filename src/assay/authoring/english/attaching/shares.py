"""What is divided: ratios, equal parts, parts of a total, units that are said only once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.language.numbers import decimal_text, terminates
from assay.authoring.language.quantities import Quantity, part_of

_LEADS = ("in a ratio of", "in the ratio of", "in the ratio", "at a ratio of", "in the proportion",
          "in the proportions", "in proportions of", "in a proportion of", "on a", "in a", "at",
          "by", "in the proportion of", "in the proportions of", ":", "as to")  # fmt: skip
_TAILS = ("basis", "ratio", "split", "proportion", "way", "proportions")
_EQUALLY = ("equally", "evenly", "in equal parts", "in equal shares", "half and half",
            "in equal portions", "in equal proportions", "in even shares", "into equal parts",
            "into equal shares", "in halves", "share and share alike",
            "on an equal basis", "equally and evenly")  # fmt: skip
_DIVIDING = frozenset({"share", "split", "allocate", "divide", "apportion", "distribute", "pay",
                       "pay out", "go", "disburse", "release"})  # fmt: skip


def ratio_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "70:30", "in the ratio of 3 to 1", "equally" behind a verb that divides."""
    text = context.text
    verb = draft.group.verb
    if verb is None or verb.lemma not in _DIVIDING:
        return None
    equal = text.match_any(index, _EQUALLY)
    if equal is not None:
        draft.parts = ("=",)
        return equal[1]
    lead = text.match_any(index, _LEADS)
    at = lead[1] if lead is not None else index
    if text.kind(at) != "ratio":
        return None
    draft.parts = tuple(str(part) for part in _values(text.nodes[at].value))
    return text.skip(at + 1, _TAILS)


def _values(value: object) -> tuple[object, ...]:
    assert isinstance(value, tuple)
    return value


def _percentages(parts: tuple[str, ...], count: int) -> list[str] | None:
    """The parts in percent, where each has an exact decimal."""
    ratio = [Decimal(1)] * count if parts == ("=",) else [Decimal(part) for part in parts]
    whole = sum(ratio)
    exact = all(terminates(int(part * 10000), int(whole * 100)) for part in ratio)
    return [decimal_text(part * 100 / whole) for part in ratio] if exact and whole else None


def apportioned(draft: Draft) -> list[Draft]:
    """A clause that divides something, as one for each share; itself where it does not."""
    things = draft.subjects if draft.group.passive or not draft.objects else draft.objects
    verb = draft.group.verb
    if draft.parts is None and verb is not None and verb.action == "distribute" and (
        draft.whole is None and len(things) == 1 and things[0].quantity is None
    ):  # fmt: skip
        draft.whole = whole_of(things[0])
    if draft.group.passive and draft.whole is not None and draft.parts is None:
        draft.objects = [_part_of(item, draft.whole) for item in draft.objects]
    if draft.parts is None:
        return [draft]
    things = draft.subjects if draft.group.passive or not draft.objects else draft.objects
    receivers = draft.recipients
    told = draft.parts != ("=",)
    if told and len(receivers) == 1 and receivers[0].plural and len(set(draft.parts)) == 1:
        return [draft]
    if not receivers and not draft.group.passive and len(draft.subjects) > 1:
        receivers = draft.subjects
    if len(receivers) == 1 and not told:
        return [draft]
    span = (draft.start, max(draft.start, draft.end))
    if not things and told:
        things = [Phrase(*span)]
    if not receivers or len(things) != 1 or (told and len(draft.parts) != len(receivers)):
        draft.doubts.append(Doubt("shares", "Whose is which share?", span))
        return [draft]
    shares = _percentages(draft.parts, len(receivers))
    if shares is None:
        question = "These shares have no exact decimals: how are they rounded?"
        draft.doubts.append(Doubt("amount_fraction", question, span, "amount"))
        return [draft]
    return [_share(draft, things[0], *pair) for pair in zip(receivers, shares, strict=True)]


def _share(draft: Draft, thing: Phrase, receiver: Phrase, percent: str) -> Draft:
    part = replace(thing, quantity=Quantity(percent, "%", share_of=whole_of(thing) or None))
    own = draft.subjects is not None and receiver in draft.subjects
    passive = draft.group.passive or own
    subjects = [part] if passive else draft.subjects
    return replace(
        draft, group=replace(draft.group, passive=passive), subjects=subjects,
        objects=[] if passive else [part], recipients=[receiver], parts=None,
        conditions=list(draft.conditions), doubts=list(draft.doubts), notices=list(draft.notices),
    )  # fmt: skip


def whole_of(thing: Phrase) -> str:
    """What a share is of: a thing by its name, money by its amount."""
    quantity = thing.quantity
    if quantity is not None and quantity.amount is not None and quantity.asset not in (None, "%"):
        return f"{quantity.amount} {quantity.asset}"
    return thing.full or thing.name or ""


def own_share(draft: Draft) -> None:
    """ "tokens unlock 10% at launch": the share is one of the subject."""
    verb, only = draft.group.verb, len(draft.subjects) == 1 == len(draft.objects)
    if verb is None or not only or verb.action not in ("release", "vest"):
        return
    subject, quantity = draft.subjects[0], draft.objects[0].quantity
    if subject.party or subject.pronoun or quantity is None or quantity.asset != "%":
        return
    whole = replace(quantity, share_of=quantity.share_of or subject.full)
    draft.subjects, draft.objects = [replace(subject, quantity=whole)], []
    draft.group = replace(draft.group, passive=True)


def _amounts(draft: Draft) -> list[Phrase]:
    passive = draft.group.passive or (
        draft.group.verb is not None and draft.group.verb.frame == "self"
    )
    return draft.subjects if passive else draft.objects


def with_unit(before: Draft | None, draft: Draft) -> None:
    """ "Ann gets 40 % of the sales, Ben gets 35": the unit that the clause before named."""
    if before is None or before.group.verb is None or draft.group.verb is None:
        return
    repaid = draft.group.verb.action in ("return", "refund") and before.group.verb.action == "pay"
    if not (draft.fragment or repaid or before.group.verb.lemma == draft.group.verb.lemma):
        return
    known = next((item.quantity for item in _amounts(before) if item.quantity is not None), None)
    if known is not None and known.limit == "least" and draft.fragment and draft.recurrence:
        _at_least(known, draft)
    if known is None or known.asset is None or known.asset == known.asset.lower() != "%":
        return
    amounts = _amounts(draft)
    for index, phrase in enumerate(amounts):
        quantity = phrase.quantity
        if quantity is None or quantity.amount is None or phrase.left_over:
            continue
        if quantity.asset is None and not phrase.name:
            whole = known.share_of if known.asset == "%" else None
            quantity = replace(quantity, asset=known.asset, share_of=whole)
            again = draft.deadline is None and not draft.conditions and not draft.fragment
            draft.recurrence = draft.recurrence or (before.recurrence if again else None)
        elif quantity.asset == "%" == known.asset and quantity.share_of is None and (
            draft.fragment and draft.recipients and before.recipients
        ):  # fmt: skip
            quantity = replace(quantity, share_of=known.share_of)
        amounts[index] = replace(phrase, quantity=quantity)


def _at_least(known: Quantity, draft: Draft) -> None:
    """ "a minimum of 100 units in the first year and 200 units in each later year"."""
    amounts = _amounts(draft)
    for index, phrase in enumerate(amounts):
        quantity = phrase.quantity
        if quantity is not None and quantity.limit == "exact" and quantity.asset == known.asset:
            amounts[index] = replace(phrase, quantity=replace(quantity, limit="least"))


def without_total(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Leaves out a total that the parts behind a colon make up; asks where they do not."""
    text = context.text
    colon = next((at for at in range(len(text)) if text.lower(at) == ":"), None)
    pointing = [draft for draft in drafts[1:] if draft.fragment and _of_it(draft)]
    rest = drafts[1:]
    whose = [[one.name for one in draft.subjects] for draft in drafts if not draft.group.passive]
    alike = all(names == whose[0] for names in whose)
    adding_up = alike and len(rest) > 1 and all(draft.fragment for draft in rest) and (
        _is_whole(drafts[0], rest) and parts_of_total(drafts[0], rest)
    )  # fmt: skip
    if colon is None and len(drafts) > 2 and (len(pointing) == len(rest) or adding_up):
        at = drafts[0].end
    elif colon is None or len(drafts) < 3:
        return drafts
    else:
        at = text.nodes[colon].start
    before = [draft for draft in drafts if draft.end <= at]
    parts = [draft for draft in drafts if draft.start > at]
    if len(before) != 1 or not all(part.fragment for part in parts) or len(parts) < 2:
        return drafts
    if before[0].price is not None and before[0].price.quantity is not None:
        return _parts_of_price(before[0], parts)
    things = [item for item in _amounts(before[0]) if not item.party]
    whole = next((item for item in things if item.quantity is not None), None)
    if whole is None and len(things) == 1 and _whole_is_shared(parts):
        for part in parts:
            _of_whole(part, whole_of(things[0]))
            part.deadline = part.deadline or before[0].deadline
            part.recurrence = part.recurrence or before[0].recurrence
            part.conditions = part.conditions or list(before[0].conditions)
        return parts
    if whole is None:
        return drafts
    if parts_of_total(before[0], parts):
        for part in parts:
            _come_to(part, whole)
            _of_whole(part, whole_of(whole))
        return parts
    span = (before[0].start, parts[-1].end)
    parts[0].doubts.append(Doubt("total", "Do these parts make up the amount before?", span))
    return drafts


def _is_whole(draft: Draft, rest: list[Draft]) -> bool:
    """Whether a sum has no time, condition or receiver of its own.

    What has one is a part like the others, even where the others come to as much: "50% on signing,
    30% on delivery, 20% after a month", "10 ETH to Bob, 6 ETH to Carol and 4 ETH to Dan".
    """
    timed = draft.deadline or draft.recurrence or draft.conditions
    given = {item.name for item in draft.recipients}
    others = {item.name for part in rest for item in part.recipients}
    return not timed and not (given and others - given)


def _of_it(draft: Draft) -> bool:
    """ "half of it": a share of what the clause before names."""
    amounts = [item for item in _amounts(draft) if item.quantity is not None]
    return bool(amounts) and all(
        item.quantity is not None and item.quantity.share_of in _POINTING for item in amounts
    )


_POINTING = frozenset({"it", "them", "that", "this", "which", "these"})


def _parts_of_price(sale: Draft, parts: list[Draft]) -> list[Draft]:
    """ "buys the boat for 18,000 EUR: 6,000 on signing, the rest later": the price in parts."""
    buys = sale.group.verb is not None and sale.group.verb.action == "buy"
    seller = [sale.source] if sale.source is not None else []
    payers, payees = (sale.subjects, seller) if buys else (sale.recipients, sale.subjects)
    unit = sale.price.quantity if sale.price is not None else None
    for part in parts:
        part.group = replace(part.group, verb=VERBS["pay"])
        part.subjects, part.recipients, part.price = list(payers), list(payees), None
        for index, item in enumerate(part.objects):
            if item.quantity is not None and item.quantity.asset == "%" and unit is not None:
                part.objects[index] = replace(item, quantity=_in_money(item.quantity, unit))
            bare = item.quantity is not None and item.quantity.asset is None and unit is not None
            if bare and item.quantity is not None and unit is not None:
                amount = replace(item.quantity, asset=unit.asset)
                part.objects[index] = replace(item, quantity=amount)
    told = unit is not None and parts_of_total(
        replace(sale, objects=[replace(parts[0].objects[0], quantity=unit)]), parts
    )
    left = any(item.left_over for part in parts for item in part.objects)
    if told or left:
        sale.price = None
    else:
        span = (sale.start, parts[-1].end)
        parts[0].doubts.append(Doubt("total", "Do these parts make up the price?", span))
    return [sale, *parts]


def _in_money(share: Quantity, price: Quantity) -> Quantity:
    """What a share of a price comes to: half of 12,000 USDC is 6,000 USDC."""
    if share.asset != "%" or share.share_of is not None or not (share.amount and price.amount):
        return share
    part = Decimal(price.amount) * Decimal(share.amount) / 100
    return replace(share, amount=decimal_text(part), asset=price.asset)


def _whole_is_shared(parts: list[Draft]) -> bool:
    """Whether shares come to a whole, or name what is left over."""
    found = [item for part in parts for item in _amounts(part)]
    rest = any(item.left_over for item in found)
    shares = [one.quantity for one in found if one.quantity is not None and not one.left_over]
    if not shares or any(one.asset != "%" or one.amount is None for one in shares):
        return False
    come_to = sum((Decimal(one.amount) for one in shares if one.amount), Decimal(0))
    return come_to == 100 or (rest and come_to < 100)


def _part_of(phrase: Phrase, whole: str) -> Phrase:
    quantity = phrase.quantity
    if quantity is None or quantity.asset != "%":
        return phrase
    if quantity.share_of is not None and quantity.share_of not in _POINTING:
        return phrase
    return replace(phrase, quantity=replace(quantity, share_of=whole))


def _of_whole(draft: Draft, whole: str) -> None:
    """Says what the percentages of a clause are of, where it does not say so itself."""
    amounts = _amounts(draft)
    amounts[:] = [_part_of(phrase, whole) for phrase in amounts]


def _come_to(draft: Draft, whole: Phrase) -> None:
    """Says what shares without a decimal come to: a third of 900 USDC is 300 USDC."""
    amounts = _amounts(draft)
    for index, phrase in enumerate(amounts):
        share = phrase.quantity
        known = share is not None and share.exact is not None and whole.quantity is not None
        part = part_of(share, whole.quantity) if known and share and whole.quantity else None
        amounts[index] = replace(phrase, quantity=part) if part is not None else phrase


def of_sum(total: Draft, draft: Draft) -> None:
    """ "the sum of 900 USDC in three instalments: 30% now": what this share and those after it
    are of."""
    whole = next((item for item in _amounts(total) if item.quantity is not None), None)
    if whole is None or whole.quantity is None:
        return
    amounts = _amounts(draft)
    bare = [one.quantity is not None and one.quantity.asset in (None, "%") and not one.name
            for one in amounts]  # fmt: skip
    share = any(one.quantity is not None and one.quantity.asset == "%" for one in amounts)
    if share:
        draft.whole = whole_of(whole)
        _of_whole(draft, draft.whole)
        return
    for index, one in enumerate(amounts):
        if bare[index] and one.quantity is not None:
            unit = replace(one.quantity, asset=whole.quantity.asset)
            amounts[index] = replace(one, quantity=unit)


def _of_one_whole(drafts: list[Draft]) -> None:
    """ "the winner takes 70 % and the runner-up 30 % of the pool": both are of the pool."""
    last = _amounts(drafts[-1]) if len(drafts) > 1 else []
    quantity = last[-1].quantity if last else None
    if quantity is None or quantity.asset != "%" or quantity.share_of is None:
        return
    if not (drafts[-1].fragment or _makes_whole(drafts)):
        return
    for draft in drafts[:-1]:
        _of_whole(draft, quantity.share_of)


def _makes_whole(drafts: list[Draft]) -> bool:
    """ "the artist keeps 85%, the platform takes 15% of sales": all of it."""
    shares = [item.quantity for draft in drafts for item in _amounts(draft)]
    if any(one is None or one.asset != "%" or one.amount is None for one in shares):
        return False
    return sum(Decimal(one.amount) for one in shares if one and one.amount) == 100


def of_total(context: Context, drafts: list[Draft]) -> None:
    """ "half now, half later, 3 ETH total": what the shares are of, and who pays whom."""
    _of_one_whole(drafts)
    for draft in drafts:
        if context.total is not None:
            _of_whole(draft, context.total)
            draft.subjects[:] = [_part_of(item, context.total) for item in draft.subjects]
        verb = draft.group.verb
        money = verb is not None and verb.action in ("pay", "distribute", "transfer")
        if context.payer is not None and money and not draft.subjects and not draft.recipients:
            draft.subjects, draft.imperative = [context.payer], False
            draft.recipients = [context.payee] if context.payee is not None else []


def parts_of_total(total: Draft, parts: list[Draft]) -> bool:
    """Whether parts that follow a total make it up: "pays 900 USDC: 300 now, 600 on delivery"."""
    whole = next((item.quantity for item in _amounts(total) if item.quantity is not None), None)
    found = [item.quantity for part in parts for item in _amounts(part) if not item.party]
    if whole is None or whole.amount is None or not found or any(
        one is None or (one.amount or one.exact) is None for one in found
    ):  # fmt: skip
        return False
    amount = sum(
        one.exact * 100 if one.exact is not None else Fraction(one.amount or 0)
        for one in found
        if one is not None
    )
    percent = all(one is not None and one.asset == "%" for one in found)
    if percent and whole.asset != "%":
        return amount == 100
    same = all(one is not None and one.asset in (None, whole.asset) for one in found)
    return same and amount == Fraction(whole.amount)
