"""Clauses without a verb of their own: bans by noun, shares, further amounts."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.arguments import arguments
from assay.authoring.english.bans import DUES
from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.conditions.terms import (
    amount_behind_name,
    occasion_at,
    receiver_of_share,
)
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.modality import Force
from assay.authoring.english.lexicon.money import KNOWN_TOKENS, LEFT_OVER, MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import CARRIERS, NOUNS, VERBS
from assay.authoring.english.parties.referents import settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.language.quantities import Quantity


def split_at(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    """ "Revenue split: 60% to Lena, 40% to Oskar": what introduces the shares."""
    text = context.text
    stop = next(
        (at for at in range(index, min(index + 5, len(text))) if text.lower(at) == ":"), None
    )
    words_before = {text.lower(at) for at in range(index, stop or index)}
    listed = stop is not None and not words_before & _SPLITS and _lists_shares(context, index, stop)
    if before is not None or stop is None or not (words_before & _SPLITS or listed):
        return None
    name = " ".join(
        text.nodes[at].text if text.nodes[at].text in KNOWN_TOKENS else text.lower(at)
        for at in range(index, stop)
        if text.lower(at) not in {*_SPLITS, "the", "of", "is", "are", "shall", "be", "will"}
    )
    draft = Draft(Group(stop, force="must", verb=VERBS["distribute"]), imperative=True, whole=name)
    draft.start, draft.end = text.nodes[index].start, text.nodes[stop].end
    return draft, stop


def _lists_shares(context: Context, index: int, stop: int) -> bool:
    """ "ticket sales: venue 20%, promoter 30%": a thing, and who gets which share of it."""
    text = context.text
    label = phrase_at(text, index, context.names)
    if label is None or label[1] != stop or label[0].party is not None or label[0].quantity:
        return False
    shares = [
        step
        for step in range(stop + 1, len(text))
        if text.kind(step) == "amount" and text.nodes[step].text.rstrip().endswith("%")
    ]
    named = [step for step in shares if text.kind(step - 1) == "word" and (
        text.lower(step - 2) in (":", ",", "and", ";"))]  # fmt: skip
    income = label[0].head in _INCOME
    given = [step for step in shares if text.lower(step + 1) in ("to", "for", "goes")]
    return len(shares) > 1 and len(shares) in (len(named), len(given) if income else 0)


_INCOME = frozenset(
    "revenue revenues income proceeds profit profits earnings receipts takings "
    "royalties sales turnover fees winnings pot pool rent gains".split()
)
_SPLITS = frozenset(
    {
        "split",
        "distribution",
        "allocation",
        "sharing",
        "shares",
        "division",
        "share",
        "cut",
        "cuts",
        "royalties",
        "splits",
    }
)


def bare_payment_at(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    """ "5 ETH from Max to Lea when the site goes live"."""
    found = phrase_at(context.text, index, context.names) if before is None else None
    if found is None or (found[0].quantity is None and not found[0].left_over):
        return None
    if context.text.lower(found[1]) not in ("from", "to"):
        return _bare_share(context, index, found[0], found[1])
    draft = Draft(Group(found[1], force="must", verb=VERBS["send"]), objects=[found[0]])
    draft.start = context.text.nodes[index].start
    after = arguments(context, found[1], draft)
    if not draft.recipients:
        return None
    draft.subjects = [draft.source] if draft.source is not None else []
    draft.imperative = draft.source is None
    return draft, after


def _bare_share(
    context: Context, index: int, phrase: Phrase, after: int
) -> tuple[Draft, int] | None:
    """ "50 % upfront", "500 USDC per month": a payment of which nobody says who makes it."""
    text = context.text
    quantity = phrase.quantity
    after = text.skip(after, ("payable", "due"))
    leads = (
        "upfront",
        "up",
        "now",
        "on",
        "upon",
        "when",
        "once",
        "at",
        "after",
        "by",
        "before",
        "if",
        "today",
        "in",
        "with",
        "within",
        "straight",
    )
    unit = phrase_at(text, after + 1, context.names) if text.lower(after) in ("per", "/") else None
    alone = unit is not None and verb_follows(context, unit[1]) is None
    counted = quantity is not None and quantity.asset != "%"
    if unit is not None and quantity is not None and alone and unit[0].name and counted:
        phrase = replace(phrase, quantity=replace(quantity, share_of=unit[0].name), rate=True)
        draft = Draft(Group(after, force="must", verb=VERBS["pay"]), objects=[phrase])
        draft.start = text.nodes[index].start
        return draft, arguments(context, unit[1], draft)
    trial = Draft(Group(after, force="must", verb=VERBS["pay"]), objects=[phrase])
    named = occasion_at(context, after, after, trial) is not None
    timed = text.lower(after) in leads or text.kind(after) == "recurrence" or named
    money = quantity is not None and quantity.asset is not None and (
        quantity.asset == "%" or quantity.asset != quantity.asset.lower()
    )  # fmt: skip
    money = money or phrase.left_over
    due = phrase.head in DUES and text.lower(after) in ("", ".", ",", ";")
    if not ((timed or due) and money) or (phrase.name and phrase.head not in MONEY_NOUNS):
        return None
    if phrase.head in ("deposit", "bond", "stake", "collateral") and not named:
        draft = Draft(Group(after, force="must", verb=VERBS["deposit"]), objects=[phrase])
        draft.start = text.nodes[index].start
        return draft, arguments(context, after, draft)
    draft = Draft(Group(after, force="must", verb=VERBS["pay"]), objects=[phrase])
    draft.start = text.nodes[index].start
    if context.previous is not None and text.kind(index - 1) != "punct" and (
        text.lower(index - 1) not in ("and", "or", "plus", "then")
    ):  # fmt: skip
        question = "Is this a payment of its own, or a bound of the one before?"
        draft.doubts.append(Doubt("cap", question, text.span(index, after)))
    if named:
        after = occasion_at(context, after, after, draft) or after
    after = arguments(context, after, draft)
    if draft.source is not None and not draft.subjects:
        draft.subjects = [draft.source]
    return draft, after


def unlocked_at(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    """ "..., unlocked 25% a year": a share of what the clause before hands out."""
    text = context.text
    back = ("refunded", "returned", "released", "repaid", "forfeited", "burned", "unlocked")
    waits = text.match_any(index + 1, markers.FINITE) or text.match_any(index + 1, markers.NOMINAL)
    given = text.lower(index + 1) in ("to", "within", "in") or text.kind(index + 1) == "duration"
    if before is not None and text.lower(index) in back and (waits or given):
        things = [item for item in (*before.objects, *before.subjects) if item.quantity is not None]
        lemma = lemma_of(text.lower(index), "participle")
        if things and lemma in VERBS:
            group = Group(index + 1, force="must", verb=VERBS[lemma], passive=True)
            draft = Draft(group, subjects=[things[0]])
            draft.start = text.nodes[index].start
            return draft, arguments(context, index + 1, draft)
    words_of = ("unlocked", "released", "unlocking", "vested", "vesting", "freed")
    if before is None or text.lower(index) not in words_of or text.kind(index + 1) != "amount":
        return None
    found = phrase_at(text, index + 1, context.names)
    quantity = found[0].quantity if found is not None else None
    if found is None or quantity is None or quantity.asset != "%":
        return None
    verb = VERBS["vest" if text.lower(index).startswith("vest") else "release"]
    draft = Draft(Group(found[1], force="must", verb=verb, passive=True), subjects=[found[0]])
    draft.start = text.nodes[index].start
    return draft, arguments(context, found[1], draft)


def _one_word(context: Context, index: int) -> tuple[Phrase, int] | None:
    """ "band rest": a name before what is left over."""
    text = context.text
    if text.lower(index + 1) not in LEFT_OVER:
        return None
    name = text.lower(index)
    party = context.names.party(name, text.nodes[index].text) or context.names.role(name)
    return Phrase(*text.span(index, index + 1), name, name, name, party=party), index + 1


def _gapped(context: Context, index: int, before: Draft) -> tuple[Draft, int] | None:
    """ "(A pays 15 USDC monthly,) basic members 5 USDC", "the label the rest"."""
    text = context.text
    verb = before.group.verb
    if verb is None or before.imperative or not before.subjects:
        return None
    paid = verb.action == "pay" and any(item.quantity is not None for item in before.objects)
    if before.group.passive and not paid:
        return None
    who = phrase_at(text, index, context.names)
    if who is None or who[0].quantity is not None or who[0].left_over or not who[0].name:
        return None
    what = phrase_at(text, who[1], context.names)
    given = what is not None and (what[0].quantity is not None or what[0].left_over)
    if what is None or not given or what[1] <= who[1] or text.kind(who[1]) == "punct":
        return None
    person = who[0].party is not None or text.nodes[index].text[:1].isupper() or (
        text.lower(index) in ("the", "each") and who[0].head not in MONEY_NOUNS
    )  # fmt: skip
    bare = text.kind(index) == "word" and who[1] == index + 1 and text.lower(index).isalpha()
    bare = bare and text.lower(index) not in _NEEDING and not any(
        tag == "third" for _, tag in forms_of(text.lower(index))
    )  # fmt: skip
    like = before.subjects[0]
    person = person or (bare and like.party is None and like.full.isalpha() and not like.plural)
    if not person:
        return None
    subject = settled(who[0], context, None, before)
    draft = Draft(before.group, subjects=[subject], objects=[what[0]], fragment=True,
                  recurrence=before.recurrence, recipients=list(before.recipients))  # fmt: skip
    if _given_first(before):
        draft.subjects, draft.objects = list(before.subjects), [subject, what[0]]
    draft.start = text.nodes[index].start
    after = arguments(context, what[1], draft)
    if not draft.conditions and draft.deadline is None and text.lower(index - 1) == ",":
        _at_the_same_time(before, draft)
    return draft, after


def _given_first(before: Draft) -> bool:
    """ "The fund pays Bob 10 ETH, Carol 6 ETH": who receives stands before what."""
    if len(before.objects) != 2 or before.group.passive:
        return False
    taker, what = before.objects
    return taker.quantity is None and what.quantity is not None


def _at_the_same_time(before: Draft, draft: Draft) -> None:
    """ "Ann gets 5 ETH when the site is live, Bob 3 ETH": the first says it for both."""
    draft.deadline, draft.deadline_from = before.deadline, before.deadline_from
    draft.conditions = [
        item
        for item in before.conditions
        if item not in before.restricted and item.span and item.span[0] > before.start
    ]


_SECURITY = frozenset({"deposit", "bond", "collateral"})
_NEEDING = frozenset({"needs", "requires", "wants", "costs", "has"})


def _is_known(before: Draft) -> bool:
    """Whether a bound behind a clause bounds what it says: an amount, a series, or a payment."""
    verb = before.group.verb
    said = [item.quantity for item in before.objects if item.quantity is not None]
    unnamed = not said and verb is not None and verb.action == "pay" and bool(before.objects)
    exact = any(item.limit == "exact" for item in said)
    return before.recurrence is not None or exact or unnamed


def _of_divided(phrase: Phrase, before: Draft) -> tuple[Quantity | None, Phrase]:
    """A share of what is divided, without and with what it is of: "(rev share: me 60,) you 40"."""
    quantity = phrase.quantity
    if before.whole is None or not before.whole or quantity is None:
        return quantity, phrase
    if quantity.asset is None and not phrase.name:
        quantity = replace(quantity, asset="%")
        phrase = replace(phrase, quantity=quantity)
    if quantity.asset == "%" and not quantity.share_of:
        phrase = replace(phrase, quantity=replace(quantity, share_of=before.whole))
    return quantity, phrase


def _secures(phrase: Phrase, before: Draft) -> bool:
    """ "Al sells Bo a bike, 50 USDC deposit": put down, whatever the verb before does."""
    if phrase.head not in _SECURITY or phrase.quantity is None or before.group.passive:
        return False
    verb = before.group.verb
    paid = any(item.quantity is not None for item in before.objects)
    beside = paid and verb is not None and verb.action in ("pay", "deposit")
    return verb is not None and (phrase.head == "collateral" or not beside)


def _receivers(before: Draft, draft: Draft) -> list[Phrase]:
    """Who receives what the clause before names: "pays the studio 5 ETH, and another 10 ETH"."""
    named = [item for item in before.objects if item.quantity is None and item.party]
    if not named and _given_first(before):
        draft.recipients = draft.recipients or before.objects[:1]
    return named


def _let_go(context: Context, index: int, group: Group) -> Group:
    """ "locked for a year, then 10% a month": what follows a lock is released."""
    locked = group.verb is not None and group.verb.action == "lock"
    later = context.text.lower(index - 1) in ("then", "thereafter", "afterwards")
    return replace(group, verb=VERBS["release"]) if locked and later else group


def fragment_at(context: Context, index: int, before: Draft) -> tuple[Draft, int] | None:
    """ "rest on delivery": the verb of the clause before, with another amount."""
    if (gapped := _gapped(context, index, before)) is not None:
        return gapped
    receiver = None
    if before.whole is not None and amount_behind_name(context.text, index):
        named = _one_word(context, index) or phrase_at(context.text, index, context.names)
        receiver = named[0] if named is not None and named[0].quantity is None else None
        index = named[1] if named is not None and receiver is not None else index
        index = context.text.skip(index, (":", "-", "=", "gets"))
    found = phrase_at(context.text, index, context.names)
    if found is None or not (found[0].quantity or found[0].left_over):
        return None
    phrase, after = found
    if context.text.lower(after) in ("off", "discount", "cheaper", "less"):
        return None
    group = before.group
    carried = NOUNS.get(before.subjects[0].head) if before.subjects and group.passive else None
    if carried is not None and group.verb is not None and group.verb.lemma in CARRIERS:
        group = replace(group, verb=VERBS[carried])
    group = _let_go(context, index, replace(group, force="must") if before.turned else group)
    if _secures(phrase, before):
        group = replace(group, verb=VERBS["deposit"])
        before = Draft(group)
    held = group.verb is not None and group.verb.action == "deposit"
    if held and phrase.head in ("payment", "instalment", "installment"):
        group = replace(group, verb=VERBS["pay"])
    draft = Draft(group, subjects=list(before.subjects), recipients=list(before.recipients),
                  imperative=before.imperative and group is before.group,
                  fragment=True)  # fmt: skip
    draft.start = context.text.nodes[index].start
    receivers = _receivers(before, draft)
    quantity, phrase = _of_divided(phrase, before)
    draft.whole = before.whole if quantity is not phrase.quantity else None
    verb = before.group.verb
    goes = verb is not None and (verb.frame == "self" or verb.lemma in ("go", "go back", "flow"))
    given = before.subjects and before.subjects[0].party is not None and before.objects
    if before.group.passive and given:
        draft.objects = [phrase]
    elif before.group.passive or goes:
        draft.subjects = [phrase]
    else:
        draft.objects = [*receivers, phrase]
    to = after + (context.text.lower(after) == "back")
    if context.text.lower(to) == "to":
        draft.recipients = []
    if receiver is not None:
        draft.recipients = [receiver]
    after = receiver_of_share(context, after, draft) or after
    if draft.whole is None:
        after = occasion_at(context, after, after, draft) or after
    after = arguments(context, after, draft)
    draft.agent = draft.agent or (before.agent if group.passive else None)
    alone = not draft.conditions and draft.deadline is None and _is_known(before)
    total = quantity is not None and quantity.limit == "most" and alone
    joint = context.text.lower(index - 1)
    behind = joint == "but" or (joint == "," and total)
    if behind and quantity is not None and quantity.limit != "exact":
        force: Force = "may" if quantity.limit == "most" else "must"
        draft.group, draft.cap = replace(draft.group, force=force), True
        whole = next((item.share_of for item in before.objects if item.share_of), None)
        if quantity.asset == "%" and quantity.share_of is None and draft.objects:
            draft.objects[-1] = replace(phrase, quantity=replace(quantity, share_of=whole))
        return draft, after
    if before.recurrence and quantity is not None and quantity.limit == "most":
        span = (draft.start, max(draft.start, draft.end))
        draft.doubts.append(Doubt("cap", "Is this the most that is due in all?", span))
    return draft, after
