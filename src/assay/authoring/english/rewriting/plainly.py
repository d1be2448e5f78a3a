"""Plain speech brought into the shape of a duty: fees that apply, proposals that pass, speakers
who are left out, recitals before what is done."""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at


def said_plainly(context: Context) -> None:
    """Rewrites the nodes of a sentence where it says a duty in plain words."""
    _recital(context)
    _speaker(context.text)
    _accrues(context)
    _applies(context)
    _passes(context)
    _lasts(context)
    _one_before(context.text)
    _renews(context.text)
    _nobody_but(context.text)
    _is_split(context)


def _words(node: Node, said: str) -> list[Node]:
    return [word(node, one) for one in said.split()]


_STATES = ("represents and warrants that", "represents that", "warrants that", "declares that",
           "states that", "warrants and represents that", "acknowledges that",
           "represents , warrants and agrees that", "certifies that")  # fmt: skip


def _recital(context: Context) -> None:
    """ "The Seller represents that it owns the car and transfers it": the latter is the duty."""
    text = context.text
    who = phrase_at(text, 0, context.names)
    found = text.match_any(who[1], _STATES) if who is not None else None
    if who is None or found is None or who[0].party is None:
        return
    inner = phrase_at(text, found[1], context.names)
    if inner is None:
        return
    for at in range(inner[1] + 1, len(text) - 1):
        if text.lower(at) in (",", ";", ".") or text.lower(at) != "and":
            continue
        further = verb_group_at(text, at + 1)
        lemma = lemma_of(text.lower(at + 1), "third")
        acts = lemma in VERBS and VERBS[lemma].action not in (None, "perform")
        if further is None or not (acts or further.force is not None):
            continue
        thing = phrase_at(text, inner[1] + 1, context.names)
        if thing is not None and thing[0].quantity is None:
            context.thing = thing[0]
        del text.nodes[who[1] : at + 1]
        return


def _speaker(text: Line) -> None:
    """ "will pay 200 USDC", "selling 5 ETH for": whoever writes is the one who does it."""
    lemma = lemma_of(text.lower(0), "gerund") if text.kind(1) == "amount" else None
    if lemma in ("sell", "buy", "offer", "pay", "rent"):
        text.nodes[:1] = [word(text.nodes[0], "i"), word(text.nodes[0], str(lemma))]
    elif text.lower(0) in ("will", "can", "cannot", "must", "shall") and lemma_of(
        text.lower(1), "base"
    ):
        text.nodes.insert(0, word(text.nodes[0], "i"))
    first = text.match_any(len(text) - 3, (", payment first", ", money first", ", cash first"))
    if first is not None:
        text.nodes[-2:] = _words(text.nodes[-2], "after payment")


_APPLIES = ("applies", "apply", "shall apply", "will apply", "kicks in", "is charged",
            "will be charged", "shall be charged", "is levied", "shall be levied", "is added",
            "will be added", "becomes due", "becomes payable", "falls due", "shall be incurred",
            "is incurred", "must be paid")  # fmt: skip


def _applies(context: Context) -> None:
    """ "A late fee of 50 USDC per day applies if": it is payable."""
    text = context.text
    for start in (0, *(at + 1 for at in range(len(text)) if text.lower(at) in ",;" or
                       text.lower(at) == "and")):  # fmt: skip
        found = phrase_at(text, start, context.names)
        if found is None or found[0].quantity is None or found[0].head not in MONEY_NOUNS:
            continue
        at = found[1] + (text.kind(found[1]) == "recurrence")
        verb = text.match_any(at, _APPLIES)
        if verb is not None:
            often = text.nodes[found[1] : at]
            text.nodes[found[1] : verb[1]] = [*_words(text.nodes[at], "is payable"), *often]
            return


_ACCRUES = ("interest accrues at", "interest shall accrue at", "interest will accrue at",
            "interest is charged at", "interest runs at", "interest is due at",
            "interest shall be charged at", "interest accrues at the rate of",
            "interest shall accrue at the rate of", "interest accrues at a rate of",
            "interest shall accrue at a rate of")  # fmt: skip
_BORNE = ("and is borne by", "and is payable by", "and is due from", "and shall be borne by",
          "and shall be paid by", "payable by", "and is paid by")  # fmt: skip


def _accrues(context: Context) -> None:
    """ "Interest accrues at 8% per annum on the principal": 8% of it is payable each year."""
    text = context.text
    start = text.skip(0, ("default", "simple", "the"))
    found = text.match_any(start, _ACCRUES)
    at = found[1] if found is not None else 0
    often = at + 1 if text.kind(at + 1) == "recurrence" else None
    on = (often or at) + 1
    whole = phrase_at(text, on + 1, context.names) if text.lower(on) in ("on", "of") else None
    if found is None or text.kind(at) != "amount" or whole is None or whole[0].quantity:
        return
    borne = text.match_any(whole[1], _BORNE)
    if borne is None and text.lower(whole[1]) not in ("", "."):
        return
    here = text.nodes[at]
    said = [here, word(here, "of"), *text.nodes[on + 1 : whole[1]], *_words(here, "is payable")]
    said += text.nodes[often : often + 1] if often is not None else []
    text.nodes[: borne[1] if borne is not None else whole[1]] = [
        *said, *([word(here, "by")] if borne is not None else [])
    ]  # fmt: skip


_VOTED = ("passes", "shall pass", "is passed", "is adopted", "is carried", "is accepted", "pass",
          "will pass", "is approved", "shall be adopted", "is deemed approved",
          "shall be deemed approved", "shall be approved", "are approved", "takes effect",
          "shall take effect", "shall only take effect", "shall only pass", "only passes",
          "shall only be adopted", "shall become effective", "becomes effective", "is binding",
          "shall be binding", "can only pass", "may only be adopted", "only takes effect",
          "shall be passed", "shall be carried", "shall only be passed")  # fmt: skip
