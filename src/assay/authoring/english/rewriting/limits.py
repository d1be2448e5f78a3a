"""Bounds on acts that stand as the subject, and terms that say when something begins and ends.

"No payment by the Fund may exceed 4,000 USDC", "each withdrawal is limited to 500 USDC" and "the
Fund's liability shall not exceed 9,000 USDC" all say: at most so much may be paid.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of, participle_of
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.lexing.calendar import Clock
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times.reading import WINDOWS
from assay.authoring.language.dates import Moment, with_clock
from assay.authoring.language.quantities import Quantity

_QUANTIFIED = frozenset({"no", "each", "every", "any", "all", "individual", "single", "one",
                         "total", "aggregate", "maximum", "the", "overall",
                         "cumulative"})  # fmt: skip
_NOT_OVER = ("may not exceed", "shall not exceed", "must not exceed", "cannot exceed",
             "will not exceed", "can not exceed", "may not be more than", "cannot be more than",
             "must not be more than", "shall not be more than", "is limited to",
             "are limited to", "shall be limited to", "is capped at", "are capped at",
             "shall be capped at", "will be capped at", "must not be higher than",
             "will be limited to", "may never exceed", "shall never exceed",
             "shall in no event exceed", "does not exceed")  # fmt: skip
_OVER = ("may exceed", "shall exceed", "can exceed", "will exceed", "may be more than",
         "shall be more than", "can be more than", "may ever exceed",
         "may be higher than")  # fmt: skip
_LIABLE = frozenset({"liability", "exposure"})
_FROM = frozenset({"by", "from", "of", "out", "made"})


def bounded_acts(context: Context) -> None:
    """Rewrites the nodes of a sentence whose subject is an act or a liability with a bound."""
    for index in range(len(context.text) - 4, 2, -1):
        begins = context.text.lower(index - 1) in _JOINTS and index < len(context.text) - 4
        if begins and context.text.lower(index) in (*_OWN, "the", "any") and any(
            context.text.lower(at) in _LIABLE for at in range(index, index + 5)
        ):  # fmt: skip
            _bounded_act(context, index)
    _bounded_act(context, 0)


_JOINTS = frozenset({",", ";", "and", "but", "however", "that", "provided"})


def _bounded_act(context: Context, start: int) -> None:
    text = context.text
    at = text.skip(start, _QUANTIFIED)
    none = text.lower(start) == "no"
    end = _subject_end(text, start, none=none)
    if end is None:
        return
    stop, amount = end
    head = next((step for step in range(at, stop) if text.lower(step) not in _QUANTIFIED), at)
    named = _liable(context, start, stop) or (_act(context, at, head, stop) if not start else None)
    if named is None:
        return
    who, lemma = named
    here, behind = text.nodes[start], text.nodes[amount]
    windows = (text.match_any(step, WINDOWS) for step in range(start, stop))
    window = next((found for found in windows if found is not None), None)
    often = text.nodes[window[1] - len(window[0].split()) : window[1]] if window else []
    most = [word(here, said) for said in ("at", "most")]
    if who:
        said = [*who, word(here, "may"), word(here, lemma), *most, behind]
    else:
        done = [word(behind, said) for said in ("may", "be", participle_of(lemma))]
        said = [*most, behind, *done]
    text.nodes[start : amount + 1] = [*said, *often]


def _subject_end(text: Line, index: int, *, none: bool) -> tuple[int, int] | None:
    """Where the verb of a bound begins, and where its amount stands."""
    for at in range(index + 1, min(len(text), index + 14)):
        if text.lower(at) in (",", ";", "if", "when", "unless"):
            return None
        found = text.match_any(at, _OVER if none else _NOT_OVER)
        if found is None:
            continue
        amount = text.skip(found[1], ("a", "the", "total", "of", "maximum", "sum"))
        return (at, amount) if text.kind(amount) == "amount" else None
    return None


_OWN = {"its": "it", "his": "he", "her": "she", "their": "they"}


def _liable(context: Context, start: int, stop: int) -> tuple[list[Node], str] | None:
    """ "the Fund's total liability", "the liability of the Fund under this policy"."""
    text = context.text
    at = next((step for step in range(start, stop) if text.lower(step) in _LIABLE), None)
    if at is None:
        return None
    owner = next((step for step in range(start, at) if text.kind(step) == "possessive"), None)
    if owner is not None:
        return list(text.nodes[start:owner]), "pay"
    if text.lower(start) in _OWN:
        return [word(text.nodes[start], _OWN[text.lower(start)])], "pay"
    who = phrase_at(text, at + 2, context.names) if text.lower(at + 1) == "of" else None
    return (list(text.nodes[at + 2 : who[1]]), "pay") if who is not None else None


def _act(context: Context, start: int, head: int, stop: int) -> tuple[list[Node], str] | None:
    """ "payment by the Fund", "withdrawals": an act by its noun, and who does it."""
    text = context.text
    if start == 0 and not text.lower(0).endswith("s"):
        return None
    lemma = NOUNS.get(text.lower(head)) or NOUNS.get(singular(text.lower(head)))
    if lemma is None or " " in lemma or lemma_of(lemma, "base") is None:
        return None
    at = text.skip(head + 1, _FROM)
    if head + 1 == stop:
        return [], lemma
    who = phrase_at(text, at, context.names) if at > head + 1 else None
    if who is None or who[1] != stop or who[0].quantity is not None:
        return None
    return list(text.nodes[at:stop]), lemma


def shares_of(context: Context) -> None:
    """ "Of each monthly fee, 70% goes to A": what the shares that follow are of."""
    text = context.text
    if text.match(0, "out of"):
        del text.nodes[0]
    if text.lower(0) not in ("of", "from") or text.lower(1) not in _EACH:
        return
    whole = phrase_at(text, 1, context.names)
    if whole is None or whole[0].party is not None or whole[0].quantity is not None:
        return
    shares = any(
        isinstance(node.value, Quantity) and node.value.asset == "%" and not node.value.share_of
        for node in text.nodes
    )
    end = whole[1] + (lemma_of(text.lower(whole[1]), "participle") is not None)
    if not shares or text.lower(end) != "," or not whole[0].name:
        return
    context.total = whole[0].name
    del text.nodes[: end + 1]


_EACH = frozenset({"each", "every", "the", "any", "all"})
_NEEDS = ("needs", "need", "requires", "require", "must have", "must receive", "must get",
          "shall require", "has to get", "needs to get", "needs to have", "must reach")  # fmt: skip
_PUT = frozenset({"proposal", "motion", "resolution", "vote", "amendment", "change", "grant",
                  "request", "application", "measure", "bill", "election", "decision"})  # fmt: skip
_VOTED = ("of the votes cast", "of all votes cast", "of votes cast", "of the votes", "of all votes",
          "of the vote", "yes votes", "of votes", "approval", "votes in favour", "votes",
          "majority", "support")  # fmt: skip


def needed_votes(context: Context) -> None:
    """ "A proposal needs more than 50% of the votes and a quorum of 15%": then it passes."""
    text = context.text
    at = next((step for step in range(1, 5) if text.match_any(step, _NEEDS)), 1)
    needs = text.match_any(at, _NEEDS)
    if needs is None or singular(text.lower(at - 1)) not in _PUT:
        return
    start = text.skip(needs[1], ("a", "an"))
    quorum = quorum_at(context, start)
    if quorum is None:
        return
    majority = text.lower(quorum[1] - 1) == "majority" or text.lower(quorum[1] - 2) == "majority"
    voted = text.match_any(quorum[1], _VOTED) or (("", quorum[1]) if majority else None)
    if voted is None:
        return
    end = text.skip(voted[1], ("to", "pass"))
    here, last = text.nodes[at], text.nodes[voted[1] - 1]
    least = text.match_any(end, ("and a quorum of", "with a quorum of", "and a turnout of",
                                 "with a turnout of", "at a quorum of"))  # fmt: skip
    more: list[Node] = []
    if least is not None and text.kind(least[1]) == "amount":
        name = text.lower(least[1] - 2)
        said = (word(text.nodes[end], one) for one in ("and", "the", name, "is", "at", "least"))
        more, end = [*said, text.nodes[least[1]]], least[1] + 1
    counted = text.nodes[start : quorum[1]]
    if majority:
        counted = [node for node in counted if node.lower != "majority"] or [
            word(last, one) for one in ("more", "than")
        ]
    votes = [word(last, one) for one in ("of", "the", "votes", "are", "in", "favour")]
    text.nodes[at:end] = [word(here, "passes"), word(here, "if"), *counted, *votes, *more]


_HELD = ("still held in escrow", "then held in escrow", "remaining in escrow", "still in escrow",
         "left in escrow", "still held by the contract", "still held in the contract",
         "still in the contract", "remaining in the contract", "that remain in escrow",
         "which remain in escrow")  # fmt: skip
_FUNDS = ("the amounts", "the funds", "the sums", "the money", "the amount", "the sum",
          "the tokens", "any funds", "any amounts", "any sums", "any money", "any amount",
          "all funds", "all amounts", "all sums", "whatever is", "anything")  # fmt: skip
_LEFT = (*(f"{funds} {held}" for funds in _FUNDS for held in _HELD),
         "whatever remains in the smart contract", "whatever remains in the contract",
         "whatever remains in escrow", "whatever remains in the escrow", "whatever remains",
         "whatever is left in the contract", "whatever is left in the smart contract",
         "whatever is left in escrow", "whatever is left", "anything left in the contract",
         "anything remaining in the contract", "what remains in the contract", "what remains",
         "what is left", "whatever is then left", "any amount left in the contract",
         "whatever has not been paid out", "whatever has not been paid", "what is not paid out",
         "what has not been paid out", "whatever is not paid out",
         "any remaining balance", "any funds remaining in the contract",
         "any money left in the contract", "all remaining funds",
         "the remaining funds")  # fmt: skip


def left_over(context: Context) -> None:
    """ "whatever remains in the contract" is the balance, "has still not" is "has not", "trades
    below" is "is below"."""
    text = context.text
    for at in range(len(text) - 1, -1, -1):
        found = text.match_any(at, _LEFT)
        if found is not None:
            last = text.nodes[found[1] - 1]
            text.nodes[at : found[1]] = [word(text.nodes[at], "the"), word(last, "balance")]
            _of_one(text, at + 2)
        elif text.lower(at) in ("still", "yet") and text.lower(at + 1) == "not":
            del text.nodes[at]
        elif text.lower(at) in ("trades", "stands") and text.match_any(at + 1, markers.COMPARING):
            text.nodes[at] = word(text.nodes[at], "is")


