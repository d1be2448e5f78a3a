"""What stands in parentheses or beside an amount, taken out, spelled out or asked about.

"the balance (45,000 USDC)" is the balance of 45,000 USDC; "(whether or not in default)" changes
nothing; how much "less any sums owed" takes off is asked.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import LEFT_OVER, MONEY_NOUNS
from assay.authoring.english.lexing.made import is_money_amount, mark, word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at

_LESS = ("less", "net of", "minus", "after deduction of", "after deducting", "subject to deduction "
         "of", "subject to a deduction of", "subject to an excess of", "subject to a deductible of",
         "reduced by", "plus", "together with", "subject to the deduction of", "exclusive of",
         "inclusive of", "including", "excluding", "net of any", "together with any",
         "subject to any deduction for", "subject to deductions for")  # fmt: skip
_NAMING = ("being", "i.e.", "that is", "that is ,", "namely", "i.e. ,", "in the amount of", "of",
           "currently", "a total of", "amounting to")  # fmt: skip
_CONCEDING = ("whether", "if any", "in whole or in part", "and not otherwise", "as applicable",
              "as the case may be", "inclusive", "both dates inclusive", "both days inclusive",
              "plus vat", "excluding vat", "exclusive of vat", "plus any applicable vat",
              "including vat", "inclusive of vat", "but not the obligation",
              "but shall not be obliged to", "and shall", "time being of the essence",
              "acting reasonably", "at its own cost", "at its own expense", "without limitation",
              "save as aforesaid", "for the avoidance of doubt")  # fmt: skip


def parenthesised(context: Context) -> None:
    """Rewrites the nodes of a sentence with parentheses or deductions."""
    text = context.text
    index = 0
    while index < len(text):
        end = _closing(text, index) if text.lower(index) == "(" else None
        if end is None or not _parenthesis(context, index, end):
            index += 1
    _less(context)
    _weightless(text)
    _appositive(text)
    _capped(text)
    _beside(context)
    _together(text)


_FREELY = ("directly or indirectly", "either directly or indirectly", "whether directly or "
           "indirectly", "either alone or jointly with others", "alone or jointly with others",
           "either alone or jointly with any other person", "whether alone or jointly with others",
           "in whole or in part", "time being of the essence", "in any manner whatsoever",
           "at its own risk", "as principal and not merely as surety", "as primary obligor",
           "in each case", "acting reasonably", "without delay or set-off", "or its agents",
           "and its agents", "and its successors and assigns", "or its successors and assigns",
           "and its authorised representatives", "or its authorised representative",
           "and its employees", "and its professional advisers", "and its successors",
           "and his agents", "or its duly authorised agent", "and its representatives")  # fmt: skip
_PARTS = ("any part of", "all or any part of", "any or all of", "any portion of",
          "the whole or any part of", "all or part of", "the whole or part of")  # fmt: skip
_CAPPING = frozenset("maximum aggregate total overall limit cap ceiling amount sum liability "
                     "combined annual".split())  # fmt: skip


def _capped(text: Line) -> None:
    """ "up to a maximum aggregate amount of 900 USDC": up to 900 USDC."""
    for index in range(1, len(text) - 3):
        led = text.match_any(index, ("up to", "subject to", "limited to", "not exceeding"))
        if led is None or text.lower(led[1]) not in ("a", "an", "the"):
            continue
        at = text.skip(led[1] + 1, _CAPPING)
        known = [text.lower(step) for step in range(led[1] + 1, at)] == ["maximum"]
        ends = text.lower(at + 2) in ("", ".", ";", "for", "in", "per", "and")
        if ends and not known and text.lower(at) == "of" and is_money_amount(text, at + 1) and (
            at > led[1] + 1
        ):  # fmt: skip
            comma = text.nodes[index - 1].lower == ","
            here = text.nodes[index]
            text.nodes[index : at + 1] = [word(here, "up"), word(here, "to")]
            if not comma:
                sign = mark(here, ",")
                text.nodes.insert(index, sign)
            return


def _beside(context: Context) -> None:
    """ ", in addition to the salary,": it is due as well, and says nothing of this."""
    text = context.text
    for index in range(1, len(text) - 3):
        led = text.match_any(index, ("in addition to", "over and above", "on top of"))
        found = phrase_at(text, led[1], context.names) if led is not None else None
        if found is None or found[0].quantity is not None or found[0].party is not None:
            continue
        if text.lower(index - 1) == "," and text.lower(found[1]) == ",":
            del text.nodes[index - 1 : found[1] + 1]
            return


def _together(text: Line) -> None:
    """ "the Deposit together with a sum equal to 5 % of the price": and such a sum."""
    for index in range(1, len(text) - 4):
        led = text.match_any(index, ("together with", "as well as", "along with"))
        if led is None or text.lower(led[1]) not in ("a", "an", "the", "further"):
            continue
        counted = next((at for at in range(led[1], min(led[1] + 7, len(text)))
                        if text.kind(at) == "amount"), None)  # fmt: skip
        between = {text.lower(at) for at in range(led[1], counted or led[1])}
        if counted is not None and not between & {"interest", ",", ";", "and"}:
            text.nodes[index : led[1]] = [word(text.nodes[index], "and")]
            return


_ESSENCE = ("time shall be of the essence", "time is of the essence", "time will be of the essence",
            "time being of the essence")  # fmt: skip


def _weightless(text: Line) -> None:
    """ ", directly or indirectly,": it changes nothing."""
    for index in range(len(text) - 2, 0, -1):
        found = text.match_any(index, _FREELY)
        if found is None:
            continue
        before = text.lower(index - 1) == ","
        closed = text.lower(found[1]) == "," and before
        del text.nodes[index - closed : found[1] + closed]
    for index in range(1, len(text)):
        part = text.match_any(index, _PARTS)
        if part is not None and text.lower(part[1]) in words.DETERMINERS:
            del text.nodes[index : part[1]]
    timely = text.match_any(0, _ESSENCE)
    joint = next((at for at in range(len(text)) if text.lower(at) == "and"), None)
    if timely is not None and joint is not None and text.lower(joint - 1) in (",", "payment"):
        del text.nodes[: joint + 1]


_BEING = ("being", "amounting to", "i.e.", "namely", "that is", "that is to say", "totalling",
          "being the sum of", "being the amount of", "in the sum of", "in the amount of",
          "being an amount of", "being a sum of", "being a total of", "which is",
          "which amounts to")  # fmt: skip


def _appositive(text: Line) -> None:
    """ "The balance, being 900 USDC, shall be paid": the balance of 900 USDC."""
    for index in range(1, len(text) - 3):
        found = text.match_any(index + 1, _BEING) if text.lower(index) == "," else None
        found = found or _in_commas(text, index)
        if found is None or not is_money_amount(text, found[1]) or text.kind(index - 1) != "word":
            continue
        of = next((at for at in range(index - 1, max(-1, index - 5), -1)
                   if text.lower(at) == "of"), None)  # fmt: skip
        part = text.lower(of - 1) if of is not None else ""
        start = of if of is not None and (part in LEFT_OVER or part in _PARTED) else index
        if of is not None and part in _PARTED:
            text.nodes[of - 1] = word(text.nodes[of - 1], "instalment")
        end = found[1] + 1 + (text.lower(found[1] + 1) == ",")
        here = text.nodes[start]
        text.nodes[start:end] = [word(here, "of"), text.nodes[found[1]]]
        return


_PARTED = frozenset({"half", "third", "quarter", "part", "portion"})


def _in_commas(text: Line, index: int) -> tuple[str, int] | None:
    """ "pays the balance, 900 USDC, on delivery": how much the balance is."""
    amount = text.lower(index) == "," and is_money_amount(text, index + 1)
    named = text.lower(index - 1) in LEFT_OVER | MONEY_NOUNS
    before = {text.lower(at) for at in range(max(0, index - 6), index)} & _THE
    ends = text.lower(index + 2) in (",", ".", "")
    return ("", index + 1) if amount and named and before and ends else None


_THE = frozenset({"the", "its", "his", "her", "their", "my", "your", "our"})


def _closing(text: Line, index: int) -> int | None:
    """Where a parenthesis ends that holds words of the sentence."""
    found = (at for at in range(index + 1, min(index + 30, len(text))) if text.lower(at) in "()")
    end = next(found, None)
    return end if end is not None and text.lower(end) == ")" and end > index + 1 else None


def _parenthesis(context: Context, index: int, end: int) -> bool:
    text = context.text
    named = text.match_any(index + 1, _NAMING)
    at = named[1] if named is not None else index + 1
    if is_money_amount(text, at) and at + 1 == end and text.kind(index - 1) == "word":
        text.nodes[index : end + 1] = [word(text.nodes[index], "of"), text.nodes[at]]
        return True
    conceded = text.match_any(index + 1, _CONCEDING)
    amount = any(text.kind(step) == "amount" for step in range(index + 1, end))
    if conceded is not None and not amount:
        del text.nodes[index : end + 1]
        return True
    led = text.match_any(index + 1, _LESS)
    if led is not None and led[0] == "including" and not amount:
        del text.nodes[index : end + 1]
        return True
    other = text.lower(index + 1) == "or" and not amount
    if led is None and not other:
        return False
    span = text.span(index + 1, end)
    doubt = Doubt("alternative", "Which of these, and who chooses?", span) if other else (
        Doubt("deduction", "How much does this change the amount, and who says so?", span, "amount")
    )  # fmt: skip
    context.doubts.append(doubt)
    del text.nodes[index : end + 1]
    return True


def _less(context: Context) -> None:
    """ ", less any sums owed,": how much that is, is asked."""
    text = context.text
    for index in range(2, len(text) - 1):
        led = text.match_any(index, ("less", "net of", "after deduction of", "minus"))
        counted = text.kind(index + 1) in ("amount", "duration")
        if led is None or counted or text.lower(index + 1) == "than":
            continue
        found = phrase_at(text, led[1], context.names)
        if found is None or text.lower(index - 1) in words.BE | words.DETERMINERS:
            continue
        end = found[1]
        if lemma_of(text.lower(end), "participle") is not None:
            end += 1
            by = phrase_at(text, end + 1, context.names) if text.lower(end) in ("by", "for") else (
                None
            )  # fmt: skip
            end = by[1] if by is not None else end
        start = index - (text.lower(index - 1) == ",")
        end += text.lower(end) == "," and start < index
        question = "How much does this change the amount, and who says so?"
        context.doubts.append(Doubt("deduction", question, text.span(index, end), "amount"))
        del text.nodes[start:end]
        return
