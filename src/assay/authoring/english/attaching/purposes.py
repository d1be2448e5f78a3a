"""Phrases that say what for, where or how: "for the works", "in proportion to", "at night"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.behind import participle_behind
from assay.authoring.english.conditions.measures import beyond
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import WHOLES
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.parties.referents import party_name, settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.model import Condition, Span

_PURPOSES = frozenset(
    "for in on at with under via through as against of about regarding concerning per into over "
    "towards toward without using including by between among within upon onto to across "
    "pursuant notwithstanding".split()
)


_LONG_PURPOSES = (
    "in accordance with", "in respect of", "in relation to", "in connection with",
    "in consideration of", "in consideration for", "in compliance with", "pursuant to",
    "in exchange for", "in return for", "as consideration for", "for the purposes of",
    "for the purpose of", "in the form of", "in line with", "in proportion to", "on account of",
    "by reference to", "as set out in", "as agreed in", "as described in", "as specified in",
    "as defined in", "set out in", "as part of", "by means of", "in addition to",
    "without prejudice to",
    "subject to the provisions of", "in light of", "by virtue of", "in view of", "on behalf of",
)  # fmt: skip


def _kept_secret(phrase: Phrase, draft: Draft) -> bool:
    """ "shall hold it in confidence": a ban on its disclosure."""
    action = draft.group.verb.action if draft.group.verb is not None else None
    if phrase.head not in ("confidence", "secrecy") or action not in (
        "keep", "maintain", "perform"
    ):  # fmt: skip
        return False
    draft.group = replace(draft.group, verb=VERBS["disclose"], force="must_not")
    draft.turned = True
    return True


def purpose_at(context: Context, index: int, draft: Draft) -> int | None:
    """A phrase that says what for, where or how, as long as it holds no amount and no time."""
    text = context.text
    long = text.match_any(index, _LONG_PURPOSES)
    if long is None and text.lower(index) not in _PURPOSES:
        return None
    action = draft.group.verb.action if draft.group.verb is not None else None
    if action == "vote" and text.lower(index) == "against":
        return None
    at = long[1] if long is not None else index + 1
    if text.kind(at) == "reference":
        return at + 1
    found = phrase_at(text, at, context.names)
    if found is None:
        gerund = lemma_of(text.lower(at), "gerund")
        inner = phrase_at(text, at + 1, context.names) if gerund else None
        return inner[1] if inner and inner[0].quantity is None else None
    phrase, after = found
    bounded = text.lower(index) == "at" and text.lower(at) in ("most", "least")
    if long is None and (bounded or text.lower(index) in _WEIGHTY):
        return None
    if long is not None and long[0] == "in proportion to":
        return _proportional(text.span(index, after), after, draft)
    if any(text.kind(step) in _TIMES for step in range(at, after)):
        return None
    listed = phrase.head in _LOTS and phrase.quantity is not None and text.lower(after) == ":"
    if listed and text.lower(index) == "in":
        return after
    if text.lower(index) == "by" and phrase.party and draft.agent is None and draft.group.kind in (
        "be", "compare"
    ):  # fmt: skip
        draft.agent = phrase
        return after
    if _kept_secret(phrase, draft):
        return after
    if _is_object(text.lower(index), action, draft):
        draft.objects.append(phrase)
        after = _which(context, after, phrase, draft)
        context.thing = phrase if action == "notify" else context.thing
        return after
    if text.lower(index) == "for" and action in ("terminate", "cancel") and (
        phrase.head in _GROUNDS and phrase.quantity is None
    ):  # fmt: skip
        span = text.span(index, after)
        ground = Condition(kind="state", text=context.words(span), span=span, value=phrase.full)
        draft.conditions.append(ground)
        return after
    last = draft.objects[-1].quantity if draft.objects else None
    whole_named = phrase.quantity or {phrase.head, words.singular(phrase.head)} & WHOLES
    if text.lower(index) == "on" and whole_named and last is not None and (
        last.asset == "%" and last.share_of is None
    ):  # fmt: skip
        whole = replace(last, share_of=phrase.full)
        draft.objects[-1] = replace(draft.objects[-1], quantity=whole)
        return after
    if long is None and _is_occasion(text.lower(index), phrase, draft):
        span = text.span(index, after)
        draft.conditions.append(
            Condition(kind="state", text=context.words(span), span=span, subject=phrase.full)
        )
        return after
    if text.lower(index) == "for" and _is_somebody(phrase) and action in _HANDED_OUT:
        draft.recipients.append(settled(phrase, context, actor_of(draft, context), draft))
        return after
    each = text.lower(index) in _AGAIN and text.lower(at) in ("each", "every")
    _ask_what_for(phrase, text.span(index, after), draft, each=each)
    _ask_whether_part(context, (index, after), draft)
    return after


_AGAIN = frozenset({"for", "with", "on", "upon", "at", "after", "before"})


def _ask_whether_part(context: Context, at: tuple[int, int], draft: Draft) -> None:
    """ "if he is dismissed without cause", "if she uses it at night": no room says so."""
    if not draft.conditional:
        return
    span = context.text.span(*at)
    question = f"Does the condition hold only {context.words(span)!r}?"
    draft.doubts.append(Doubt("condition_part", question, span, "conditions"))


def _ask_what_for(phrase: Phrase, span: Span, draft: Draft, *, each: bool) -> None:
    """Asks what an amount, many things or something vague in a purpose has to say."""
    if phrase.quantity is None and not (phrase.unread or phrase.vague or each):
        return
    question = "Is this amount a duty of its own, a price, or only a reason?"
    if each:
        question = "Is this due once, or again for each of them?"
    elif phrase.quantity is None and phrase.vague:
        question = f"What is {phrase.full!r} here? The words leave it open."
    draft.doubts.append(Doubt("consideration", question, span, None))


def _which(context: Context, index: int, phrase: Phrase, draft: Draft) -> int:
    """ "pay for any loss suffered by the Buyer", "for damage above 500 USDC": which is meant."""
    after = beyond(context, index, phrase, draft) or index
    paying = draft.group.verb is not None and draft.group.verb.action == "pay"
    done = paying and lemma_of(context.text.lower(after), "participle") is not None
    return participle_behind(context, after) if done else after


def _is_somebody(phrase: Phrase) -> bool:
    return phrase.party is not None or phrase.pronoun in ("them", "him", "her")


def _is_object(word: str, action: str | None, draft: Draft) -> bool:
    """ "pay for the goods", "notify of a defect": what the act is about."""
    repaid = draft.group.verb is not None and draft.group.verb.frame == "inform" and all(
        one.party is not None and one.quantity is None for one in draft.objects
    )  # fmt: skip
    paying = action == "pay" and not draft.group.passive and (not draft.objects or repaid)
    joins = draft.group.verb is not None and draft.group.verb.lemma == "participate"
    if joins and word == "in" and not draft.objects:
        return True
    return (word == "for" and paying) or (action == "notify" and word in ("of", "about"))


_WEIGHTY = frozenset({"without", "within", "per", "upon", "against"})
"""Prepositions that say when or on what condition, never only what for."""
_TIMES = frozenset({"duration", "open_duration", "date", "clock", "recurrence", "quorum"})
_GROUNDS = frozenset({"breach", "default", "non-payment", "nonpayment", "fraud", "misconduct",
                      "insolvency", "negligence", "delay", "payment", "infringement",
                      "violation"})  # fmt: skip
_LOTS = frozenset({"lot", "tranche", "batch", "instalment", "installment", "part", "stage", "step",
                   "phase", "shipment", "payment", "delivery", "portion"})  # fmt: skip
"""What a list that follows names one by one."""
_HANDED_OUT = frozenset({"release", "vest", "issue", "transfer"})
_PLACES = frozenset("website platform chain blockchain network marketplace account wallet address "
                    "site premises office platform exchange terms basis conditions behalf request "
                    "cost expense discretion risk rate price counter invoice schedule form "
                    "satisfaction manner list".split())  # fmt: skip


def _proportional(span: tuple[int, int], after: int, draft: Draft) -> int:
    """ "in proportion to his share": how much that is, the words leave open."""
    draft.doubts.append(Doubt("shares", "How large is whose share?", span, "amount"))
    return after


def _is_occasion(word: str, phrase: Phrase, draft: Draft) -> bool:
    """Whether "upon the signing of X", "at the prototype" says when rather than where."""
    if phrase.quantity is not None or phrase.party or phrase.head in _PLACES:
        return False
    verb = draft.group.verb
    paying = (
        verb is not None
        and verb.lemma != "spend"
        and (
            verb.frame == "receive" or verb.action in ("pay", "release", "refund", "vest", "issue")
        )
    )
    return word in ("upon", "after", "before", "until") or (word in ("on", "at") and paying)


def actor_of(draft: Draft, context: Context) -> str:
    """Who acts, as the one whom a pronoun behind the verb does not mean."""
    if draft.group.passive or not draft.subjects:
        return ""
    return party_name(draft.subjects[-1], context) or ""
