"""Goals, votes and holdings as people speak of them, brought into the words of conditions.

"We are raising 60,000 USDC. If we get there" is "the goal is 60,000 USDC. If the goal is reached";
"if the proposal gets 60% of the votes" is "if 60% of the votes are in favour".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import BE, singular
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity

_GOALS = frozenset({"goal", "target", "softcap", "minimum", "threshold", "reserve"})
_REACHED = frozenset({"reached", "met", "hit", "missed", "achieved", "exceeded"})
_THERE = ("we get there", "we make it", "we reach it", "we hit it", "we manage that", "that works",
          "we get that far", "we reach that", "we hit that", "we succeed")  # fmt: skip
_NOT_THERE = ("we don't get there", "we do not get there", "we don't make it",
              "we do not make it", "we don't reach it", "we do not reach it", "we fail",
              "we don't hit it", "we don't succeed", "we fall short", "we miss it")  # fmt: skip
_RAISES = ("raises", "is to raise", "are raising", "is raising", "'re raising", "want to raise",
           "wants to raise",
           "aim to raise", "aims to raise", "need to raise", "needs to raise", "hope to raise",
           "hopes to raise", "try to raise", "tries to raise", "are trying to raise",
           "is trying to raise", "plan to raise", "plans to raise")  # fmt: skip


def goals_said(context: Context) -> None:
    """Rewrites the nodes of a sentence about a goal, a vote, or what stays with somebody."""
    _attained(context.text)
    _raising(context.text)
    _deadline_of(context)
    _from_least(context.text)
    _there(context.text)
    _it_reached(context)
    _voted(context)
    _stays(context)
    _half(context.text)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _raising(text: Line) -> None:
    """ "We are raising 60,000 USDC to print the book": the goal."""
    for index in range(1, min(5, len(text) - 1)):
        found = text.match_any(index, _RAISES)
        if found is None or not is_money_amount(text, found[1]):
            continue
        end = next((at for at in range(found[1], len(text)) if text.lower(at) in (",", ";", ".")),
                   len(text))  # fmt: skip
        behind = range(found[1] + 1, end)
        plain = all(text.kind(at) == "word" for at in behind)
        if plain and text.lower(found[1] + 1) in ("to", "for", "", ".", ",", ";"):
            del text.nodes[found[1] + 1 : end]
            text.nodes[: found[1]] = _said(text.nodes[0], "the goal is")
        return


_ATTAINED = {"attained": "reached", "achieved": "reached", "satisfied": "reached",
             "fulfilled": "reached", "attains": "reaches", "achieves": "reaches",
             "attain": "reach", "achieve": "reach"}  # fmt: skip


def _attained(text: Line) -> None:
    """ "once the funding goal of 5 ETH has been attained": has been reached."""
    for index in range(2, len(text)):
        said = _ATTAINED.get(text.lower(index))
        done = text.lower(index - 1 - (text.lower(index - 1) == "not")) in BE
        near = range(max(0, index - 9), index) if done else range(index + 1, index + 5)
        if said is not None and any(text.lower(at) in _GOALS for at in near):
            text.nodes[index] = word(text.nodes[index], said)


_DEADLINE = ("the deadline is", "the deadline for that is", "the deadline for this is",
             "the campaign deadline is", "the closing date is", "the end date is",
             "the deadline will be", "deadline is")  # fmt: skip


def _deadline_of(context: Context) -> None:
    """ "The goal is 5 ETH. The deadline is 1 May": the goal is 5 ETH by 1 May."""
    text = context.text
    known = [name for name in context.names.values if name.rsplit(" ", 1)[-1] in _GOALS]
    for index in range(len(text) - 3):
        found = text.match_any(index, _DEADLINE)
        if found is None or text.kind(found[1]) != "date":
            continue
        lead = index - (text.lower(index - 1) == "and")
        lead -= text.lower(lead - 1) == ","
        here = text.nodes[index]
        if index and is_money_amount(text, lead - 1) and text.lower(lead - 2) in BE:
            text.nodes[lead : found[1]] = [word(here, "by")]
        elif index == 0 and known:
            goal = replace(word(here, "goal"), kind="amount",
                           value=context.names.values[known[-1]])  # fmt: skip
            said = [*_said(here, f"the {known[-1]} is"), goal, word(here, "by")]
            text.nodes[: found[1]] = said
        return


def _there(text: Line) -> None:
    """ "if we get there": if the goal is reached."""
    for index in range(1, len(text)):
        for phrases, said in ((_NOT_THERE, "the goal is not reached"),
                              (_THERE, "the goal is reached")):  # fmt: skip
            found = text.match_any(index, phrases)
            led = text.lower(index - 1) in ("if", "once", "when", "unless")
            if found is not None and led and text.lower(found[1]) in (",", ".", "", "then", ";"):
                text.nodes[index : found[1]] = _said(text.nodes[index], said)
                return


def _it_reached(context: Context) -> None:
    """ "If it is reached": what was defined as the goal."""
    text = context.text
    known = [name for name in context.names.values if name.rsplit(" ", 1)[-1] in _GOALS]
    for index in range(1, len(text) - 2):
        said = {text.lower(at) for at in range(index + 2, index + 4)}
        pronoun = text.lower(index) in ("it", "this", "that")
        helped = text.lower(index + 1) in BE | {"has"}
        if pronoun and helped and said & _REACHED and known:
            text.nodes[index : index + 1] = _said(text.nodes[index], f"the {known[-1]}")
            return


_PUT = frozenset({"proposal", "motion", "resolution", "vote", "amendment", "it", "request"})
_GETS = frozenset({"gets", "receives", "wins", "obtains", "has", "reaches", "collects", "gains"})
_OF_VOTES = ("of the votes cast", "of all votes cast", "of the votes", "of all votes",
             "of the vote", "of votes", "of all the votes", "approval", "support", "yes votes",
             "votes in favour", "yes")  # fmt: skip


def _voted(context: Context) -> None:
    """ "if the proposal gets more than 60% of the votes": if they are in favour."""
    text = context.text
    for index in range(2, len(text) - 1):
        if text.lower(index) not in _GETS or singular(text.lower(index - 1)) not in _PUT:
            continue
        quorum = quorum_at(context, index + 1)
        voted = text.match_any(quorum[1], _OF_VOTES) if quorum is not None else None
        start = index - 2 if text.lower(index - 2) in ("the", "a", "this") else index - 1
        if quorum is None or voted is None or text.lower(start - 1) not in ("if", "once", "when"):
            continue
        here = text.nodes[voted[1] - 1]
        counted = text.nodes[index + 1 : quorum[1]]
        text.nodes[start : voted[1]] = [*counted, *_said(here, "of the votes are in favour")]
        return


_STAYS = ("stays with", "stays in", "stay in", "remains in", "remain in",
          "remains with", "stay with", "remain with", "shall remain with",
          "will stay with", "will remain with", "shall stay with")  # fmt: skip


def _stays(context: Context) -> None:
    """ "the item stays with the owner": the owner keeps it."""
    text = context.text
    for index in range(1, len(text) - 1):
        found = text.match_any(index, _STAYS)
        who = phrase_at(text, found[1], context.names) if found is not None else None
        if found is None or who is None or who[0].quantity is not None:
            continue
        if found[0].endswith(" in") and who[0].party in (None, "contract"):
            continue
        starts = range(max(0, index - 6), index)
        start = next((at for at in starts if _ends(context, at, index)), None)
        if start is None:
            continue
        thing = text.nodes[start:index]
        keeps = word(text.nodes[index], "keeps")
        text.nodes[start : who[1]] = [*text.nodes[found[1] : who[1]], keeps, *thing]
        return


def _ends(context: Context, start: int, end: int) -> bool:
    """Whether a noun phrase stands from one index to another."""
    found = phrase_at(context.text, start, context.names)
    return found is not None and found[1] == end


_WHEN = frozenset({"with", "before", "after", "on", "upon", "upfront", "now", "when", "at", "once"})
_TAKING = frozenset({"gets", "get", "receives", "receive", "takes", "take", "keeps", "keep", "pays",
                     "pay"})  # fmt: skip
_OWN = frozenset({"the", "my", "your", "our", "his", "her", "their", "its"})


def _alone(text: Line, index: int) -> bool:
    """Whether a half is one of what was named before: "gets half,", "half with the order"."""
    ends = text.kind(index + 1) in ("punct", "") or text.lower(index + 1) in ("and", "to")
    begins = text.lower(index - 1) in ("", ",", "and", ":", ";")
    return (text.lower(index - 1) in _TAKING and ends) or (
        text.lower(index + 1) in _WHEN and begins
    )


def _half(text: Line) -> None:
    """ "half the fee": half of the fee."""
    for index in range(len(text) - 1, -1, -1):
        if text.lower(index) == "half" and text.lower(index + 1) in _OWN:
            text.nodes.insert(index + 1, word(text.nodes[index], "of"))
        elif text.lower(index) == "half" and _alone(text, index):
            half = replace(text.nodes[index], kind="amount", value=Quantity("50", "%"))
            text.nodes[index] = half
        elif text.lower(index) == "half" and text.lower(index + 1) in ("price", "rent", "fare"):
            half = replace(text.nodes[index], kind="amount", value=Quantity("50", "%"))
            text.nodes[index : index + 1] = [half, *_said(text.nodes[index], "of the")]


_GIVING = frozenset({"give", "contribute", "pledge", "invest", "donate", "join", "bid"})


def _from_least(text: Line) -> None:
    """ "Anyone may give from 10 USDC": contribute at least 10 USDC."""
    for index in range(1, len(text) - 2):
        if text.lower(index) not in _GIVING or text.lower(index + 1) not in ("from", "upwards"):
            continue
        if is_money_amount(text, index + 2) and text.lower(index + 3) not in ("to", "-"):
            here = text.nodes[index]
            verb = here if here.lower in ("pledge", "bid", "invest") else word(here, "contribute")
            text.nodes[index : index + 2] = [verb, *_said(here, "at least")]
            return
