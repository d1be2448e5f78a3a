"""Chat and term sheets brought into the shape of whole sentences before they are read.

"w/" is "with", "team tokens: 12 mo cliff" says what vests, "plus 5% interest" is a payment of its
own. Words that are put in keep the place of the signs that they spell out.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexing.durations import UNITS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.english.rewriting.restated import restated
from assay.authoring.english.rewriting.term_sheets import PAYEES
from assay.authoring.language.durations import Duration, iso_duration
from assay.authoring.language.quantities import Quantity

_SPELLED = {"@": "at", "&": "and", "+": "plus", "ur": "your", "b4": "before", "til": "till",
            "thru": "through", "pls": "please", "plz": "please", "wo": "without"}  # fmt: skip
_OPENINGS = ("ok so", "okay so", "ok", "okay", "so", "deal", "the deal", "terms", "hey", "hi",
             "hi all", "fyi", "btw", "proposal", "offer", "my offer", "summary", "in short",
             "agreed", "recap", "quick recap", "new deal", "final terms", "tl;dr", "reminder",
             "payment terms", "payment schedule", "payment", "payments", "schedule", "pricing",
             "milestones", "terms of payment", "fees", "plan", "the plan", "price list",
             "alright", "right", "cool", "note", "nb")  # fmt: skip
_VESTING = frozenset({"cliff", "linear", "linearly", "vesting", "vest", "unlock", "unlocks",
                      "unlocked"})  # fmt: skip


def spelled_out(context: Context) -> None:
    """Rewrites the nodes of a sentence where it is in shorthand."""
    text = context.text
    _opening(text)
    _signs(text)
    _direction(context)
    _total(context)
    _label(text)
    _free_first(text)
    _as_to(text)
    _ratio_first(text)
    _automatic(text)
    _relative(context)
    restated(context)
    _interest(text)
    _schedule(context)
    _linear(text)


def _opening(text: Line) -> None:
    """ "ok so: ", "terms - ": says that something follows, and no more."""
    found = text.match_any(0, _OPENINGS)
    if found is None or len(text) <= found[1] + 1:
        return
    closed = text.lower(found[1]) in (":", ",", "-", "–", "—")
    if closed or found[0] in ("ok so", "okay so", "ok", "okay", "hey", "fyi", "btw", "alright"):
        del text.nodes[: found[1] + closed]


def _signs(text: Line) -> None:
    for index in range(len(text) - 1, -1, -1):
        node = text.nodes[index]
        if node.lower in ("w", "w/o") and text.lower(index + 1) == "/":
            without = text.lower(index + 2) == "o"
            text.nodes[index : index + 2 + without] = [word(node, "without" if without else "with")]
        elif node.lower in _SPELLED and node.kind in ("word", "punct"):
            text.nodes[index] = word(node, _SPELLED[node.lower])


def _somebody(context: Context, index: int) -> tuple[Phrase, int] | None:
    found = phrase_at(context.text, index, context.names)
    if found is None or found[0].quantity is not None or found[0].party is None:
        return None
    return found


def _direction(context: Context) -> None:
    """ "client to dev: ..." or "... - client to dev": who pays whom in all that is said."""
    text = context.text
    owner = _somebody(context, 0)
    if owner is not None and text.lower(owner[1]) == ":" and text.kind(owner[1] + 1) == "amount":
        del text.nodes[: owner[1] + 1]
        paid = owner[0].party in PAYEES
        context.payer = None if paid else owner[0]
        return
    for start in (0, *(at + 1 for at in range(len(text)) if text.lower(at) in "-–—,(")):
        payer = _somebody(context, start)
        joint = text.match_any(payer[1], ("to", "pays", "- >", "→", "= >")) if payer else None
        payee = _somebody(context, joint[1]) if joint is not None else None
        if payer is None or payee is None:
            continue
        end = payee[1]
        if text.lower(end) == ":" and start == 0:
            del text.nodes[: end + 1]
        elif start > 0 and text.skip(end, (")", ".")) == len(text):
            del text.nodes[start - 1 :]
        else:
            continue
        context.payer, context.payee = payer[0], payee[0]
        return


_TOTALS = ("total", "in total", "altogether", "overall", "all in", "in all", "all told",
           "total price", "total fee", "for the whole job", "for everything")  # fmt: skip


def _total(context: Context) -> None:
    """ "3 ETH total: half now, half later", "..., 3 ETH total": what the shares are of."""
    text = context.text
    shares = sum(
        node.kind == "amount" and isinstance(node.value, Quantity) and node.value.asset == "%"
        for node in text.nodes
    )
    for start in (0, *(at + 1 for at in range(len(text)) if text.lower(at) in ",-–—(;")):
        lead = text.match_any(start, ("total of", "total :", "total price", "total fee", "total",
                                      "in total", "budget", "fee", "price", "budget :", "fee :",
                                      "price :", "total budget", "budget of", "fixed fee",
                                      "flat fee", "fixed price", "total cost", "project fee",
                                      "package price"))  # fmt: skip
        at = lead[1] if lead is not None else start
        value = text.nodes[at].value if text.kind(at) == "amount" else None
        if not isinstance(value, Quantity) or value.asset in (None, "%") or value.amount is None:
            continue
        tail = text.match_any(at + 1, _TOTALS)
        end = tail[1] if tail is not None else at + 1
        closed = text.lower(end) in (":", ",", "-", "–", "—", ".", ")", "") or end == len(text)
        if (lead is None and tail is None and text.lower(end) != ":") or not closed:
            continue
        if not (shares or _makes_up(text, at, value)):
            continue
        context.total = f"{value.amount} {value.asset}"
        if start == 0:
            del text.nodes[: end + 1]
        else:
            del text.nodes[start - 1 : end]
        return


def _makes_up(text: Line, total: int, whole: Quantity) -> bool:
    """Whether bare amounts of a sentence come to its total; they are of the same then."""
    parts = [at for at in range(len(text)) if at != total and is_bare_amount(text.nodes[at])
             and _stands_alone(text, at + 1)]  # fmt: skip
    values = [text.nodes[at].value for at in parts]
    amounts = [value.amount for value in values if isinstance(value, Quantity)]
    if len(parts) < 2 or None in amounts or whole.amount is None:
        return False
    if sum(Decimal(amount or 0) for amount in amounts) != Decimal(whole.amount):
        return False
    for at, amount in zip(parts, amounts, strict=True):
        text.nodes[at] = replace(text.nodes[at], value=Quantity(amount, whole.asset))
    return True


def _stands_alone(text: Line, index: int) -> bool:
    known = words.PREPOSITIONS | words.SUBORDINATORS | words.FILLERS | words.AT_ONCE
    return text.kind(index) != "word" or text.lower(index) in known | {"today", "more"}


_TRIALS = (
    "free trial for",
    "free trial of",
    "free trial :",
    "trial free for",
    "free of charge for",
)
_FREE = ("are free", "is free", "free", "are free of charge", "is free of charge", "cost nothing")


def _free_first(text: Line) -> None:
    """ "first month free", "free for 14 days, then": what is due begins afterwards."""
    for index in range(len(text) - 1):
        told = text.match_any(index + 2, _FREE)
        if text.lower(index) == "first" and text.lower(index + 1) in UNITS and told:
            unit, times = UNITS[text.lower(index + 1)]
            iso = iso_duration(Decimal(times), unit)
            free = replace(text.nodes[index + 1], kind="duration", value=Duration(iso or "P1M"))
            end = told[1]
        elif text.lower(index) == "first" and text.kind(index + 1) == "duration" and told:
            free, end = text.nodes[index + 1], told[1]
        elif text.match(index, "free for") and text.kind(index + 2) == "duration":
            free, end = text.nodes[index + 2], index + 3
        elif (lead := text.match_any(index, _TRIALS)) and text.kind(lead[1]) == "duration":
            free, end = text.nodes[lead[1]], lead[1] + 1
        elif text.kind(index) == "duration" and text.match_any(
            index + 1, ("free trial", "free", "for free", "trial free")
        ) and text.lower(index - 1) in ("", ",", "first"):  # fmt: skip
            found = text.match_any(index + 1, ("free trial", "free", "for free", "trial free"))
            free, end = text.nodes[index], found[1] if found else index + 2
        else:
            continue
        ordinal = text.kind(index) == "duration" and text.lower(index - 1) == "first"
        end = text.skip(end, (",", ";", ".", "then", "after", "that", "and", "afterwards",
                              "thereafter", "the"))  # fmt: skip
        first = index - ordinal - (text.lower(index - ordinal - 1) == "the")
        start = first - 1 if text.lower(first - 1) == "," and end >= len(text) else first
        if not any(node.kind == "amount" for node in text.nodes):
            return
        del text.nodes[start:end]
        comma = mark(free, ",")
        text.nodes[:0] = [word(free, "after"), free, comma]
        stop = next((at for at in range(3, len(text)) if text.lower(at) == ","), len(text))
        if any(text.lower(at) in words.MODALS for at in range(stop + 1, len(text))):
            text.nodes[stop] = replace(text.nodes[stop], text=";", lower=";")
        return


def _ratio_first(text: Line) -> None:
    """ "60/40 split between label and artist": split 60/40."""
    if text.kind(0) == "ratio" and text.lower(1) in ("split", "share"):
        text.nodes[0], text.nodes[1] = text.nodes[1], text.nodes[0]


def _as_to(text: Line) -> None:
    """ "vest as to 25 %": vest 25 %."""
    for index in range(len(text) - 3, 0, -1):
        at = text.skip(index + 2, _PART_OF) if text.match(index, "as to") else index
        left = text.lower(at) in ("remainder", "balance", "rest", "residue")
        if at > index and (text.kind(at) == "amount" or left or text.lower(at) in ("half", "two")):
            del text.nodes[index : index + 2]


_PART_OF = frozenset({"a", "the", "an", "further", "remaining", "other", "another", "outstanding",
                      "additional", "initial", "amount", "of", "first", "second"})  # fmt: skip


def _automatic(text: Line) -> None:
    """ "auto-renews", "auto renew": renews automatically."""
    for index in range(len(text) - 1, -1, -1):
        said = text.lower(index).replace("auto-", "")
        if text.lower(index) in ("auto", "auto-") and text.lower(index + 1).startswith("renew"):
            said, text.nodes[index : index + 1] = text.lower(index + 1), []
        elif not (text.lower(index).startswith("auto-") and said.startswith("renew")):
            continue
        renews = "renew" if index == 0 or text.lower(index - 1) in (",", "and", ";") else said
        node = text.nodes[index]
        text.nodes[index : index + 1] = [word(node, renews), word(node, "automatically")]


def _relative(context: Context) -> None:
    """ "a deposit, which they get back later": and they get it back."""
    text = context.text
    for index in range(2, len(text) - 2):
        if text.lower(index) != "which" or text.lower(index - 1) != ",":
            continue
        who = phrase_at(text, index + 1, context.names)
        group = verb_group_at(text, who[1]) if who is not None else None
        if who is None or group is None or group.kind != "act" or group.passive:
            continue
        if not (who[0].pronoun or who[0].party) or group.end <= who[1]:
            continue
        text.nodes[index] = word(text.nodes[index], "and")
        text.nodes.insert(group.end, word(text.nodes[group.end - 1], "it"))
        return


_LABELS = frozenset({"tranche", "part", "instalment", "installment", "payment", "step", "rate"})


def _label(text: Line) -> None:
    """ "tranche 1: 10k USDC at kickoff": its number says nothing."""
    numbered = text.lower(0) in _LABELS and text.kind(1) == "amount"
    if numbered and text.lower(2) in (":", "-", "–", "—"):
        del text.nodes[:3]


_ADDED = ("together with", "along with", "plus", "with", "including", "in addition to")


def _interest(text: Line) -> None:
    """ "repay the loan together with interest at 6%": a payment beside the return."""
    for index in range(2, len(text) - 1):
        lead = text.match_any(index, _ADDED)
        if lead is None or not any(_repays(text, at) for at in range(index)):
            continue
        at = text.skip(lead[1], ("the", "an", "a", "accrued", "simple", "compound", "fixed"))
        at += 1 if text.kind(at) == "recurrence" else 0
        rate = text.kind(at) == "amount" and text.lower(_past_rate(text, at)) == "interest"
        if rate:
            after = _past_rate(text, at) + 1
            said = [text.nodes[step] for step in range(at, after - 1)]
            often = [text.nodes[at - 1]] if text.kind(at - 1) == "recurrence" else []
            text.nodes[index:after] = [*_pay(text, index), *said, *often]
            return
        named = text.lower(at) == "interest" and text.lower(at + 1) in ("at", "of")
        if named and any(text.kind(step) == "amount" for step in range(at + 2, at + 8)):
            text.nodes[index:at] = _pay(text, index)
            return


def _past_rate(text: Line, index: int) -> int:
    return index + 2 if text.kind(index + 1) == "recurrence" else index + 1


def _pay(text: Line, index: int) -> list[Node]:
    return [word(text.nodes[index], "and"), replace(word(text.nodes[index], "pay"), text="+")]


def _repays(text: Line, index: int) -> bool:
    lemmas = {lemma for lemma, _ in forms_of(text.lower(index))}
    return bool(lemmas & {"repay", "return", "pay", "give", "send", "get", "receive"})


def _verbless(text: Line, stop: int | None = None) -> bool:
    end = len(text) if stop is None else stop
    helping = words.MODALS | words.BE | words.HAVE
    return not any(
        text.lower(at) in helping
        or any(tag in ("third", "past") for _, tag in forms_of(text.lower(at)))
        for at in range(end)
    )


def _schedule(context: Context) -> None:
    """ "team tokens: 12 mo cliff, 24 mo linear", "1m FOO for the team, 6 month cliff": it vests."""
    text = context.text
    at = next((step for step in range(len(text)) if text.lower(step) in _VESTING), None)
    if at is None or text.lower(at) in ("vest", "unlocks", "unlocked") or not _verbless(text):
        return
    found = phrase_at(text, 0, context.names)
    if found is None or text.kind(0) == "duration":
        return
    after = found[1]
    thing = found[0]
    if thing.quantity is None and thing.head not in ("token", "share", "allocation", "vesting"):
        return
    if thing.head == "vesting":
        if text.lower(after) == ":":
            over = text.kind(after + 1) == "duration" and text.lower(after + 2) != "cliff"
            text.nodes[: after + 1] = [word(text.nodes[0], "vest")]
            if over and text.lower(2) not in ("linear", "linearly"):
                text.nodes.insert(1, word(text.nodes[0], "over"))
        return
    verb = replace(word(text.nodes[min(after, len(text) - 1)], "vest"), text="vest")
    if text.lower(after) in (":", ",", "-", "–"):
        text.nodes[after] = verb
    elif text.lower(after) in ("for", "to") or text.kind(after) == "duration":
        text.nodes.insert(after, verb)


_UNLOCKS = frozenset({"unlock", "vesting", "release", "vest"})


def _linear(text: Line) -> None:
    """ "24 mo linear", "linear unlock over 24 months", "then linear over": linearly over."""
    index = 0
    while index < len(text):
        if text.lower(index) == "linear":
            behind = text.lower(index + 1)
            if behind in _UNLOCKS or behind in ("monthly", "daily"):
                del text.nodes[index + 1]
            text.nodes[index] = word(text.nodes[index], "linearly")
            if text.kind(index + 1) == "duration":
                text.nodes.insert(index + 1, word(text.nodes[index], "over"))
            elif text.kind(index - 1) == "duration" and text.lower(index - 2) not in (
                "over", "for", "of", "a"
            ):  # fmt: skip
                text.nodes.insert(index - 1, word(text.nodes[index - 1], "over"))
                index += 1
        index += 1
    for at in range(len(text) - 1, 0, -1):
        drop = text.lower(at) == "then" and text.lower(at - 1) == ","
        if drop and (text.lower(at + 1) == "linearly" or text.kind(at + 1) == "duration"):
            del text.nodes[at]


def is_bare_amount(node: Node) -> bool:
    """Whether a node is a number without what it is of."""
    return node.kind == "amount" and isinstance(node.value, Quantity) and node.value.asset is None
