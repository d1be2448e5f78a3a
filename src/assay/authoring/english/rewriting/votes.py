"""Votes on a payment as people tell them, brought into a vote, its turnout and what passes.

"The members vote on whether 500 USDC should be paid to Ann" is "vote on a payment of 500 USDC to
Ann"; "if at least 20 members vote" is "if the quorum is at least 20"; "more than half must be in
favour" is when that payment is made.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.language.quantities import Quantity

_WHETHER = ("vote on whether", "votes on whether", "vote whether", "votes whether",
            "decide by vote whether", "decide in a vote whether", "vote about whether")  # fmt: skip
_PAID = ("should be paid", "shall be paid", "is paid", "are paid", "will be paid", "is to be paid",
         "are to be paid", "may be paid", "can be paid", "be paid", "should go", "shall go",
         "should be released", "should be sent", "shall be released")  # fmt: skip
_PAYS = ("to pay", "to release", "to send", "to grant", "to transfer")
_VOTERS = frozenset("member holder voter owner shareholder participant person people resident "
                    "tenant player director student employee user citizen delegate address wallet "
                    "partner founder".split())  # fmt: skip
_VOTE = ("must vote", "have to vote", "need to vote", "vote", "have voted", "has voted",
         "must take part", "take part", "have taken part", "have to take part", "need to take part",
         "participate", "must participate", "have participated", "have to participate",
         "cast a vote", "cast their vote", "cast their votes", "must cast a vote",
         "have cast a vote", "voted", "took part", "takes part", "has taken part", "participates",
         "participated", "has participated", "is cast", "are cast", "was cast", "were cast",
         "has been cast", "have been cast", "votes", "are voted", "have been voted")  # fmt: skip
_IN_IT = ("in the vote", "in the ballot", "in it", "in the poll", "in voting", "in the voting")
_LEAST = ("at least", "no fewer than", "not fewer than", "a minimum of", "no less than",
          "not less than", "more than", "fewer than", "less than")  # fmt: skip
_MOST = (
    tuple(
        f"{yes} {more} {no}"
        for yes, no in (
            ("yes votes", "no votes"),
            ("the yes votes", "the no votes"),
            ("votes in favour", "votes against"),
            ("votes for", "votes against"),
            ("the votes in favour", "the votes against"),
            ("the votes for", "those against"),
            ("the ayes", "the noes"),
            ("the votes for", "the votes against"),
        )
        for more in ("exceed", "outnumber", "outweigh", "are more than")
    )
    + tuple(
        f"{lead}majority {voted}"
        for lead in ("a ", "the ", "a simple ")
        for voted in (
            "is in favour",
            "is in favor",
            "votes yes",
            "votes in favour",
            "votes for it",
            "vote yes",
            "vote in favour",
            "says yes",
            "vote for it",
            "is for it",
            "agrees",
        )
    )
    + (
        "there are more yes votes than no votes",
        "there are more yes than no votes",
        "more yes than no votes are cast",
        "more members vote yes than no",
        "more vote yes than no",
        *(
            f"{lead}more {cast} {yes} than {no}"
            for lead, cast in (
                ("", "votes are cast"),
                ("", "votes are"),
                ("", "tokens are cast"),
                ("", "tokens vote"),
                ("", "members vote"),
                ("", "vote"),
                ("", "are"),
                ("there are ", "votes"),
            )
            for yes, no in (
                ("for", "against"),
                ("for it", "against it"),
                ("for", "against it"),
                ("in favour", "against"),
                ("in favour", "against it"),
                ("in favor", "against"),
                ("in favour of it", "against it"),
            )
        ),
        "most vote yes",
        "most votes are yes",
        "most votes are in favour",
    )
)
_WHOLE = ("of", "the", "all", "total", "token", "circulating", "outstanding", "eligible", "voting",
          "registered", "issued")  # fmt: skip
_ELECTORATE = frozenset("supply tokens holders members votes voters shares power owners "
                        "shareholders participants delegates".split())  # fmt: skip
"""Whose part in a vote is told in percent."""
_FAVOUR = ("must be in favour", "must be in favor", "have to be in favour", "must vote yes",
           "have to vote yes", "must vote in favour", "must agree", "must say yes", "must be yes",
           "have to agree", "must approve", "must vote for it", "need to be in favour",
           "must be in favour of it", "have to be yes", "have to be in favor", "need to agree",
           "must support it", "have to vote in favour", "have to approve")  # fmt: skip


def votes_told(context: Context) -> None:
    """Rewrites the nodes of a sentence that tells of a vote on a payment."""
    if not any(node.lower.startswith(("vot", "favo", "agree", "approve", "part", "yes", "cast"))
               for node in context.text.nodes):  # fmt: skip
        return
    _on_whether(context.text)
    _most(context.text)
    whole = list(context.text.nodes)
    turnout = _turnout(context.text)
    if not _must_favour(context, turnout) and turnout is not None and turnout[0] == 0:
        context.text.nodes[:] = whole


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _on_whether(text: Line) -> None:
    """ "vote on whether 500 USDC should be paid to Ann", "vote whether to pay Ann 500 USDC"."""
    for index in range(1, len(text) - 3):
        found = text.match_any(index, _WHETHER)
        if found is None:
            continue
        here = text.nodes[index]
        pays = text.match_any(found[1], _PAYS)
        lead = _said(here, "vote on a payment of")
        if pays is not None and text.kind(pays[1]) == "amount":
            text.nodes[index : pays[1]] = lead
            return
        at = text.skip(found[1], ("the", "a"))
        paid = next(
            (step for step in range(at + 1, len(text)) if text.match_any(step, _PAID)), None
        )
        if text.kind(at) != "amount" or paid is None:
            continue
        end = text.match_any(paid, _PAID)
        assert end is not None, "it was found there"
        text.nodes[index : end[1]] = [*lead, *text.nodes[at:paid]]
        return


def _most(text: Line) -> None:
    """ "if yes votes exceed no votes", "if a majority is in favour": more than half."""
    for index in range(1, len(text) - 2):
        found = text.match_any(index, _MOST)
        if found is None or text.lower(index - 1) not in ("if", "when", "once", "and", "unless"):
            continue
        here = text.nodes[index]
        half = replace(here, kind="amount", text="half", lower="half", value=Quantity("50", "%"))
        counted = [*_said(here, "more than"), half, *_said(here, "of the votes are in favour")]
        text.nodes[index : found[1]] = counted
        return


def _turnout(text: Line) -> tuple[int, int] | None:
    """Where "at least 20 members vote" stood, as "the quorum is at least 20" now."""
    for index in range(len(text) - 3):
        least = text.match_any(index, _LEAST)
        number = text.nodes[least[1]].value if least and least[1] < len(text) else None
        if least is None or not isinstance(number, Quantity) or number.amount is None:
            continue
        noun = least[1] + 1
        share = number.asset == "%"
        if share:
            noun = text.skip(noun, _WHOLE)
            share = text.lower(noun) in _ELECTORATE
        who = "member" if share else (number.asset or text.lower(noun)).split(" ")[-1]
        noun += number.asset is None or share
        noun = text.skip(noun, ("holders", "members", "owners", "who", "must", "have"))
        noun -= text.lower(noun - 1) in ("must", "have")
        found = text.match_any(noun, _VOTE)
        if singular(who) not in _VOTERS or found is None:
            continue
        behind = text.match_any(found[1], _IN_IT)
        end = behind[1] if behind is not None else found[1]
        if text.lower(end) not in ("", ".", ",", ";", "and", "then"):
            continue
        counted = replace(number, asset="%" if share else None)
        plain = replace(text.nodes[least[1]], value=counted)
        said = [*_said(text.nodes[index], f"the quorum is {least[0]}"), plain]
        text.nodes[index:end] = said
        return index, index + len(said)
    return None


def _must_favour(context: Context, turnout: tuple[int, int] | None) -> bool:
    """ "More than half must be in favour": then what was voted on is paid."""
    text = context.text
    start = text.skip(turnout[1], (",", "and")) if turnout is not None else 0
    quorum = quorum_at(context, start)
    after = quorum[1] if quorum is not None else start
    more = text.match_any(after, ("of the votes", "of them", "of the members", "of all votes",
                                  "of the votes cast", "of those who vote",
                                  "of those voting"))  # fmt: skip
    found = text.match_any(more[1] if more is not None else after, _FAVOUR)
    led = turnout is not None and turnout[0] != 0
    if quorum is None or found is None or led or context.voted is None:
        return False
    if text.lower(found[1]) not in ("", ".", ";"):
        return False
    here, vote = text.nodes[start], context.voted
    counted = text.nodes[start : quorum[1]]
    least = [word(here, "and"), *text.nodes[slice(*turnout)]] if turnout is not None else []
    sum_ = replace(word(here, f"{vote.amount} {vote.asset}"), kind="amount",
                   value=Quantity(vote.amount, vote.asset))  # fmt: skip
    comma = mark(here, ",")
    text.nodes[: found[1]] = [
        *_said(here, "if"), *counted, *_said(here, "of the votes are in favour"), *least, comma,
        *_said(here, "the contract pays"), sum_, *_said(here, f"to the {vote.recipient}"),
    ]  # fmt: skip
    return True
