"""Rights, reservations and purposes of contract-grade prose, put into plain clauses.

"Nothing herein prevents the Bank from selling" is "the Bank may sell", "without having first
obtained the Lessor's consent" is "without the Lessor's consent".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.phrase_parts import is_adverb
from assay.authoring.english.rewriting.dense import said


def entitling(context: Context) -> None:
    """Rewrites the nodes of a sentence that reserves a right, a consent or a purpose."""
    text = context.text
    _nothing_prevents(context)
    _obtaining(text)
    _return_of(text)
    _applied(context)
    _time_to(text)
    _no_part(text)
    _thereafter(context)
    _incurred(context)
    _production(text)
    _for_each(context)
    _ceasing(text)
    _speed(text)


_PREVENTING = frozenset({"prevent", "prevents", "preclude", "precludes", "prohibit", "prohibits",
                         "restrict", "restricts", "stop", "stops", "restrain"})  # fmt: skip


def _nothing_prevents(context: Context) -> None:
    """ "Nothing in this clause shall prevent X from disclosing": X may disclose."""
    text = context.text
    if text.lower(0) != "nothing":
        return
    near = range(1, min(len(text) - 3, 9))
    at = next((step for step in near if text.lower(step) in _PREVENTING), None)
    who = phrase_at(text, at + 1, context.names) if at is not None else None
    if at is None or who is None or who[0].party is None or text.lower(who[1]) != "from":
        return
    doing = lemma_of(text.lower(who[1] + 1), "gerund")
    if doing is not None:
        here = text.nodes[who[1] + 1]
        said_so = [*text.nodes[at + 1 : who[1]], word(here, "may"), word(here, doing)]
        text.nodes[: who[1] + 2] = said_so


_OBTAINING = ("without having first obtained", "without having previously obtained",
              "without having obtained", "without first obtaining", "without previously obtaining",
              "without obtaining", "without first having obtained", "without first seeking",
              "without seeking", "unless it has first obtained", "unless it has obtained",
              "unless he has first obtained")  # fmt: skip


def _obtaining(text: Line) -> None:
    """ "without having first obtained the Lessor's consent": without it."""
    for at in range(1, len(text) - 3):
        found = text.match_any(at, _OBTAINING)
        near = range(at, min(len(text), at + 14))
        if found is None or not {text.lower(step) for step in near} & APPROVAL_NOUNS:
            continue
        text.nodes[at : found[1]] = [word(text.nodes[at], "without")]
        behind = next((step for step in range(at, len(text) - 1)
                       if text.lower(step) in APPROVAL_NOUNS), None)  # fmt: skip
        written = text.match(behind + 1, "in writing") if behind is not None else None
        if behind is not None and written is not None:
            del text.nodes[behind + 1 : written]
        return


_GIVEN_BACK = frozenset({"return", "repayment"})


def _return_of(text: Line) -> None:
    """ "entitled to the immediate return of the deposit": to the deposit."""
    for at in range(1, len(text) - 4):
        if text.match(at, "entitled to") is None:
            continue
        noun = text.skip(at + 2, ("the", "a", "an", "immediate", "prompt", "full", "forthwith"))
        of = text.lower(noun + 1) == "of" and text.kind(noun + 2) == "word"
        if text.lower(noun) in _GIVEN_BACK and of:
            del text.nodes[at + 2 : noun + 2]
            return


_PURPOSES = frozenset({"towards", "toward", "to", "for", "in"})


def _applied(context: Context) -> None:
    """ "shall apply the proceeds towards the purchase": shall use them for it."""
    text = context.text
    for at in range(1, len(text) - 3):
        if text.lower(at) != "apply" or text.lower(at - 1) not in words.MODALS | {"not", "to"}:
            continue
        what = phrase_at(text, at + 1, context.names)
        if what is None or what[0].party is not None:
            continue
        end = text.skip(what[1], ("solely", "only", "exclusively"))
        if text.lower(end) in _PURPOSES:
            text.nodes[what[1] : end + 1] = [word(text.nodes[end], "for")]
            text.nodes[at] = word(text.nodes[at], "use")
            return


_HAVING = frozenset({"have", "has"})


def _time_to(text: Line) -> None:
    """ "shall have a further sixty days in which to sell": shall have sixty days in which to."""
    for at in range(1, len(text) - 3):
        if text.lower(at) not in _HAVING:
            continue
        length = text.skip(at + 1, ("a", "an", "further", "additional", "period", "of", "grace"))
        if length > at + 1 and text.kind(length) == "duration":
            del text.nodes[at + 1 : length]
            return


def _no_part(text: Line) -> None:
    """ "No part of the Contributions shall be released": no Contributions."""
    for at in range(len(text) - 4):
        begins = at == 0 or text.lower(at - 1) in (",", ";", "and", "but")
        of = text.match_any(at, ("no part of the", "no portion of the", "none of the"))
        if begins and of is not None and text.lower(at + 1) != "of":
            text.nodes[at : of[1]] = [word(text.nodes[at], "no")]


def _thereafter(context: Context) -> None:
    """ "over the three years thereafter": over the following three years; "within ten days
    thereafter" counts from what stands before, which is asked where that is no event."""
    text = context.text
    for at in range(1, len(text) - 1):
        lasts = text.kind(at) == "duration" and text.lower(at + 1) == "thereafter"
        the = text.lower(at - 1) == "the"
        if lasts and text.lower(at - 1 - the) in ("over", "during", "throughout"):
            del text.nodes[at + 1]
            here = text.nodes[at]
            text.nodes[at:at] = [word(here, one) for one in ("the", "following")[the:]]
            return
        told = {text.lower(step) for step in range(at)} & _EVENTS
        if lasts and not told:
            question = "Counted from when: the time before, or the act before?"
            context.doubts.append(Doubt("counted_from", question, text.span(at, at + 2)))
            return


