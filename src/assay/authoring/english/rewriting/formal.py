"""Turns of formal prose brought into plain order before a sentence is read.

"Not later than the fifth Business Day following" is "within 5 business days after", "in no event
shall the Agent release" is "the Agent shall not release".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.lexing.number_words import ordinal_at
from assay.authoring.english.lexing.tokens import Token
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.interest import interest_said
from assay.authoring.language.durations import Duration


def formally_said(context: Context) -> None:
    """Rewrites the nodes of a sentence in formal prose."""
    _counted_day(context.text)
    _not_done(context)
    _never(context)
    _only_then(context)
    _deemed_done(context)
    _owed(context.text)
    _parted(context.text)
    _first_due(context.text)
    _otherwise_than(context.text)
    _unvested(context.text)
    _excepted(context.text)
    _delayed_beyond(context.text)
    _whichever(context.text)
    _at_which(context.text)
    _delivered_where(context.text)
    _both_adjectives(context.text)
    interest_said(context)


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


def _only_then(context: Context) -> None:
    """ "only if all agree may the treasurer sell": only if all agree, the treasurer may."""
    text = context.text
    if text.lower(0) != "only" or not (
        text.match_any(1, markers.FINITE) or text.match_any(1, markers.NOMINAL)
    ):  # fmt: skip
        return
    for index in range(3, len(text) - 2):
        who = text.lower(index) in words.MODALS and phrase_at(text, index + 1, context.names)
        if not who or text.lower(index - 1) == ",":
            continue
        acts = lemma_of(text.lower(who[1]), "base") is not None
        if not (acts or text.lower(who[1]) == "be"):
            continue
        at = text.nodes[index].start
        comma = Node("punct", ",", ",", at, at)
        modal = text.nodes[index]
        text.nodes[index : who[1]] = [comma, *text.nodes[index + 1 : who[1]], modal]
        return


def _deemed_done(context: Context) -> None:
    """ "acceptance of the goods shall be deemed to have occurred": they are deemed accepted."""
    text = context.text
    for index in range(3, len(text) - 3):
        told = text.match_any(index, _DEEMED)
        if told is None:
            continue
        modal = index - 1
        start = modal
        while start > 0 and text.lower(start - 1) not in (",", ";", ".", ":"):
            start -= 1
        at = text.skip(start, ("the", "such", "full", "final", "valid", "due"))
        verb = NOUNS.get(text.lower(at), "")
        done = next((form for form in _participles(verb)), None)
        if done is None or text.lower(at + 1) != "of" or text.lower(modal) not in words.MODALS:
            continue
        here = text.nodes[index]
        text.nodes[index : told[1]] = [word(here, one) for one in ("be", "deemed", done)]
        del text.nodes[start : at + 2]
        return


_DEEMED = ("be deemed to have occurred", "be deemed to have taken place", "be deemed to occur",
           "be deemed to have been given", "be deemed to have been made", "be deemed effected",
           "be deemed to have been effected", "be deemed given", "be deemed completed")  # fmt: skip


def _participles(lemma: str) -> list[str]:
    """The form of a verb that is done, as in "accepted"."""
    forms = (f"{lemma}ed", f"{lemma}d", f"{lemma[:-1]}ied", f"{lemma}{lemma[-1:]}ed")
    return [form for form in forms if lemma and lemma_of(form, "participle") == lemma]


def _parted(text: Line) -> None:
    """ "part with possession of the Premises": hand them over."""
    for index in range(len(text) - 3):
        found = text.match_any(index, ("part with possession of", "part with the possession of",
                                       "part with or share possession of", "share possession of",
                                       "part with or share the possession of"))  # fmt: skip
        if found is not None:
            text.nodes[index : found[1]] = [word(text.nodes[index], "transfer")]


_OF_THEM = ("", "such instalment ", "instalment ", "payment ", "of them ", "such payment ")
_FIRST_DUE = tuple(
    f"{lead} {noun}{due} {behind} on"
    for lead, dues in (
        ("the first of which", ("shall fall", "falls", "is", "shall be", "will be", "to fall")),
        ("the first", ("being", "to be", "falling", "shall be", "shall fall", "will be", "is")),
        ("with the first", ("being", "to be", "falling", "")),
    )
    for noun in _OF_THEM
    for due in dues
    for behind in ("due", "payable", "paid", "made", "due and payable")
)
_FIRST_ON = tuple(
    f"{lead} {noun}on"
    for lead in ("with the first", "the first", "first")
    for noun in _OF_THEM
    if noun or lead.startswith("with")
)
_FIRST_PAID = _FIRST_DUE + _FIRST_ON


def _first_due(text: Line) -> None:
    """ "in monthly instalments, the first of which shall fall due on": starting on."""
    for index in range(1, len(text) - 3):
        found = text.match_any(index, _FIRST_PAID)
        if found is None or text.kind(found[1]) != "date":
            continue
        lasting = text.kind(index - 2) == "duration"
        start = index - (text.lower(index - 1) == "," and not lasting)
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


_EARLIER = ("whichever is earlier", "whichever is the earlier", "whichever comes first",
            "whichever occurs first", "whichever happens first", "whichever is sooner",
            "whichever comes earlier", "whichever is first", "whichever happens earlier",
            "whichever occurs earlier")  # fmt: skip


def _whichever(text: Line) -> None:
    """ "on 1 May or when all is sold, whichever is earlier": the "or" says it already."""
    for index in range(2, len(text)):
        found = text.match_any(index, _EARLIER)
        if found is not None and any(text.lower(at) == "or" for at in range(index)):
            comma = text.lower(index - 1) == ","
            del text.nodes[index - comma : found[1]]
            return


def _at_which(text: Line) -> None:
    """ "ends on 1 May 2027, when the rest goes back": on that date it goes back."""
    for index in range(1, len(text) - 3):
        if text.kind(index) != "date" or text.match(index + 1, ", when") is None:
            continue
        date, comma, when = text.nodes[index : index + 3]
        stop = replace(comma, text=";", lower=";")
        text.nodes[index + 1 : index + 3] = [stop, word(when, "on"), replace(date), comma]
        return


_INCOTERMS = frozenset("EXW FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP DAT".split())


def _delivered_where(text: Line) -> None:
    """ "ships the goods FOB Cartagena": a trade term says who bears which cost up to where."""
    for index in range(1, len(text)):
        if text.nodes[index].text not in _INCOTERMS:
            continue
        after = index + 1
        while text.kind(after) == "word" and text.nodes[after].text[:1].isupper():
            after += 1
        if after > index + 1:
            del text.nodes[index:after]
            return


_DELAYED = ("is delayed beyond", "is delayed past", "is delayed until after", "is delayed after",
            "is late beyond", "has been delayed beyond", "is postponed beyond",
            "has been delayed past", "are delayed beyond")  # fmt: skip


def _delayed_beyond(text: Line) -> None:
    """ "if delivery is delayed beyond 1 May": if it has not taken place by then."""
    for index in range(1, len(text) - 1):
        found = text.match_any(index, _DELAYED)
        if found is not None and text.lower(index - 1) in NOUNS:
            said = ("has", "not", "taken", "place", "by")
            text.nodes[index : found[1]] = [word(text.nodes[index], one) for one in said]
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
            "which have not then vested",
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


_BEARING = frozenset({"bear", "bears", "accrue", "accrues", "carry", "carries", "incur", "incurs"})


def _not_done(context: Context) -> None:
    """ "Any royalty not paid when due shall bear interest": if it is not paid, it shall."""
    text = context.text
    for at in range(len(text) - 3, -1, -1):
        if at == 0 or text.lower(at - 1) == ";":
            _not_done_from(context, text.skip(at, ("and", "but")))


def _not_done_from(context: Context, start: int) -> None:
    text = context.text
    led = text.lower(start) in ("any", "all", "each", "every")
    who = phrase_at(text, start, context.names)
    if who is None or text.lower(who[1]) != "not" or who[0].party is not None:
        return
    if not led and not (who[0].plural and who[0].quantity is None):
        return
    if lemma_of(text.lower(who[1] + 1), "participle") is None:
        return
    finite = words.MODALS | _BEARING
    modal = next((at for at in range(who[1], len(text)) if text.lower(at) in finite), None)
    if modal is None or any(text.lower(at) in (",", ";") for at in range(start, modal)):
        return
    here, named = text.nodes[who[1]], text.nodes[start : who[1]]
    comma = mark(here, ",")
    told = [word(here, "if"), *named, word(here, "is"), *text.nodes[who[1] : modal], comma]
    text.nodes[start:modal] = [*told, word(here, "the"), *named[led:]]


_OWING = ("payable", "due", "owing", "due and payable", "falling due", "outstanding", "owed",
          "arising", "due or owing", "accrued")  # fmt: skip
_HEREBY = ("hereunder", "thereunder", "under this agreement", "under the agreement", "hereof",
           "under this contract", "pursuant to this agreement", "under the loan",
           "under this lease", "under this deed", "under this policy", "from it", "from time to "
           "time", "in accordance with this agreement")  # fmt: skip


def _whole(text: Line, index: int) -> bool:
    """ "10 % of the amount due": whether what is due is what a share is of."""
    return text.lower(index - 1) in ("amount", "sum", "total") and "of" in (
        text.lower(index - 2), text.lower(index - 3)
    )  # fmt: skip


def _owed(text: Line) -> None:
    """ "any sum payable hereunder is not paid": any sum."""
    for index in range(len(text) - 2, 0, -1):
        owing = text.match_any(index, _OWING)
        if owing is None or text.kind(index - 1) != "word" or text.lower(index - 1) in words.BE:
            continue
        ends = text.match_any(owing[1], _HEREBY)
        after = ends[1] if ends is not None else owing[1] + 1
        if ends is None and _whole(text, index) and text.lower(owing[1]) in ("", ".", ",", ";"):
            del text.nodes[index : owing[1]]
            continue
        if ends is None and text.kind(owing[1]) != "reference":
            continue
        finite = words.BE | words.HAVE | words.MODALS | words.DO
        if text.lower(after) in finite and text.lower(index - 1) not in finite | {"not", "become"}:
            del text.nodes[index:after]
