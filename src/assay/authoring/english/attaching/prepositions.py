"""What prepositions add to a verb: the receiver, the agent, the source, the purpose."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.agents import agent_at
from assay.authoring.english.attaching.behind import participle_behind
from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.conditions.measures import beyond
from assay.authoring.english.conditions.relatives import relative_condition
from assay.authoring.english.conditions.states import relative_state
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import WHOLES
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.parties.referents import party_name, settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.model import Condition, Span


def prepositional_at(context: Context, index: int, draft: Draft) -> int | None:
    """A preposition with what it governs: the receiver, the agent, the source, the purpose."""
    text = context.text
    receiver = text.match_any(index, markers.NAMED_ACCOUNT)
    verb = draft.group.verb
    sharing = verb is not None and verb.action == "distribute"
    if receiver is not None and (
        receiver[0] not in ("upon", "with", "between", "among", "amongst") or sharing
    ):
        if receiver[0] == "to" and lemma_of(text.lower(receiver[1]), "base") and (
            text.lower(receiver[1] + 1) in ("", ".", ",", ";", "the", "it", "them")
        ) and not context.names.role(text.lower(receiver[1])):  # fmt: skip
            return _infinitive(context, receiver[1])
        found = phrase_at(text, receiver[1], context.names)
        if found is not None and sharing and _is_crowd(found[0]):
            found = replace(found[0], quantity=None), found[1]
        if found is not None and found[0].quantity is None:
            return _receiver(context, found[0], found[1], draft)
    word = text.lower(index)
    if word == "with" and draft.group.verb is not None:
        return _with(context, index, draft)
    if word == "by" and draft.group.passive and draft.agent is None:
        return agent_at(context, index, draft)
    if word == "from":
        return _from(context, index, draft)
    return _purpose(context, index, draft)


def _is_crowd(phrase: Phrase) -> bool:
    """ "between the three winners": people by their number."""
    quantity = phrase.quantity
    counted = quantity is not None and quantity.limit == "exact" and quantity.asset == phrase.name
    return counted and phrase.party is not None


def _infinitive(context: Context, index: int) -> int:
    """ "to enter", "to complete the works": a purpose."""
    found = phrase_at(context.text, index + 1, context.names)
    if found is not None and found[0].quantity is None:
        return found[1]
    return index + 1


def _from(context: Context, index: int, draft: Draft) -> int | None:
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or found[0].quantity is not None:
        return None
    leaving = draft.group.verb is not None and draft.group.verb.lemma in ("walk away", "withdraw")
    if leaving and not draft.objects and found[0].head in _DEALS:
        draft.objects.append(found[0])
    elif draft.source is None:
        draft.source = found[0]
    owed = context.text.match_any(found[1], _OWED_TO)
    whose = phrase_at(context.text, owed[1], context.names) if owed is not None else None
    return whose[1] if whose is not None and whose[0].quantity is None else found[1]


_OWED_TO = tuple(
    f"{lead}{due} to"
    for lead in ("", "otherwise ", "then ", "or to become ")
    for due in ("due", "payable", "owed", "owing", "due or to become due", "due or payable")
)


def _receiver(context: Context, phrase: Phrase, after: int, draft: Draft) -> int:
    text = context.text
    if phrase.head in ("court", "law", "extent", "standard", "date", "time"):
        return after
    if phrase.head in _LISTS and draft.conditional:
        draft.recipients.append(replace(phrase, party=None))
        return after
    draft.recipients.append(settled(phrase, context, actor_of(draft, context), draft))
    after = _except(context, after, draft)
    after = _qualified_receiver(context, phrase, after, draft)
    while text.lower(after) in ("and", ","):
        at = text.skip(after, ("and", ",", "to"))
        more = phrase_at(text, at, context.names)
        named = text.kind(at) == "word" and text.nodes[at].text.istitle()
        if more is None or not (more[0].party or named) or more[0].quantity is not None:
            break
        if verb_follows(context, more[1]) is not None:
            break
        draft.recipients.append(more[0])
        after = more[1]
    return after


_LISTS = frozenset({"list", "whitelist", "allowlist", "register", "roster"})
"""What somebody is put on, and who is no receiver."""


def _except(context: Context, index: int, draft: Draft) -> int:
    """ "to everybody except the winner": a state that the receiver is not in."""
    text = context.text
    spared = text.match_any(index, ("except", "except for", "but not", "other than"))
    kept = phrase_at(text, spared[1], context.names) if spared is not None else None
    if kept is None or kept[0].quantity is not None:
        return index
    span = text.span(index, kept[1])
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, negated=True,
                  subject=kept[0].full)
    )  # fmt: skip
    return kept[1]


def _qualified_receiver(context: Context, phrase: Phrase, after: int, draft: Draft) -> int:
    """ "to any person who has not completed identity verification": a condition on the receiver."""
    if context.text.lower(after) not in ("who", "that", "which"):
        return after
    who = ("who", "that", "which")
    while context.text.lower(after) in who:
        end = relative_condition(context, after, phrase, draft)
        end = end or relative_state(context, after, phrase, draft)
        if end is None:
            return after
        after = end
        if context.text.lower(after) == "and" and context.text.lower(after + 1) in who:
            after += 1
    return after


def _with(context: Context, index: int, draft: Draft) -> int | None:
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or draft.group.verb is None:
        return None
    phrase, after = found
    action = draft.group.verb.action
    if action in ("provide", "supply") and draft.objects and not draft.recipients:
        draft.recipients.append(draft.objects.pop())
        draft.objects.append(phrase)
        return after
    if action in ("deposit", "lock", "disclose", "distribute") and (phrase.party or phrase.name):
        draft.recipients.append(phrase)
        return _qualified_receiver(context, phrase, after, draft)
    if action == "pay" and phrase.quantity is not None and draft.objects and (
        all(item.party and item.quantity is None for item in draft.objects)
    ):  # fmt: skip
        draft.recipients.extend(draft.objects)
        draft.objects[:] = [phrase]
        return after
    if draft.recipients and draft.recipients[-1].end >= context.text.nodes[index - 1].start:
        return None
    return _purpose(context, index, draft)


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


def _purpose(context: Context, index: int, draft: Draft) -> int | None:
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
    each = text.lower(index) == "for" and text.lower(at) in ("each", "every")
    _ask_what_for(phrase, text.span(index, after), draft, each=each)
    return after


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
_DEALS = frozenset({"deal", "agreement", "contract", "arrangement", "lease"})
_LOTS = frozenset({"lot", "tranche", "batch", "instalment", "installment", "part", "stage", "step",
                   "phase", "shipment", "payment", "delivery", "portion"})  # fmt: skip
"""What a list that follows names one by one."""
_HANDED_OUT = frozenset({"release", "vest", "issue", "transfer"})
_PLACES = frozenset("website platform chain blockchain network marketplace account wallet address "
                    "site premises office platform exchange terms basis conditions behalf request "
                    "cost expense discretion risk rate price counter invoice schedule form "
                    "satisfaction manner list".split())  # fmt: skip


def share_on(context: Context, index: int, draft: Draft) -> int | None:
    """ "5 % on each secondary sale": what a percentage is taken on."""
    text = context.text
    going = draft.group.verb is not None and draft.group.verb.lemma in ("go", "flow", "accrue")
    amounts = draft.objects or (draft.subjects if draft.group.passive or going else [])
    last = amounts[-1] if amounts else None
    quantity = last.quantity if last is not None else None
    if text.lower(index) != "on" or last is None or quantity is None or quantity.asset != "%":
        return None
    found = phrase_at(text, index + 1, context.names)
    if quantity.share_of is not None or found is None or found[0].quantity is not None:
        return None
    phrase, after = found
    single = words.singular(phrase.head)
    owned = text.lower(index + 1) in ("their", "your", "its", "his", "her", "my", "our")
    if not (owned or {phrase.head, single} & WHOLES) or verb_follows(context, after) is not None:
        return None
    amounts[-1] = replace(last, quantity=replace(quantity, share_of=phrase.full))
    return after


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


def governed_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "vote on each payment", "subscribe to the plan": a preposition that the verb asks for."""
    verb = draft.group.verb
    if verb is None or draft.objects or draft.group.passive:
        return None
    if (verb.lemma, context.text.lower(index)) not in _GOVERNED:
        return None
    found = phrase_at(context.text, index + 1, context.names)
    if found is None:
        return None
    draft.objects.append(found[0])
    return found[1]


_GOVERNED = frozenset({("decide", "on"), ("respond", "to"), ("reply", "to"), ("object", "to"),
                       ("decide", "upon"), ("enter", "into"), ("report", "on"), ("vote", "on"),
                       ("vote", "for"), ("bid", "on"), ("bid", "for"),
                       ("subscribe", "to"), ("subscribe", "for"), ("consent", "to"),
                       ("insure", "against"), ("agree", "to"), ("comply", "with"),
                       ("interfere", "with"), ("work", "on"), ("work", "for"),
                       ("invest", "in")})  # fmt: skip


def actor_of(draft: Draft, context: Context) -> str:
    """Who acts, as the one whom a pronoun behind the verb does not mean."""
    if draft.group.passive or not draft.subjects:
        return ""
    return party_name(draft.subjects[-1], context) or ""
