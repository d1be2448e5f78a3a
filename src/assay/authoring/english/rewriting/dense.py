"""Dense messages: values and bounds without verbs, brought into the words that the rules expect.

"6m cliff" lasts six months, "cap 3 ETH per wallet" is "max 3 ETH per wallet", "bids +5% min" is
"minimum increment is 5%", "no-show: host keeps 40" is "if no-show, host keeps 40".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity


def said_densely(context: Context) -> None:
    """Rewrites the nodes of a sentence that leaves out its verbs."""
    text = context.text
    _handles(text)
    _short_months(text)
    _equals(text)
    _case(context)
    _raise(text)
    _late_bid(text)
    _per_head(text)
    _unmarked_label(text)
    _comes_back(text)
    _goods_back(context)
    _at_any_time(text)
    _numbered(text)
    _each_price(text)


def segments(text: Line) -> Iterator[tuple[int, int]]:
    """Where the parts of a sentence between commas and semicolons begin and end, the last first."""
    ends = [at for at, node in enumerate(text.nodes) if node.lower in _BETWEEN]
    starts = [0, *(at + 1 for at in ends)]
    yield from reversed(list(zip(starts, [*ends, len(text)], strict=True)))


_BETWEEN = frozenset({",", ";", ".", "–", "—", "•", "|"})


def said(here: Node, phrase: str) -> list[Node]:
    """Words in the place of a node."""
    return [word(here, one) for one in phrase.split()]


def _handles(text: Line) -> None:
    """ "@lena": the name alone."""
    for at in range(len(text) - 1, -1, -1):
        joined = text.lower(at) == "@" and text.kind(at + 1) == "word"
        if joined and text.nodes[at].end == text.nodes[at + 1].start:
            del text.nodes[at]


_MONTHS = re.compile(r"\d{1,2}\s?m")
_LASTING = frozenset("cliff vest vests vesting linear linearly lock locks locked lockup lock-up "
                     "unlock unlocks tge lease rent tenor term trial notice loan repay "
                     "warranty".split())  # fmt: skip
_BEFORE_LENGTHS = frozenset(
    (
        "within for after over every in next first another last each linear linearly then cliff "
        "vesting lockup tenor term lock"
    ).split()
)


def _short_months(text: Line) -> None:
    """ "6m cliff, then linear 18m": months, where the words are of time."""
    lasting = any(node.lower in _LASTING for node in text.nodes)
    for at, node in enumerate(text.nodes):
        plain = node.kind == "amount" and _MONTHS.fullmatch(node.lower)
        behind = text.nodes[at + 1] if at + 1 < len(text) else None
        counts = behind is not None and behind.kind == "word" and (
            behind.lower not in _LASTING | words.PREPOSITIONS | words.CONJUNCTIONS
        )  # fmt: skip
        led = text.lower(at - 1) in _BEFORE_LENGTHS
        if plain and lasting and (led or not counts):
            months = node.lower[:-1].strip()
            text.nodes[at] = replace(node, kind="duration", value=Duration(f"P{months}M"))


def _equals(text: Line) -> None:
    """ "late payment = 1% a week": a label."""
    for at in range(1, len(text) - 1):
        apart = text.lower(at) in ("=", "→") and text.lower(at - 1) not in "<>=-"
        if apart and text.kind(at + 1) == "amount" and text.kind(at - 1) == "word":
            text.nodes[at] = mark(text.nodes[at], ":")


_CASES = frozenset("no-show noshow default breach late cancellation damage dispute tie delay rain "
                   "loss theft emergency liquidation timeout failure non-delivery nondelivery "
                   "non-payment nonpayment overrun downtime exit no-delivery draw "
                   "walkover rejection".split())  # fmt: skip
_FORE = frozenset("early late buyer client tenant any total partial missed a on in case of full "
                  "guest by host seller user force".split())  # fmt: skip


def _case(context: Context) -> None:
    """ "no-show: host keeps the deposit": if there is one."""
    text = context.text
    stop = next((at for at in range(1, min(len(text), 5)) if text.lower(at) == ":"), None)
    if stop is None or any(text.kind(at) != "word" for at in range(stop)):
        return
    named = {text.lower(at) for at in range(stop - 1)}
    if text.lower(stop - 1) not in _CASES or named - _FORE or text.kind(stop + 1) == "amount":
        return
    here = text.nodes[0]
    comma = mark(text.nodes[stop], ",")
    text.nodes[stop] = comma
    text.nodes[:0] = said(here, "in case of")


_RAISING = frozenset("increment increments step steps raise raises overbid overbids".split())
_BIDS = frozenset("bid bids bidding offer offers".split())
_IN_RAISE = frozenset(
    "each every new next must be at least min minimum of in the over above last "
    "previous highest current one by is are : + go goes up a to higher more than "
    "price current standing bidder min. increase increases beat beats".split()
)


def _raise(text: Line) -> None:
    """ "bids +5% min", "0.1 ETH steps": the least raise."""
    for start, end in segments(text):
        here = [text.lower(at) for at in range(start, end) if text.kind(at) != "amount"]
        amounts = [at for at in range(start, end) if text.kind(at) == "amount"]
        named = {*here}
        if len(amounts) != 1 or not named or named - _IN_RAISE - _RAISING - _BIDS:
            continue
        added = text.lower(amounts[0] - 1) == "+" or "increase" in named or "increases" in named
        stepped = bool(named & _RAISING) and named != {"raise"}
        value = text.nodes[amounts[0]].value
        worth = isinstance(value, Quantity) and value.asset is not None
        if worth and (stepped or (added and named & _BIDS)):
            lead = said(text.nodes[start], "minimum increment is")
            text.nodes[start:end] = [*lead, text.nodes[amounts[0]]]


def _late_bid(text: Line) -> None:
    """ "a bid in the last 5 min adds 5 min": extends the auction by as long."""
    for start, end in segments(text):
        named = {text.lower(at) for at in range(start, end)}
        spans = [at for at in range(start, end) if text.kind(at) == "duration"]
        late = named & {"last", "final"} and named & {"bid", "bids"}
        if len(spans) != 2 or not late or named & {"extend", "extends", "extended"}:
            continue
        joint = {text.lower(at) for at in range(spans[0] + 1, spans[1])}
        if joint and not joint - {"adds", "add", "+", "=", ":", "→", "another", "gives", "by"}:
            lead = said(text.nodes[spans[0]], "extends the auction by")
            text.nodes[spans[0] + 1 : spans[1]] = lead


_HEADS = frozenset(
    "wallet address person user buyer account investor contributor backer bidder "
    "holder member customer wallets addresses participant applicant".split()
)
_MOST = frozenset("cap capped limit limits limited max maximum max. most".split())
_LEAST = frozenset("min minimum min. floor least".split())
_IN_BOUND = frozenset(
    (
        "cap capped limit limits limited max maximum max. most min minimum min. floor least at to "
        "of : is per / each a one hard up mint allocation purchase buy contribution ticket"
    ).split()
)


def _per_head(text: Line) -> None:
    """ "cap 3 ETH per wallet", "2 NFTs max per wallet": max 3 ETH per wallet."""
    for start, end in segments(text):
        head = next((at for at in range(start, end) if text.lower(at) in _HEADS), None)
        amounts = [at for at in range(start, end) if text.kind(at) == "amount"]
        if head is None or head + 1 != end or len(amounts) != 1 or amounts[0] > head:
            continue
        if text.lower(head - 1) not in ("per", "/", "each", "a"):
            continue
        amount = amounts[0]
        thing = amount + 1 if text.kind(amount + 1) == "word" and (
            text.lower(amount + 1) not in _IN_BOUND
        ) else amount  # fmt: skip
        rest = {text.lower(at) for at in range(start, head) if not amount <= at <= thing}
        most, least = rest & _MOST, rest & _LEAST
        value = text.nodes[amount].value
        bare = isinstance(value, Quantity) and value.asset is None and thing == amount
        if rest - _IN_BOUND or (most and least) or not (most or least or bare):
            continue
        bound = word(text.nodes[start], "min" if least else "max")
        per = word(text.nodes[head - 1], "per")
        text.nodes[start:end] = [bound, *text.nodes[amount : thing + 1], per, text.nodes[head]]


_LABELLED = frozenset(
    (
        "interest collateral fee deposit rent premium retainer price budget royalty ticket "
        "contribution investment bond stake tip salary commission goal target softcap hardcap cap "
        "quorum turnout majority royalties bounty supply"
    ).split()
)
_QUALIFIED = frozenset("min minimum min. max maximum max. soft hard late monthly security platform "
                       "listing mint protocol management service kill setup performance gas "
                       "creator entry exit withdrawal swap total unit token flat fixed funding "
                       "reserve annual weekly creator artist transaction".split())  # fmt: skip


def _unmarked_label(text: Line) -> None:
    """ "min ticket 5k USDC", "quorum 20%": a label without its colon."""
    for start, end in segments(text):
        at = start
        while at < end and text.lower(at) in _QUALIFIED:
            at += 1
        lasts = text.lower(at) in ("term", "duration", "tenor") and at == start and (
            text.kind(at + 1) == "duration" and at + 2 == end
        )  # fmt: skip
        counted = text.lower(at) in _LABELLED and text.kind(at + 1) == "amount"
        if at >= end or not (lasts or counted):
            continue
        if at + 1 >= end or (start and text.lower(start - 1) == "," and _verb_in(text, start)):
            continue
        colon = mark(text.nodes[at], ":")
        text.nodes.insert(at + 1, colon)


def _verb_in(text: Line, end: int) -> bool:
    """Whether a verb stands before, so that what follows may be its object."""
    return any(
        text.lower(at) in words.MODALS
        or (
            "third" in {tag for _, tag in forms_of(text.lower(at))}
            and text.lower(at) not in MONEY_NOUNS
        )
        for at in range(end)
    )


def _comes_back(text: Line) -> None:
    """ "200 USDC deposit, back when the keys are handed over": returned then."""
    for start, _ in segments(text):
        held = any(text.lower(at) in ("deposit", "bond", "collateral") for at in range(start))
        waits = text.lower(start + 1) in ("when", "once", "if", "after", "on", "upon") or (
            text.lower(start + 1) in ("within", "in") and text.kind(start + 2) == "duration"
        )  # fmt: skip
        if start and text.lower(start) == "back" and held and waits:
            text.nodes[start] = word(text.nodes[start], "returned")


_LENDING = frozenset({"rent", "lend", "lease", "loan", "hire", "borrow"})


def _goods_back(context: Context) -> None:
    """ "Al lends Bo the drone, back by 6 June": the drone shall be returned by then."""
    text = context.text
    back = next((at for at in range(2, len(text)) if text.lower(at) == "back"), None)
    if back is None or text.lower(back - 1) != "," or text.lower(back + 1) not in ("by", "before"):
        return
    for at in range(back):
        if lemma_of(text.lower(at), "third", "base") not in _LENDING:
            continue
        first = phrase_at(text, at + 1, context.names)
        second = phrase_at(text, first[1], context.names) if first is not None else None
        given = first is not None and (first[0].party or first[0].pronoun) and second is not None
        start, thing = (first[1], second) if given and first else (at + 1, first)
        if thing is None or thing[0].party or thing[0].quantity or thing[0].pronoun:
            return
        goods = [*said(text.nodes[back], "the"), *_without_article(text, start, thing[1])]
        stop = mark(text.nodes[back - 1], ";")
        text.nodes[back - 1 : back + 1] = [
            stop, *goods, *said(text.nodes[back], "shall be returned")
        ]  # fmt: skip
        return


def _without_article(text: Line, start: int, end: int) -> list[Node]:
    """The words of a phrase without its article or owner."""
    first = text.skip(start, words.DETERMINERS)
    return text.nodes[first:end]


def _at_any_time(text: Line) -> None:
    """ "cancel any time": at any time."""
    for at in range(len(text) - 2, 0, -1):
        if text.match(at, "any time") and text.lower(at - 1) not in words.PREPOSITIONS:
            text.nodes.insert(at, word(text.nodes[at], "at"))


_STEPS = frozenset("milestone tranche phase stage step part instalment installment".split())


def _numbered(text: Line) -> None:
    """ "milestone 1: 2k USDC on demo; milestone 2: 3k USDC on launch": their names say nothing."""
    for start, _ in segments(text):
        named = text.lower(start) in _STEPS and text.kind(start + 1) == "amount"
        due = text.kind(start + 3) == "amount" and text.lower(start + 4) in ("on", "at", "when",
                                                                            "after", "upon", "by",
                                                                            "once")  # fmt: skip
        if start and named and text.lower(start + 2) == ":" and due:
            del text.nodes[start : start + 3]


def _each_price(text: Line) -> None:
    """ "presale opens 1 Feb, 0.03 USDC each": the price of a token."""
    sold = {node.lower for node in text.nodes}
    for start, end in segments(text):
        alone = text.kind(start) == "amount" and text.lower(start + 1) == "each"
        value = text.nodes[start].value if alone else None
        if start + 2 != end or not isinstance(value, Quantity) or value.asset in (None, "%"):
            continue
        if sold & {"presale", "sale", "tokens", "token", "tge"}:
            text.nodes[start + 1 : end] = said(text.nodes[start + 1], "per token")
            if start and text.lower(start - 1) == ",":
                stop = replace(text.nodes[start - 1], text=";", lower=";")
                text.nodes[start - 1] = stop
