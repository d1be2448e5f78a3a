"""Turns of contract-grade prose brought into plain clauses.

"Such amount to be paid within ten days" belongs to the payment before it, "freight shall be for the
account of the Seller" is "shall be borne by the Seller", "fails to conform" is "does not conform".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said


def said_in_prose(context: Context) -> None:
    """Rewrites the nodes of a sentence as lawyers draft it."""
    text = context.text
    _same_period(text)
    _as_at(context)
    _close_of_each(text)
    _such_amount(text)
    _not_conforming(text)
    _being_dated(text)
    _not_so_paid(text)
    _at_rate(context)
    _for_account(context)
    _accounts_for(context)
    _served_on(context)
    _granted_under(context)


_SAME = ("within the same period", "within the same time", "during the same period",
         "in the same period", "within such period", "within the said period",
         "within the like period", "within a like period")  # fmt: skip


def _same_period(text: Line) -> None:
    """ "within the same period": within that period."""
    for at in range(len(text)):
        found = text.match_any(at, _SAME)
        if found is not None:
            text.nodes[at : found[1]] = said(text.nodes[at], "within that period")


_BEING = frozenset("entered registered listed recorded held holding standing shown appearing "
                   "named outstanding".split())  # fmt: skip


def _as_at(context: Context) -> None:
    """ "holders registered as at 1 June": when they have to be, which is no time of the duty."""
    text = context.text
    for at in range(2, len(text) - 2):
        led = text.match(at, "as at") or text.match(at, "as of")
        dated = led is not None and text.kind(led) in ("date", "clock", "word")
        near = {text.lower(step) for step in range(max(0, at - 5), at)}
        if led is not None and dated and near & _BEING:
            question = "What has to be so at this time, and who says so?"
            span = text.span(at, led + 1)
            context.doubts.append(Doubt("condition_part", question, span))
            return


def _close_of_each(text: Line) -> None:
    """ "the close of each calendar quarter": the end of it."""
    for at in range(len(text) - 2):
        each = text.match(at, "close of") is not None and text.kind(at + 2) == "recurrence"
        if each:
            text.nodes[at] = word(text.nodes[at], "end")


_SUMS = frozenset("amount sum payment fee price instalment installment charge delivery transfer "
                  "repayment payments amounts".split())  # fmt: skip
_DONE = frozenset("paid made remitted payable settled transferred due effected credited".split())
_GIVEN = frozenset({"pay", "pays", "contribute", "contributes", "remit", "remits"})
_TIMELY = frozenset("within no not on before upon at immediately promptly forthwith by".split())


def _such_amount(text: Line) -> None:
    """ ", such amount to be remitted within ten days": what was said is due within ten days."""
    for at in range(len(text) - 5, 0, -1):
        named = text.lower(at + 1) in ("such", "which", "said") and text.lower(at + 2) in _SUMS
        bare = text.match(at + 1, "to be") is not None and (
            {node.lower for node in text.nodes[:at]} & _GIVEN
        )  # fmt: skip
        if text.lower(at) != "," or not (named or bare):
            continue
        be = text.match_any(at + (3 if named else 1), ("to be", "shall be", "being", "is to be"))
        if be is None or text.lower(be[1]) not in _DONE:
            continue
        end = be[1] + 1
        due = text.lower(end) in _TIMELY or text.kind(end) == "recurrence"
        by_whom = text.lower(end) == "by" and text.kind(end + 1) != "date"
        if due and not by_whom:
            del text.nodes[at:end]


_FAILING = {"fail": "do not", "fails": "does not", "failed": "did not"}
_CONFORMING = frozenset({"conform", "correspond", "match", "function", "work"})
_MEETING = frozenset({"meet", "satisfy", "comply"})
_STANDARDS = frozenset("specification specifications requirement requirements criteria standard "
                       "standards sample description".split())  # fmt: skip


def _not_conforming(text: Line) -> None:
    """ "goods which fail to conform": which do not conform; nobody breaks a duty by it."""
    for at in range(len(text) - 2, 0, -1):
        if text.lower(at) not in _FAILING or text.lower(at + 1) != "to":
            continue
        near = {text.lower(step) for step in range(at + 3, at + 8)}
        meets = text.lower(at + 2) in _MEETING and near & _STANDARDS
        if text.lower(at + 2) in _CONFORMING or meets:
            text.nodes[at : at + 2] = said(text.nodes[at], _FAILING[text.lower(at)])


_DAYS = frozenset({"date", "day", "deadline", "time"})
_NAMELY = ("being", "namely", "that is", "i.e.", "which is")


def _being_dated(text: Line) -> None:
    """ "on or before the Closing Date, being 30 June 2027": on or before 30 June 2027."""
    for at in range(len(text) - 3, 1, -1):
        comma = text.lower(at) == ","
        found = text.match_any(at + 1, _NAMELY) if comma else None
        if found is None or text.lower(at - 1) not in _DAYS or text.kind(found[1]) != "date":
            continue
        start = at - 1
        while start > 0 and text.kind(start) == "word" and text.lower(start) != "the":
            start -= 1
        if text.lower(start) == "the" and at - start <= 5:
            del text.nodes[start : found[1]]


_PAID = frozenset({"paid", "settled", "remitted", "repaid", "delivered", "returned", "used"})


def _not_so_paid(text: Line) -> None:
    """ "any sum not so paid": any sum not paid."""
    for at in range(len(text) - 2, 0, -1):
        if text.lower(at) == "so" and text.lower(at - 1) == "not" and text.lower(at + 1) in _PAID:
            paid = word(text.nodes[at + 1], "paid") if text.lower(at + 1) in _SETTLED else None
            text.nodes[at : at + 2] = [paid or text.nodes[at + 1]]


_SETTLED = frozenset({"settled", "remitted"})
_AT_RATE = ("shall accrue at the rate of", "accrue at the rate of", "accrues at the rate of",
            "shall accrue at a rate of", "accrue at a rate of", "shall be payable at the rate of",
            "are payable at the rate of", "is payable at the rate of",
            "shall accrue at")  # fmt: skip
_DUES = frozenset({"damages", "penalty", "fee", "charge", "surcharge", "compensation",
                   "penalties"})  # fmt: skip


def _at_rate(context: Context) -> None:
    """ "damages shall accrue at the rate of 5 USDC a day": 5 USDC shall be payable a day."""
    text = context.text
    for at in range(1, len(text) - 2):
        found = text.match_any(at, _AT_RATE) if text.lower(at - 1) in _DUES else None
        rate = phrase_at(text, found[1], context.names) if found is not None else None
        if found is None or rate is None or rate[0].quantity is None:
            continue
        start = at - 1
        while start > 0 and text.kind(start - 1) == "word" and text.lower(start - 1) not in (
            words.CONJUNCTIONS | words.PREPOSITIONS | {"then"}
        ):  # fmt: skip
            start -= 1
        amount = text.nodes[found[1] : rate[1]]
        text.nodes[start : rate[1]] = [*amount, *said(text.nodes[at], "shall be payable")]
        return


_BE = ("shall be", "will be", "is", "are", "must be")


def _for_account(context: Context) -> None:
    """ "shall be for the account of the Seller", "is for the Buyer's account": borne by it."""
    text = context.text
    for at in range(1, len(text) - 3):
        be = text.match_any(at, _BE)
        if be is None or text.lower(be[1]) != "for":
            continue
        of = text.match(be[1], "for the account of")
        who = phrase_at(text, of or be[1] + 1, context.names)
        if who is None:
            continue
        owned = text.kind(who[1] - 2) == "possessive" or text.kind(who[1]) == "possessive"
        if of is not None and who[0].party is not None:
            text.nodes[be[1] : of] = said(text.nodes[at], "borne by")
            return
        ends = who[1] + 1 if text.lower(who[1]) == "account" else who[1]
        if owned and text.lower(ends - 1) == "account":
            name = next(step for step in range(ends - 1, be[1], -1)
                        if text.kind(step) == "possessive")  # fmt: skip
            del text.nodes[name:ends]
            text.nodes[be[1] : be[1] + 1] = said(text.nodes[at], "borne by")
            return


def _accounts_for(context: Context) -> None:
    """ "shall account to the Licensor for a royalty of 6%": shall pay it that royalty."""
    text = context.text
    for at in range(1, len(text) - 4):
        if text.lower(at) not in ("account", "accounts") or text.lower(at + 1) != "to":
            continue
        whom = phrase_at(text, at + 2, context.names)
        if whom is None or whom[0].party is None or text.lower(whom[1]) != "for":
            continue
        due = phrase_at(text, whom[1] + 1, context.names)
        if due is not None and due[0].quantity is not None:
            del text.nodes[whom[1]]
            pays = "pay" if text.lower(at) == "account" else "pays"
            text.nodes[at] = word(text.nodes[at], pays)
            return


_SERVING = frozenset({"serve", "serves", "served", "serving"})


def _served_on(context: Context) -> None:
    """ "notice has been served on the Agent": to the Agent."""
    text = context.text
    for at in range(len(text) - 1, 0, -1):
        if text.lower(at) not in ("on", "upon"):
            continue
        near = {text.lower(step) for step in range(max(0, at - 9), at)}
        noticed = near & _SERVING and near & {"notice", "demand", "notices"}
        whom = phrase_at(text, at + 1, context.names) if noticed else None
        if whom is not None and whom[0].party is not None:
            text.nodes[at] = word(text.nodes[at], "to")


_LICENCES = frozenset({"licence", "license", "right", "option"})


def _granted_under(context: Context) -> None:
    """ "grants to the Licensee, for three years, a licence to use it": for three years behind it;
    what is granted in consideration of an amount is granted in exchange for it."""
    text = context.text
    grant = next((at for at in range(len(text)) if text.lower(at) in ("grant", "grants")), None)
    if grant is None or not any(node.lower in _LICENCES for node in text.nodes[grant:]):
        return
    for at in range(grant, len(text) - 4):
        lead = text.match(at, "in consideration of")
        price = phrase_at(text, lead, context.names) if lead is not None else None
        if lead is not None and price is not None and price[0].quantity is not None:
            text.nodes[at:lead] = said(text.nodes[at], "in exchange for")
            before = at - (text.lower(at - 1) == "and")
            del text.nodes[before:at]
            break
    whom = phrase_at(text, text.skip(grant + 1, ("to",)), context.names)
    if whom is None or whom[0].party is None or text.lower(whom[1]) != ",":
        return
    stops = range(whom[1] + 1, len(text))
    close = next((at for at in stops if text.lower(at) == ","), None)
    thing = close + 1 if close is not None else len(text)
    if close is None or text.lower(thing) not in ("a", "an", "the"):
        return
    end = next((at for at in range(thing, len(text)) if text.lower(at) in (";", ".")), len(text))
    moved = text.nodes[whom[1] + 1 : close]
    text.nodes[whom[1] : end] = [*text.nodes[thing:end], *moved]