_SINGLE = {"go": "goes", "are": "is", "return": "returns", "revert": "reverts", "belong": "belongs",
           "flow": "flows", "have": "has"}  # fmt: skip


def _of_one(text: Line, index: int) -> None:
    """The verb of a balance, which is one, and a date between the two: behind the verb."""
    dated = text.lower(index) in ("on", "at", "after", "by") and text.kind(index + 1) == "date"
    dated = dated or text.match(index, "by then") is not None
    verb = index + 2 * dated
    if text.lower(verb) in _SINGLE:
        text.nodes[verb] = word(text.nodes[verb], _SINGLE[text.lower(verb)])
    if dated and text.lower(verb) in ("is", "shall", "will", "must", "goes", "returns", "reverts"):
        end = len(text) - (text.lower(len(text) - 1) == ".")
        text.nodes[index:end] = [*text.nodes[verb:end], *text.nodes[index:verb]]


_BEGINS = ("begins", "begin", "starts", "start", "commences", "commence", "runs", "run", "opens",
           "open", "is open", "are open", "stays open", "remains open")  # fmt: skip
_ENDS = {"ends": "ends", "end": "ends", "expires": "expires", "expire": "expires",
         "terminates": "terminates", "terminate": "terminates", "continues": "ends",
         "continue": "ends", "lasts": "ends", "closes": "ends", "close": "ends",
         "runs": "ends", "remain": "ends",
         "remains": "ends"}  # fmt: skip
