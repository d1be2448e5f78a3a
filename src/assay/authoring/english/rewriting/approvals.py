"""What may not be done without consent, brought into one shape.

"Payments above 100 USDC need the approval of the board", "two of three directors must approve any
payment", "need 2 of 3 sigs to move funds" all say: it may not be done without the approval of.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of, participle_of
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS, NOUNS
from assay.authoring.english.lexicon.words import MODALS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.english.phrases.noun_phrases import phrase_at

_NEEDS = ("requires", "require", "needs", "need", "shall require", "will require", "is subject to",
          "are subject to", "must have", "must get", "must obtain", "has to get", "has to obtain",
          "shall be subject to", "needs to get", "needs to obtain", "shall obtain", "must seek",
          "have to get", "have to obtain", "must first obtain", "must first get")  # fmt: skip
_APPROVED_BY = ("must be approved by", "needs to be approved by", "has to be approved by",
                "shall be approved by", "must be signed by", "must be authorised by",
                "have to be approved by", "need to be approved by", "must be authorized by",
                "must first be approved by", "must be signed off by")  # fmt: skip
_APPROVES = ("must approve", "has to approve", "have to approve", "shall approve",
             "needs to approve", "need to approve", "must sign off on", "must authorise",
             "must authorize", "must consent to", "must first approve")  # fmt: skip
_NEEDED = ("is required", "are required", "is needed", "are needed", "is necessary",
           "are necessary", "shall be required", "must approve", "required", "needed")  # fmt: skip
_ABOVE = ("above", "over", "of more than", "larger than", "greater than", "bigger than",
          "in excess of", "higher than", "that exceeds", "which exceeds", "beyond",
          "that exceed", "of over", "of above", "exceeding")  # fmt: skip
_PAID = frozenset({"expense", "spend", "cost", "invoice"})
_SIGNED = frozenset({"sigs", "sig", "signatures", "signature", "approvals", "signs", "confirms"})
_BEFORE_NOUN = frozenset("the a an prior written express any explicit formal joint".split())


_VOTE_OF = ("affirmative vote of", "vote of", "votes of", "positive vote of", "favourable vote of",
            "consent of", "approval of")  # fmt: skip


def approval_needed(context: Context) -> None:
    """Rewrites the nodes of a sentence that says for what a consent is needed."""
    _no_effect(context.text)
    for rule in (_is_made, _before_done, _needs_first, _is_needed, _act_needs, _must_approve):
        if rule(context):
            return


_EFFECT = (
    *(
        f"{modal} {verb}"
        for modal in ("shall", "will", "may", "can")
        for verb in ("take effect", "be effective", "become effective", "be valid", "be binding",
                     "have effect", "have any effect", "come into effect", "be enforceable")
    ),
    "takes effect", "is effective", "becomes effective", "is valid", "is binding", "has effect",
    "comes into effect",
)  # fmt: skip


def _no_effect(text: Line) -> None:
    """ "No amendment takes effect unless": none may be made."""
    if text.lower(0) != "no":
        return
    for index in range(2, min(len(text) - 2, 12)):
        found = text.match_any(index, _EFFECT)
        if found is not None:
            here = text.nodes[index]
            text.nodes[index : found[1]] = [word(here, one) for one in ("shall", "be", "made")]
            return


_MADE = ("be made", "be effected", "be executed", "be processed", "be sent")


def _is_made(context: Context) -> bool:
    """ "A payment of 500 USDC to the supplier may be made only if": 500 USDC may be paid."""
    text = context.text
    for at in range(4, len(text) - 2):
        if text.lower(at) not in MODALS:
            continue
        made = next(
            (index for index in range(at + 1, at + 4) if text.match_any(index, _MADE)), None
        )
        act = handed_to(context, at) if made is not None else None
        if act is None or made is None or act[0][0].kind != "amount":
            return False
        what, verb, receiver = act
        kept = [node for node in text.nodes[at : made + 1] if node.lower != "only"]
        only = [node for node in text.nodes[at:made] if node.lower == "only"]
        text.nodes[: made + 2] = [*what, *kept, word(text.nodes[made], verb), *receiver, *only]
        return False
    return False


def _approval(context: Context, index: int) -> tuple[list[Node], int] | None:
    """Whose approval words at an index name, and the index after them."""
    text = context.text
    at = text.skip(index, _BEFORE_NOUN)
    if text.lower(at) in APPROVAL_NOUNS and text.lower(at + 1) in ("of", "from", "by"):
        stop = _who_end(context, at + 2)
        return (text.nodes[at + 2 : stop], stop) if stop is not None else None
    voted = text.match_any(at, _VOTE_OF)
    if voted is not None and "vote" in voted[0] and quorum_at(context, voted[1]) is None:
        stop = _who_end(context, voted[1])
        return (text.nodes[voted[1] : stop], stop) if stop is not None else None
    index = voted[1] if voted is not None and quorum_at(context, voted[1]) else index
    quorum = quorum_at(context, index)
    if quorum is not None:
        end = _who_end(context, index)
        if end is None:
            return None
        said = text.nodes[index:end]
        if said[-1].lower in _SIGNED:
            said = [*said[:-1], word(said[-1], "signers")]
        return said, end
    who = phrase_at(text, index, context.names)
    if who is not None and text.lower(who[1]) == "to" and text.lower(who[1] + 1) in _CONSENT:
        return text.nodes[index : who[1]], who[1] + 2
    if who is None or text.lower(who[1] - 1) not in APPROVAL_NOUNS:
        return None
    owner = next((at for at in range(index, who[1]) if text.kind(at) == "possessive"), None)
    return (text.nodes[index:owner], who[1]) if owner is not None else None


_CONSENT = frozenset({"agree", "approve", "consent", "sign"})


def _who_end(context: Context, index: int) -> int | None:
    """The index after whoever approves: "two of the three signatories", "the board"."""
    quorum = quorum_at(context, index)
    at = context.text.skip(quorum[1], ("of",)) if quorum is not None else index
    found = phrase_at(context.text, at, context.names)
    while found is not None and context.text.lower(found[1]) == "of":
        further = phrase_at(context.text, found[1] + 1, context.names)
        if further is None:
            break
        found = found[0], further[1]  # "the members of the council"
    return found[1] if found is not None else None


def _ban(verb: str, agent: Sequence[Node], who: Sequence[Node]) -> list[Node]:
    """The nodes of "may not VERB by AGENT without the approval of WHO"."""
    ban = [word(who[0], said) for said in ("may", "not", *verb.split())]
    return [*ban, *agent, *_without(who)]


def _without(who: Sequence[Node]) -> list[Node]:
    return [*(word(who[0], said) for said in ("without", "the", "approval", "of")), *who]


_FUNDS = frozenset({"fund", "treasury", "pool", "vault", "dao", "budget"})


def _act_end(context: Context, index: int, stop: int) -> tuple[str, int, list[Node]] | None:
    """How what the noun of an act before `stop` names is done, where its words end now, and by
    whom it is done."""
    text = context.text
    stop -= _bound_apart(text, index, stop)
    found = phrase_at(Line(text.nodes[:stop]), index, context.names)
    if found is None or found[0].party is not None or found[0].pronoun is not None:
        return None
    agent: list[Node] = []
    phrase, end = found
    if text.lower(end) in ("from", "by") and phrase.head in NOUNS:
        who = phrase_at(Line(text.nodes[:stop]), end + 1, context.names)
        if who is not None and who[0].quantity is None and (who[0].party or who[0].head in _FUNDS):
            # Whose act it is stands behind the ban, where the rules look for an agent.
            agent = [word(text.nodes[end], "by"), *text.nodes[end + 1 : who[1]]]
            del text.nodes[end : who[1]]
            stop -= len(agent)
    if phrase.head not in NOUNS and phrase.head not in _PAID:
        return None
    more = text.match_any(end, _ABOVE)
    if more is not None and text.kind(more[1]) == "amount":
        text.nodes[end : more[1]] = [word(text.nodes[end], "exceeding")]
        stop -= more[1] - end - 1
    return "be made" if phrase.head in NOUNS else "be paid", stop, agent


def _bound_apart(text: Line, index: int, stop: int) -> int:
    """ "payments of more than 5 ETH": above 5 ETH, so that 5 ETH are not what is paid; how many
    nodes it takes away."""
    for at in range(index + 1, stop - 2):
        bound = text.match_any(at, _ABOVE)
        if bound is not None and text.lower(at) == "of" and text.kind(bound[1]) == "amount":
            text.nodes[at : bound[1]] = [word(text.nodes[at], "above")]
            return bound[1] - at - 1
    return 0


def _act_needs(context: Context) -> bool:
    """ "Any payment above 10 ETH needs the approval of the board"."""
    text = context.text
    for at in range(1, min(len(text), 16)):
        by = text.match_any(at, _APPROVED_BY)
        needs = text.match_any(at, _NEEDS)
        start = by or needs
        if start is None:
            continue
        who_end = _who_end(context, by[1]) if by is not None else None
        approval = _approval(context, start[1])
        if by is not None and who_end is not None:
            approval = text.nodes[by[1] : who_end], who_end
        party = phrase_at(text, 0, context.names)
        if approval is None or party is None:
            return False
        if party[0].party is not None:
            return party[1] == at and _party_needs(context, at, *approval)
        if _to_somebody(context, at, approval) or _altered(context, at, approval):
            return True
        act = _act_end(context, 0, at)
        if act is None or text.lower(approval[1] + act[1] - at) not in ("", ".", ",", "if", "and"):
            return False
        gone = at - act[1]
        text.nodes[act[1] : approval[1] - gone] = _ban(act[0], act[2], approval[0])
        return True
    return False


def _to_somebody(context: Context, at: int, approval: tuple[list[Node], int]) -> bool:
    """ "A payment of 500 USDC to the supplier requires the approval of": it may not be paid."""
    text = context.text
    act = handed_to(context, at)
    if act is None:
        return False
    what, verb, receiver = act
    done = [word(text.nodes[at], said) for said in ("may", "not", "be", verb)]
    text.nodes[: approval[1]] = [*what, *done, *receiver, *_without(approval[0])]
    return True


_CHANGE = frozenset("change changes amendment amendments modification modifications alteration "
                    "variation adjustment".split())  # fmt: skip


def _altered(context: Context, at: int, approval: tuple[list[Node], int]) -> bool:
    """ "Any change of the fee requires the approval of": it may not be changed without it."""
    text = context.text
    noun = text.skip(0, ("any", "a", "an", "the", "every", "all"))
    of = noun + 1
    if text.lower(noun) not in _CHANGE or text.lower(of) not in ("of", "to", "in"):
        return False
    done = [word(text.nodes[at], said) for said in ("may", "not", "be", "changed")]
    text.nodes[: approval[1]] = [*text.nodes[of + 1 : at], *done, *_without(approval[0])]
    return True


_OF_MONEY = frozenset({"pay", "refund", "repay", "distribute"})


def handed_to(context: Context, stop: int) -> tuple[list[Node], str, list[Node]] | None:
    """What "a payment of 500 USDC to the supplier" hands over, how, and to whom."""
    text = context.text
    act = phrase_at(Line(text.nodes[:stop]), 0, context.names)
    sums = [index for index in range(stop) if text.kind(index) == "amount"]
    action = NOUNS.get(act[0].head.split()[-1]) if act is not None and act[0].head else None
    if act is None or action is None or len(sums) > 1 or text.lower(act[1]) != "to":
        return None
    receiver = phrase_at(text, act[1] + 1, context.names)
    if receiver is None or receiver[0].party is None or receiver[1] != stop:
        return None
    if not sums and action not in _OF_MONEY:
        return None
    what = text.nodes[sums[0] : sums[0] + 1] if sums else [word(text.nodes[0], "money")]
    return what, participle_of(action), text.nodes[act[1] : stop]


def _party_needs(context: Context, end: int, who: list[Node], after: int) -> bool:
    """ "The treasurer must obtain the approval of the board before paying"."""
    text = context.text
    lemma = text.lower(after + 1) if text.lower(after) == "to" else None
    if text.lower(after) == "before":
        lemma = lemma_of(text.lower(after + 1), "gerund")
    if lemma is None:
        return False
    return _moved(context, end, lemma, after + 2, who)


def _moved(context: Context, end: int, lemma: str, rest: int, who: Sequence[Node]) -> bool:
    """Puts the act before the approval: its words run up to the end of the sentence."""
    text = context.text
    stop = next((at for at in range(rest, len(text)) if text.lower(at) in (".", ";")), len(text))
    ban = [word(text.nodes[end], said) for said in ("may", "not", lemma)]
    text.nodes[end:stop] = [*ban, *text.nodes[rest:stop], *_without(who)]
    return True


def _needs_first(context: Context) -> bool:
    """ "need 2 of 3 sigs to move more than 10 ETH": nobody may without them."""
    text = context.text
    lead = text.match_any(0, ("need", "needs", "requires", "it takes", "you need", "we need",
                              "takes", "require"))  # fmt: skip
    approval = _approval(context, lead[1]) if lead is not None else None
    if approval is None or text.lower(approval[1]) != "to":
        return False
    who, after = approval
    held = [node for node in text.nodes[: after + 1] if node.lower in ("you", "we")]
    text.nodes[: after + 1] = [*(held or [word(text.nodes[0], "anyone")]), text.nodes[after]]
    return _moved(context, 1, text.lower(2), 3, who)


def _is_needed(context: Context) -> bool:
    """ "2 of 3 signatures are required to release the funds", "... for any payment"."""
    text = context.text
    approval = _approval(context, 0)
    needed = text.match_any(approval[1], _NEEDED[:-2]) if approval is not None else None
    if approval is None or needed is None:
        return False
    who, after = approval[0], needed[1]
    if text.lower(after) == "to" and not needed[0].endswith("approve"):
        text.nodes[: after + 1] = [word(text.nodes[0], "anyone"), text.nodes[after]]
        return _moved(context, 1, text.lower(2), 3, who)
    start = text.match_any(after, ("for", "before")) or ("", after)
    return _said_last(context, start[1], who)


def _must_approve(context: Context) -> bool:
    """ "The board must approve any payment above 10 ETH"."""
    text = context.text
    end = _who_end(context, 0)
    found = text.match_any(end, _APPROVES) if end is not None else None
    if end is None or found is None or text.lower(found[1]) not in ("any", "each", "every", "all"):
        return False
    return _said_last(context, found[1], text.nodes[:end])


_SIGNS = ("must sign", "have to sign", "must approve", "must agree", "must consent", "need to sign",
          "must first approve", "have to approve", "have to agree", "must first agree")  # fmt: skip


def _before_done(context: Context) -> bool:
    """ "Two of the three brothers must sign before the house can be sold", "... before Ann sells
    it"."""
    text = context.text
    end = _who_end(context, 0)
    found = text.match_any(end, _SIGNS) if end is not None else None
    if end is None or found is None or text.lower(found[1]) != "before":
        return False
    act = phrase_at(text, found[1] + 1, context.names)
    able = text.match_any(act[1], ("can be", "may be", "is", "are")) if act is not None else None
    base = lemma_of(text.lower(act[1]), "third") if act is not None else None
    passive = able is not None and lemma_of(text.lower(able[1]), "participle") is not None
    if act is None or not (passive or base):
        return False
    who, named = text.nodes[:end], text.nodes[found[1] + 1 : act[1]]
    stop = len(text) - (text.lower(len(text) - 1) == ".")
    done = text.nodes[able[1] if able is not None and passive else act[1] + 1 : stop]
    ban = [word(who[0], said) for said in ("may", "not", "be" if passive else str(base))]
    text.nodes[:stop] = [*named, *ban, *done, *_without(who)]
    return True


def _said_last(context: Context, start: int, who: Sequence[Node]) -> bool:
    """Puts an act that ends the sentence before the ban on it."""
    text = context.text
    stop = len(text) - (text.lower(len(text) - 1) == ".")
    act = _act_end(context, start, stop)
    if act is None or any(node.lower in (",", ";") for node in text.nodes[start : act[1]]):
        return False
    text.nodes[: act[1]] = [*text.nodes[start : act[1]], *_ban(act[0], act[2], who)]
    return True
