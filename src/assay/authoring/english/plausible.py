"""Readings that the words hardly mean: each is asked about rather than believed.

A grammar that knows a verb or a noun only by its place can misread it. What is odd about the
outcome tells: somebody who is no party, goods that are paid, an act without the thing it needs.
"""

from __future__ import annotations

import re

from assay.authoring.english.acts.handing import LOSING, Roles
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import money, words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.calendar import MONTHS
from assay.authoring.english.lexing.number_words import ORDINALS
from assay.authoring.model import Condition, Obligation, Span

_NEEDS_THING = frozenset(
    "deliver supply transfer sell issue use disclose assign provide keep deposit release "
    "occupy repair maintain distribute burn lock propose".split()
)
_MONEY_ONLY = frozenset({"pay", "refund"})
_DEBTS = frozenset(
    "invoice bill freight premium claim salary indemnity commission retainer shipping damage "
    "prize loss winnings ransom margin hour overtime duty demurrage postage insurance shortfall "
    "difference excess refund share advance deductible allowance fare ticket dues earnings "
    "interest tuition utility account amount half third quarter month year week period".split()
)
_NOUNS = frozenset(
    "fund guard host pilot coach cook guide train store label file test chair".split()
)
_THINGS = frozenset(
    "goods title risk ownership token coin nft share website site work works agreement lease "
    "licence license policy term result document report promise undertaking notice date time "
    "day week month year item product thing property completion performance non-renewal".split()
)


_HANDED = frozenset("pay release transfer send refund deliver give issue mint return".split())
_MADE = frozenset({"change", "alteration", "improvement", "modification", "decision", "copy",
                   "backup", "addition", "adjustment", "correction", "recording"})  # fmt: skip


_CONTEST = re.compile(
    r"\b(?:loser|winner)s? of (?:the|a|this|each) "
    r"(?:match|race|game|contest|competition|election|bet|tournament|fight|cup)", re.IGNORECASE
)  # fmt: skip
"""What no clause settles, as one settles who wins an auction."""


