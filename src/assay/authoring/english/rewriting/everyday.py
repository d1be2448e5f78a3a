"""Letters and everyday turns of phrase brought into the words that the rules expect.

"Hi Tom, as agreed I will", "whoever bids highest wins the painting", "revenue goes 70/30 to A and
B", "leaves a deposit of 500 USDC".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at

_GREETINGS = frozenset({"hi", "hello", "dear", "hey", "morning"})
_ASIDES = (
    "as agreed", "as discussed", "as promised", "as we discussed", "as we agreed", "as you know",
    "as per our call", "as mentioned", "as usual", "just to be clear", "to be clear",
    "just to confirm", "to confirm", "to sum up", "to recap", "in short", "in brief", "fine by me",
    "sounds good", "happy to help", "thanks", "thank you", "many thanks", "no worries",
    "no problem", "quick note", "one more thing", "for clarity", "for the record", "as always",
    "as a reminder", "as discussed on the phone", "as discussed yesterday", "as per our chat",
    "as agreed on the phone", "as agreed yesterday", "per our call", "per our chat",
)  # fmt: skip


def said_every_day(context: Context) -> None:
    """Rewrites the nodes of a sentence that is said as in a letter or a chat."""
    text = context.text
    _greeting(text)
    _asides(text)
    _enclosed(text)
    _speaker(text)
    _goes_in_ratio(text)
    _leaves_deposit(context)
    _takes(text)
    _vote_of_a_token(text)
    _one_vote(text)
    _those_who(text)
    _which_is(context)
    _commission(text)
    _somebody_else(text)
    _says(text)


_SOMEBODY = frozenset({"someone", "somebody", "anyone", "anybody", "nobody", "everyone"})


def _somebody_else(text: Line) -> None:
    """ "sell it to someone else": no alternative begins there."""
    for index in range(len(text) - 1, 0, -1):
        if text.lower(index) == "else" and text.lower(index - 1) in _SOMEBODY:
            del text.nodes[index]


_SAYING = frozenset({"says", "declares"})


def _says(text: Line) -> None:
    """ "as soon as the guest says the flat is clean": confirms that it is."""
    for index in range(1, len(text) - 2):
        behind = text.lower(index + 1)
        tells = behind == "that" or behind in words.DETERMINERS - {"no", "so"} | words.PRONOUNS
        if text.lower(index) in _SAYING and tells:
            here = text.nodes[index]
            that = [] if behind == "that" else [word(here, "that")]
            text.nodes[index : index + 1] = [word(here, "confirms"), *that]


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _greeting(text: Line) -> None:
    """ "Hi Tom,", "Dear all -": says nobody what to do."""
    if text.lower(0) not in _GREETINGS:
        return
    end = next((at for at in range(1, 5) if text.lower(at) in (",", "-", "–", "—", "!", ":")), None)
    if end is not None and end + 1 < len(text) and all(
        text.kind(at) == "word" for at in range(1, end)
    ):  # fmt: skip
        del text.nodes[: end + 1]


def _asides(text: Line) -> None:
    for index in range(len(text) - 1, -1, -1):
        found = text.match_any(index, _ASIDES)
        before, alone = text.lower(index - 1), index == 0
        if found is None or not (alone or before in (",", "-", "–", "—", "(", ";")):
            continue
        comma = text.lower(found[1]) in (",", ":", "-", "–", "—")
        if alone and found[1] + comma < len(text):
            del text.nodes[: found[1] + comma]
        elif not alone and (comma or text.lower(found[1]) in ("", ".", ")")):
            del text.nodes[index - (before == ",") : found[1]]


def _enclosed(text: Line) -> None:
    """ "Just so we agree: ..." says nothing; "attached is my invoice for 640 USDC" asks for it."""
    stop = next((at for at in range(2, min(12, len(text))) if text.lower(at) == ":"), None)
    if text.lower(0) in ("just", "so") and stop is not None and all(
        text.kind(at) != "amount" for at in range(stop)
    ):  # fmt: skip
        del text.nodes[: stop + 1]
    sent = any(text.lower(at) in _SENT for at in range(min(5, len(text))))
    bill = next((at for at in range(min(8, len(text))) if text.lower(at) == "invoice"), None)
    if not sent or bill is None or text.lower(bill + 1) not in ("for", "over", "of"):
        return
    if is_money_amount(text, bill + 2):
        if text.lower(bill + 3) == "," and text.lower(bill + 4) in ("payable", "due"):
            del text.nodes[bill + 3]
        del text.nodes[: bill + 2]


_SENT = frozenset({"attached", "enclosed", "here", "below"})


def _speaker(text: Line) -> None:
    """ "Sell you 10 ETH": the one who writes does."""
    verb = lemma_of(text.lower(0), "base")
    if verb in ("sell", "pay", "send", "give", "lend", "buy", "offer") and text.lower(1) in (
        "you", "u"
    ):  # fmt: skip
        text.nodes.insert(0, word(text.nodes[0], "i"))


def _goes_in_ratio(text: Line) -> None:
    """ "revenue goes 70/30 to A and B": it is split 70/30."""
    for index in range(1, len(text) - 1):
        even = text.match_any(index + 1, ("half and half", "fifty fifty", "equally"))
        goes = text.lower(index) in ("goes", "go", "flows", "flow")
        if goes and (text.kind(index + 1) == "ratio" or even):
            text.nodes[index : index + 1] = _said(text.nodes[index], "shall be split")
            return


def _leaves_deposit(context: Context) -> None:
    """ "leaves a deposit of 500 USDC": deposits 500 USDC."""
    text = context.text
    for index in range(1, len(text) - 3):
        if lemma_of(text.lower(index), "base", "third") not in ("leave", "lodge", "post"):
            continue
        third = text.lower(index).endswith("s")
        sum_at = text.skip(index + 1, ("a", "the", "an"))
        if is_money_amount(text, sum_at) and text.lower(sum_at + 1) in ("deposit", "bond"):
            here = text.nodes[index]
            text.nodes[index:sum_at] = [word(here, "deposits" if third else "deposit")]
            return
        found = phrase_at(text, index + 1, context.names)
        if found is None or found[0].quantity is None:
            continue
        if found[0].head in ("deposit", "bond") and is_money_amount(text, found[1] - 1):
            here = text.nodes[index]
            text.nodes[index : found[1] - 1] = [word(here, "deposits" if third else "deposit")]
            return


def _takes(text: Line) -> None:
    """ "the buyer takes 2,000 units at 4.50 USDC per unit": buys them."""
    for index in range(1, len(text) - 3):
        takes = text.lower(index) in ("takes", "take")
        if not takes or text.kind(index + 1) != "amount" or is_money_amount(text, index + 1):
            continue
        for at in range(index + 2, min(index + 6, len(text) - 1)):
            if text.lower(at) in ("at", "for") and is_money_amount(text, at + 1):
                said = "buys" if text.lower(index) == "takes" else "buy"
                text.nodes[index] = word(text.nodes[index], said)
                return


def _one_vote(text: Line) -> None:
    """ "Each member has one vote": may cast one."""
    for index in range(1, min(len(text) - 2, 8)):
        counted = text.kind(index + 1) == "amount" and singular(text.lower(index + 2)) == "vote"
        if text.lower(index) not in ("has", "gets", "have", "get") or not counted:
            continue
        if text.lower(index + 3) == "and":
            del text.nodes[index : index + 4]
        elif text.lower(index + 3) in ("per", "for"):
            each = text.lower(index + 3) == "for" and text.lower(index + 4) in ("each", "every")
            if each:
                text.nodes[index + 3 : index + 5] = _said(text.nodes[index + 3], "per")
            text.nodes[index : index + 1] = _said(text.nodes[index], "may cast at most")
        elif text.lower(index + 3) in ("", ".", ",", ";"):
            text.nodes[index : index + 1] = _said(text.nodes[index], "may cast")
        return


_CARRIES = ("carries", "gives its holder", "gives the holder", "grants its holder", "confers",
            "is worth", "counts as", "grants the holder", "entitles its holder to",
            "entitles the holder to", "gives", "is", "equals", "=", "means")  # fmt: skip


def _vote_of_a_token(text: Line) -> None:
    """ "Each token carries one vote": token holders may cast one per token."""
    carries = text.match_any(2, _CARRIES)
    if text.lower(0) not in ("each", "every", "one", "a") or carries is None:
        return
    at = carries[1]
    if text.kind(at) == "amount" and singular(text.lower(at + 1)) == "vote":
        token = text.nodes[1]
        holders = [word(token, token.lower), word(token, "holders")]
        cast = _said(text.nodes[2], "may cast at most")
        behind = [word(token, "per"), token]
        text.nodes[: at + 2] = [*holders, *cast, *text.nodes[at : at + 2], *behind]


def _those_who(text: Line) -> None:
    """ "those who pledge": the class that was named before, or anyone."""
    for index in range(len(text) - 1):
        if text.lower(index) not in ("those", "the ones") or text.lower(index + 1) != "who":
            continue
        named = next((at for at in range(index) if text.lower(at + 1) == "who"), None)
        here = text.nodes[index]
        text.nodes[index] = word(here, text.lower(named) if named is not None else "anyone")


_STATED = ("is", "are", "shall be", "will be", "must be", "has to be")


def _which_is(context: Context) -> None:
    """ "a deposit of 500 USDC, which is paid back": the deposit is."""
    text = context.text
    for index in range(len(text) - 3, 1, -1):
        if text.lower(index) not in ("which", "that") or text.lower(index - 1) != ",":
            continue
        stated = text.match_any(index + 1, _STATED)
        if stated is None:
            continue
        done = lemma_of(text.lower(stated[1]), "participle")
        head = _head_before(context, index - 1)
        if done is None or head is None:
            continue
        here = text.nodes[index]
        semicolon = replace(text.nodes[index - 1], text=";", lower=";")
        text.nodes[index - 1 : index + 1] = [semicolon, word(here, "the"), word(here, head)]


def _head_before(context: Context, end: int) -> str | None:
    """The noun of the phrase that ends at an index."""
    for start in range(max(0, end - 7), end):
        found = phrase_at(context.text, start, context.names)
        if found is not None and found[1] == end and found[0].head and found[0].party is None:
            return found[0].head
    return None


_PARTS = frozenset({"commission", "share", "cut", "royalty", "fee", "take"})


def _commission(text: Line) -> None:
    """ "The agent's commission is 12% of": the agent receives 12% of."""
    own = next((at for at in range(1, 5) if text.kind(at) == "possessive"), None)
    if own is None or text.lower(own + 1) not in _PARTS:
        return
    verb = text.match_any(own + 2, ("is", "shall be", "will be", "amounts to"))
    if verb is None or text.kind(verb[1]) != "amount" or text.lower(verb[1] + 1) != "of":
        return
    if "%" in text.nodes[verb[1]].text:
        text.nodes[own : verb[1]] = [word(text.nodes[own], "receives")]