_BETWEEN = frozenset({"and", ",", "shall", "will", "it", "to", "until", "till", "in", "force",
                      "effect", "thereafter", "through"})  # fmt: skip
_HELPING = ("shall", "will")
_OPEN = {"sale": "buy", "presale": "buy", "offering": "buy", "bidding": "bid", "auction": "bid",
         "voting": "vote", "vote": "vote", "campaign": "contribute", "crowdfunding": "contribute",
         "fundraiser": "contribute", "poll": "vote"}  # fmt: skip
"""What nobody may do before it begins."""
_HELD_ON = ("takes place", "take place", "is held")


def _with_clocks(text: Line) -> None:
    """Makes one moment of a date and the time of day behind it: "1 May 2027 at 12:00 UTC"."""
    for at in range(len(text) - 1, -1, -1):
        node, clock = text.nodes[at], text.skip(at + 1, ("at", ","))
        hour = text.nodes[clock].value if text.kind(clock) == "clock" else None
        if not isinstance(hour, Clock) or not hour.offset or not isinstance(node.value, Moment):
            continue
        if node.value.iso is not None:
            moment = replace(node.value, iso=with_clock(node.value.iso, hour.time, hour.offset))
            text.nodes[at : clock + 1] = [replace(node, value=moment, end=text.nodes[clock].end)]