def doubts_about(draft: Draft, roles: Roles, context: Context, span: Span) -> list[Doubt]:
    """Questions about an act whose parts hardly fit each other."""
    found = [
        Doubt("party", f"Is {name!r} somebody who can do or receive something?", span, field)
        for field, name in (("actor", roles.actor), ("recipient", roles.recipient))
        if name is not None and not _is_party(name, context)
    ]
    found += [
        Doubt("party", f"Who is {name!r}?", span, "recipient")
        for name in (roles.actor, roles.recipient)
        if name is not None and name.startswith(("whichever", "whatever"))
    ]
    if any(name in ("loser", "winner") for name in (roles.actor, roles.recipient)) and (
        _CONTEST.search(context.source)
    ):
        found.append(Doubt("party", "Who says on the chain who won?", span, None))
    if roles.actor == roles.recipient and roles.actor and roles.action in ("pay", "transfer"):
        question = f"Who is it that {roles.actor!r} is to {roles.action} this to, or gets it from?"
        if roles.actor not in ("parties", "contract", "other party"):
            found.append(Doubt("pronoun", question, span, "actor"))
    if roles.share_of in words.PRONOUNS | {"whatever", "what", "everything", "anything"}:
        found.append(Doubt("pronoun", f"What is {roles.share_of!r}?", span, "share_of"))
    found += [doubt for one in draft.conditions for doubt in _doubts_about_condition(one, context)]
    found += _which_recurs(draft, context)
    asset = roles.asset
    if asset is not None and _is_no_noun(asset) and not _capital(asset, context):
        found.append(Doubt("thing", f"What is meant by {asset!r}?", span, None))
    if asset is None and roles.amount is None and roles.action in _NEEDS_THING:
        found.append(
            Doubt("missing_thing", f"What is it that is to {roles.action}?", span, "asset")
        )
    if roles.action in _MONEY_ONLY and asset is not None and not _is_money(asset):
        found.append(Doubt("verb_sense", f"Is {asset!r} an amount of money to pay?", span, None))
    if roles.amount is not None and asset is None:
        found.append(Doubt("amount_unit", f"{roles.amount} of what?", span, "asset"))
    if draft.imperative and roles.recipient == "contract" and roles.actor == "contract":
        found.append(Doubt("missing_recipient", "Who receives this?", span, None))
    quorum = draft.agent is not None and draft.agent.quantity is not None
    if roles.action == "approve" and (roles.amount is not None or quorum):
        found.append(Doubt("approval_scope", "What may not be done without this approval?", span))
    if (roles.actor or "").rsplit(" ", 1)[-1] in ("majority", "quorum", "minority"):
        found.append(Doubt("approval_scope", "What is it that these votes decide?", span))
    if roles.action == "repair" and asset is not None and words.singular(asset) in words.ROLES:
        found.append(Doubt("verb_sense", f"What is to be done with {asset!r}?", span, "action"))
    coined = ("token", "coin", "nft", "share", "stake", "supply", "it", "fee", "rest", "balance")
    if roles.action == "burn" and asset is not None and asset == asset.lower() and (
        asset != "%" and words.singular(asset.rsplit(maxsplit=1)[-1]) not in coined
    ):  # fmt: skip
        found.append(Doubt("verb_sense", "Are tokens burnt, or things destroyed?", span, "action"))
    verb = draft.group.verb
    loser = draft.subjects[0].party if draft.subjects and not draft.group.passive else None
    if verb is not None and verb.lemma in LOSING and roles.action == "keep" and (
        loser is not None and roles.actor == loser
    ):  # fmt: skip
        found.append(Doubt("verb_sense", "What becomes of what is lost?", span, "action"))
    if any(item.head in ("discount", "reduction", "rebate") for item in draft.objects) and (
        roles.action in ("pay", "deliver", "transfer")
    ):  # fmt: skip
        found.append(Doubt("verb_sense", "Which price does this lessen?", span, None))
    if verb is not None and verb.lemma == "take" and (asset is None or not _is_money(asset)):
        found.append(Doubt("verb_sense", "What is it to take this?", span, None))
    if verb is not None and verb.lemma in ("make", "take", "put", "set", "do") and (
        roles.action == "perform" and (asset or "").rsplit(" ", 1)[-1] not in _MADE
    ):  # fmt: skip
        found.append(Doubt("verb_sense", f"What is it to {verb.lemma} this?", span, None))
    return found


def _which_recurs(draft: Draft, context: Context) -> list[Doubt]:
    """ "refunds the price and 5% interest a year": whether the first is due as often."""
    if len(draft.objects) < 2 or draft.recurrence is None:
        return []
    first, last, text = draft.objects[-2], draft.objects[-1], context.text
    if last.quantity is None or first.quantity or first.party or first.pronoun:
        return []
    for index, node in enumerate(text.nodes):
        rate = node.kind == "recurrence" and node.lower.split()[0] in ("a", "an", "per")
        if rate and text.nodes[index - 1].end == last.end:
            return [Doubt("recurrence", f"Is all of this due {node.text}?",
                          (node.start, node.end), "recurrence")]  # fmt: skip
    return []


def _doubts_about_condition(condition: Condition, context: Context) -> list[Doubt]:
    """Questions about an act that is waited for, whose parts hardly fit each other."""
    if condition.span is None:
        return []
    if condition.kind == "state" and (condition.subject or "").split(" of ")[0] in ORDINALS:
        return [Doubt("condition_part", "Which day is this?", condition.span, "conditions")]
    bare = condition.kind == "state" and not condition.value and condition.actor is None
    bare = bare and not condition.text.lower().startswith(("except", "other", "save", "but"))
    if bare and (condition.subject or "") in {*words.SPEAKERS.values(), *words.ROLES, *_ADVERBS}:
        question = f"What is so of {condition.subject!r}?"
        return [Doubt("condition_part", question, condition.span, "conditions")]
    if condition.kind not in ("event", "breach"):
        return []
    names = [name for name in (condition.actor, condition.recipient) if name is not None]
    odd = [name for name in names if not _is_party(name, context)]
    question = "Is {!r} somebody who can do or receive something?"
    asset = condition.asset
    head = (asset or "").rsplit(" ", 1)[-1]
    if asset is not None and asset == asset.lower() and not _capital(asset, context) and (
        head in (words.ADJECTIVES | _ADVERBS) - _NOUN_TOO
    ):  # fmt: skip
        odd, question = [asset], "What is meant by {!r}?"
    return [Doubt("condition_part", question.format(name), condition.span, "conditions")
            for name in odd[:1]]  # fmt: skip


