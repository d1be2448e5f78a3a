"""Bounds that two amounts share, or that stand behind one, brought in front of each.

"May not give less than 10 or more than 500 USDC" bounds on either side; "is 30 mm or more" is "is
at least 30 mm"; "shall exceed the preceding bid by not less than 5 %" is a raise of at least 5 %.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import BE, MODALS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node


def ranged(context: Context) -> None:
    """Rewrites the nodes of a sentence that bounds an amount on either side, or from behind."""
    _either_side(context.text)
    _behind(context.text)
    _raised_by(context.text)
    _bids_taken(context.text)
    _insured(context.text)
    _at_least_each(context.text)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


_LESS = ("less than", "fewer than", "below", "under")
_MORE = ("more than", "over", "above", "in excess of")


def _either_side(text: Line) -> None:
    """ "No backer may give less than 10 or more than 500 USDC": two bans with one subject."""
    for index in range(3, len(text) - 4):
        low = text.match_any(index, _LESS)
        if low is None or text.kind(low[1]) != "amount":
            continue
        joint = low[1] + 1 + (text.lower(low[1] + 1) == ",")
        high = text.match_any(joint + 1, _MORE) if text.lower(joint) in ("or", "nor") else None
        if high is None or text.kind(high[1]) != "amount":
            continue
        before = [text.lower(at) for at in range(index)]
        denied = before[0] == "no" or {"not", "cannot", "never", "neither", "nobody"} & {*before}
        plain = not {",", ";", "if", "and"} & {*before} and bool(MODALS & {*before})
        if denied and plain:
            stop = mark(text.nodes[joint], ";")
            again = [replace(node) for node in text.nodes[:index]]
            text.nodes[low[1] + 1 : joint + 1] = [stop, *again]
        return


_OR_MORE = {
    **dict.fromkeys(("or more", "or above", "or higher", "or greater", "or over",
                     "or longer"), "at least"),
    **dict.fromkeys(("or less", "or below", "or lower", "or fewer", "or under",
                     "or shorter"), "at most"),
}  # fmt: skip
_MEASURED = frozenset(
    {"delayed", "late", "lasts", "takes", "rains", "snows", "reaches", "falls", "measures", "reads"}
)


def _behind(text: Line) -> None:
    """ "if the rainfall is 30 mm or more": at least 30 mm."""
    for index in range(2, len(text) - 2):
        found = text.match_any(index, _OR_MORE) if text.lower(index) == "or" else None
        unit = text.kind(index - 1) == "word" and text.lower(index - 1) not in BE
        start = index - 1 - unit
        if found is None or text.kind(start) not in ("amount", "duration"):
            continue
        if text.lower(start - 1) in BE | _MEASURED:
            bound = _said(text.nodes[start], _OR_MORE[found[0]])
            text.nodes[start : found[1]] = [*bound, *text.nodes[start:index]]
        return


_LAST_BID = tuple(
    f"{article} {which}{noun}"
    for article in ("the", "any", "its")
    for which in ("preceding", "previous", "prior", "last", "then highest", "current highest",
                  "highest", "standing", "current")
    for noun in (" bid", " offer", " one")
)  # fmt: skip
_BY = {"by not less than": "by at least", "by no less than": "by at least",
       "by a minimum of": "by at least", "by at least": "by at least"}  # fmt: skip


def _raised_by(text: Line) -> None:
    """ "Each subsequent bid shall exceed the preceding bid by not less than 5 %"."""
    for index in range(2, len(text) - 4):
        if text.lower(index) not in ("exceed", "exceeds") or "bid" not in {
            text.lower(at) for at in range(index)
        }:
            continue
        last = text.match_any(index + 1, _LAST_BID)
        by = text.match_any(last[1], _BY) if last is not None else None
        if last is None or by is None or text.kind(by[1]) != "amount":
            return
        modal = text.lower(index - 1) in MODALS
        raised = "be higher than the previous bid" if modal else "is higher than the previous bid"
        text.nodes[index : by[1]] = _said(text.nodes[index], f"{raised} {_BY[by[0]]}")
        return


_TAKEN = tuple(
    f"bids {modal} {done}"
    for modal in ("shall be", "will be", "are", "may be", "can be")
    for done in ("accepted", "received", "taken", "placed", "made", "submitted")
)
_OTHER_BIDS = tuple(
    f"{lead}all other {bids}"
    for lead in ("the amounts of ", "the amount of ", "")
    for bids in ("bids", "bid amounts", "unsuccessful bids", "losing bids")
)


def _bids_taken(text: Line) -> None:
    """ "Bids shall be accepted until D": the auction ends then; "all other bids": the outbid."""
    taken = text.match_any(0, _TAKEN)
    if taken is not None and text.lower(taken[1]) in ("until", "till", "by", "up"):
        end = text.skip(taken[1], ("until", "till", "by", "up", "to"))
        text.nodes[:end] = _said(text.nodes[0], "the auction ends on")
    for index in range(len(text) - 5):
        bids = text.match_any(index, _OTHER_BIDS)
        back = text.match_any(bids[1], _RETURNED) if bids is not None else None
        if back is None:
            continue
        end = text.skip(back[1], ("to", "the", "their", "respective", "bidders", "its", "bidder"))
        said = "the outbid bidders get their bids back"
        text.nodes[index:end] = _said(text.nodes[index], said)
        return


_RETURNED = tuple(
    f"{modal} {done}"
    for modal in ("shall be", "will be", "are", "must be")
    for done in ("returned", "refunded", "paid back", "repaid", "released")
)


def _insured(text: Line) -> None:
    """ "the sum insured of 600 USDC": the sum of so much."""
    for index in range(1, len(text) - 2):
        named = text.lower(index) == "insured" and text.lower(index - 1) == "sum"
        if named and text.lower(index + 1) == "of" and text.kind(index + 2) == "amount":
            del text.nodes[index]
            return


_GIVING = ("chip in", "contribute", "take part", "pledge", "join in", "put money in", "donate",
           "participate")  # fmt: skip
_WITH = {"with at least": "at least", "with a minimum of": "at least", "with at most": "at most",
         "with no more than": "at most", "with a maximum of": "at most"}  # fmt: skip


def _at_least_each(text: Line) -> None:
    """ "You can chip in until 31 August, with at least 10 USDC": a bound of what each gives."""
    giving = next((at for at in range(1, len(text)) if text.match_any(at, _GIVING)), None)
    modal = next((at for at in range(giving or 0) if text.lower(at) in MODALS), None)
    if giving is None or modal is None or {",", "if"} & {text.lower(at) for at in range(modal)}:
        return
    for index in range(giving + 1, len(text) - 1):
        found = text.match_any(index, _WITH)
        if found is None or text.kind(found[1]) != "amount":
            continue
        end = found[1] + 1 + (text.lower(found[1] + 1) == "each")
        if text.lower(end) not in ("", ".", ";"):
            return
        here, bound = text.nodes[index], _WITH[found[0]]
        must = "must" if bound == "at least" else "may"
        who = [replace(node) for node in text.nodes[:modal]]
        stop = mark(here, ";")
        start = index - (text.lower(index - 1) == ",")
        said = _said(here, f"{must} contribute {bound}")
        text.nodes[start:end] = [stop, *who, *said, text.nodes[found[1]]]
        return
