"""What is due for each of many: for each payment of a sum, or for each thing.

"For every 10 USDC that a buyer pays, issue 5 tokens", "one token for each dollar paid by a user"
and "10 points for every 5 USDC they spend" are told with "whenever the buyer pays 10 USDC"; "for
each lesson, the school pays 30 USDC" with "the school pays 30 USDC for each lesson", and "of every
ticket sold, 5 USDC goes to the club" with "5 USDC of every ticket goes to the club".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.amounts import asset_at, tokens
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity

_LEADS = ("for each", "for every", "for")
_PAID = frozenset({"pay", "send", "give", "donate", "contribute", "deposit", "spend", "invest",
                   "put"})  # fmt: skip
_ENDS = (",", ".", ";", "")


def paid_for_each(context: Context) -> None:
    """Puts "for each lesson," from before a clause behind the one amount that it tells."""
    text = context.text
    lead = text.match_any(0, ("for each", "for every", "per", "for any", "each", "every"))
    unit = phrase_at(text, lead[1], context.names) if lead is not None else None
    if lead is None or unit is None or unit[0].quantity is not None:
        return
    told_further = text.lower(unit[1]) in words.PRONOUNS or text.lower(unit[1]) in ("that", "which")
    if told_further or lemma_of(text.lower(unit[1]), "participle") is not None:
        return
    behind = unit[1] + (text.lower(unit[1]) == ",")
    if not lead[0].startswith("for") and behind == unit[1]:
        return
    amounts = [at for at in range(behind, len(text)) if text.kind(at) == "amount"]
    plain = all(text.kind(at) == "word" for at in range(lead[1], unit[1]))
    if len(amounts) != 1 or not plain or not is_money_amount(text, amounts[0]):
        return
    each = [word(text.nodes[0], "for"), word(text.nodes[0], "each"),
            *text.nodes[lead[1] : unit[1]]]  # fmt: skip
    text.nodes[:] = [*text.nodes[behind : amounts[0] + 1], *each, *text.nodes[amounts[0] + 1 :]]


def passed_on_of_each(context: Context) -> None:
    """Puts what goes to somebody of each thing that is sold before the thing."""
    text = context.text
    if text.match_any(0, _OF_EACH):
        _amount_first(context)
    for index in range(1, len(text) - 3):
        lead = text.match_any(index, _OF_EACH)
        if lead is None or text.kind(index - 1) != "amount":
            continue
        thing = phrase_at(text, lead[1], context.names)
        if thing is None or thing[0].quantity is not None:
            continue
        goes = text.skip(thing[1], _SOLD)
        if text.lower(text.skip(goes, words.MODALS)) not in _GOES:
            continue
        end = thing[1] - (text.lower(thing[1] - 1) in _SOLD)
        of = [word(text.nodes[index], "of"), *text.nodes[lead[1] - 1 : end]]
        text.nodes[index:goes] = of
        return


_OF_EACH = tuple(f"{of} {each}" for of in ("of", "from", "out of", "on", "off")
                 for each in ("each", "every", "any"))  # fmt: skip
_SOLD = frozenset({"sold", "bought", "purchased", "ordered", "made", "completed", "paid", "issued",
                   "minted", "received"})  # fmt: skip
_GOES = frozenset({"goes", "go", "is", "are", "be"})


def _amount_first(context: Context) -> None:
    text = context.text
    lead = text.match_any(0, _OF_EACH)
    thing = phrase_at(text, lead[1], context.names) if lead is not None else None
    if thing is None or thing[0].quantity is not None:
        return
    end = text.skip(thing[1], _SOLD)
    amount = end + (text.lower(end) == ",")
    if text.kind(amount) == "amount" and text.lower(amount + 1) in _GOES | words.MODALS:
        told = text.nodes[: thing[1]]
        text.nodes[: amount + 1] = [text.nodes[amount], *told]


def paid_each_time(context: Context) -> None:
    """Puts "whenever X pays N" in the place of "for every N that X pays"."""
    text = context.text
    for index in range(len(text) - 2):
        lead = text.match_any(index, _LEADS)
        if lead is None or (index and lead[0] == "for"):
            continue
        if index == 0:
            _as_amount(text, lead[1])
        if not is_money_amount(text, lead[1]):
            continue
        told = _payment(context, lead[1], begun=index)
        if told is not None:
            act, end = told
            text.nodes[index:end] = [word(text.nodes[index], "whenever"), *act]
            return


def _as_amount(text: Line, index: int) -> None:
    """ "for every dollar": for every 1 USD."""
    unit = asset_at(tokens(text.nodes[index].text), 0) if text.kind(index) == "word" else None
    if unit is not None:
        value = Quantity("1", unit[0])
        text.nodes[index] = replace(text.nodes[index], kind="amount", value=value)


def _payment(context: Context, at: int, begun: int) -> tuple[list[Node], int] | None:
    """Who pays, the verb and the amount at an index, and the index after what told it."""
    text, amount = context.text, context.text.nodes[at]
    after = text.skip(at + 1, ("that", "which"))
    participle = lemma_of(text.lower(after), "participle")
    if participle in _PAID:
        by = text.lower(after + 1) == "by"
        start, end = (after + 2, None) if by else (0, after + 1)
        who = phrase_at(text, start, context.names)
        if who is None or (not by and (begun == 0 or who[0].quantity is not None)):
            return None
        end = who[1] if end is None else end
        payer = text.nodes[start : who[1]]
        act = [*payer, word(text.nodes[after], "pays"), amount]
        return (act, end) if text.lower(end) in _ENDS else None
    who = phrase_at(text, after, context.names)
    if who is None or who[0].quantity is not None or text.lower(who[1] + 1) not in _ENDS:
        return None
    lemma = lemma_of(text.lower(who[1]), "third", "base", "past")
    if lemma is None or (begun and lemma not in _PAID):
        return None
    return [*text.nodes[after : who[1] + 1], amount], who[1] + 1
