"""What lateness costs where the lateness is the subject, brought into a fee with its condition.

"Late payments bear 1 % a month" is "1 % a month applies if the payment is late", and "each day of
delay costs 20 USDC" is "20 USDC is payable for each day of delay".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity

_LEADS = frozenset({"a", "an", "any", "all", "each", "every"})
_LATE = frozenset({"late", "overdue", "delayed", "unpaid"})
_SUMS = frozenset({"amount", "sum", "invoice", "payment", "instalment", "installment"})
_NOT_PAID = ("not paid when due", "not paid on time", "not paid on the due date",
             "not paid in time", "not paid by the due date")  # fmt: skip
_COSTS = ("bear", "bears", "shall bear", "will bear", "must bear", "accrue", "accrues", "incur",
          "incurs", "attract", "attracts", "carry", "carries", "shall accrue", "shall incur",
          "shall attract", "will incur", "trigger", "triggers", "are charged", "is charged", "cost",
          "costs")  # fmt: skip


def cost_by_lateness(context: Context) -> None:
    """Puts what lateness costs before the lateness."""
    text = context.text
    if any(node.lower in _MISSED for node in text.nodes):
        _so_many_missed(text)
    start = 1 if text.lower(0) in _LEADS else 0
    if text.lower(start) in _LATE:
        _late_thing(context, start)
    elif text.match_any(start + 1, _NOT_PAID):
        _unpaid_sum(context, start)
    elif text.lower(paid := text.skip(start + 1, ("is", "are"))) == "paid":
        _paid_late(context, start, paid + 1)
    elif text.kind(0) == "recurrence" and text.lower(1) == "of":
        _each_day(context)


def _late_thing(context: Context, index: int) -> None:
    """ "Late payments bear interest", "a late delivery incurs a fee": it applies if it is late."""
    text = context.text
    noun = words.singular(text.lower(index + 1))
    if noun in MONEY_NOUNS | _SUMS | NOUNS.keys():
        late, thing = text.nodes[index], replace(text.nodes[index + 1], text=noun, lower=noun)
        _put_first(context, index + 2, [*_said(late, "if the"), thing, word(thing, "is"), late])


def _paid_late(context: Context, index: int, when: int) -> None:
    """ "Rent paid after the fifth of the month incurs a fee": where it is not paid by then."""
    text = context.text
    noun = words.singular(text.lower(index))
    cost = next((at for at in range(when, len(text)) if text.match_any(at, _COSTS)), None)
    if cost is None or noun not in MONEY_NOUNS | _SUMS:
        return
    here, late = text.nodes[index], text.nodes[when]
    if late.lower == "late":
        _put_first(context, cost, [*_said(here, f"if the {noun} is"), late])
    elif late.lower == "after":
        due = text.nodes[when + 1 : cost]
        _put_first(context, cost, [*_said(here, f"if the {noun} is not paid by"), *due])


_AFTER = ("after", "upon", "on", "following", "in case of", "in the event of", "with")
_MISSED = {"missed": "missed", "late": "late", "overdue": "late", "unpaid": "missed",
           "failed": "missed"}  # fmt: skip


def _so_many_missed(text: Line) -> None:
    """ "After two missed payments": if two payments are missed."""
    for index in range(len(text) - 4):
        led = text.match_any(index, _AFTER)
        if led is None or (index and text.lower(index - 1) not in (",", ";", "and", "but")):
            continue
        many = text.nodes[led[1]].value if led[1] < len(text) else None
        if not isinstance(many, Quantity) or many.asset is not None:
            continue
        running = text.skip(led[1] + 1, ("consecutive", "successive"))
        missed, noun = _MISSED.get(text.lower(running)), text.lower(running + 1)
        if missed is None or words.singular(noun) not in _SUMS:
            continue
        here, counted = text.nodes[index], text.nodes[led[1] : running]
        done = [word(text.nodes[running], "are"), word(text.nodes[running], missed)]
        said = [word(here, "if"), *counted, text.nodes[running + 1], *done]
        after = running + 2
        comma = text.kind(after) == "word"
        said += [mark(here, ",")] * comma
        text.nodes[index:after] = said
        return


def _unpaid_sum(context: Context, index: int) -> None:
    """ "Any amount not paid when due bears interest": it applies if the amount is not paid then."""
    text = context.text
    noun = words.singular(text.lower(index))
    missed = text.match_any(index + 1, _NOT_PAID)
    if missed is not None and noun in _SUMS:
        why = text.nodes[index + 1 : missed[1]]
        _put_first(context, missed[1], [*_said(why[0], f"if the {noun} is"), *why])


def _each_day(context: Context) -> None:
    """ "Each day of delay incurs a fee of 20 USDC": the fee is payable for each such day."""
    text = context.text
    verb = next((at for at in range(2, min(5, len(text))) if text.match_any(at, _COSTS)), None)
    if verb is not None:
        _put_first(context, verb, [word(text.nodes[0], "for"), *text.nodes[:verb]])


def _put_first(context: Context, index: int, why: list[Node]) -> None:
    """Puts what is due, from its verb up to a comma, first, with who owes it, and why behind it."""
    text = context.text
    verb = text.match_any(text.skip(index, ("will", "shall", "must")), _COSTS)
    if verb is None:
        return
    start, here = verb[1], text.nodes[verb[1] - 1]
    who = phrase_at(text, start, context.names)
    owing: list[Node] = []
    if who is not None and who[0].party is not None and who[0].quantity is None:
        owing = [word(text.nodes[start], "by"), *text.nodes[start : who[1]]]
        start = who[1]
    stop = next((at for at in range(start, len(text)) if text.lower(at) in (",", ";", ".")),
                len(text))  # fmt: skip
    due = text.nodes[start:stop]
    bare = text.kind(start) == "amount" or bool(owing) or why[0].lower == "for"
    text.nodes[:stop] = [*due, *_said(here, "is payable" if bare else "applies"), *owing, *why]


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]
