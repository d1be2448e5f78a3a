"""What falls due told from the side of what bears it or whom it falls on, turned into a payment.

"Interest on the Loan at 9% shall be paid by the Borrower" is "the Borrower shall pay 9% of the
Loan", "the highest bidder at the end of the auction pays" is "after the auction has ended".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said
from assay.authoring.language.quantities import Quantity


def fallen_due(context: Context) -> None:
    """Rewrites the nodes of a sentence whose subject is what is due, or who bears it."""
    _interest_paid(context)
    _for_each_before(context.text)
    _winner_at_end(context.text)
    _kept_insured(context)


_RATES = ("at", "of", "at the rate of", "at a rate of", "calculated at", "at a fixed rate of",
          "at the fixed rate of", "accruing at", "at an annual rate of", "shall accrue at",
          "accrues at", "shall accrue at the rate of", "accrues at the rate of", "will accrue at",
          "shall accrue at a rate of")  # fmt: skip
_PAID = ("shall be paid", "is payable", "shall be payable", "is paid", "will be paid",
         "is to be paid", "must be paid", "and shall be paid", "and is payable", "and is paid",
         "and shall be payable", "and will be paid", "and is to be paid",
         "and must be paid")  # fmt: skip


def _interest_paid(context: Context) -> None:
    """ "Interest on W at R shall be paid by X to Y": X shall pay R of W to Y."""
    text = context.text
    at = text.skip(0, ("the", "any", "all", "simple", "default"))
    if text.lower(at) != "interest":
        return
    whole, rate = None, None
    whom: list[Node] = []
    at += 1
    while text.match_any(at, _PAID) is None:
        led = text.match_any(at, _RATES)
        value = text.nodes[led[1]].value if led and text.kind(led[1]) == "amount" else None
        on = phrase_at(text, at + 1, context.names) if text.lower(at) == "on" else None
        if led is not None and isinstance(value, Quantity) and value.asset == "%" and rate is None:
            end = led[1] + 1 + (text.kind(led[1] + 1) == "recurrence")
            rate, at = text.nodes[led[1] : end], end
        elif on is not None and on[0].quantity is None and whole is None:
            whole, at = text.nodes[at + 1 : on[1]], on[1]
        elif text.lower(at) == "to" and whole is not None:
            stops = range(at + 1, len(text))
            stop = next((step for step in stops if text.match_any(step, _RATES)
                         or text.match_any(step, _PAID)), at)  # fmt: skip
            to = phrase_at(Line(text.nodes[:stop]), at + 1, context.names)
            if to is None or to[0].party is None:
                return
            whom, at = text.nodes[at : to[1]], to[1]
        else:
            return
    paid = text.match_any(at, _PAID)
    by = phrase_at(text, paid[1] + 1, context.names) if paid is not None else None
    if paid is None or rate is None or by is None or text.lower(paid[1]) != "by":
        return
    if by[0].party is None:
        return
    here = text.nodes[at]
    behind = text.nodes[by[1] :]
    share = [rate[0], *([word(here, "of"), *whole] if whole else []), *rate[1:]]
    payer = text.nodes[paid[1] + 1 : by[1]]
    text.nodes[:] = [*payer, *said(here, "shall pay"), *share, *whom, *behind]


_PAYABLE = ("shall be payable", "is payable", "are payable", "shall be paid", "shall be due",
            "is due", "will be payable", "will be paid", "must be paid", "are due")  # fmt: skip
_LATE = frozenset({"delay", "lateness", "default", "overrun", "absence"})


def _for_each_before(text: Line) -> None:
    """ "0.5% of the Price for each week of delay shall be payable": payable for each week of it."""
    for at in range(4, len(text) - 1):
        paid = text.match_any(at, _PAYABLE)
        if paid is None or text.lower(at - 1) not in _LATE or text.lower(at - 2) != "of":
            continue
        start = at - 3
        if text.kind(start) != "recurrence":
            continue
        start -= text.lower(start - 1) == "for"
        moved = text.nodes[start:at]
        by = text.lower(paid[1]) == "by"
        stops = range(paid[1], len(text))
        stop = next((step for step in stops if text.lower(step) in (",", ";", ".")), len(text))
        stop = stop if by else paid[1]
        text.nodes[start:stop] = [*text.nodes[at:stop], *moved]
        return


_WINNERS = frozenset({"highest", "winning", "best", "top", "last"})


def _winner_at_end(text: Line) -> None:
    """ "The highest bidder at the end of the auction pays": after the auction has ended."""
    start = text.skip(0, ("the",))
    end = text.match_any(start + 2, ("at the end of the auction", "at the close of the auction",
                                     "when the auction ends", "when the auction closes",
                                     "at the end of the bidding", "at auction close",
                                     "at the end of the sale"))  # fmt: skip
    bids = text.lower(start) in _WINNERS and text.lower(start + 1) in ("bidder", "bid", "offer")
    if end is None or not bids:
        return
    here = text.nodes[0]
    del text.nodes[start + 2 : end[1]]
    text.nodes[:0] = [*said(here, "after the auction has ended"), mark(here, ",")]


def _kept_insured(context: Context) -> None:
    """ "shall keep the premises insured": shall maintain insurance of the premises."""
    text = context.text
    for at in range(1, len(text) - 2):
        if text.lower(at) not in ("keep", "keeps"):
            continue
        what = phrase_at(text, at + 1, context.names)
        end = next((step for step in range(at + 2, min(len(text), at + 8))
                    if text.lower(step) == "insured"), None)  # fmt: skip
        if what is None or end is None or text.lower(end - 1) in ("the", "an", "to"):
            continue
        thing = [node for node in text.nodes[at + 1 : end] if node.lower not in ("fully", "duly")]
        keeps = "maintain" if text.lower(at) == "keep" else "maintains"
        text.nodes[at : end + 1] = [word(text.nodes[at], keeps),
                                    *said(text.nodes[end], "insurance of"), *thing]  # fmt: skip
        return