_EVENTS = frozenset({"upon", "if", "when", "once", "where", "after", "on", "following"})


def _for_each(context: Context) -> None:
    """ ", in respect of each copy sold, a royalty of 2 USDC": a royalty of 2 USDC for each."""
    text = context.text
    for at in range(len(text) - 3):
        led = text.match_any(at, ("in respect of", "in relation to", "with respect to"))
        if led is None or text.lower(led[1]) not in ("each", "every"):
            continue
        text.nodes[at : led[1]] = said(text.nodes[at], "for")
        stops = range(at, len(text))
        stop = next((step for step in stops if text.lower(step) == ","), len(text))
        due = phrase_at(text, stop + 1, context.names) if text.lower(at - 1) == "," else None
        if due is not None and due[0].quantity is not None:
            behind = text.nodes[stop + 1 : due[1]]
            text.nodes[at - 1 : due[1]] = [*behind, *text.nodes[at:stop]]
        return
    for at in range(1, len(text) - 2):
        if text.lower(at) == "beyond" and text.lower(at - 1) == "delay":
            text.nodes[at] = word(text.nodes[at], "after")
            return


_SUFFERED = frozenset({"incurred", "suffered", "sustained", "expended"})


_IN_DOING = ("in performing", "in the course of", "in connection with", "in the performance of",
             "in carrying out", "for the purposes of", "in providing", "in rendering")  # fmt: skip


def _incurred(context: Context) -> None:
    """ "expenses wholly and necessarily incurred by him in performing his duties": incurred by
    him."""
    text = context.text
    for at in range(len(text) - 1, 1, -1):
        if text.lower(at) not in _SUFFERED:
            continue
        who = phrase_at(text, at + 2, context.names) if text.lower(at + 1) == "by" else None
        led = text.match_any(who[1], _IN_DOING) if who is not None else None
        work = phrase_at(text, led[1], context.names) if led is not None else None
        if who is not None and work is not None and work[0].quantity is None:
            del text.nodes[who[1] : work[1]]
        start = at
        while is_adverb(text.lower(start - 1)) or (
            text.lower(start - 1) == "and" and is_adverb(text.lower(start - 2)) and start < at
        ):  # fmt: skip
            start -= 1
        if text.kind(start - 1) == "word" and text.lower(start - 1) not in words.BE | words.HAVE:
            del text.nodes[start:at]


_PAPERS = frozenset("receipt receipts evidence proof voucher vouchers invoice invoices certificate "
                    "documents".split())  # fmt: skip


def _production(text: Line) -> None:
    """ "upon production of receipts": upon their presentation."""
    for at in range(len(text) - 2):
        of = text.match(at, "production of")
        if of is not None and text.lower(text.skip(of, words.DETERMINERS)) in _PAPERS:
            text.nodes[at] = word(text.nodes[at], "presentation")
            return


_CEASING = tuple(f"{cease} {all_}use of" for cease in ("cease", "ceases", "discontinue")
                 for all_ in ("", "all ", "any ", "the ", "all further ",
                              "any further "))  # fmt: skip


def _ceasing(text: Line) -> None:
    """ "shall cease all use of the Marks": shall cease to use them."""
    for at in range(1, len(text) - 2):
        found = text.match_any(at, _CEASING)
        if found is not None:
            text.nodes[at : found[1]] = said(text.nodes[at], "cease to use")
            return


_LENGTHS = frozenset("metres meters kilometres kilometers km miles m feet knots".split())
_SPEEDS = ("per second", "per hour", "an hour", "a second")


def _speed(text: Line) -> None:
    """ "33 metres per second": one measure, and nothing that recurs."""
    for at in range(len(text) - 2, 0, -1):
        counted = text.kind(at - 1) == "amount" and text.lower(at) in _LENGTHS
        end = at + 2 if text.lower(at + 1) in _SPEEDS else at + 3
        unit = " ".join(text.lower(step) for step in range(at + 1, end))
        if counted and unit in _SPEEDS:
            del text.nodes[at + 1 : end]
