"""Schedules of tokens in a few words: a share at launch, a cliff, and the rest with time.

"team: 15% at TGE, 6m cliff, then linear 18m" is "15% is released to team at TGE; the rest vests to
team after a 6-month cliff, linearly over 18 months", and "with no part vesting before 1 July" is
"but nothing vests before 1 July".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import BE, MODALS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said
from assay.authoring.language.quantities import Quantity

_LAUNCH = frozenset("tge launch listing genesis mainnet".split())
_VERBS = frozenset("unlock unlocks unlocked unlocking release released releases vest vests vested "
                   "vesting liquid available is are at on upon".split())  # fmt: skip
_REST = ("the rest", "rest", "the remainder", "remainder", "the remaining", "remaining", "balance",
         "the balance", "then the rest", "then")  # fmt: skip
_OVER_TIME = frozenset("cliff linear linearly vest vests vesting vested".split())
_LOCKED = frozenset("lock lockup lock-up locked".split())


def launched(context: Context) -> None:
    """Rewrites the nodes of a sentence that gives a schedule of tokens."""
    text = context.text
    _nothing_before(text)
    _granted_to(text)
    _locked_first(text)
    _after_cliff(context)
    share = next((at for at in range(len(text)) if _is_share(text.nodes[at])), None)
    if share is None:
        return
    launch = _launch_behind(text, share)
    if launch is None:
        return
    tail = text.skip(launch, (",", ";", "and", "then", "followed", "by"))
    rest = text.match_any(tail, _REST)
    begun = text.skip(rest[1] if rest is not None else tail, (
        "vests", "vest", "vesting", "vested", "unlocks", "unlocked", "released", "is", "are",
        "unlock", ":", "with", "a", "an"))  # fmt: skip
    timed = {text.lower(at) for at in range(launch, len(text))} & _OVER_TIME
    portion = begun < len(text) and _is_share(text.nodes[begun])
    portion = portion and text.kind(begun + 1) == "recurrence"
    owner = _owner(context, share)
    if not (timed or portion) or owner is None:
        return
    whole, receiver = owner
    here, behind = text.nodes[share], text.nodes[min(begun, len(text) - 1)]
    if portion:
        timing = text.nodes[begun + 1 : begun + 2]
        end = text.skip(begun + 2, ("after", "that", "thereafter", "until", "fully", "done", "all",
                                    "vested", "unlocked", "released", "100%"))  # fmt: skip
        timing += text.nodes[end:]
        stop = mark(behind, ";")
        text.nodes[:] = [
            here, *whole, *said(here, "is released"), *receiver, *said(here, "at"),
            text.nodes[launch - 1], stop,
            behind, *whole, *said(behind, "is released"), *receiver, *timing,
        ]  # fmt: skip
        return
    stop = mark(behind, ";")
    first = [here, *whole, *said(here, "is released"), *receiver, *said(here, "at")]
    later_said = {text.lower(at) for at in range(tail, begun)} & _VERBS
    named = later_said or {text.lower(at) for at in range(share + 2) if at != share}
    lets_go = named & {"unlock", "unlocks", "unlocked", "released", "releases", "release"}
    verb = "the rest is released" if lets_go else "the rest vests"
    later = [*said(behind, verb), *receiver, *text.nodes[begun:]]
    text.nodes[:] = [*first, text.nodes[launch - 1], stop, *later]


def _is_share(node: Node) -> bool:
    value = node.value
    return node.kind == "amount" and isinstance(value, Quantity) and value.asset == "%"


def _launch_behind(text: Line, share: int) -> int | None:
    """The index after the launch that a share waits for."""
    at = text.skip(share + 1, _VERBS)
    return at + 1 if text.lower(at) in _LAUNCH else None


def _owner(context: Context, share: int) -> tuple[list[Node], list[Node]] | None:
    """What the share is of and who gets it, as a label before it says: "team:", "tokens unlock"."""
    text = context.text
    end = share
    while end and (text.lower(end - 1) in _VERBS or text.lower(end - 1) in (":", "-", "–", ",")):
        end -= 1
    if end == 0:
        return [], []
    found = phrase_at(text, 0, context.names)
    if found is None or found[1] != end:
        return None
    if found[0].party is not None:
        return [], [word(text.nodes[0], "to"), *text.nodes[:end]]
    return [word(text.nodes[share], "of"), *text.nodes[:end]], []


def _after_cliff(context: Context) -> None:
    """ "team: 12m cliff, then 10% a month": 10% vests to team each month, after the cliff."""
    text = context.text
    cliff = next((at for at in range(1, len(text)) if text.lower(at) == "cliff"), None)
    if cliff is None or text.kind(cliff - 1) != "duration":
        return
    owner = _owner(context, cliff - 1)
    if owner is None:
        return
    whole, receiver = owner
    begun = text.skip(cliff + 1, (",", ";", "then", "and"))
    if begun < len(text) and _is_share(text.nodes[begun]) and text.kind(begun + 1) == "recurrence":
        here, lasting = text.nodes[begun], text.nodes[cliff - 1 : cliff + 1]
        comma = mark(lasting[1], ",")
        rest = text.nodes[begun + 1 : begun + 2]
        vests = [here, *whole, word(here, "vests"), *receiver, *rest, comma, *lasting]
        text.nodes[: begun + 2] = vests
    elif receiver and not whole:
        text.nodes[: cliff - 1] = [word(receiver[0], "vest"), *receiver]


_NOTHING = ("with no", "with none of it", "with none", "with nothing", "but no", "but none of it",
            "but none", "no", "and no", "and none")  # fmt: skip
_PARTS = frozenset("part parts portion portions tranche tranches token tokens option options share "
                   "shares instalment instalments of them".split())  # fmt: skip
_VESTING = {"vesting": "vests", "vest": "vests", "vests": "vests", "unlocking": "unlocks",
            "unlock": "unlocks", "unlocks": "unlocks"}  # fmt: skip


def _nothing_before(text: Line) -> None:
    """ "with no tranche vesting before 1 July": but nothing vests before."""
    for index in range(2, len(text) - 3):
        found = text.match_any(index, _NOTHING)
        if found is None or (text.lower(index - 1) != "," and found[0] == "no"):
            continue
        verb = text.skip(found[1], _PARTS)
        bound = text.lower(verb + 1) in ("before", "until", "during", "in")
        if text.lower(verb) in _VESTING and bound:
            here = text.nodes[index]
            comma = [mark(here, ",")] * (text.lower(index - 1) != ",")
            nothing = said(here, f"but nothing {_VESTING[text.lower(verb)]}")
            text.nodes[index : verb + 1] = [*comma, *nothing]
            return


_GRANTED = frozenset({"granted", "awarded", "allocated", "issued", "given", "allotted", "promised"})


def _granted_to(text: Line) -> None:
    """ "Tokens granted to an Advisor vest over two years": the tokens vest to the Advisor."""
    for index in range(1, min(8, len(text) - 3)):
        if text.lower(index) not in _GRANTED or text.lower(index + 1) != "to":
            continue
        verb = next((at for at in range(index + 3, min(index + 9, len(text)))
                     if text.lower(at) in _VESTING), None)  # fmt: skip
        if verb is not None and all(text.kind(at) == "word" for at in range(index, verb)):
            end = verb - (text.lower(verb - 1) in MODALS)
            receiver, vest = text.nodes[index + 1 : end], text.nodes[end : verb + 1]
            start = index - (text.lower(index - 1) in BE)
            text.nodes[start : verb + 1] = [*vest, *receiver]
        return


def _locked_first(text: Line) -> None:
    """ "12m lock, then 10% a month": nothing vests before, which is a cliff."""
    for at in range(1, len(text) - 2):
        locked = text.lower(at) in _LOCKED and text.kind(at - 1) == "duration"
        later = any(_is_share(node) for node in text.nodes[at + 1 :]) or any(
            node.lower in ("linear", "linearly") for node in text.nodes[at + 1 :]
        )
        if locked and later and text.lower(at + 1) in (",", "then", "and", "+"):
            text.nodes[at] = word(text.nodes[at], "cliff")
            return
