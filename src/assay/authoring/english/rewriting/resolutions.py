"""Bans, votes and consents in contract-grade prose, brought into plain clauses.

"No transfer out of the Treasury shall be made" is "the Treasury shall not make any transfer",
"holders of a majority of the shares" is "a majority of the holders".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS, NOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said


def resolved(context: Context) -> None:
    """Rewrites the nodes of a sentence that bans, admits or decides."""
    text = context.text
    _valid_only(text)
    _out_of(text)
    _bounded_ban(text)
    _confined(context)
    _deemed_adopted(text)
    _share_of_holders(context)
    _quorum_met(text)


_VALID = ("shall be valid only if", "is valid only if", "shall only be valid if",
          "shall be valid unless", "is valid unless", "shall be effective unless",
          "shall be effective only if", "shall be binding only if", "shall be binding unless",
          "are valid only if", "shall not be valid unless", "is not valid unless",
          "shall not be effective unless")  # fmt: skip
_ASSENTED = frozenset({"approved", "signed", "authorised", "authorized", "countersigned"})


def _valid_only(text: Line) -> None:
    """ "a withdrawal is valid only if approved by two directors": none is made without their
    approval."""
    for at in range(2, len(text) - 4):
        found = text.match_any(at, _VALID)
        if found is None or text.lower(found[1]) not in _ASSENTED:
            continue
        start = text.skip(0, ("no", "any", "a", "an", "each", "every"))
        if start and text.lower(found[1] + 1) == "by":
            here = text.nodes[at]
            behind = text.nodes[found[1] + 2 :]
            text.nodes[:] = [word(here, "no"), *text.nodes[start:at],
                             *said(here, "shall be made without the approval of"),
                             *behind]  # fmt: skip
            return


def _out_of(text: Line) -> None:
    """ "No transfer out of the Treasury in excess of 20 USDC shall be made": the Treasury shall
    make none."""
    led = text.lower(0) == "no" and text.lower(1) in _MOVES
    out = (text.match(2, "out of the") or text.match(2, "from the")) if led else None
    done = next((at for at in range(3, len(text)) if text.match_any(at, _MADE)), None)
    made = text.match_any(done, _MADE) if done is not None else None
    if out is None or done is None or made is None:
        return
    here, bound = text.nodes[0], text.nodes[out + 1 : done]
    if text.match_any(out + 1, _OVER):
        bound = [word(here, "exceeding"), text.nodes[done - 1]]
    text.nodes[: made[1]] = [*text.nodes[out - 1 : out + 1], *said(here, "shall not make any"),
                             text.nodes[1], *bound]  # fmt: skip


_MADE = tuple(f"{modal} be {made}" for modal in ("shall", "may", "will", "must")
              for made in ("made", "effected", "carried out", "executed"))  # fmt: skip


_MOVES = frozenset({"transfer", "payment", "withdrawal", "disbursement", "expenditure"})


_OVER = ("of more than", "of over", "above", "over", "in excess of", "greater than",
         "of an amount exceeding", "of any amount exceeding", "larger than")  # fmt: skip


def _bounded_ban(text: Line) -> None:
    """ "no transfer of more than 500 USDC shall be made without consent": exceeding 500 USDC."""
    noun = text.lower(1) in NOUNS or text.lower(1) in ("payment", "expenditure", "disbursement")
    without = next((at for at in range(2, len(text)) if text.lower(at) == "without"), None)
    if text.lower(0) != "no" or not noun or without is None:
        return
    if not {node.lower for node in text.nodes[without:]} & APPROVAL_NOUNS:
        return
    over = text.match_any(2, _OVER)
    if over is not None and text.kind(over[1]) == "amount":
        text.nodes[2 : over[1]] = [word(text.nodes[2], "exceeding")]


_ACTS_OF = {"participation": "participate", "bidding": "bid", "voting": "vote"}
_SALES = frozenset({"sale", "presale", "pre-sale", "offering", "mint"})
_CONFINED = ("shall be confined to", "is confined to", "shall be limited to", "is limited to",
             "shall be restricted to", "is restricted to", "shall be open only to",
             "is open only to", "shall be reserved for", "is reserved for", "is only open to",
             "will be limited to", "will be restricted to")  # fmt: skip


def _confined(context: Context) -> None:
    """ "Participation in the Sale is limited to members": only members may participate in it."""
    text = context.text
    verb = _ACTS_OF.get(text.lower(0))
    if verb is None:
        return
    for at in range(1, min(len(text) - 1, 8)):
        found = text.match_any(at, _CONFINED)
        who = phrase_at(text, found[1], context.names) if found is not None else None
        if found is None or who is None or who[0].quantity is not None:
            continue
        here, where = text.nodes[0], text.nodes[1:at]
        if {node.lower for node in where} & _SALES:
            verb, where = "buy", []
        people = text.nodes[found[1] : who[1]]
        text.nodes[: who[1]] = [word(here, "only"), *people, *said(here, f"may {verb}"), *where]
        return


_DEEMED = ("shall be deemed", "is deemed", "will be deemed", "shall be considered",
           "shall be deemed to be", "shall be treated as", "shall be deemed to have been",
           "is deemed to have been", "is considered")  # fmt: skip
_PASSED = frozenset({"adopted", "passed", "carried", "approved", "accepted"})
_NOT_UNLESS = tuple(f"{be} {passed} unless" for be in ("shall be", "is", "will be")
                    for passed in ("passed", "adopted", "carried", "approved"))  # fmt: skip


def _none_unless(text: Line) -> None:
    """ "No resolution shall be passed unless two thirds vote for it": it is passed only if."""
    if text.lower(0) != "no" or text.lower(1) not in _MOTIONS:
        return
    for at in range(2, min(len(text) - 3, 7)):
        found = text.match_any(at, _NOT_UNLESS)
        if found is not None:
            done = text.nodes[found[1] - 2]
            here = text.nodes[at]
            text.nodes[: found[1]] = [word(text.nodes[0], "a"), text.nodes[1],
                                      word(here, "is"), done, *said(here, "only if")]  # fmt: skip
            text.nodes[:] = [node for node in text.nodes if node.lower != "thereon"]
            return


_ITS_FAVOUR = ("are cast in its favour", "are in its favour", "are cast in favour of it",
               "are in favour of it", "are cast in favour", "is in favour of it",
               "are cast in favour of the proposal", "are in favour of the proposal")  # fmt: skip


def _in_its_favour(text: Line) -> None:
    """ "two-thirds of the votes are cast in its favour": are in favour."""
    for at in range(1, len(text) - 2):
        found = text.match_any(at, _ITS_FAVOUR)
        voted = {text.lower(step) for step in range(max(0, at - 5), at)} & {"vote", "votes", "cast"}
        if found is not None and voted:
            text.nodes[at : found[1]] = said(text.nodes[at], "are in favour")
            return


_MOTIONS = frozenset({"proposal", "motion", "resolution", "amendment"})
_VOTERS = ("votes representing", "votes equal to")
_IN_FAVOUR = ("are in favour", "are cast in favour", "vote in favour", "cast are in favour",
              "vote for it", "are in favor", "vote in favor", "are cast in its favour",
              "are in its favour", "vote in its favour")  # fmt: skip


def _deemed_adopted(text: Line) -> None:
    """ "shall be deemed adopted": is adopted; "if votes representing 60% of the tokens are in
    favour": if 60% of the tokens vote in favour."""
    _none_unless(text)
    _in_its_favour(text)
    for at in range(1, len(text) - 1):
        found = text.match_any(at, _DEEMED)
        moved = {text.lower(step) for step in range(max(0, at - 3), at)} & _MOTIONS
        if found is not None and moved and text.lower(found[1]) in _PASSED:
            text.nodes[at : found[1]] = [word(text.nodes[at], "is")]
            break
    for at in range(len(text) - 3, 0, -1):
        voters = text.match_any(at, _VOTERS)
        near = range(at, min(len(text), at + 14))
        favour = next((step for step in near if text.match_any(step, _IN_FAVOUR)), None)
        share = next((step for step in near if text.kind(step) == "amount"), None)
        if voters is None or favour is None or share is None or share > favour:
            continue
        found = text.match_any(favour, _IN_FAVOUR)
        assert found is not None
        text.nodes[favour : found[1]] = said(text.nodes[favour], "vote in favour")
        del text.nodes[at : voters[1]]
        return


