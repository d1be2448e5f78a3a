"""Prices, raises and caps that are said without a verb of paying or bidding."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.arguments import arguments
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.modality import Force
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS
from assay.authoring.english.lexicon.words import BE, MODALS, singular
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition

_OPENS = frozenset({"open", "opens", "start", "starts", "begin", "begins", "starting"})
_SALES = frozenset({"auction", "bidding", "bids", "bid", "sale", "it", "price", "lot", "offers"})
_LEAST = ("minimum bid", "min bid", "reserve price", "reserve", "starting bid", "starting price",
          "opening bid", "floor price", "floor", "minimum price", "lowest bid",
          "first bid")  # fmt: skip
_RAISE = ("min raise", "minimum raise", "min increment", "minimum increment", "bid increment",
          "min bid increment", "minimum bid increment",
          "min step", "minimum step", "bid step", "bid steps", "bids in steps",
          "minimum overbid")  # fmt: skip
_PLACED = frozenset({"placed", "made", "received", "submitted", "in", "within", "during", "the",
                     "last", "final", "is", "are", "a", "any", "every", "each", "if", "when",
                     "shall", "will", "auction", ",", "it", "bid", "bids", "further", "another",
                     "extend", "extends", "extended", "by", "be", "comes", "come", "there", "of",
                     "for", "until", "then", "on", "new"})  # fmt: skip


def _extension(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "bids placed in the last 5 minutes extend the auction by 10 minutes"."""
    text = context.text
    end = index
    while end < len(text) and text.lower(end) not in (";", "."):
        end += 1
    said = {text.lower(step) for step in range(index, end) if text.kind(step) != "duration"}
    spans = [step for step in range(index, end) if text.kind(step) == "duration"]
    extends = [step for step in range(index, end) if text.lower(step).startswith("extend")]
    if len(spans) != 2 or len(extends) != 1 or said - _PLACED or not said & {"bid", "bids"}:
        return None
    if not spans[0] < extends[0] < spans[1] or not said & {"last", "final"}:
        return None
    late, longer = text.nodes[spans[0]].value, text.nodes[spans[1]].value
    assert isinstance(late, Duration)
    assert isinstance(longer, Duration)
    span = text.span(index, extends[0])
    auction = Phrase(*span, name="auction", full="auction", head="auction")
    draft = Draft(Group(end, force="must", verb=VERBS["extend"]), objects=[auction],
                  imperative=True, deadline=longer.iso)  # fmt: skip
    draft.conditions.append(
        Condition(kind="event", text=context.words(span), span=span, action="bid", subject="end",
                  comparator="<=", value=late.iso)
    )  # fmt: skip
    return _bid(context, index, end, draft)


_HIGHER = frozenset("exceed exceeds beat beats top tops surpass higher above over more raise "
                    "increase outbid outbids improve improves greater overbid".split())  # fmt: skip
_BEFORE = frozenset("last previous preceding prior current highest former standing other "
                    "existing leading before".split())  # fmt: skip