def _begun(text: Line, index: int) -> int | None:
    """Where the date stands from which on something is said to run: "runs from 1 May"."""
    begins = text.match_any(index, _BEGINS)
    if begins is None and text.lower(index - 1) in _OPEN:
        begins = text.match_any(index, _HELD_ON)
    first = text.skip(begins[1], ("on", "from", "with", "effect")) if begins is not None else 0
    return first if begins is not None and text.kind(first) == "date" else None


def from_to(context: Context) -> None:
    """ "Cover begins on 1 May and ends on 30 September": when it ends; its span gets its name."""
    text = context.text
    begun = next(((at, first) for at in range(1, 6) if (first := _begun(text, at))), None)
    subject = phrase_at(Line(text.nodes[: begun[0]]), 0, context.names) if begun else None
    if begun is None or subject is None or not subject[0].name or subject[0].quantity is not None:
        return
    at, first = begun
    if text.skip(subject[1], _HELPING) != at:
        return
    _with_clocks(text)
    second = text.skip(first + 1, _BETWEEN)
    verb = next((_ENDS[text.lower(step)] for step in range(first, second + 1)
                 if text.lower(step) in _ENDS), "ends")  # fmt: skip
    last = text.skip(second, (*_ENDS, "on", "until", "till", "to", "in", "force", "through"))
    if last == first + 1 or text.kind(last) != "date":
        return
    start, end = text.nodes[first].value, text.nodes[last].value
    assert isinstance(start, Moment)
    assert isinstance(end, Moment)
    if start.iso is not None and end.iso is not None:
        context.names.periods[subject[0].head] = (start.iso, end.iso)
        context.names.values.setdefault("commencement date", start)
    here = text.nodes[at]
    text.nodes[subject[1] : last] = [word(here, verb), word(here, "on")]
    done = _OPEN.get(subject[0].head)
    if done is not None and start.iso is not None:
        # Its end alone would not say that nothing is sold before it begins.
        ban = ["nobody", "may", done, "before"]
        comma = mark(here, ";")
        said = [comma, *(word(here, one) for one in ban), replace(here, kind="date", value=start)]
        stop = len(text) - (text.lower(len(text) - 1) == ".")
        text.nodes[stop:] = said
