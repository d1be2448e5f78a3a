"""Term sheets: a label with what it stands for, and acts by their nouns without a verb.

"Minimum contribution: 100 USDC", "Term: 12 months from 1 March 2027", "payment within 14 days of
invoice" are brought into whole clauses before they are read.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.language.durations import Duration

_LEAST = frozenset({"minimum", "min", "min.", "smallest", "lowest"})
_MOST = frozenset({"maximum", "max", "max.", "largest", "highest"})
_DOERS = {"contribution": ("contributor", "contribute"), "pledge": ("backer", "contribute"),
          "investment": ("investor", "contribute"), "ticket": ("investor", "contribute"),
          "purchase": ("buyer", "buy"), "order": ("buyer", "buy"),
          "deposit": ("depositor", "deposit"),
          "stake": ("staker", "deposit"), "withdrawal": ("user", "withdraw"),
          "donation": ("donor", "contribute")}  # fmt: skip
_TERMS = frozenset({"term", "duration", "lease", "subscription", "campaign", "sale", "auction",
                    "presale", "tenancy", "licence", "license", "voting", "vote"})  # fmt: skip
_LENGTHS = frozenset({"term", "duration", "period", "length"})
_PLAIN = frozenset({"initial", "contract", "agreement", "rental", "loan", "fixed", "the"})
_GOALS = frozenset({"goal", "target", "cap", "softcap", "hardcap"})
_ACTS = frozenset({"payment", "delivery", "shipment", "settlement", "handover"})
_WHEN = frozenset({"within", "by", "before", "on", "upon", "no", "not", "in", "after", "at", "due",
                   "once", "when", "until", "latest", "every", "each"})  # fmt: skip
_LATE = frozenset({"late", "overdue"})
_ENDS = frozenset({",", ";", ".", "-", "–", "—", "("})


def labelled(context: Context) -> None:
    """Rewrites the nodes of a sentence that has labels for verbs."""
    text = context.text
    _net(text)
    index = 0
    while index < len(text):
        if index == 0 or text.lower(index - 1) in (";", ".", ","):
            _bound_stated(text, index)
            _label(text, index)
            _act(text, index)
        index += 1


def _net(text: Line) -> None:
    """ "payment net 30", "net-30 days": within 30 days of the invoice."""
    for index in range(len(text) - 1, -1, -1):
        at = index + 1 + (text.lower(index + 1) == "-")
        joined = text.lower(index).startswith("net-") and text.lower(index)[4:].isdigit()
        number = text.lower(index)[4:] if joined else text.lower(at)
        lasting = text.kind(at) == "duration" and not joined
        bare = number.isdigit() and text.lower(at + 1) not in words.UNITS_OF_TIME
        if not (joined or text.lower(index) == "net") or not (bare or lasting):
            continue
        here = text.nodes[index]
        if lasting:
            text.nodes[index:at] = [word(here, "within")]
            continue
        days = replace(here, kind="duration", value=Duration(f"P{number}D"))
        text.nodes[index : index + 1 if joined else at + 1] = [word(here, "within"), days]


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _bound_stated(text: Line, start: int) -> None:
    """ "The maximum investment is 10,000 USDC": an investor may invest at most so much."""
    at = start + (text.lower(start) == "the")
    verb = text.match_any(at + 2, ("is", "shall be", "will be", "must be"))
    if not {text.lower(at)} & (_LEAST | _MOST) or verb is None or text.kind(verb[1]) != "amount":
        return
    head = words.singular(text.lower(at + 1))
    if head in _DOERS:
        least = text.lower(at) in _LEAST
        _bound(text, start, verb[1] - 1, head, least=least)
        other = next((step for step in range(start, len(text) - 4) if text.match_any(
            step, ("and the minimum is", "and the maximum is", "the minimum is", "the maximum is")
        )), None)  # fmt: skip
        if other is not None:
            noun = other + 2 + (text.lower(other) == "and")
            text.nodes.insert(noun, word(text.nodes[noun - 1], head))
            text.nodes[noun - 3 : noun - 2] = [mark(text.nodes[noun - 3], ";")]
            _bound_stated(text, noun - 2)


def _label(text: Line, start: int) -> None:
    stop = next((at for at in range(start + 1, start + 5) if text.lower(at) == ":"), None)
    if stop is None or any(text.kind(at) != "word" for at in range(start, stop)):
        return
    name = [text.lower(at) for at in range(start, stop)]
    head, here, kind = words.singular(name[-1]), text.nodes[start], text.kind(stop + 1)
    if {name[0]} & (_LEAST | _MOST) and kind == "amount":
        _bound(text, start, stop, head, least=name[0] in _LEAST)
    elif head in _ACTS and text.lower(stop + 1) in _WHEN:
        text.nodes[start : stop + 1] = [*text.nodes[start:stop], *_said(here, "shall be made")]
    elif kind == "amount" and name[-1] in ("due", "payable", "owed", "owing"):
        del text.nodes[start : stop + 1]
    elif name[0] in _ACTS and head == "term" and kind == "duration":
        text.nodes[start : stop + 1] = [text.nodes[start], *_said(here, "shall be made within")]
    elif kind == "duration" and {*name} <= _LENGTHS | _TERMS | _PLAIN and (
        _ends_behind(text, stop + 2)
    ):  # fmt: skip
        what = next((one for one in name if one in _TERMS - _LENGTHS), "agreement")
        text.nodes[start : stop + 1] = _said(here, f"the {what} shall terminate within")
    elif head in ("balance", "rest", "remainder") and text.lower(stop + 1) in _WHEN:
        del text.nodes[stop]
    elif head in ("advance", "prepayment") and kind == "amount":
        text.nodes[start : stop + 2] = [text.nodes[stop + 1], word(here, "upfront")]
    elif {*name} & _LATE and kind == "amount":
        text.nodes[start : stop + 1] = _said(here, "a late fee of")
        end = next((at for at in range(start, len(text)) if text.lower(at) in _ENDS), len(text))
        told = any(text.lower(at) in ("if", "when", "after") for at in range(start, end))
        late = name[name.index("late") + 1] if name[-1] != "late" and "late" in name else ""
        what = late if late in ("delivery", "return", "shipment", "completion") else "payment"
        if not told:
            text.nodes[end:end] = _said(text.nodes[end - 1], f"applies in case of late {what}")
    elif kind == "amount" and head in _GOALS and text.lower(stop + 2) in ("", ".", ";"):
        text.nodes[start : stop + 1] = [word(here, "the"), *text.nodes[start:stop],
                                        word(here, "is")]  # fmt: skip
    elif kind == "amount" and head in MONEY_NOUNS | {"rate", "rent"} and head not in _TOTALS:
        _due(text, start, stop)


_TOTALS = frozenset({"total", "value", "sum", "amount", "escrow", "loan", "collateral"})


def _ends_behind(text: Line, index: int) -> bool:
    return text.lower(index) in ("", ".", ",", ";", "from", "starting", "beginning")


def _due(text: Line, start: int, stop: int) -> None:
    """ "Rent: 900 USDC a month", "Royalty: 5% of each resale": the amount is payable."""
    end = stop + 2
    while end < len(text) and text.lower(end) not in _ENDS:
        end += 1
    unit = any(text.lower(at) in ("per", "/", "of", "on") for at in range(stop + 2, end))
    often = any(text.kind(at) == "recurrence" for at in range(stop + 2, end))
    if text.lower(start) in ("price", "unit", "token", "mint", "ticket", "purchase") and not unit:
        return
    if unit or often:
        del text.nodes[start : stop + 1]
        at = end - (stop + 1 - start)
        if text.lower(at) in ("", ".", ";") and text.lower(start + 1) == "of":
            text.nodes[at:at] = _said(text.nodes[at - 1], "is payable")


def _bound(text: Line, start: int, stop: int, head: str, *, least: bool) -> None:
    """ "Minimum contribution: 100 USDC": each contributor contributes at least 100 USDC."""
    here, known = text.nodes[start], _DOERS.get(head)
    limit = _said(here, "at least" if least else "at most")
    if known is not None:
        end = stop + 2
        if text.lower(end) in ("per", "/") and text.kind(end + 1) == "word":
            del text.nodes[end : end + 2]
        doer, verb = known
        force = "must" if least else "may"
        text.nodes[start : stop + 1] = [*_said(here, f"each {doer} {force} {verb}"), *limit]
    elif stop == start + 1:
        del text.nodes[stop]


def _act(text: Line, start: int) -> None:
    """ "Payment within 14 days of invoice", "delivery by 15 August": it shall be made then."""
    at = start + (text.lower(start) in ("full", "final"))
    due = text.lower(at + 1) in _WHEN or (text.lower(at + 1) == "within")
    if text.lower(at) not in _ACTS or not due:
        return
    if text.lower(at + 1) in ("by", "in", "at", "before") and text.kind(at + 2) not in (
        "date", "duration", "clock", "recurrence"
    ):  # fmt: skip
        return
    for step in range(at + 1, len(text)):
        if text.lower(step) in (",", ";", "."):
            break
        verb = {tag for _, tag in forms_of(text.lower(step))} & {"third", "past"}
        if text.lower(step) in words.MODALS | words.BE or (verb and text.kind(step) == "word"):
            return
    due = text.lower(at + 1) == "due"
    text.nodes[at + 1 : at + 1 + due] = _said(text.nodes[at], "shall be made")
