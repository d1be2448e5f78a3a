"""Turns of formal prose brought into plain order before a sentence is read.

"Not later than the fifth Business Day following" is "within 5 business days after", "in no event
shall the Agent release" is "the Agent shall not release", "interest on the Loan at the rate of 7 %"
is "7 % of the Loan".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.nodes import Line, Node
from assay.authoring.english.number_words import ordinal_at
from assay.authoring.english.phrases import phrase_at
from assay.authoring.english.restated import word
from assay.authoring.english.tokens import Token
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity


def formally_said(context: Context) -> None:
    """Rewrites the nodes of a sentence in formal prose."""
    _counted_day(context.text)
    _not_done(context)
    _never(context)
    _owed(context.text)
    _parted(context.text)
    _first_due(context.text)
    _otherwise_than(context.text)
    _unvested(context.text)
    _excepted(context.text)
    _both_adjectives(context.text)
    _interest(context)


_BY_DAY = ("not later than the", "no later than the", "by not later than the", "by no later than "
           "the", "on or before the", "by the", "before the", "on the", "not later than on the",
           "within the")  # fmt: skip
_SINCE = ("following the date of", "after the date of", "following", "after", "next following",
          "immediately following", "from the date of", "from", "next after")  # fmt: skip


def _counted_day(text: Line) -> None:
    """ "by the fifth Business Day following delivery": within five of them after it."""
    for index in range(len(text) - 4):
        lead = text.match_any(index, _BY_DAY)
        if lead is None:
            continue
        at = lead[1]
        here = text.nodes[at]
        kind = "ordinal" if here.kind == "ordinal" else "word"
        ordinal = ordinal_at([Token(kind, here.text, here.lower, 0, 0)], 0)
        day = text.skip(at + 1, ("business", "working", "banking", "calendar", "(", ")", "5th"))
        since = text.match_any(day + 1, _SINCE)
        counted = ordinal is not None and ordinal[0] > 1 and text.lower(day) == "day"
        if not counted or since is None or ordinal is None or text.kind(since[1]) == "recurrence":
            continue
        between = {text.lower(step) for step in range(at, day)}
        business = between & {"business", "working", "banking"}
        length = Duration(f"P{ordinal[0]}D", bool(business))
        counted_days = replace(here, kind="duration", value=length, end=text.nodes[day].end)
        after = [word(text.nodes[day + 1], "after"), word(text.nodes[day + 1], "the")]
        text.nodes[index : since[1]] = [
            word(text.nodes[index], "within"), counted_days, *after[: 1 + ("date" in since[0])],
        ]  # fmt: skip
        return


_NEVER = ("in no event", "under no circumstances", "in no circumstances", "at no time", "nor",
          "on no account", "in no case", "in no way", "and in no event", "neither")  # fmt: skip


def _never(context: Context) -> None:
    """ "in no event shall the Agent release", "nor shall it assign": it shall not."""
    text = context.text
    index = 0
    while index < len(text) - 3:
        lead = text.match_any(index, _NEVER)
        opens = index == 0 or text.lower(index - 1) in (",", ";", "and", "but", ":")
        modal = lead[1] if lead is not None else 0
        index += 1
        if lead is None or not opens or text.lower(modal) not in words.MODALS:
            continue
        who = phrase_at(text, modal + 1, context.names)
        if who is None:
            continue
        at = who[1]
        while at < len(text) and not (text.lower(at) == "be" or lemma_of(text.lower(at), "base")):
            if text.kind(at) == "punct" or at > who[1] + 12:
                break
            at += 1
        if text.lower(at) != "be" and lemma_of(text.lower(at), "base") is None:
            continue
        start = index - 1
        joint = [word(text.nodes[start], "and")] if lead[0] == "nor" and start else []
        here = text.nodes[modal]
        text.nodes[start:at] = [*joint, *text.nodes[modal + 1 : at], here, word(here, "not")]


def _parted(text: Line) -> None:
    """ "part with possession of the Premises": hand them over."""
    for index in range(len(text) - 3):
        found = text.match_any(index, ("part with possession of", "part with the possession of",
                                       "part with or share possession of", "share possession of",
                                       "part with or share the possession of"))  # fmt: skip
        if found is not None:
            text.nodes[index : found[1]] = [word(text.nodes[index], "transfer")]


_FIRST_DUE = tuple(
    f"{lead} {noun}{due} {behind} on"
    for lead, dues in (
        ("the first of which", ("shall fall", "falls", "is", "shall be", "will be", "to fall")),
        ("the first", ("being", "to be", "falling", "shall be", "shall fall", "will be", "is")),
        ("with the first", ("being", "to be", "falling", "")),
    )
    for noun in ("", "such instalment ", "instalment ", "payment ", "of them ", "such payment ")
    for due in dues
    for behind in ("due", "payable", "paid", "made", "due and payable")
)


def _first_due(text: Line) -> None:
    """ "in monthly instalments, the first of which shall fall due on": starting on."""
    for index in range(1, len(text) - 3):
        found = text.match_any(index, _FIRST_DUE)
        if found is None or text.kind(found[1]) != "date":
            continue
        start = index - (text.lower(index - 1) == ",")
        text.nodes[start : found[1]] = [word(text.nodes[index], one) for one in ("starting", "on")]
        return


_OTHERWISE_THAN = tuple(
    f"{lead} {behind}"
    for lead in ("otherwise than", "other than", "save", "except", "but only")
    for behind in ("in accordance with", "pursuant to", "on receipt of", "upon receipt of",
                   "against", "in compliance with")
)  # fmt: skip


def _otherwise_than(text: Line) -> None:
    """ "shall not release it otherwise than in accordance with joint instructions": except upon."""
    for index in range(1, len(text) - 2):
        found = text.match_any(index, _OTHERWISE_THAN)
        if found is None or found[0].startswith("but"):
            continue
        told = {text.lower(at) for at in range(found[1], min(found[1] + 6, len(text)))} & set(NOUNS)
        if told:
            text.nodes[index : found[1]] = [word(text.nodes[index], one)
                                            for one in ("except", "upon")]  # fmt: skip
            return


def _excepted(text: Line) -> None:
    """ "except as required by law or with consent": except both."""
    for index in range(len(text) - 4):
        if text.lower(index) not in ("except", "save") or text.lower(index + 1) in ("that", "for"):
            continue
        for at in range(index + 2, min(index + 14, len(text) - 1)):
            if text.lower(at) in (",", ";"):
                break
            opens = text.lower(at + 1) in ("with", "upon", "where", "if", "as", "when")
            if text.lower(at) == "or" and opens:
                here = text.nodes[at]
                text.nodes[at : at + 1] = [word(here, "and"), word(here, text.lower(index))]
                return


def _unvested(text: Line) -> None:
    """ "Options which have not yet vested": an adjective in other words."""
    for index in range(1, len(text) - 2):
        found = text.match_any(index, (
            "which have not yet vested", "that have not yet vested", "which have not vested",
            "that have not vested", "not yet vested", "which remain unvested",
            "that remain unvested", "which are unvested", "which are not yet vested",
            "which has not yet vested", "then unvested", "that are unvested",
        ))  # fmt: skip
        if found is not None and text.kind(index - 1) == "word":
            del text.nodes[index : found[1]]
            return


def _both_adjectives(text: Line) -> None:
    """ "complete and accurate books": what describes a thing is no thing."""
    for index in range(len(text) - 3):
        first, last = text.lower(index), text.lower(index + 2)
        described = words.is_adjective(first) and words.is_adjective(last)
        noun = text.kind(index + 3) == "word" and not words.is_adjective(text.lower(index + 3))
        plain = text.lower(index + 3) not in words.PREPOSITIONS | words.CONJUNCTIONS | words.BE
        led = text.lower(index - 1) not in words.BE | words.HAVE | {"not"}
        before = index == 0 or led
        if described and noun and plain and before and text.lower(index + 1) == "and" and not (
            lemma_of(first, "participle") or lemma_of(last, "participle")
        ):  # fmt: skip
            del text.nodes[index : index + 2]
            return


def _not_done(context: Context) -> None:
    """ "Any royalty not paid when due shall bear interest": if it is not paid, it shall."""
    text = context.text
    if text.lower(0) not in ("any", "all", "each", "every"):
        return
    who = phrase_at(text, 0, context.names)
    if who is None or text.lower(who[1]) != "not" or who[0].party is not None:
        return
    if lemma_of(text.lower(who[1] + 1), "participle") is None:
        return
    modal = next((at for at in range(who[1], len(text)) if text.lower(at) in words.MODALS), None)
    if modal is None or any(text.lower(at) in (",", ";") for at in range(modal)):
        return
    here, named = text.nodes[who[1]], text.nodes[: who[1]]
    comma = replace(here, kind="punct", text=",", lower=",")
    told = [word(here, "if"), *named, word(here, "is"), *text.nodes[who[1] : modal], comma]
    text.nodes[:modal] = [*told, word(here, "the"), *named[1:]]


_OWING = ("payable", "due", "owing", "due and payable", "falling due", "outstanding", "owed",
          "arising", "due or owing", "accrued")  # fmt: skip
_HEREBY = ("hereunder", "thereunder", "under this agreement", "under the agreement", "hereof",
           "under this contract", "pursuant to this agreement", "under the loan",
           "under this lease", "under this deed", "under this policy", "from it", "from time to "
           "time", "in accordance with this agreement")  # fmt: skip


def _owed(text: Line) -> None:
    """ "any sum payable hereunder is not paid": any sum."""
    for index in range(len(text) - 2, 0, -1):
        owing = text.match_any(index, _OWING)
        if owing is None or text.kind(index - 1) != "word" or text.lower(index - 1) in words.BE:
            continue
        ends = text.match_any(owing[1], _HEREBY)
        after = ends[1] if ends is not None else owing[1] + 1
        if ends is None and text.kind(owing[1]) != "reference":
            continue
        finite = words.BE | words.HAVE | words.MODALS | words.DO
        if text.lower(after) in finite and text.lower(index - 1) not in finite | {"not", "become"}:
            del text.nodes[index:after]


_RATES = ("at", "at the rate of", "at a rate of", "at a fixed rate of", "at the fixed rate of",
          "at an annual rate of", "at the annual rate of", "at the default rate of",
          "at a simple rate of", "calculated at", "calculated at the rate of", "accruing at",
          "at a rate equal to", "at the monthly rate of", "at a monthly rate of", "accruing at the "
          "rate of", "at the simple rate of", "computed at the rate of", "calculated at a rate of",
          "at the contractual rate of")  # fmt: skip
_ACCRUES = ("shall accrue", "accrues", "will accrue", "shall be payable", "is payable", "runs",
            "shall be charged", "is charged", "shall be paid", "shall run", "is due",
            "will be charged", "shall be due")  # fmt: skip
_KINDS = frozenset({"default", "late", "overdue", "simple", "annual", "contractual", "additional"})


def _interest(context: Context) -> None:
    """ "interest on the Loan at the rate of 7 %", "interest shall accrue thereon at 7 %": so much
    of the Loan."""
    text = context.text
    index = next((at for at in range(len(text)) if text.lower(at) == "interest"), None)
    if index is None:
        return
    start = index
    while start and text.lower(start - 1) in _KINDS | words.DETERMINERS:
        start -= 1
    end = next((at for at in range(index + 1, min(len(text), index + 16)) if _rate(text, at)), None)
    if end is None:
        return
    ahead = Line(text.nodes[:end])
    at, whole, said = index + 1, _bearing(context, index), []
    if whole:
        start, said = _bearer(context, index), _paid(text.nodes[index])
    while at < end:
        accrues = text.match_any(at, _ACCRUES)
        on = phrase_at(ahead, at + 1, context.names) if text.lower(at) in ("on", "upon") else None
        if accrues is not None and not said:
            said, at = _paid(text.nodes[at]), accrues[1]
        elif on is not None and on[0].quantity is None and not whole:
            whole, at = text.nodes[at + 1 : on[1]], on[1]
        elif text.lower(at) == "thereon" and not whole:
            whole, at = _thing_before(text, start), at + 1
        elif text.lower(at) == "accruing":
            at += 1
        else:
            return
    rate = _rate(text, end)
    if whole:
        share = [word(text.nodes[index], "of"), *whole]
        text.nodes[start : rate + 1] = [text.nodes[rate], *share, *said]


def _paid(here: Node) -> list[Node]:
    return [word(here, one) for one in ("shall", "be", "paid")]


def _rate(text: Line, index: int) -> int:
    """The index of the percentage behind "at the rate of"; 0 where there is none."""
    found = text.match_any(index, _RATES)
    value = text.nodes[found[1]].value if found and text.kind(found[1]) == "amount" else None
    known = isinstance(value, Quantity) and value.asset == "%"
    return found[1] if found is not None and known else 0


_BEARS = (("shall", "bear"), ("will", "bear"), ("shall", "carry"), ("will", "carry"))


def _bearer(context: Context, index: int) -> int:
    """Where the words for what bears interest begin, "the Loan shall bear interest"; -1: none."""
    text = context.text
    end = index - 2 if (text.lower(index - 2), text.lower(index - 1)) in _BEARS else index - 1
    if end == index - 1 and text.lower(end) not in ("bears", "carries", "bear", "carry"):
        return -1
    for start in range(max(0, end - 8), end):
        opens = start == 0 or text.lower(start - 1) in (",", ";", "and", ":")
        found = phrase_at(text, start, context.names) if opens else None
        if found is not None and found[1] == end and found[0].party is None:
            return start
    return -1


def _bearing(context: Context, index: int) -> list[Node]:
    start, text = _bearer(context, index), context.text
    if start < 0:
        return []
    end = index - 2 if (text.lower(index - 2), text.lower(index - 1)) in _BEARS else index - 1
    return text.nodes[start:end]


def _thing_before(text: Line, index: int) -> list[Node]:
    """The noun that "thereon" points to: "the Loan, together with interest thereon"."""
    joint = index
    while joint and text.lower(joint - 1) in ("together", "plus", "with", "and", ","):
        joint -= 1
    modal = next((at for at in range(joint) if text.lower(at) in words.MODALS), 0)
    first = next((at for at in range(modal, joint) if text.lower(at) in words.DETERMINERS), None)
    if first is None:
        return []
    end = first + 1
    while end < joint and text.kind(end) == "word" and text.lower(end) not in words.PREPOSITIONS:
        end += 1
    return text.nodes[first:end] if end > first + 1 else []
