"""Conditions that lawyers state with participles, brought into clauses with a verb of their own.

"Upon the goods having been delivered" is "when the goods have been delivered", "the Lender having
consented" is "if the Lender has consented", "having first obtained the consent of" is "with the
consent of". Words that are put in take the place of those that they stand for.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.verbs import (
    APPROVAL_NOUNS,
    COMPARE_VERBS,
    INTRANSITIVE,
    NOUNS,
    SELF_VERBS,
    VERBS,
)
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.phrase_parts import is_adverb
from assay.authoring.english.rewriting.interposed import is_done, moved_behind

_LEADS: dict[str, str] = {
    lead: marker
    for marker, leads in (
        ("when", "upon|on|following|after|immediately upon|immediately after|immediately following|"
         "promptly after|promptly upon|forthwith upon|with|on the occasion of|by reason of|"
         "as a result of|from the date of"),
        ("if", "subject to|subject always to|conditional upon|conditional on|contingent upon|"
         "contingent on|in the event of|in the case of|in case of|conditioned upon|dependent on|"
         "dependent upon"),
        ("unless", "without|in the absence of|absent|failing|except in the event of|"
         "save in the event of|save upon|save on|except upon"),
        ("before", "before|prior to|pending|until"),
    )
    for lead in leads.split("|")
}  # fmt: skip
_FIRST = frozenset({"first", "previously", "already", "duly", "validly", "then", "so", "hereby"})
_CHANGING = {"becoming": "becomes", "failing": "fails", "ceasing": "ceases", "falling": "falls",
             "exceeding": "exceeds", "reaching": "reaches", "rising": "rises", "proving": "proves",
             "dropping": "drops", "remaining": "remains", "neglecting": "neglects",
             "refusing": "refuses", "omitting": "omits", "attaining": "attains",
             "hitting": "hits", "going": "goes", "entering": "enters"}  # fmt: skip
_ENDING = INTRANSITIVE | {"close", "fail", "terminate", "default", "pass"}
_NO_SUBJECT = words.PREPOSITIONS - {"of"}
_LONGEST_SUBJECT = 9


def made_finite(context: Context) -> None:
    """Rewrites the nodes of a sentence whose conditions have participles instead of verbs."""
    text = context.text
    _so_done(text)
    _left_undone(text)
    _gets_done(text)
    _the_same(text)
    _future_perfect(text)
    _fails(text)
    _inverted(text)
    moved_behind(text)
    _first_had(text)
    _amounts(text)
    _having_first(text)
    index = 0
    while index < len(text):
        led = text.match_any(index, _LEADS)
        begins = index == 0 or text.lower(index - 1) in (",", ";", "shall", "may", "must")
        if text.match_any(index, markers.WEIGHTLESS):
            pass
        elif led is not None:
            _finite(context, index, led[1], _LEADS[led[0]])
        elif begins and text.lower(index) not in (",", ";"):
            _finite(context, index, index, "")
        index += 1


def _gets_done(text: Line) -> None:
    """ "the loan gets called": is called."""
    for index in range(1, len(text) - 1):
        if text.lower(index) not in ("gets", "get"):
            continue
        form = text.lower(index + 1)
        done = form.endswith("ed") and lemma_of(form, "participle") not in VERBS
        ends = text.lower(index + 2) in words.PREPOSITIONS | words.SUBORDINATORS | {",", ".", ""}
        if done and ends:
            text.nodes[index] = word(text.nodes[index], "is")


def _left_undone(text: Line) -> None:
    """ "if unsold by 30 June": if not sold."""
    for index in range(len(text) - 1, 0, -1):
        here = text.lower(index)
        led = text.lower(index - 1) in ("if", "unless", "when", "once", "while")
        if led and here.startswith("un") and lemma_of(here[2:], "participle") is not None:
            node = text.nodes[index]
            text.nodes[index : index + 1] = [word(node, "not"), word(node, here[2:])]


def _so_done(text: Line) -> None:
    """ "if so requested", "unless the Lender otherwise agrees": only colours the verb."""
    for index in range(len(text) - 1, 0, -1):
        here, behind = text.lower(index), text.lower(index + 1)
        acts = lemma_of(behind, "base", "third", "participle", "past") is not None
        long = behind in ("long", "far", "much")
        if here == "so" and acts and not long and text.lower(index - 1) not in words.DO | {"not"}:
            del text.nodes[index]
        at = index
        while at > 0 and text.lower(at) not in (",", ";", "unless"):
            at -= 1
        differs = acts and text.lower(at) == "unless"
        rules = here == "otherwise" and text.lower(index - 1) in _RULING
        if rules:
            text.nodes[index - 1] = word(text.nodes[index - 1], "decides")
            if text.lower(at) == "unless" and text.lower(index + 1) in (",", ".", ";", ""):
                del text.nodes[index]
                continue
        besides = text.lower(index - 1) == "or" and acts
        if here == "otherwise" and (besides or (differs and _agrees(behind))):
            del text.nodes[index]


_AGREEING = frozenset({"agree", "consent", "approve", "direct", "instruct", "decide", "authorise",
                       "authorize", "request", "notify"})  # fmt: skip


_RULING = frozenset(
    {"decides", "decide", "orders", "directs", "rules", "instructs", "determines", "provides"}
)


def _agrees(spoken: str) -> bool:
    return bool({lemma for lemma, _ in forms_of(spoken)} & _AGREEING)


def _the_same(text: Line) -> None:
    """ "has approved the same in writing": it."""
    ends = words.PREPOSITIONS | words.CONJUNCTIONS | {"", ",", ";", ".", "once", "twice", "has",
                                                      "shall", "is", "may"}  # fmt: skip
    for index in range(1, len(text) - 1):
        if text.match(index, "the same") and text.lower(index + 2) in ends - {"as"}:
            text.nodes[index : index + 2] = [word(text.nodes[index], "it")]


def _future_perfect(text: Line) -> None:
    """ "once the goods shall have been delivered": have been, since it is no duty there."""
    for index in range(len(text)):
        found = text.match_any(index, markers.FINITE)
        if found is None:
            continue
        at = found[1]
        while at < len(text) and text.lower(at) not in (",", ";", "."):
            later = text.skip(at + 1, _FIRST)
            done = text.lower(text.skip(later + 1, _FIRST))
            perfect = text.lower(at) in ("shall", "will") and text.lower(later) == "have"
            ever = text.match_any(at + 1, ("at any time be", "at any time", "be")) or ("", at)
            duty = found[0].startswith(("provided", "save that", "except that", "and provided"))
            if text.lower(at) in ("shall", "will") and ever[0].endswith("be") and not duty:
                text.nodes[at : ever[1]] = [word(text.nodes[at], "is")]
                break
            if perfect and (done == "been" or lemma_of(done, "participle")):
                text.nodes[at : later + 1] = [word(text.nodes[at], "has")]
                break
            if text.lower(at) in words.MODALS:
                break
            at += 1


def _inverted(text: Line) -> None:
    """ "had the Seller delivered the goods": if it has; "were it to deliver them": should it."""
    for index in range(len(text) - 3):
        opens = index == 0 or text.lower(index - 1) in (",", ";")
        named = text.lower(index + 1) in words.DETERMINERS | words.PRONOUNS or (
            text.nodes[index + 1].text[:1].isupper()
        )
        if not opens or not named:
            continue
        end = next((at for at in range(index + 2, min(index + 8, len(text)))
                    if text.lower(at) == "to" or is_done(text, at)), None)  # fmt: skip
        if end is None:
            continue
        if text.lower(index) == "had" and text.lower(end) != "to":
            text.nodes[end:end] = [word(text.nodes[end], "has")]
            text.nodes[index] = word(text.nodes[index], "if")
        elif text.lower(index) == "were" and text.lower(end) == "to":
            del text.nodes[end]
            text.nodes[index] = word(text.nodes[index], "should")


def _first_had(text: Line) -> None:
    """ "with the consent of the Lender first had and obtained": with the consent."""
    for index in range(len(text) - 1, 1, -1):
        found = text.match_any(index, ("first had and obtained", "being first had and obtained",
                                       "first being obtained", "being first obtained"))  # fmt: skip
        if found is not None:
            del text.nodes[index : found[1]]
            return


_REACHES = {"stands": "at", "stood": "at", "drops": "to", "falls": "to", "rises": "to",
            "increases": "to", "decreases": "to"}  # fmt: skip


def _amounts(text: Line) -> None:
    """ "the contributions amount to at least 500 USDC": are at least."""
    for index in range(1, len(text) - 2):
        reaches = _REACHES.get(text.lower(index))
        bounded = text.match_any(index + 2, markers.COMPARING)
        at = bounded[1] if bounded is not None else index + 2
        more = text.lower(at + 1) == "or" or bounded is not None or reaches == "at"
        if reaches == text.lower(index + 1) and text.kind(at) == "amount" and more:
            text.nodes[index : index + 2] = [word(text.nodes[index], "is")]
        denied = text.match_any(index, ("does not amount to", "do not amount to",
                                        "does not total", "has not amounted to"))  # fmt: skip
        if denied is not None:
            text.nodes[index : denied[1]] = [word(text.nodes[index], one) for one in ("is", "not")]
        sums = text.lower(index) in ("amounts", "amount", "amounted") and (
            text.lower(index + 1) == "to"
        )
        at = index + 1 + sums
        bounded = text.match_any(at, markers.COMPARING)
        at = bounded[1] if bounded is not None else at
        totals = text.lower(index) in ("totals", "totalled") or sums
        if totals and text.kind(at) == "amount" and text.lower(index - 1) not in words.DETERMINERS:
            text.nodes[index : index + 1 + sums] = [word(text.nodes[index], "is")]


_NOT_DOING = {"fail": "fails", "refuse": "fails", "neglect": "fails", "omit": "fails"}
_IN_DEFAULT = ("is in default of", "is in breach of", "are in default of", "are in breach of",
               "shall be in default of", "shall be in breach of", "defaults on", "defaults in",
               "breaches", "is in default in", "defaults under", "has breached",
               "has defaulted on", "does not comply with", "fails to comply with",
               "has not complied with", "does not perform", "fails to perform", "has failed to "
               "perform", "fails to fulfil", "does not fulfil", "has failed to fulfil",
               "has failed to comply with", "is late in performing")  # fmt: skip
_DUE = frozenset({"obligation", "obligations", "duty", "duties", "covenant", "undertaking",
                  "promise", "commitment"})  # fmt: skip


def _fails(text: Line) -> None:
    """ "has failed or refused to", "is in default of its obligation to": fails to."""
    for index in range(len(text) - 2):
        at, first = index, lemma_of(text.lower(index), "third", "base", "past", "participle")
        while (lemma_of(text.lower(at), "third", "base", "past", "participle") in _NOT_DOING) and (
            text.lower(at + 1) in ("or", ",", "and/or")
        ):  # fmt: skip
            at = text.skip(at + 1, (",", "or", "and/or"))
        last = lemma_of(text.lower(at), "third", "base", "past", "participle")
        if at > index and first in _NOT_DOING and last in _NOT_DOING:
            form = text.lower(index)
            failed = "failed" if form.endswith("ed") else "fail" if form == first else "fails"
            text.nodes[index : at + 1] = [word(text.nodes[index], failed)]
        breach = text.match_any(index, _IN_DEFAULT)
        owed = text.skip(breach[1], ("its", "their", "his", "her", "the", "any", "of")) if (
            breach is not None
        ) else 0  # fmt: skip
        if breach is not None and text.lower(owed) in _DUE and text.lower(owed + 1) == "to":
            text.nodes[index : owed + 2] = [word(text.nodes[index], one) for one in ("fails", "to")]


def _having_first(text: Line) -> None:
    """ "having first obtained the consent of": with it; "having delivered it": after that."""
    for index in range(len(text)):
        leads = (",", ";", "only", "after", "upon", "on")
        first = text.lower(index + 1) == "first" and text.lower(index - 1) != "without"
        opens = index == 0 or text.lower(index - 1) in leads or first
        if text.lower(index) != "having" or not opens:
            continue
        done = text.skip(index + 1, _FIRST)
        if text.lower(done) == "been" and text.lower(index - 1) == ",":
            text.nodes[index : done + 1] = [word(text.nodes[index], "after"),
                                            word(text.nodes[index], "being")]  # fmt: skip
            return
        lemma = lemma_of(text.lower(done), "participle")
        if lemma is None:
            continue
        led = text.lower(index - 1) in ("after", "upon", "on")
        start = index - led
        stop = next((at for at in range(done, len(text)) if text.lower(at) in (",", ";")), done + 9)
        assent = {text.lower(at) for at in range(done + 1, min(stop, done + 9))} & APPROVAL_NOUNS
        here = text.nodes[index]
        if lemma in ("obtain", "receive", "secure", "get", "procure") and assent:
            text.nodes[start : done + 1] = [word(here, "with")]
        elif lemma in VERBS:
            gerund = next((form for form in _gerunds(lemma)), None)
            if gerund is not None and (index == 0 or text.kind(index - 1) == "punct" or led):
                text.nodes[start : done + 1] = [word(here, "after"), word(here, gerund)]
        return


def _gerunds(lemma: str) -> list[str]:
    """The form in -ing of a verb."""
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    forms = (f"{stem}ing", f"{lemma}ing", f"{lemma}{lemma[-1]}ing")
    return [form for form in forms if lemma_of(form, "gerund") == lemma]


def _finite(context: Context, index: int, start: int, marker: str) -> None:
    """Gives a participle with a subject before it, which begins at `start`, a verb and a marker."""
    text = context.text
    found = _participle_at(context, start, bool(marker))
    if found is None:
        return
    at, verb, after, negated = found
    here = text.nodes[at]
    denied = [word(here, "not")] if negated else []
    helping = verb in ("has", "is", "was")
    does = [] if helping or not negated else [word(here, "does")]
    lemma = lemma_of(verb, "third")
    spoken = [word(here, verb), *denied]
    if does:
        spoken = [*does, *denied, word(here, lemma or verb)]
    text.nodes[at:after] = spoken
    text.nodes[index:start] = [word(text.nodes[index], marker or "if")]


def _participle_at(context: Context, start: int, marked: bool) -> tuple[int, str, int, bool] | None:
    """Where the participle stands, the finite verb for it, the index after it, whether not."""
    text = context.text
    determined = text.lower(start) in words.DETERMINERS
    capital = text.kind(start) == "word" and text.nodes[start].text[:1].isupper()
    plain = text.kind(start) == "word" and not (
        text.lower(start) in words.PREPOSITIONS | _FIRST or is_adverb(text.lower(start))
    )  # fmt: skip
    if not (determined or capital or plain):
        return None
    for at in range(start, min(start + _LONGEST_SUBJECT, len(text))):
        here = text.lower(at)
        negated = here in ("not", "never")
        place = at + negated
        form = text.lower(place)
        if form in ("having", "being") or lemma_of(form, "gerund") or form in _CHANGING:
            subject = at - start - determined
            named = text.nodes[place].text[:1].isupper()
            bare = text.lower(at - 1) in _NO_SUBJECT | {"of"} | words.DETERMINERS
            if subject < 1 or bare or named:
                return None
            owned = text.kind(at - 1) == "possessive" and form in ("having", "being")
            if owned:
                del text.nodes[at - 1]
            verb = _verb_for(text, place - owned, marked)
            return None if verb is None else (at - owned, verb[0], verb[1], negated)
        if text.kind(at) not in ("word", "possessive", "amount", "reference") or negated:
            return None
        if here in _NO_SUBJECT | words.MODALS | words.BE | words.HAVE | words.DO:
            return None
        finite = lemma_of(here, "third") is not None and here not in words.PLURALIA
        if finite and text.lower(at + 1) in words.DETERMINERS:
            return None
    return None


def _verb_for(text: Line, at: int, marked: bool) -> tuple[str, int] | None:
    """The finite form of a participle, where it can be no noun, and the index after it."""
    form = text.lower(at)
    behind = text.lower(at + 1)
    if form == "having":
        done = text.lower(text.skip(at + 1, _FIRST))
        known = done == "been" or lemma_of(done, "participle") is not None
        return ("has", text.skip(at + 1, _FIRST)) if known else None
    if not marked:
        return None
    if form == "being":
        return "is", at + 1
    if form in _CHANGING:
        return _CHANGING[form], at + 1
    lemma = lemma_of(form, "gerund")
    if lemma is None:
        return None
    third = next((one for one in (f"{lemma}s", f"{lemma}es", f"{lemma[:-1]}ies")
                  if lemma_of(one, "third") == lemma or one in COMPARE_VERBS), None)  # fmt: skip
    if third is None:
        return None
    object_follows = behind in words.DETERMINERS | words.PRONOUNS or (
        text.kind(at + 1) in ("amount", "date", "reference")
    )  # fmt: skip
    named = text.kind(at + 1) == "word" and text.nodes[at + 1].text[:1].isupper()
    noun = behind in NOUNS or behind in ("written", "prior", "prompt", "rainfall", "default")
    particle = is_adverb(behind) or behind in (
        "to",
        "in",
        "into",
        "under",
        "above",
        "below",
        "back",
    )
    if object_follows or named or noun or (particle and lemma not in SELF_VERBS):
        return third, at + 1
    return (third, at + 1) if lemma in _ENDING else None
