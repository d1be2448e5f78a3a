"""Options, title and steps taken first, as contracts word them, brought into plain verbs.

"exercise the option to purchase the Property" is "purchase the Property"; "title to and risk in the
Goods" is "title and risk in the Goods"; "should the Contractor abandon" is "if it abandons".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.phrase_parts import is_adverb

_OPTIONS = frozenset({"option", "options"})


def conveyed(context: Context) -> None:
    """Rewrites the nodes of a sentence about options, title and what is done first."""
    _exercised(context.text)
    _joint_title(context.text)
    _done_first(context.text)
    _should(context)
    _procured(context.text)
    _other(context.text)
    _then_due(context.text)
    _due_until(context)
    _which(context.text)
    _either(context)
    _who(context)
    _made_good(context.text)


def _exercised(text: Line) -> None:
    """ "exercise its option to purchase the Land": purchase it."""
    for index in range(len(text) - 3):
        form = text.lower(index)
        if form not in ("exercise", "exercises"):
            continue
        at = text.skip(index + 1, words.DETERMINERS | {"said", "such", "call", "put", "purchase"})
        lemma = lemma_of(text.lower(at + 2), "base")
        if text.lower(at) not in _OPTIONS or text.lower(at + 1) != "to" or lemma is None:
            continue
        third = next((one for one in (f"{lemma}s", f"{lemma}es", f"{lemma[:-1]}ies")
                      if lemma_of(one, "third") == lemma), lemma)  # fmt: skip
        spoken = lemma if form == "exercise" else third
        text.nodes[index : at + 3] = [word(text.nodes[index], spoken)]
        return


_RIGHTS = ("title", "risk", "property", "ownership", "possession", "interest")


def _joint_title(text: Line) -> None:
    """ "Title to and risk in the Goods": title and risk in the Goods."""
    for index in range(len(text) - 4):
        first = text.lower(index) in _RIGHTS and text.lower(index + 1) in ("to", "in", "of")
        second = text.lower(index + 3) in _RIGHTS and text.lower(index + 4) in ("to", "in", "of")
        if first and second and text.lower(index + 2) == "and":
            del text.nodes[index + 1]
            return


def _done_first(text: Line) -> None:
    """ "has first been approved": has been approved."""
    for index in range(len(text) - 2, 0, -1):
        before, behind = text.lower(index - 1), text.lower(index + 1)
        done = behind == "been" or lemma_of(behind, "participle") is not None
        if text.lower(index) == "first" and done and before in (words.HAVE | words.BE) - {"having"}:
            del text.nodes[index]


def _should(context: Context) -> None:
    """ "should the Contractor abandon the Works": if it abandons them, for a verb of no list."""
    text = context.text
    for index in range(len(text) - 3):
        opens = index == 0 or text.lower(index - 1) in (",", ";", "and", "or")
        if text.lower(index) != "should" or not opens:
            continue
        who = phrase_at(text, index + 1, context.names)
        if who is None or who[0].quantity is not None:
            continue
        verb = text.lower(who[1])
        small = words.BE | words.HAVE | words.DO | words.MODALS | words.PREPOSITIONS
        known = forms_of(verb) or verb in small | words.DETERMINERS | {"not"} or is_adverb(verb)
        known = known or text.match_any(who[1], markers.COMPARING) is not None
        if known or text.kind(who[1]) != "word" or not verb.isalpha() or verb.endswith("s"):
            continue
        text.nodes[who[1]] = word(text.nodes[who[1]], _third(verb))
        text.nodes[index] = word(text.nodes[index], "if")
        for at in range(who[1] + 1, len(text) - 2):
            if text.lower(at) == ",":
                break
            joined, further = text.lower(at) in ("and", "or"), text.lower(at + 1)
            acts = not forms_of(further) or lemma_of(further, "base") is not None
            if joined and acts and text.lower(at + 2) in words.DETERMINERS and further.isalpha():
                text.nodes[at + 1] = word(text.nodes[at + 1], _third(further))


def _third(verb: str) -> str:
    """The form in -s of a verb."""
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "z")) else "s")


def _procured(text: Line) -> None:
    """ "procure the release of the mortgage": release it."""
    for index in range(1, len(text) - 3):
        seen_to = text.lower(index) in ("procure", "procures", "ensure", "ensures", "secure")
        at = text.skip(index + 1, words.DETERMINERS | {"prompt", "timely", "due"})
        lemma = NOUNS.get(text.lower(at))
        if not seen_to or lemma is None or text.lower(at + 1) != "of":
            continue
        form = lemma if not text.lower(index).endswith("s") else lemma + "s"
        if lemma_of(form, "base", "third") == lemma:
            text.nodes[index : at + 2] = [word(text.nodes[index], form)]
            return


_POINTING = frozenset({"thereon", "thereof", "therein", "thereto", "thereunder", "therefor"})


def _other(text: Line) -> None:
    """ "the other commits a breach", "interest thereon": the other party, interest."""
    for index in range(len(text) - 1, 1, -1):
        if text.match(index - 1, "the other") and text.kind(index + 1) == "word":
            verb = text.lower(index + 1)
            acts = verb in words.BE | words.HAVE | words.MODALS | words.DO | {"fails"}
            if acts or (verb.endswith("s") and bool(forms_of(verb))) or verb in _WRONGS:
                text.nodes.insert(index + 1, word(text.nodes[index], "party"))
        noun = text.kind(index - 1) == "word" and text.lower(index - 1) in MONEY_NOUNS
        noun = noun or text.lower(index - 1) == "learning"
        if text.lower(index) in _POINTING and noun and text.kind(index + 1) != "amount":
            rate = any(text.kind(at) == "amount" for at in range(index, index + 10))
            if not rate:
                del text.nodes[index]


_WRONGS = frozenset({"commits", "becomes", "breaches", "defaults", "ceases", "enters", "fails"})


_OWED = frozenset({"due", "outstanding", "owing", "unpaid", "payable", "accrued", "owed"})


_UP_TO = ("due up to", "due until", "due and payable up to", "accrued up to", "payable up to",
          "due to be paid up to", "due as at", "accrued until")  # fmt: skip


def _due_until(context: Context) -> None:
    """ "all rent due up to the break date has been paid": all rent."""
    text = context.text
    for index in range(2, len(text) - 3):
        found = text.match_any(index, _UP_TO)
        until = phrase_at(text, found[1], context.names) if found is not None else None
        if until is not None and text.lower(until[1]) in words.BE | words.HAVE | words.MODALS:
            del text.nodes[index : until[1]]
            return


def _then_due(text: Line) -> None:
    """ "all interest then due", "any amounts then outstanding": the noun says what they are."""
    for index in range(len(text) - 1, 1, -1):
        led = text.lower(index) in _OWED and text.lower(index - 1) in ("then", "so")
        more = text.match_any(index + 1, ("and payable", "and owing", "and outstanding"))
        end = more[1] if more is not None else index + 1
        noun = text.kind(index - 2) == "word" and text.lower(index - 2) not in words.BE
        if led and noun and (text.kind(end) in ("", "punct") or text.lower(end) in words.MODALS):
            del text.nodes[index - 1 : end]


def _which(text: Line) -> None:
    """ "a bond of 500 USDC, which shall be released upon": and it shall be released."""
    for index in range(2, len(text) - 3):
        found = text.match_any(index, (", which shall be", ", which is to be", ", which will be",
                                       ", which must be", ", such sum to be",
                                       ", such amount to be"))  # fmt: skip
        amount = any(text.kind(at) == "amount" for at in range(index))
        done = lemma_of(text.lower(found[1]), "participle") if found is not None else None
        if found is None or not amount or done not in _HANDED:
            continue
        here = text.nodes[index]
        spoken = ("and", "it", "shall", "be")
        text.nodes[index : found[1]] = [word(here, one) for one in spoken]
        return


_CONSENTING = frozenset("approve agree consent sign authorise authorize confirm".split())


def _either(context: Context) -> None:
    """ "either Maya or Noah must approve": one of them, as "Maya or Noah" says it."""
    text = context.text
    for index in range(len(text) - 4):
        first = phrase_at(text, index + 1, context.names) if text.lower(index) == "either" else None
        joined = first is not None and text.lower(first[1]) == "or"
        second = phrase_at(text, first[1] + 1, context.names) if first and joined else None
        if first is None or second is None:
            continue
        verb = text.skip(second[1], words.MODALS | {"has", "have", "to", "first", "each"})
        if lemma_of(text.lower(verb), "base", "third", "past", "participle") in _CONSENTING:
            del text.nodes[index]
            return


def _who(context: Context) -> None:
    """ "pays the agent, who passes the money on": the agent passes it on.

    The comma parts clauses from now on, but what leads the sentence holds for both of them.
    """
    text = context.text
    for index in range(3, len(text) - 2):
        if text.lower(index) != "who" or text.lower(index - 1) != ",":
            continue
        verb = text.lower(index + 1)
        tells = verb in words.MODALS or lemma_of(verb, "third") is not None
        begins = (at for at in range(index - 2, max(index - 6, 0), -1))
        who = next((at for at in begins if _is_party(context, at, index - 1)), None)
        inserted = any(text.lower(at) == "," for at in range(index + 1, len(text)))
        if not tells or who is None or inserted:
            continue
        stop = replace(text.nodes[index - 1], lower=";")
        text.nodes[index - 1 : index + 1] = [stop, *text.nodes[who : index - 1]]
        return


def _is_party(context: Context, start: int, end: int) -> bool:
    """Whether the words up to an index name somebody who acts, and do not begin the sentence."""
    found = phrase_at(context.text, start, context.names)
    named = found is not None and found[0].party is not None and found[1] == end
    return named and context.text.lower(start - 1) not in words.DETERMINERS


_HANDED = frozenset({"release", "refund", "return", "repay", "forfeit", "pay", "transfer"})


def _made_good(text: Line) -> None:
    """ "make good any defect": repair it."""
    for index in range(len(text) - 2):
        form = {"make": "repair", "makes": "repairs"}.get(text.lower(index))
        if form is not None and text.lower(index + 1) == "good":
            text.nodes[index : index + 2] = [word(text.nodes[index], form)]
            return