def offer_at(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "bidding starts at 2 ETH", "each bid must beat the last by 5%"."""
    if index > 0 and context.text.lower(index - 1) not in _JOINTS:
        return None
    for rule in (_extension, _raise, _first_bid, _coin, _cost):
        found = rule(context, index)
        if found is not None:
            return found
    return None


_JOINTS = frozenset({",", ";", ".", "and", ":", "-", "–", "—", "then", "but"})


def _bid(context: Context, index: int, end: int, draft: Draft) -> tuple[Draft, int]:
    draft.start, draft.end = context.text.span(index, end)
    return draft, end


def _first_bid(context: Context, index: int) -> tuple[Draft, int] | None:
    text = context.text
    lead = text.match_any(text.skip(index, ("the", "a")), _LEAST)
    at = text.skip(lead[1], ("is", "of", "shall", "be", ":", "at", "must")) if lead else index
    if lead is None:
        at = text.skip(index, ("the", "a"))
        at = text.skip(at, _SALES)
        if text.lower(at) not in _OPENS or (at == index and text.lower(at)[-1:] == "s"):
            return None
        at = text.skip(at + 1, ("the", "bidding", "auction"))
        if text.lower(at) not in ("at", "from", "with"):
            return None
        at += 1
    found = phrase_at(text, at, context.names)
    quantity = found[0].quantity if found is not None else None
    if found is None or quantity is None or quantity.asset in (None, "%"):
        return None
    least = replace(found[0], quantity=replace(quantity, limit="least"))
    group = Group(found[1], force="must", verb=VERBS["bid"])
    return _bid(context, index, found[1], Draft(group, objects=[least]))


_MADE = ("are", "must be", "are made", "must be made", "shall be made", "are placed", "shall be",
         "must be placed", "have to be")  # fmt: skip


def _coin(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "Bids are in ETH": what is bid."""
    text = context.text
    at = text.skip(index, ("all", "the"))
    made = text.match_any(at + 1, _MADE) if text.lower(at) in ("bids", "offers") else None
    if made is None or text.lower(made[1]) != "in":
        return None
    coin = text.nodes[made[1] + 1] if made[1] + 1 < len(text) else None
    if coin is None or coin.text.upper() != coin.text or not coin.text.isalpha():
        return None
    named = Phrase(coin.start, coin.end, name=coin.text, full=coin.text, head=coin.text)
    group = Group(made[1] + 2, force="must", verb=VERBS["bid"])
    return _bid(context, index, made[1] + 2, Draft(group, objects=[named]))


def _clause_end(text: Line, index: int) -> int:
    end = index
    while end < len(text) and text.lower(end) not in (",", ";", ".", "and", "unless", "if"):
        end += 1
    return end


def _raise(context: Context, index: int) -> tuple[Draft, int] | None:
    """The least difference between one bid and the next, which is a comparison."""
    text = context.text
    lead = text.match_any(text.skip(index, ("the", "a")), _RAISE)
    end = _clause_end(text, index)
    said = {text.lower(step) for step in range(index, end)}
    compared = bool(said & {"bid", "bids", "offer", "bidder"}) and said & _HIGHER and said & _BEFORE
    amounts = [step for step in range(index, end) if text.kind(step) == "amount"]
    worth = [step for step in amounts if _worth(text, step).asset is not None]
    if not (lead or compared) or len(worth) != 1 or (not lead and not said & (MODALS | BE | _MUST)):
        return None
    rest = {text.lower(step) for step in range(index, end)} & _UNREAD
    if rest:
        return None
    quantity = _worth(text, worth[0])
    span = text.span(index, end)
    draft = Draft(Group(end, force="must", verb=VERBS["bid"]))
    draft.conditions.append(
        Condition(kind="comparison", text=context.words(span), span=span, subject="increment",
                  comparator="<=" if said & {"most", "maximum"} else ">=",
                  value=quantity.amount, asset=quantity.asset)
    )  # fmt: skip
    return _bid(context, index, end, draft)


_MUST = frozenset({"has", "have", "needs", "need", "exceeds", "beats", "tops"})
_UNREAD = frozenset({"may", "not", "until", "within", "after", "before", "who", "whose", "pays"})


def _worth(text: Line, index: int) -> Quantity:
    value = text.nodes[index].value
    assert isinstance(value, Quantity)
    return value


def _cost(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "tokens cost 0.02 USDC each", "the plan is priced at 20 EURC per month"."""
    text = context.text
    found = phrase_at(text, index, context.names)
    if found is None or not found[0].name or found[0].quantity is not None:
        return None
    missed = NOUNS.get(found[0].head) if text.lower(index) == "late" else None
    stated: tuple[str, ...] = ("is", "are") if text.lower(index) in ("each", "every") else ()
    at = found[1] + 1
    if (
        found[0].party is None
        and text.kind(at) == "amount"
        and text.lower(at + 1) in ("per", "/", "each")
    ):
        stated = ("is", "are", "shall be", "will be")
    lead = text.match_any(found[1], stated) or text.match_any(found[1], (
                                     "costs", "cost", "is priced at", "are priced at", "sells for",
                                     "sell for", "goes for", "go for", "is sold for", "will cost",
                                     "are sold for", "are sold at", "is sold at",
                                     "are billed at", "is billed at", "are charged at",
                                     "is charged at", "are paid at", "is paid at",
                                     "shall cost"))  # fmt: skip
    if lead is None:
        return None
    price = phrase_at(text, lead[1], context.names)
    quantity = price[0].quantity if price is not None else None
    if price is None or quantity is None or quantity.asset is None:
        return None
    thing, after = found[0], price[1]
    delayed = thing.head in ("delay", "lateness")
    if quantity.asset == "%" and not (missed or delayed):
        return None
    unit = phrase_at(text, after + 1, context.names) if text.lower(after) in ("per", "/") else None
    counted = unit is not None and unit[0].name and unit[0].quantity is None
    if unit is not None and counted:
        quantity, after = replace(quantity, share_of=unit[0].name), unit[1]
    each = text.lower(after) in ("each", "apiece")
    context.goods = thing.name
    for_one = each or thing.plural or text.lower(index) in ("each", "every", "one", "a", "an")
    if for_one and quantity.share_of is None:
        quantity = replace(quantity, share_of=thing.name)
    draft = Draft(Group(after, force="must", verb=VERBS["pay"]),
                  objects=[replace(price[0], quantity=quantity)])  # fmt: skip
    draft.start = text.nodes[index].start
    if counted and not (delayed or missed) and NOUNS.get(singular(thing.head)):
        span = text.span(index, found[1])
        draft.conditions.append(
            Condition(kind="state", text=context.words(span), span=span, subject=thing.full)
        )
    if delayed:
        span = text.span(index, found[1])
        draft.conditions.append(
            Condition(kind="state", text=context.words(span), span=span, value="delay")
        )
    if missed in VERBS:
        span = text.span(index, found[1])
        draft.conditions.append(
            Condition(kind="breach", text=context.words(span), span=span,
                      action=VERBS[missed].action)
        )  # fmt: skip
    return draft, arguments(context, after + each, draft)


def cap_at(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "max 2,000 MOON per wallet": what each may buy."""
    text = context.text
    found = phrase_at(text, index, context.names)
    quantity = found[0].quantity if found is not None else None
    if found is None or quantity is None or quantity.limit == "exact":
        return None
    who, after = quantity.share_of, found[1]
    if text.lower(after) in ("per", "/", "a", "for") or text.kind(after) == "recurrence":
        whom = phrase_at(text, after + 1, context.names)
        if whom is None or whom[0].quantity is not None:
            return None
        who, after = whom[0].name, whom[1]
    last = context.previous.subjects if context.previous is not None else []
    if who is None and quantity.limit == "least" and last and last[0].name in _HOLDERS:
        who = last[0].name
    if who is None or singular(who) not in _HOLDERS:
        return None
    holder = replace(found[0], name=who, full=who, head=who, quantity=None, party=who)
    before = {one.action for one in context.done}
    giving = singular(who) in ("contributor", "backer", "investor") or "contribute" in before
    verb = VERBS["contribute" if giving else "buy"]
    force: Force = "must" if quantity.limit == "least" else "may"
    thing = replace(found[0], quantity=replace(quantity, share_of=None))
    draft = Draft(Group(after, force=force, verb=verb), subjects=[holder], objects=[thing])
    draft.start, draft.bound = text.nodes[index].start, True
    return draft, arguments(context, after, draft)


_HOLDERS = frozenset("wallet address person buyer investor user account contributor participant "
                     "holder member backer head customer applicant bidder".split())  # fmt: skip
