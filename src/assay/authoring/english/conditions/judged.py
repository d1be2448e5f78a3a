"""What a condition says was reached, where it is nothing that a contract counts."""

from __future__ import annotations

from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.modality import PREDICATES
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.phrase_parts import Phrase
from assay.authoring.model import Condition, Span

MEASURED = frozenset(
    "price goal target cap amount number value sum threshold limit total ratio rate level score "
    "balance count quorum minimum maximum temperature index cost deposit collateral debt softcap "
    "hardcap cap age supply".split()
)


PERSONAL = frozenset("object respond reply answer protest complain attend comply cooperate appear "
                      "decide resign react agree sign".split())  # fmt: skip
"""What only somebody does, never a thing."""


def reached(inner: Draft, negated: bool, words: str, span: Span) -> Condition:
    """ "the team reaches the final": nothing that the contract counts."""
    compared = inner.compared.full if inner.compared is not None else ""
    turned = negated != inner.group.negated
    return Condition(kind="state", text=words, span=span, subject=full_name(inner.subjects[0]),
                     value=f"reached {compared}".strip(), negated=turned)  # fmt: skip


def is_unmeasured(inner: Draft, context: Context) -> bool:
    """Whether "reaches" and its like hold a thing against something that has no amount."""
    compared = inner.compared
    if compared is None and inner.subjects and inner.group.passive is False and (
        inner.group.verb is None and inner.delay is None
    ):  # fmt: skip
        subject = inner.subjects[0]
        amounts = subject.quantity or (subject.of is not None and subject.of.quantity)
        return not (amounts or subject.head in MEASURED or inner.source is not None)
    if compared is None or compared.quantity is not None or not inner.subjects:
        return False
    known = context.names.value(compared.name) is not None or inner.source is not None
    heads = {compared.head, inner.subjects[0].head}
    return not (known or inner.group.verb is not None or heads & MEASURED)


_EXAMS = frozenset({"exam", "examination", "audit", "course", "medical", "exams", "vote"})
"""What somebody passes without handing anything over."""


_DOINGS = frozenset({"delay", "failure", "damage", "loss", "defect", "cancellation", "breach",
                     "default", "interruption", "accident", "fault", "absence", "error",
                     "non-delivery", "non-performance", "shortfall"})  # fmt: skip


def is_caused(inner: Draft, context: Context) -> bool:
    """ "if the delay is due to a strike": nothing is payable to it."""
    subject = inner.subjects[0] if inner.subjects else None
    due = context.text.lower(inner.group.end - 1) == "due" and bool(inner.recipients)
    return due and subject is not None and subject.head in _DOINGS


_OWING = frozenset({"owed", "owing", "owes", "owe"})


def is_only_due(inner: Draft, context: Context) -> bool:
    """ "if rent is owed", "once the tokens are transferable": what may or must be is not done."""
    last = context.text.lower(inner.group.end - 1)
    return inner.group.verb is not None and last in _OWING | PREDICATES.keys()


_BEFORE_ACTS = (
    "must", "may", "might", "ceases to", "cease to", "has to", "have to", "needs to", "need to",
    "ought to",
    *(
        f"{be} {negation}{phrase}"
        for be in ("is", "are")
        for negation in ("", "not ", "no longer ", "still ")
        for phrase in ("entitled to", "allowed to", "permitted to", "authorised to",
                       "authorized to", "free to", "eligible to", "obliged to", "obligated to",
                       "required to", "bound to", "liable to", "able to", "supposed to")
    ),
    *(f"{have} the {right} to" for have in ("has", "have")
      for right in ("right", "option", "power", "obligation", "duty")),
    *(f"{verb} to" for verb in ("offers", "offer", "promises", "promise", "undertakes",
                                "undertake", "has offered", "has promised", "has undertaken")),
)  # fmt: skip


def not_yet_done(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "if the buyer may terminate", "if the seller has to deliver": who may or must, did not."""
    subject = inner.subjects[0] if len(inner.subjects) == 1 else None
    nodes, verb = context.text.nodes, inner.group.end - 1
    if subject is None or inner.group.verb is None:
        return None
    first = next((at for at, node in enumerate(nodes) if node.start >= subject.end), verb)
    related = any(node.lower in ("who", "that", "which") for node in nodes[first:verb])
    led = context.text.match_any(first, _BEFORE_ACTS) if first < verb and not related else None
    wished = inner.group.verb.action in ("cancel", "terminate", "withdraw")
    if led is None or (wished and led[0].split()[0] in ("has", "have", "needs", "need")):
        return None  # "if I have to cancel" tells of cancelling
    beside = inner.objects or inner.recipients
    said = [node.lower for node in nodes[first:]
            if node.start < (nodes[verb].end if beside else span[1])]  # fmt: skip
    denied = "not" in said and said[0] != "must"  # "must not" is another duty, not none
    said = [one for one in said if not (denied and one == "not")]
    said += [_told_of(item, context) for item in (*inner.objects, *inner.recipients)]
    return Condition(kind="state", text=words, span=span, negated=negated != denied,
                     value=content_words(" ".join(said)),
                     subject=party_name(subject, context))  # fmt: skip


def _told_of(phrase: Phrase, context: Context) -> str:
    """What somebody or something is called, with how much of it where that is told."""
    counted = phrase.quantity is not None
    return context.words((phrase.start, phrase.end)) if counted else full_name(phrase)


_CONTESTING = frozenset(
    {"settle", "lodge", "file", "raise", "bring", "submit", "enter", "note", "register"}
)
_CONTESTS = frozenset({"appeal", "appeals", "objection", "objections", "complaint", "complaints",
                       "protest", "dispute", "disputes", "petition", "lawsuit", "action",
                       "counterclaim", "challenge"})  # fmt: skip


def is_contested(inner: Draft) -> bool:
    """ "if no appeal is lodged", "if the buyer raises a dispute": nothing is handed over."""
    verb, told = inner.group.verb, inner.subjects if inner.group.passive else inner.objects
    contests = verb is not None and verb.lemma in _CONTESTING
    return contests and any(item.head in _CONTESTS for item in told)


def is_ruled(inner: Draft) -> bool:
    """ "if the court orders the release of the funds": nothing is bought."""
    verb = inner.group.verb
    ordered = verb is not None and verb.lemma == "order" and not inner.group.passive
    acts = [item for item in inner.objects if item.head in NOUNS]
    return ordered and bool(acts) and len(acts) == len(inner.objects)


def is_held(inner: Draft) -> bool:
    """ "if Ann has held the pass for a year": what she has is a state, and nothing she keeps."""
    verb, thing = inner.group.verb, inner.objects[0] if inner.objects else None
    holds = verb is not None and verb.lemma in ("hold", "own") and not inner.group.passive
    plain = thing is not None and thing.quantity is None and bool(inner.subjects)
    return holds and plain and inner.subjects[0].party != "contract"


def is_granted(inner: Draft) -> bool:
    """ "if the permit is not granted": a state, since no money changes hands."""
    verb = inner.group.verb
    if verb is not None and verb.lemma == "pass" and not inner.group.passive:
        return any(item.head in _EXAMS for item in inner.objects)
    if verb is None or verb.lemma not in ("grant", "award") or not inner.group.passive:
        return False
    thing = inner.subjects[0] if inner.subjects else None
    return thing is not None and thing.quantity is None and thing.head not in MONEY_NOUNS
