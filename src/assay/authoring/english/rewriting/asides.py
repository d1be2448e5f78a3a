"""Short phrases of chats with a sense of their own, brought into the verbs that the rules know.

"unless the board says yes" is "unless the board approves", "gas is on the buyer" is "the buyer
pays gas", "pay him back the 220 USDC" is "pay back the 220 USDC to him".
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said, segments
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity


def without_asides(context: Context) -> None:
    """Rewrites short phrases of chats in a sentence."""
    text = context.text
    _consents(text)
    _on_my_word(text)
    _nth_year(text)
    _remaining_ones(text)
    _gives_back(context)
    _on_whom(context)
    _it_is(text)
    _one_per(text)
    _airdrop(text)
    _listed_shares(text)
    _parts_of_fee(text)
    _paid_back(context)
    _title_passes(text)
    _first_now(text)
    _after_approval(text)
    _paid_when(text)
    _to_whoever(text)
    _veto(context)
    _loan_back(context)


_AGREES = ("says yes", "say yes", "says ok", "say ok", "says okay", "gives the ok",
           "gives the green light", "gives the go-ahead", "gives its ok", "gives thumbs up",
           "gives a thumbs up", "oks it", "ok it", "oks this", "gives the nod",
           "give the green light", "give the go-ahead", "give the ok")  # fmt: skip
_DECLINES = ("says no", "say no")


def _consents(text: Line) -> None:
    """ "unless the board says yes": approves."""
    for at in range(len(text) - 1, 0, -1):
        agreed = text.match_any(at, _AGREES)
        declined = text.match_any(at, _DECLINES)
        found = agreed or declined
        if found is not None:
            third = found[0].split()[0].endswith("s")
            verb = "approve" if agreed is not None else "reject"
            text.nodes[at : found[1]] = [word(text.nodes[at], verb + ("s" if third else ""))]


_WORDS = {"confirm": "confirm", "confirmation": "confirm", "ok": "approve", "okay": "approve",
          "approval": "approve", "go": "approve", "say-so": "approve", "signal": "approve",
          "sign-off": "approve", "signoff": "approve", "go-ahead": "approve"}  # fmt: skip
_OWNERS = {"my": "i", "your": "you", "our": "we", "their": "they"}


def _on_my_word(text: Line) -> None:
    """ "release on my confirm": when I confirm."""
    for at in range(len(text) - 3, -1, -1):
        owner, given = _OWNERS.get(text.lower(at + 1)), _WORDS.get(text.lower(at + 2))
        led = text.lower(at) in ("on", "upon", "after", "with")
        if led and owner and given and text.lower(at + 3) in ("", ",", ".", ";", "and"):
            text.nodes[at : at + 3] = said(text.nodes[at], f"when {owner} {given}")


_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}


def _nth_year(text: Line) -> None:
    """ "in year one": in the first year; "after month 6": after six months."""
    for at in range(len(text) - 3, -1, -1):
        unit, count = _UNITS.get(text.lower(at + 1)), text.nodes[at + 2].value
        whole = isinstance(count, Quantity) and count.asset is None and count.amount is not None
        if unit is None or not whole:
            continue
        assert isinstance(count, Quantity)
        number = Decimal(count.amount or 0)
        here = text.nodes[at + 2]
        if text.lower(at) in ("in", "during") and number == 1:
            lasting = said(here, f"the first {text.lower(at + 1)}")
            text.nodes[at + 1 : at + 3] = lasting
        elif text.lower(at) in ("after", "before", "until", "from"):
            iso = f"P{int(number)}{unit}"
            text.nodes[at + 1 : at + 3] = [replace(here, kind="duration", value=Duration(iso))]


_LEFT = {"unclaimed": "tokens", "unsold": "tokens", "unvested": "tokens", "unused": "funds",
         "unspent": "funds", "undistributed": "funds", "unallocated": "tokens"}  # fmt: skip


def _remaining_ones(text: Line) -> None:
    """ "unclaimed goes back to the treasury": unclaimed tokens."""
    for at in range(len(text) - 1):
        noun = _LEFT.get(text.lower(at))
        verb = lemma_of(text.lower(at + 1), "third", "base")
        if noun is not None and verb in (
            "go",
            "go back",
            "return",
            "revert",
            "get",
            "stay",
            "burn",
        ):
            here = text.nodes[at]
            third = text.lower(at + 1).endswith("s")
            plain = "go" if verb == "go" and third else text.lower(at + 1)
            text.nodes[at : at + 2] = [here, word(here, noun), word(text.nodes[at + 1], plain)]


_GIVING = frozenset({"pay", "give", "send", "hand", "wire"})


def _gives_back(context: Context) -> None:
    """ "I pay him back the 220 USDC": I pay back the 220 USDC to him."""
    text = context.text
    for at in range(1, len(text) - 3):
        giving = lemma_of(text.lower(at), "base", "third") in _GIVING
        if not giving or text.lower(at + 2) != "back":
            continue
        whom = phrase_at(text, at + 1, context.names)
        what = phrase_at(text, at + 3, context.names)
        if whom is None or whom[1] != at + 2 or what is None or what[0].party is not None:
            continue
        person = [word(text.nodes[at + 1], "to"), text.nodes[at + 1]]
        text.nodes[at + 1 : what[1]] = [text.nodes[at + 2], *text.nodes[at + 3 : what[1]], *person]
        return


_SUBJECTS = {"us": "we", "me": "i", "him": "he", "her": "she", "them": "they"}
_COSTS = frozenset("gas cost groceries materials food accommodation electricity utilities "
                   "shipping freight customs duties insurance postage delivery transport fees "
                   "taxes tax fee travel shipment costs duty tolls fuel".split())  # fmt: skip


def _on_whom(context: Context) -> None:
    """ "Gas is on the buyer": the buyer pays gas."""
    text = context.text
    for start, end in segments(text):
        on = next((one for one in range(start + 1, end) if text.lower(one) == "on"), start)
        at = on - 1 if text.lower(on - 1) in ("is", "are") else on
        if at <= start or text.lower(at - 1) not in _COSTS:
            continue
        who = phrase_at(text, on + 1, context.names)
        if who is None or who[0].party is None or who[1] != end:
            continue
        cost = text.nodes[start:at]
        party = text.nodes[on + 1 : who[1]]
        if party[0].lower in _SUBJECTS:
            party = [word(party[0], _SUBJECTS[party[0].lower])]
        text.nodes[start : who[1]] = [*party, *said(text.nodes[at], "shall pay"), *cost]


def _it_is(text: Line) -> None:
    """ "after the trial it's 30 EURC a month": 30 EURC a month."""
    for at in range(len(text) - 2):
        stated = text.lower(at) in ("it", "that") and text.lower(at + 1) == "is"
        value = text.nodes[at + 2].value
        worth = isinstance(value, Quantity) and value.asset is not None and value.asset != "%"
        if stated and worth and text.lower(at - 1) not in ("if", "when", "because", "unless"):
            del text.nodes[at : at + 2]
            return


def _one_per(text: Line) -> None:
    """ "in 5 tranches of 5k, one per milestone": when each is due, and no further amount."""
    for at in range(1, len(text) - 2):
        alone = text.lower(at) == "one" and text.kind(at) == "amount" and text.lower(at - 1) == ","
        if alone and text.lower(at + 1) in ("per", "for", "each", "after"):
            text.nodes[at] = word(text.nodes[at], "one")


def _airdrop(text: Line) -> None:
    """ "50k FOO airdrop to everyone who voted": airdrop 50k FOO."""
    for start, _ in segments(text):
        given = text.kind(start) == "amount" and text.lower(start + 1) == "airdrop"
        if given and text.lower(start + 2) in ("to", "for"):
            here, thing = text.nodes[start + 1], text.nodes[start]
            text.nodes[start : start + 3] = [here, thing, word(text.nodes[start + 2], "to")]


def _listed_shares(text: Line) -> None:
    """ "Tips: 90% creator, 10% app": what the label names is split."""
    stop = next((at for at in range(1, min(len(text), 4)) if text.lower(at) == ":"), None)
    if stop is None or any(text.kind(at) != "word" for at in range(stop)):
        return
    shares = [at for at in range(stop + 1, len(text)) if _share(text, at) is not None]
    total = sum(Decimal(_share(text, at) or 0) for at in shares)
    if len(shares) < 2 or total != 100 or shares[0] != stop + 1 or text.lower(stop - 1) in _SPLIT:
        return
    named = all(text.kind(at + 1) == "word" and text.lower(at + 1) not in _NOT_NAMES
                and text.lower(at + 2) in (",", ";", ".", "", "and") for at in shares)  # fmt: skip
    if not named:
        return
    text.nodes.insert(stop, word(text.nodes[stop - 1], "split"))
    for at in range(shares[-1] + 3, len(text) - 1):
        if text.lower(at + 1) in ("settled", "paid", "distributed") and text.lower(at) == ",":
            del text.nodes[at + 1]
            return


_SPLIT = frozenset({"split", "share", "splits", "shares", "allocation", "distribution"})
_NOT_NAMES = words.PREPOSITIONS | words.SUBORDINATORS | words.AT_ONCE | frozenset(
    "deposit now down today later kickoff beta launch delivery signing final".split()
)  # fmt: skip


def _share(text: Line, index: int) -> str | None:
    value = text.nodes[index].value if text.kind(index) == "amount" else None
    return value.amount if isinstance(value, Quantity) and value.asset == "%" else None


def _parts_of_fee(text: Line) -> None:
    """ "0.3% swap fee: 0.25% to LPs, 0.05% to the treasury": the parts say all."""
    stop = next((at for at in range(1, min(len(text), 6)) if text.lower(at) == ":"), None)
    whole = _share(text, 0)
    if stop is None or whole is None or any(text.kind(at) != "word" for at in range(1, stop)):
        return
    parts = [at for at in range(stop + 1, len(text)) if _share(text, at) is not None]
    total = sum(Decimal(_share(text, at) or 0) for at in parts)
    if len(parts) > 1 and total == Decimal(whole):
        del text.nodes[: stop + 1]


_LENDS = frozenset({"lend", "loan"})
_REPAID = ("repaid", "repayable", "to be repaid", "paid back", "due back", "returned")


def _paid_back(context: Context) -> None:
    """ "Rui lends Ada 2,000 USDC at 6%, repaid on 1 March": Ada repays Rui what was lent."""
    text = context.text
    for at in range(1, len(text) - 3):
        if lemma_of(text.lower(at), "third", "base", "past") not in _LENDS:
            continue
        lender = phrase_at(text, 0, context.names)
        borrower = phrase_at(text, at + 1, context.names)
        if lender is None or borrower is None or lender[1] > at or borrower[0].party is None:
            return
        amount = borrower[1]
        if text.kind(amount) != "amount" or lender[0].party is None:
            return
        for start, _ in segments(text):
            told = text.match_any(start, _REPAID) if start > amount else None
            if told is None:
                continue
            stop = mark(text.nodes[start - 1], ";")
            repays = said(text.nodes[start], "shall repay")
            who, to_whom = text.nodes[at + 1 : amount], text.nodes[: lender[1]]
            end = text.skip(told[1], ("in", "full"))
            end = end if text.lower(end - 1) == "full" else told[1]
            text.nodes[start - 1 : end] = [
                stop, *who, *repays, text.nodes[amount], word(text.nodes[start], "to"), *to_whom
            ]  # fmt: skip
            return
        return


def _title_passes(text: Line) -> None:
    """ "title passes on full payment": upon it."""
    for at in range(len(text) - 2):
        owned = text.lower(at) in ("title", "ownership", "risk", "property")
        passes = text.lower(at + 1) in ("passes", "transfers", "pass")
        if owned and passes and text.lower(at + 2) == "on":
            text.nodes[at + 2] = word(text.nodes[at + 2], "upon")


def _first_now(text: Line) -> None:
    """ "upfront 1,000 USDC": 1,000 USDC upfront."""
    for start, _ in segments(text):
        early = text.lower(start) in ("upfront", "today") and text.kind(start + 1) == "amount"
        if early and text.lower(start + 2) in ("", ",", ";", "."):
            text.nodes[start : start + 2] = [text.nodes[start + 1], text.nodes[start]]


_DESCRIBED = words.DETERMINERS | words.ADJECTIVES | words.PREPOSITIONS | words.ROLES


def _after_approval(text: Line) -> None:
    """ "after invoice approval": after approval of the invoice."""
    for at in range(len(text) - 2):
        led = text.lower(at) in ("after", "upon", "following") and text.kind(at + 1) == "word"
        thing, noun = text.lower(at + 1), text.lower(at + 2)
        known = thing in _DESCRIBED or thing in _WORDS
        if led and noun in ("approval", "acceptance") and not known:
            ends = text.lower(at + 3) in ("", ",", ";", ".")
            if ends:
                text.nodes[at + 1 : at + 3] = [
                    text.nodes[at + 2], *said(text.nodes[at + 1], "of the"), text.nodes[at + 1]
                ]  # fmt: skip


_SETTLED = frozenset({"payout", "payouts", "settled", "settlement", "distribution"})


def _paid_when(text: Line) -> None:
    """ "payout 20 days after", "payment on delivery, 1,200 USDC": an amount with its time."""
    for start, end in segments(text):
        often = text.kind(start + 1) == "recurrence" and start + 2 >= end
        if often and start and end >= len(text) - 1 and text.lower(start) in _SETTLED:
            shares = [at for at in range(start) if _share(text, at) is not None]
            if len(shares) > 1:
                comma = mark(text.nodes[start - 1], ",")
                rest = [text.nodes[start + 1], comma, *text.nodes[: start - 1]]
                text.nodes[:] = [*rest, *text.nodes[end:]]
                return
        if text.lower(start) not in ("payout", "payouts", "payment"):
            continue
        if text.kind(start + 1) == "duration":
            made = said(text.nodes[start], "payment shall be made")
            text.nodes[start : start + 1] = made
            return
        alone = text.kind(end + 1) == "amount" and text.lower(end + 2) in ("", ",", ";", ".")
        if text.lower(end) == "," and alone and text.lower(start + 1) in ("on", "upon", "after"):
            amount = text.nodes[end + 1]
            del text.nodes[end : end + 2]
            text.nodes[start] = amount
            return


_PRIZES = frozenset({"pay", "send", "give", "bounty", "reward", "prize", "bounties"})
_FINDERS = ("to whoever", "for whoever", "to anyone who", "for anyone who", "to the first who",
            "for the first who", "to the first person who", "to the one who")  # fmt: skip


def _to_whoever(text: Line) -> None:
    """ "pay 200 USDC to whoever finds my cat": 200 USDC for whoever finds it."""
    at = 1 + (text.lower(1) in (":", "of"))
    found = text.match_any(at + 1, _FINDERS) if text.kind(at) == "amount" else None
    if text.lower(0) in _PRIZES and found is not None:
        here = text.nodes[at + 1]
        text.nodes[at + 1 : found[1]] = said(here, "for whoever")
        del text.nodes[:at]


def _veto(context: Context) -> None:
    """ "veto by the guardian within 48h": the guardian may veto."""
    text = context.text
    for start, end in segments(text):
        if not text.match(start, "veto by"):
            continue
        who = phrase_at(text, start + 2, context.names)
        if who is not None and who[1] <= end:
            party = text.nodes[start + 2 : who[1]]
            text.nodes[start : who[1]] = [*party, *said(text.nodes[start], "may veto")]


def _loan_back(context: Context) -> None:
    """ "Loan of 900 USDC to Max, back in 3 months": Max repays it."""
    text = context.text
    lent = next((at for at in range(len(text)) if text.lower(at) == "loan"), None)
    if lent is None or text.lower(lent + 1) != "of" or text.kind(lent + 2) != "amount":
        return
    who = phrase_at(text, lent + 4, context.names) if text.lower(lent + 3) == "to" else None
    back = who[1] + 1 if who is not None and text.lower(who[1]) == "," else None
    if who is None or back is None or text.lower(back) not in ("back", "repaid", "repayable"):
        return
    if text.lower(back + 1) in ("in", "within", "by", "on", "after", "before"):
        stop = mark(text.nodes[back - 1], ";")
        repays = [*text.nodes[lent + 4 : who[1]], *said(text.nodes[back], "shall repay")]
        text.nodes[back - 1 : back + 1] = [stop, *repays, text.nodes[lent + 2]]
