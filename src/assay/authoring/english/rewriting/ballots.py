"""What a vote needs, in a few words: "quorum 20%, 60% to pass", "simple majority wins".

Each is brought into "the contract shall approve the proposal if 60% of the votes are in favour and
the quorum is at least 20%".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexing.made import mark
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.quorums import FRACTIONS
from assay.authoring.english.rewriting.dense import said, segments
from assay.authoring.language.quantities import Quantity

_MOTIONS = frozenset(
    (
        "proposal proposals motion motions resolution resolutions vote votes amendment amendments "
        "bip grant grants grantee it"
    ).split()
)
_PASSING = frozenset(
    (
        "pass passes passed wins win carries decides approval approve approved yes yea favour "
        "favor majority supermajority threshold for needed required succeeds passing adopted "
        "support aye"
    ).split()
)
_IN_MAJORITY = (
    _PASSING
    | _MOTIONS
    | frozenset(
        (
            "of the in a an simple absolute to with at if needs need require requires must get "
            "gets have has : is by cast be are or least more min minimum any each = > tokens token "
            "voted yes-votes on ≥ over above than only when once"
        ).split()
    )
)
_QUORUM = frozenset("quorum turnout participation".split())
_IN_QUORUM = _QUORUM | frozenset(
    (
        "of the a an is min minimum at least must be needed required : and with votes vote voters "
        "members tokens token supply holders cast needs need to reach voting total valid for pass "
        "approval"
    ).split()
)


def balloted(context: Context) -> None:
    """Rewrites the nodes of a sentence that says what a vote needs."""
    text = context.text
    if _told_before(text):
        return
    whole = list(text.nodes)
    _apart(text)
    if not _rewritten(text):
        text.nodes[:] = whole


def _rewritten(text: Line) -> bool:
    majority: list[Node] | None = None
    quorum: list[Node] | None = None
    begun = ended = None
    for start, end in segments(text):
        if start == end:
            continue
        most, least = _majority(text, start, end), _least(text, start, end)
        if most is None and least is None:
            if majority is not None or quorum is not None:
                break
            continue
        if (most is not None and majority is not None) or (
            least is not None and quorum is not None
        ):
            break
        majority, quorum = most or majority, least or quorum
        begun, ended = start, end if ended is None else ended
    if majority is None or begun is None or ended is None:
        return False
    if quorum is None and not {text.lower(at) for at in range(begun, ended)} & _DECIDES:
        return False
    here = text.nodes[begun]
    votes = [*majority, *said(here, "of the votes are in favour")]
    more = [*said(here, "and the"), *quorum] if quorum is not None else []
    text.nodes[begun:ended] = [
        *said(here, "contract shall approve the proposal if"), *votes, *more
    ]  # fmt: skip
    return True


_DECIDES = frozenset("pass passes passed wins win carries decides passing adopted yes succeeds "
                     "needed required needs need".split())  # fmt: skip


def _told_before(text: Line) -> bool:
    """ "If 60% vote yes, the treasury pays", "60% yes, then": the vote is a condition of more."""
    arrow = any(text.lower(at) == ">" and text.lower(at - 1) in "-=" for at in range(1, len(text)))
    return (
        arrow
        or text.lower(0) in _CONDITIONS
        or any(
            text.lower(at - 1) in (";", ".", "and", "but") and text.lower(at) in _IFS
            for at in range(1, len(text))
        )
        or any(node.lower in ("then", "thereupon", "whereupon", "→") for node in text.nodes[1:])
    )


_IFS = frozenset({"if", "when", "once", "where", "should"})
_CONDITIONS = frozenset("if when once where unless should with on after upon until".split())


def _apart(text: Line) -> None:
    """ "60% yes and 20% turnout", "a simple majority with a quorum of 5%": each a part."""
    for at in range(1, len(text) - 1):
        behind = range(at + 1, min(at + 7, len(text)))
        stop = next((one for one in behind if text.lower(one) in (",", ";", ".", "and")), at + 7)
        named = {text.lower(one) for one in behind if one < stop}
        counted = any(text.kind(one) == "amount" for one in behind if one < stop)
        if text.lower(at) in ("and", "plus", "+", "&", "with", "/") and named & _QUORUM and counted:
            text.nodes[at] = mark(text.nodes[at], ",")


def _majority(text: Line, start: int, end: int) -> list[Node] | None:
    """How many votes a part of the sentence asks for."""
    named = {text.lower(at) for at in range(start, end) if text.kind(at) in ("word", "punct")}
    values = [at for at in range(start, end) if text.kind(at) not in ("word", "punct")]
    passing = named & _PASSING - {"for", "needed", "required"}
    voted = any(node.lower.startswith("vot") for node in text.nodes[:start])
    passing |= named & {"needed", "required"} if voted else set()
    thirds = text.match_any(start, FRACTIONS)
    if thirds is not None:
        named -= {*thirds[0].split()}
        values = [at for at in values if at >= thirds[1]]
    if named - _IN_MAJORITY or not passing or len(values) > 1:
        return None
    counted = voted and named & {"needed", "required"}
    if not counted and not named & (
        _MOTIONS | {"pass", "passes", "wins", "decides", "yes", "majority", "favour", "threshold"}
    ):
        return None
    over = bool(named & {">", "over", "above", "more", "majority"})
    if thirds is not None and not values:
        return text.nodes[start : thirds[1]]
    if not values:
        if "majority" not in named or not named & {
            "simple",
            "absolute",
            "wins",
            "decides",
            "votes",
        }:
            return None
        return _half(text.nodes[start])
    value = text.nodes[values[0]].value
    if text.kind(values[0]) in ("quorum", "fraction") and "majority" in named:
        return [text.nodes[values[0]]]
    if not isinstance(value, Quantity) or value.asset != "%":
        return None
    if over and value.amount == "50":
        return _half(text.nodes[values[0]])
    return [text.nodes[values[0]]]


def _half(here: Node) -> list[Node]:
    half = replace(here, kind="amount", text="half", lower="half", value=Quantity("50", "%"))
    return [*said(here, "more than"), half]


def _least(text: Line, start: int, end: int) -> list[Node] | None:
    """How many have to vote at all."""
    named = {text.lower(at) for at in range(start, end) if text.kind(at) in ("word", "punct")}
    values = [at for at in range(start, end) if text.kind(at) not in ("word", "punct")]
    if named - _IN_QUORUM or not named & _QUORUM or len(values) != 1:
        return None
    if text.kind(values[0]) != "amount":
        return None
    noun = next(one for one in ("turnout", "participation", "quorum") if one in named)
    return [*said(text.nodes[values[0]], f"{noun} is at least"), text.nodes[values[0]]]