_NOUN_TOO = frozenset({"flat", "draft", "good", "original", "second", "minimum", "maximum"})
_ADVERBS = frozenset("earlier later sooner again early late twice yes no well badly first last "
                     "enough nearby elsewhere somewhere "
                     "afterwards thereafter then instead else so".split())  # fmt: skip


def _is_party(name: str, context: Context) -> bool:
    """Whether a name may be somebody's: it is not known to be that of a thing or an act."""
    head = name.rsplit(maxsplit=1)[-1]
    single = words.singular(head)
    known = {*context.names.spans, *context.names.parties.values(), *words.SPEAKERS.values()}
    if name in known or name in words.GROUPS.values() or single in words.ROLES:
        return True
    if name in MONTHS or single in money.MONEY_NOUNS or head.endswith("ed"):
        return False
    if single in ("warranty", "guarantee", "refund", "discount"):
        return False
    at = context.source.lower().find(name)
    if at > 0 and context.source[at].isupper() and name not in money.KNOWN_TOKENS:
        return True
    if head in words.ADJECTIVES:
        return False
    things = _THINGS | money.MONEY_NOUNS | frozenset(NOUNS)
    verbal = {tag for _, tag in forms_of(head)} - {"gerund"}
    return not (single in things or name in money.KNOWN_TOKENS or (verbal and head not in _NOUNS))


def _capital(name: str, context: Context) -> bool:
    """Whether a name is written with a capital, as defined terms are."""
    at = context.source.lower().find(name)
    return at > 0 and context.source[at].isupper()


def _is_no_noun(asset: str) -> bool:
    """Whether the last word of a thing is a verb or an adjective rather than a noun."""
    head = asset.rsplit(maxsplit=1)[-1]
    described = head in words.ADJECTIVES - _NOUN_TOO
    if described or head in _ADVERBS or head in words.PREPOSITIONS or head in words.DETERMINERS:
        return True
    if any(word in ("pay", "pays", "get", "gets", "owe", "owes") for word in asset.split()):
        return True
    if lemma_of(head, "gerund") in _HANDED:  # "vote on paying 5,000 USDC" is no duty to pay
        return True
    running = " " in asset and head.endswith("ing") and head not in words.NOUN_ENDINGS
    if running and asset.split()[-2].endswith("s"):  # "keep the servers running"
        return True
    verb = lemma_of(head, "base")
    return verb in ("require", "take", "leave", "pay", "deliver", "send", "give", "get", "keep")


def _is_money(asset: str) -> bool:
    head = asset.rsplit(maxsplit=1)[-1]
    single = words.singular(head)
    return (
        asset == "%"
        or asset != asset.lower()
        or bool({head, single} & (money.MONEY_NOUNS | money.LEFT_OVER | _DEBTS))
        or single in ("token", "coin", "share", "point", "unit", "stablecoin", "fund", "funds")
        or single in money.FIAT_WORDS
        or single.endswith(("fee", "payment", "price", "rent", "wage", "ment"))
    )


def counts_units(item: Obligation, priced: Obligation) -> bool:
    """ "500 USDC per lesson, 8 lessons": the second tells how many are paid for, and is no act."""
    same = (item.actor, item.recipient) == (priced.actor, priced.recipient)
    counted = item.amount is not None and item.asset is not None and not item.conditions
    counted = counted and item.limit == "exact" and item.recurrence is None
    return same and counted and priced.action == "pay" and item.asset == priced.share_of
