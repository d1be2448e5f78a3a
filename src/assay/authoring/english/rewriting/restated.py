"""Sentences said in another order: lateness, rewards "for whoever", numbered milestones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of, participle_of
from assay.authoring.english.lexicon.words import BE, CONJUNCTIONS, DETERMINERS, singular
from assay.authoring.english.lexing.durations import UNITS
from assay.authoring.english.lexing.made import ORDINALS, is_money_amount, mark, word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.durations import Duration, iso_duration


def restated(context: Context) -> None:
    """Rewrites the nodes of a sentence in the order in which the rules expect them."""
    if context.text.lower(0) == "whoever":
        here = context.text.nodes[0]
        context.text.nodes[:1] = [word(here, "anyone"), word(here, "who")]
    first_unit(context.text)
    _late(context)
    _missed(context.text)
    _misses(context.text)
    _bounds(context.text)
    _required(context.text)
    _counted_payments(context.text)
    _lent(context)
    _of_which(context)
    _reward(context.text)
    _milestone(context.text)


def first_unit(text: Line) -> None:
    """ "in the first year": in the first one year."""
    for index in range(len(text) - 3):
        led = text.lower(index) in ("in", "during", "within", "throughout", "for")
        first = led and text.match(index + 1, "the first")
        unit = UNITS.get(text.lower(first)) if first else None
        if unit is None or first is None or text.lower(first + 1) == "of":
            continue
        here = text.nodes[first]
        lasting = Duration(iso_duration(Decimal(unit[1]), unit[0]) or "P1D")
        text.nodes[first] = replace(here, kind="duration", value=lasting)


_BEHIND = frozenset({"late", "behind", "overdue", "tardy"})


def _late(context: Context) -> None:
    """ "is more than 5 days late with the rent": has not paid the rent for more than 5 days."""
    text = context.text
    for index in range(1, len(text) - 1):
        if text.lower(index) not in BE | {"runs", "falls", "gets"}:
            continue
        at = index + 1
        more = text.match_any(at, markers.COMPARING)
        at = more[1] if more is not None else at
        lasting = text.nodes[index + 1 : at + 1] if text.kind(at) == "duration" else []
        at += 1 if lasting else 0
        if text.lower(at) not in _BEHIND or (more is not None and not lasting):
            continue
        lead = text.match_any(at + 1, ("with", "on", "in", "for")) or ("", at + 1)
        lemma = lemma_of(text.lower(lead[1]), "gerund")
        particle = lemma is not None and text.lower(lead[1] + 1) == "back"
        thing = phrase_at(text, lead[1] + (lemma is not None) + particle, context.names)
        if particle and thing is not None and thing[0].party is not None:
            thing = None
        if lemma is None and (lead[0] not in ("with", "on") or thing is None):
            continue
        if text.lower(index - 1) == "not":
            continue
        here = text.nodes[index]
        start = lead[1] + (lemma is not None) + particle
        end = thing[1] if thing is not None else start
        said = text.nodes[start:end] if thing is not None else []
        how_long = [word(here, "for"), *lasting] if lasting else []
        next_who = phrase_at(text, end, context.names)
        opens = next_who is not None and next_who[0].party is not None
        comma = [mark(here, ",")] if opens else []
        done = participle_of(lemma) if lemma is not None else "paid"
        text.nodes[index - (text.lower(index) == "been") : end] = [
            word(here, "has"), word(here, "not"), word(here, done),
            *([word(here, "back")] if particle else []), *said, *how_long, *comma,
        ]  # fmt: skip
        return


_GOALS = frozenset("goal target minimum threshold softcap hardcap cap quorum amount sum reserve "
                   "milestone".split())  # fmt: skip


def _missed(text: Line) -> None:
    """ "if the minimum of 50 ETH is missed": is not reached."""
    for index in range(2, len(text)):
        goal = _GOALS & {text.lower(step) for step in range(max(0, index - 6), index)}
        if text.lower(index) == "missed" and text.lower(index - 1) in BE and goal:
            here = text.nodes[index]
            text.nodes[index : index + 1] = [word(here, "not"), word(here, "reached")]
            return


_INSTALMENTS = frozenset({"payment", "instalment", "installment", "rent", "premium", "fee",
                          "repayment", "contribution", "fees"})  # fmt: skip
_MISSING = {"misses": "fails", "miss": "fail", "missed": "failed", "skips": "fails",
            "skip": "fail", "skipped": "failed"}  # fmt: skip


def _misses(text: Line) -> None:
    """ "if the borrower misses two payments": fails to pay two payments."""
    for index in range(1, len(text) - 1):
        spoken = _MISSING.get(text.lower(index))
        at = index + 1
        while text.lower(at) in DETERMINERS or text.kind(at) in ("amount", "recurrence"):
            at += 1
        due = {text.lower(at), singular(text.lower(at)), singular(text.lower(at + 1))}
        noun = text.lower(index - 1) in ORDINALS | DETERMINERS or text.kind(index - 1) == "amount"
        if spoken is not None and due & _INSTALMENTS and not (noun or text.lower(index - 1) in BE):
            here = text.nodes[index]
            _by_how_long(text, at)
            due_nodes = [node for node in text.nodes[index + 1 : at] if node.kind != "recurrence"]
            text.nodes[index + 1 : at] = due_nodes
            text.nodes[index : index + 1] = [word(here, one) for one in (spoken, "to", "pay")]
            return


def _by_how_long(text: Line, index: int) -> None:
    """ "misses a payment by more than ten days": for more than ten days."""
    for at in range(index, min(index + 5, len(text))):
        more = text.match_any(at + 1, markers.COMPARING) or ("", at + 1)
        if text.lower(at) == "by" and text.kind(more[1]) == "duration":
            text.nodes[at] = word(text.nodes[at], "for")
            return


def _bounds(text: Line) -> None:
    """ "min 0.5 ETH, max 20 ETH per wallet": both are per wallet."""
    for index in range(len(text) - 5):
        first = text.lower(index) in ("min", "minimum") and text.kind(index + 1) == "amount"
        second = text.match_any(index + 2, (", max", ", maximum", "and max", "/ max", "max"))
        if not first or second is None or text.kind(second[1]) != "amount":
            continue
        at = second[1] + 1
        if text.lower(at) in ("per", "a", "/") and text.kind(at + 1) == "word":
            text.nodes[index + 2 : index + 2] = text.nodes[at : at + 2]
            return


_HELD = frozenset({"deposit", "bond", "collateral", "stake", "guarantee"})
_OWED = frozenset({"fee", "payment", "contribution", "premium", "charge", "prepayment", "rent"})


def _required(text: Line) -> None:
    """ "a deposit of 1 ETH is required from each bidder": shall be deposited by each bidder."""
    for index in range(2, len(text) - 1):
        before = {text.lower(at) for at in range(max(0, index - 8), index)}
        amount = any(text.kind(at) == "amount" for at in range(max(0, index - 6), index))
        required = text.lower(index) in ("is", "are") and text.lower(index + 1) == "required"
        if not required or not amount or not before & (_HELD | _OWED):
            continue
        here = text.nodes[index]
        done = "deposited" if before & _HELD else "paid"
        text.nodes[index : index + 2] = [word(here, "shall"), word(here, "be"), word(here, done)]
        if text.lower(index + 3) in ("from", "of"):
            text.nodes[index + 3] = word(text.nodes[index + 3], "by")
        return


def _counted_payments(text: Line) -> None:
    """ "6 payments of 150 USDC, one every month": 150 USDC in 6 payments, every month."""
    nouns = ("payments of", "instalments of", "installments of", "monthly payments of",
             "monthly instalments of", "weekly payments of")  # fmt: skip
    noun = text.match_any(1, nouns) or (
        text.match_any(2, nouns) if text.kind(1) == "recurrence" else None
    )
    if text.kind(0) != "amount" or noun is None or text.kind(noun[1]) != "amount":
        return
    count = text.nodes[: noun[1] - 1]
    each = text.nodes[noun[1]]
    text.nodes[: noun[1] + 1] = [each, word(each, "in"), *count, word(each, "of"), each]
    one = noun[1] + 4
    if text.lower(one - 1) == "," and text.lower(one) == "one":
        del text.nodes[one - 1 : one + 1]


_LENDING = frozenset({"lend", "loan", "borrow"})


def _lent(context: Context) -> None:
    """ "Omar lends Pia 500 USDC at 4 % a year": and Pia pays 4 % a year."""
    text = context.text
    verb = next((at for at in range(len(text)) if _lends(text, at)), None)
    if verb is None:
        return
    borrowing = lemma_of(text.lower(verb), "base", "third", "past", "participle") == "borrow"
    who = phrase_at(text, verb + 1, context.names)
    span = (verb + 1, who[1]) if who is not None and who[0].quantity is None else None
    if borrowing:
        who = phrase_at(text, 0, context.names)
        span = (0, who[1]) if who is not None and who[1] <= verb else None
    for index in range(verb + 1, len(text) - 1):
        at = index + 1
        rate = text.kind(at) == "amount" and text.lower(index) == "at" and span is not None
        if not rate or span is None or not text.nodes[at].text.rstrip().endswith(_PERCENT):
            continue
        here = text.nodes[index]
        given = [node for node in text.nodes[span[0] : span[1]] if node.lower != "to"]
        given = [replace(node, lower=_SUBJECT.get(node.lower, node.lower)) for node in given]
        end = at + 1
        skip = text.lower(end) == "interest"
        comma = mark(here, ",")
        text.nodes[index : end + skip] = [comma, *given, word(here, "shall"), word(here, "pay"),
                                          text.nodes[at]]  # fmt: skip
        return


_PERCENT = ("%", "percent", "cent", "pct")
_SUBJECT = {"me": "i", "us": "we", "him": "he", "her": "she", "them": "they"}


def _lends(text: Line, index: int) -> bool:
    return lemma_of(text.lower(index), "base", "third", "past") in _LENDING


def _of_which(context: Context) -> None:
    """ "30 USDC, of which 3 USDC go to the venue": a clause of its own."""
    text = context.text
    for index in range(2, len(text) - 2):
        after = text.match(index, ", of which")
        if after is None or text.kind(after) != "amount":
            continue
        due = text.match_any(after + 1, _DUE)
        goes = text.match_any(after + 1, _GOING)
        if goes is not None:
            question = "Is this part paid out of the sum, or passed on by who receives it?"
            context.doubts.append(Doubt("part_of_sum", question, text.span(index, goes[1])))
            here, named = text.nodes[after + 1], is_money_amount(text, after)
            passed_on = ("shall", "be", "paid", "to") if named else ("to",)
            text.nodes[after + 1 : goes[1]] = [word(here, one) for one in passed_on]
        sign = ":" if due is not None else ";"
        for at in range(len(text) - 1, after, -1):
            said = text.match_any(at, _DUE) if due is not None else None
            if said is not None and text.kind(at - 1) == "amount":
                del text.nodes[at : said[1]]
        stop = mark(text.nodes[index], sign)
        text.nodes[index:after] = [stop]
        return


_GOING = tuple(f"{verb} to" for verb in ("goes", "go", "shall go", "will go", "is paid",
                                         "shall be paid", "are paid", "will be paid",
                                         "is to be paid"))  # fmt: skip
_DUE = ("is payable", "is due", "is paid", "shall be paid", "shall be payable", "are payable",
        "are due", "will be paid", "falls due", "is to be paid", "are paid", "must be paid",
        "is due and payable")  # fmt: skip
_WINNER = ("whoever", "anyone who", "anybody who", "everyone who", "the person who",
           "everybody who", "the one who", "any user who", "each user who")  # fmt: skip


def _reward(text: Line) -> None:
    """ "50 DAI for whoever fixes the bug": whoever fixes the bug gets 50 DAI."""
    at = 1
    while at < len(text) and text.kind(at) == "word" and text.lower(at) not in ("for", "to"):
        at += 1
    who = text.match_any(at + 1, _WINNER)
    if text.kind(0) != "amount" or at > 3 or who is None:
        return
    stop = next((step for step in range(who[1], len(text)) if text.lower(step) in (",", ";", ".")),
                len(text))  # fmt: skip
    given = text.nodes[:at]
    named = [word(text.nodes[at + 1], "anyone"), word(text.nodes[at + 1], "who")]
    rest = [*text.nodes[who[1] : stop], word(text.nodes[at], "gets"), *given]
    text.nodes[:stop] = [*named, *rest]


_NUMBERED = frozenset({"milestone", "phase", "stage", "sprint"})


def _milestone(text: Line) -> None:
    """ "milestone 1: 2k USDC": the amount is due at this milestone, unless it says when."""
    short = text.lower(0)[:1] == "m" and text.lower(0)[1:].isdigit()
    count = 1 if short else 2 if text.lower(0) in _NUMBERED and text.kind(1) == "amount" else 0
    if not count or text.lower(count) not in (":", "-", "–", "—", "="):
        return
    at = count + 1
    if text.kind(at) != "amount":
        return
    label = text.nodes[:count]
    end = at + 1
    when = text.lower(end) in ("on", "upon", "when", "once", "after", "at", "by", "for")
    if when:
        del text.nodes[:at]
        return
    named = []
    if text.lower(end) in (",", "(", "-", "–", "—"):
        stop = end + 1
        plain = DETERMINERS | CONJUNCTIONS
        while text.kind(stop) == "word" and text.lower(stop) not in plain:
            stop += 1
        if text.lower(stop) in ("", ".", ")", ";") and stop > end + 1:
            named, end = text.nodes[end + 1 : stop], stop + (text.lower(stop) == ")")
    amount = text.nodes[at]
    text.nodes[:end] = [amount, word(amount, "on"), *label, *named]