_HOLDERS = frozenset({"holders", "shareholders", "members", "owners", "investors", "lenders"})


def _share_of_holders(context: Context) -> None:
    """ "holders of a majority of the shares agree": a majority of the holders."""
    text = context.text
    for at in range(len(text) - 4, -1, -1):
        led = text.lower(at) in _HOLDERS and text.lower(at + 1) in ("of", "holding", "representing")
        quorum = quorum_at(context, at + 2) if led else None
        if quorum is None:
            continue
        start = text.skip(quorum[1], ("of",))
        held = phrase_at(text, start, context.names)
        many = text.lower(quorum[1] - 1) == "of" or start > quorum[1]
        if held is not None and held[0].quantity is None and many:
            who = text.nodes[at]
            share = text.nodes[at + 2 : quorum[1]]
            of = [] if text.lower(quorum[1] - 1) == "of" else [word(who, "of")]
            text.nodes[at : held[1]] = [*share, *of, word(who, "the"), who]


_MET = ("is met", "is reached", "is achieved", "has been met", "has been reached", "is present",
        "is attained", "is satisfied")  # fmt: skip


def _quorum_met(text: Line) -> None:
    """ "a quorum of 15% is met": the quorum is at least 15%."""
    for at in range(1, len(text) - 3):
        led = text.match(at, "quorum of") if text.lower(at - 1) in ("a", "the") else None
        met = text.match_any(led + 1, _MET) if led is not None else None
        if led is not None and met is not None and text.kind(led) == "amount":
            share = text.nodes[led]
            text.nodes[at : met[1]] = [text.nodes[at], *said(share, "is at least"), share]
            return
