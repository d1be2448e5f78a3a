"""Times and prizes as people tell them, brought into the words that the rules expect.

"Must be back by 4 July" is "must be returned by 4 July", "after a free trial of 14 days" is "after
14 days", "the best design wins 500 USDC" is "the best design gets 500 USDC".
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexicon.forms import lemma_of, participle_of
from assay.authoring.english.lexicon.words import MODALS
from assay.authoring.english.lexing.durations import times_in
from assay.authoring.english.lexing.made import is_money_amount, mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity

_MODAL = frozenset({"must", "shall", "should", "will"})
_BOUNDED = ("at most", "no more than", "not more than", "a maximum of", "no longer than",
            "not longer than", "maximum", "max")  # fmt: skip
_PRIZES = frozenset({"prize", "pot", "reward", "bounty", "jackpot", "award"})
_IFS = frozenset({"if", "when", "whenever", "once", "unless", "until", "after", "before", "should"})
_OTHER_HALF = ("the other half", "the remaining half", "the second half", "the rest",
               "the other half of it", "the balance", "half")  # fmt: skip


def told_in_spans(context: Context) -> None:
    """Rewrites the nodes of a sentence about times, prizes and halves."""
    text = context.text
    _be_back(text)
    _for_at_most(text)
    _trial(text)
    _late_payments(text)
    _wins(text)
    _first_to(text)
    _halves(text)
    _priced_in_parts(text)
    _total_over(text)
    _pays_in(text)
    _passes_with(text)
    _so_late(text)
    _doing(text)
    _which(text)
    _votes_yes(text)
    _one_vote_each(text)
    _due_and_payable(text)
    _continued(text)
    _together(context)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _be_back(text: Line) -> None:
    """ "must be back by 6 pm", "has to be back in two weeks": must be returned."""
    for index in range(2, len(text) - 2):
        if text.lower(index) != "back" or text.lower(index - 1) != "be":
            continue
        led = text.lower(index - 2) in _MODAL or text.match(index - 3, "has to") or (
            text.match(index - 3, "have to")
        )  # fmt: skip
        if led:
            text.nodes[index] = word(text.nodes[index], "returned")
        return


def _for_at_most(text: Line) -> None:
    """ "for at most 7 days": for up to 7 days."""
    for index in range(2, len(text) - 1):
        most = text.match_any(index + 1, _BOUNDED) if text.lower(index) == "for" else None
        if most is not None and text.kind(most[1]) == "duration":
            text.nodes[index + 1 : most[1]] = _said(text.nodes[index], "up to")
            return


def _trial(text: Line) -> None:
    """ "after a free trial of 14 days", "after a 14-day free trial": after 14 days."""
    for index in range(len(text) - 3):
        if text.lower(index) != "after" or text.lower(index + 1) not in ("a", "the", "an"):
            continue
        behind = text.match_any(index + 2, ("free trial of", "trial of", "trial period of",
                                            "free trial period of", "free period of"))  # fmt: skip
        if behind is not None and text.kind(behind[1]) == "duration":
            del text.nodes[index + 1 : behind[1]]
            return
        lasting = text.kind(index + 2) == "duration"
        before = text.match_any(index + 3, ("free trial", "trial", "trial period",
                                            "free trial period"))  # fmt: skip
        if lasting and before is not None:
            text.nodes[index + 1 : before[1]] = [text.nodes[index + 2]]
            return


def _late_payments(text: Line) -> None:
    """ "Late payments are charged 2% per month": incur 2% per month."""
    for index in range(2, min(len(text) - 1, 5)):
        charged = text.match_any(index, ("are charged", "is charged", "will be charged"))
        late = {text.lower(index - 2), text.lower(index - 1)}
        if not late & {"late", "overdue"} or not late & {"payments", "payment"}:
            continue
        if charged is not None and text.kind(charged[1]) == "amount":
            text.nodes[index : charged[1]] = _said(text.nodes[index], "incur a fee of")
            return


def _wins(text: Line) -> None:
    """ "the best design wins 500 USDC": gets 500 USDC."""
    for index in range(2, len(text) - 1):
        if text.lower(index) not in ("wins", "win", "scoops"):
            continue
        start = max((at for at in range(index) if text.lower(at) in (",", ";")), default=-1) + 1
        after = text.skip(index + 1, ("the", "a"))
        prize = is_money_amount(text, index + 1) or text.lower(after) in _PRIZES
        if prize and not any(text.lower(at) in _IFS for at in range(start, index)):
            third = text.lower(index).endswith("s")
            text.nodes[index] = word(text.nodes[index], "gets" if third else "get")
            return


def _first_to(text: Line) -> None:
    """ "the first person to solve the puzzle gets 5 ETH": who has solved it."""
    for index in range(2, len(text) - 3):
        lemma = lemma_of(text.lower(index + 1), "base") if text.lower(index) == "to" else None
        if lemma is None or " " in lemma or text.kind(index - 1) != "word":
            continue
        if text.lower(index - 2) != "first" and text.lower(index - 1) not in ("first", "one"):
            continue
        who = "person who has" if text.lower(index - 1) == "first" else "who has"
        text.nodes[index : index + 2] = _said(text.nodes[index], f"{who} {participle_of(lemma)}")
        return


def _halves(text: Line) -> None:
    """ "half of the 3,000 USDC now and the other half later": 1,500 USDC, twice."""
    for index in range(len(text) - 3):
        value = text.nodes[index].value
        if not isinstance(value, Quantity) or value.asset != "%" or value.amount is None:
            continue
        whole = text.skip(index + 1, ("of", "the", "these", "his", "her", "their"))
        total = text.nodes[whole].value if whole < len(text) else None
        if whole == index + 1 or not is_money_amount(text, whole):
            continue
        if not isinstance(total, Quantity) or total.amount is None:
            continue
        part = Decimal(total.amount) * Decimal(value.amount) / 100
        first = replace(total, amount=decimal_text(part))
        left = replace(total, amount=decimal_text(Decimal(total.amount) - part))
        text.nodes[index : whole + 1] = [replace(text.nodes[whole], value=first)]
        for at in range(index + 1, len(text) - 1):
            rest = text.match_any(at, _OTHER_HALF)
            if rest is not None and (value.amount == "50" or "half" not in rest[0]):
                last = text.nodes[rest[1] - 1]
                said = f"{left.amount} {left.asset}"
                text.nodes[at : rest[1]] = [
                    replace(last, kind="amount", text=said, lower=said.lower(), value=left)
                ]
                return
        return


def _priced_in_parts(text: Line) -> None:
    """ "The price is 2,000 USDC: half now, half on delivery": 2,000 USDC is paid: half now."""
    for index in range(1, min(len(text) - 4, 5)):
        named = text.lower(index - 1) in ("price", "fee", "cost", "total", "budget")
        if not named or text.lower(index) not in ("is", "of") or not is_money_amount(
            text, index + 1
        ):  # fmt: skip
            continue
        if text.lower(index + 2) not in (":", ",", "-", "–", "—"):
            return
        share = text.nodes[index + 3].value
        parts = text.lower(index + 3) == "half" or (
            isinstance(share, Quantity) and share.asset == "%"
        )
        if parts:
            behind = text.nodes[index + 2]
            colon = mark(behind, ":")
            paid = _said(text.nodes[index + 1], "is paid")
            text.nodes[: index + 3] = [text.nodes[index + 1], *paid, colon]
        return


def _doing(text: Line) -> None:
    """ "when checking in": upon checking in."""
    for index in range(1, len(text) - 1):
        if text.lower(index) == "when" and lemma_of(text.lower(index + 1), "gerund"):
            text.nodes[index] = word(text.nodes[index], "upon")


def _which(text: Line) -> None:
    """ "after approving that report": the report."""
    for index in range(1, len(text) - 2):
        ends = text.kind(index + 2) in ("", "punct") and text.kind(index + 1) == "word"
        if text.lower(index) == "that" and ends and lemma_of(text.lower(index - 1), "gerund"):
            text.nodes[index] = word(text.nodes[index], "the")


def _votes_yes(text: Line) -> None:
    """ "if 100 members vote yes": if 100 members approve."""
    for index in range(2, len(text)):
        if text.lower(index) not in ("vote", "votes", "voted") or text.kind(index - 2) != "amount":
            continue
        value = text.nodes[index - 2].value
        counted = isinstance(value, Quantity) and value.asset is None
        yes = text.match_any(index + 1, ("yes", "for it", "in favour", "in favor"))
        if counted and yes is not None and text.kind(yes[1]) in ("", "punct"):
            text.nodes[index : yes[1]] = [word(text.nodes[index], "approve")]
            return


def _one_vote_each(text: Line) -> None:
    """ "is entitled to one vote": has one vote."""
    for index in range(1, len(text) - 2):
        led = text.match_any(index, _ENTITLED)
        votes = led is not None and text.kind(led[1]) == "amount" and text.lower(led[1] + 1) in (
            "vote", "votes"
        )  # fmt: skip
        if led is not None and votes:
            text.nodes[index : led[1]] = [word(text.nodes[index], "has")]
            return


_ENTITLED = ("is entitled to", "shall be entitled to", "are entitled to", "will be entitled to",
             "shall have", "gets", "will have")  # fmt: skip


def _due_and_payable(text: Line) -> None:
    """ "may declare the loan immediately due and payable": may demand it at once."""
    at = next((step for step in range(1, len(text)) if text.lower(step) in _DECLARES), None)
    if at is None:
        return
    for index in range(at + 2, len(text)):
        due = text.match_any(index, _DUE)
        if due is None:
            continue
        soon = "immediately" in due[0] or "forthwith" in due[0]
        plain = "demand" if text.lower(at) == "declare" else "demands"
        here = text.nodes[index]
        text.nodes[index : due[1]] = [word(here, "immediately")] if soon else []
        text.nodes[at] = word(text.nodes[at], plain)
        return


_DECLARES = frozenset({"declare", "declares"})
_DUE = tuple(
    f"{lead}{soon}{owed}"
    for lead in ("", "to be ")
    for soon in ("", "immediately ", "forthwith ")
    for owed in ("due and payable", "due and repayable", "due", "repayable", "payable")
)


def _continued(text: Line) -> None:
    """ "subject to the Employee's continued service": if the Employee remains in service."""
    for index in range(len(text) - 4):
        if not text.match(index, "subject to"):
            continue
        owner = next((at for at in range(index + 3, min(index + 6, len(text)))
                      if text.kind(at) == "possessive"), None)  # fmt: skip
        if owner is None or text.lower(owner + 1) not in ("continued", "continuing", "continuous"):
            return
        if owner + 2 >= len(text):
            return
        here, service = text.nodes[owner + 1 : owner + 3]
        who = text.nodes[index + 2 : owner]
        text.nodes[index : owner + 3] = [
            word(text.nodes[index], "if"), *who, word(here, "remains"), word(here, "in"), service,
        ]  # fmt: skip
        return


_JOINTLY = frozenset({"together", "jointly", "collectively"})


def _together(context: Context) -> None:
    """ "the treasurer and one director together can approve": neither of them alone."""
    text = context.text
    for index in range(2, len(text) - 1):
        liable = text.match(index + 1, "and severally") or text.match(index - 2, "severally and")
        if text.lower(index) not in _JOINTLY or text.lower(index + 1) == "with" or liable:
            continue
        beside = {text.lower(index - 1), text.lower(index + 1)} & MODALS
        joined = any(text.lower(at) == "and" for at in range(index))
        if (beside and joined) or text.lower(index) != "together":
            question = "Do they have to do it together, or may each of them alone?"
            context.doubts.append(Doubt("joint_act", question, text.span(0, index + 1)))
        return


def _total_over(text: Line) -> None:
    """ "2,400 tokens over two years, 100 each month": 2,400 tokens, monthly over two years."""
    for index in range(2, len(text) - 2):
        lasting, often = text.nodes[index].value, None
        if text.kind(index) != "duration" or text.lower(index - 1) != "over":
            continue
        part = text.skip(index + 1, (",", "-", "–", "—", "(", "i.e.", "so"))
        start = next((at for at in range(index - 2, -1, -1) if text.kind(at) == "amount"), None)
        if start is None or part == index + 1 or text.kind(part) != "amount":
            continue
        at = part + 1 + (text.kind(part + 1) == "word")
        often = text.nodes[at] if text.kind(at) == "recurrence" else None
        whole, each = text.nodes[start].value, text.nodes[part].value
        if often is None or not isinstance(whole, Quantity) or not isinstance(each, Quantity):
            continue
        times = times_in(getattr(lasting, "iso", ""), str(often.value))
        if times and whole.amount and each.amount and (
            Decimal(each.amount) * times == Decimal(whole.amount)
        ):  # fmt: skip
            end = at + 1 + (text.lower(at + 1) == ")")
            text.nodes[index - 1 : end] = [often, *text.nodes[index - 1 : index + 1]]
        return


def _pays_in(text: Line) -> None:
    """ "anyone who pays in 1 ETH": pays 1 ETH."""
    for index in range(1, len(text) - 2):
        paid = text.lower(index) in ("pays", "pay", "paid", "puts", "put")
        if paid and text.lower(index + 1) == "in" and is_money_amount(text, index + 2):
            del text.nodes[index + 1]
            return


def _passes_with(text: Line) -> None:
    """ "a change passes with 51% of the votes": if 51% of the votes are in favour."""
    for index in range(1, len(text) - 3):
        led = text.lower(index) in ("passes", "pass") and text.lower(index + 1) == "with"
        at = text.skip(index + 2, ("at", "least", "more", "than", "over"))
        value = text.nodes[at].value if at < len(text) else None
        votes = text.match_any(at + 1, ("of the votes", "of votes", "of the vote", "yes votes"))
        share = isinstance(value, Quantity) and value.asset == "%"
        if not led or not share or votes is None:
            continue
        start = max((step for step in range(index) if text.lower(step) in (",", ";")), default=-1)
        start = text.skip(start + 1, ("and", "but", "then"))
        if any(text.lower(step) in _IFS for step in range(start, index)):
            return
        here, last = text.nodes[start], text.nodes[votes[1] - 1]
        lead = [*_said(here, "the contract shall approve"), *text.nodes[start:index]]
        counted = [word(text.nodes[index + 1], "if"), *text.nodes[index + 2 : at + 1]]
        said = _said(last, "of the votes are in favour")
        text.nodes[start : votes[1]] = [*lead, *counted, *said]
        return


def _so_late(text: Line) -> None:
    """ "if the Carrier delivers the Goods more than 48 hours late": if it has not delivered them
    for more than 48 hours."""
    for index in range(4, len(text) - 2):
        more = text.match_any(index, ("more than", "over", "at least"))
        lasting = more is not None and text.kind(more[1]) == "duration"
        if more is None or not lasting or text.lower(more[1] + 1) != "late":
            continue
        start = max((at for at in range(index) if text.lower(at) in _IFS | {",", ";"}), default=-1)
        for at in range(index - 1, start + 1, -1):
            lemma = lemma_of(text.lower(at), "third", "base", "participle")
            if text.lower(start) not in _IFS or lemma not in _HANDED:
                continue
            passive = text.lower(at - 1) in ("is", "are", "was", "were")
            verb = f"been {text.lower(at)}" if passive else participle_of(lemma)
            length = [word(text.nodes[index], "for"), *text.nodes[index : more[1] + 1]]
            middle = text.nodes[at + 1 : index]
            done = [*_said(text.nodes[at], f"has not {verb}"), *middle, *length]
            text.nodes[at - passive : more[1] + 2] = done
            return


_HANDED = frozenset({"deliver", "pay", "return", "ship", "repay", "supply", "submit", "complete"})