_MOTIONS = frozenset({"proposal", "motion", "resolution", "vote", "amendment"})


_FAILED = ("fails", "shall fail", "is rejected", "is defeated", "shall be rejected", "is lost",
           "will fail", "is deemed rejected", "shall be deemed rejected")  # fmt: skip


def _passes(context: Context) -> None:
    """ "A proposal passes if", "a motion fails if": the contract approves it, or rejects it."""
    text = context.text
    if not any(node.lower in _MOTIONS for node in text.nodes):
        return
    begins = [0, *(text.skip(at + 1, ("and", "but", "then")) for at in range(1, len(text) - 2)
                   if text.lower(at) in (",", ";"))]  # fmt: skip
    for start in reversed(begins):
        found = phrase_at(text, start, context.names)
        named = text.lower(start + 1) in _MOTIONS and text.lower(start) in ("the", "a", "that")
        if named and text.match_any(start + 2, _FAILED):  # "fails" may be taken for a noun
            _decided(text, start, start + 2)
        elif found is not None and found[0].head in _MOTIONS:
            _decided(text, start, found[1])


def _decided(text: Line, start: int, after: int) -> None:
    on_what = text.lower(after) in ("to", "for", "on", "of", "that")
    stop = next((at for at in range(after, min(after + 9, len(text)))
                 if text.match_any(at, _VOTED)), after) if on_what else after  # fmt: skip
    passed, failed = text.match_any(stop, _VOTED), text.match_any(stop, _FAILED)
    verb = passed or failed
    if verb is None:
        return
    follows = start > 0 and text.lower(verb[1]) in ("", ".", ";")
    if not follows and text.lower(verb[1]) not in (
        "if", "only", "when", "once", "where", "provided", "by"
    ):  # fmt: skip
        return
    named = text.nodes[start:after]
    done = "contract shall approve" if passed is not None else "contract shall reject"
    text.nodes[start : verb[1]] = [*_words(named[0], done), *named]


_GOES_ON = ("runs for", "lasts for", "lasts", "is open for", "stays open for", "remains open for",
            "shall run for", "will run for", "goes on for", "runs", "shall last",
            "shall remain open for", "will last", "shall last for")  # fmt: skip
_SPANS = frozenset({"auction", "sale", "presale", "agreement", "contract", "campaign", "vote",
                    "lease", "subscription", "term", "bidding", "voting", "offer", "round",
                    "fundraiser", "crowdfunding", "licence", "license", "tenancy"})  # fmt: skip


def _lasts(context: Context) -> None:
    """ "The auction runs for seven days from 1 June": it ends within that time."""
    text = context.text
    found = phrase_at(Line(text.nodes[:4]), 0, context.names)
    for at in range(1, min(len(text), 5)):
        verb = text.match_any(at, _GOES_ON)
        if verb is None or text.kind(verb[1]) != "duration" or found is None:
            continue
        if text.lower(at - 1) in _SPANS:
            text.nodes[at : verb[1]] = _words(text.nodes[at], "shall terminate within")
        return


_NOBODY_BUT = ("nobody except", "nobody but", "no one except", "no one but", "nobody other than",
               "no one other than", "no person other than", "no one else than")  # fmt: skip


def _nobody_but(text: Line) -> None:
    """ "Nobody except the treasurer may": only the treasurer may."""
    found = text.match_any(0, _NOBODY_BUT)
    if found is not None:
        text.nodes[: found[1]] = [word(text.nodes[0], "only")]


_AGAIN = ("renews", "renew", "is renewed", "be renewed", "extends", "rolls over")
_FURTHER = frozenset("successive further additional consecutive another subsequent equal a an the "
                     "of terms periods term period".split())  # fmt: skip


def _renews(text: Line) -> None:
    """ "renews for successive one-year terms": for one year."""
    for at in range(1, len(text)):
        again = text.match_any(at, _AGAIN)
        lead = text.skip(again[1], ("automatically", "for")) if again is not None else at
        start = text.skip(lead, _FURTHER)
        if again is None or text.lower(lead - 1) != "for" or text.kind(start) != "duration":
            continue
        end = text.skip(start + 1, _FURTHER)
        text.nodes[lead:end] = [text.nodes[start]]
        return


_EARLIER = ("the one before", "the bid before", "the one before it", "the bid before it")


def _one_before(text: Line) -> None:
    """ "5% higher than the one before": than the previous one."""
    for at in range(len(text)):
        found = text.match_any(at, _EARLIER)
        if found is not None:
            text.nodes[at : found[1]] = _words(text.nodes[at], "the previous one")


_DIVIDED = ("split", "shared", "divided", "distributed", "allocated")


def _is_split(context: Context) -> None:
    """ "Revenue received by the contract is split: 60% to Ann": what introduces the shares."""
    text = context.text
    colon = next((at for at in range(2, len(text)) if text.lower(at) == ":"), None)
    if colon is None or text.kind(colon + 1) != "amount" or text.lower(colon - 1) not in (
        *_DIVIDED, "follows"
    ):  # fmt: skip
        return
    end = colon - 3 if text.lower(colon - 1) == "follows" else colon - 1
    found = phrase_at(text, 0, context.names)
    helping = ("is", "are", "be", "will", "shall")
    if found is None or text.lower(end) not in _DIVIDED or text.lower(end - 1) not in helping:
        return
    text.nodes[found[1] : colon] = [word(text.nodes[end], "split")]
