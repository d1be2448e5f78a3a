"""Who hands something over where nobody is named, and what that is called."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import money, words
from assay.authoring.english.lexicon.verbs import BY_CONTRACT, FOLLOWING_OBJECT, NOUNS
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Obligation

_RENDERED = frozenset({"access", "support", "training", "advice", "help", "assistance",
                       "information", "service", "guidance", "lesson", "class", "tuition",
                       "consultation", "course", "session", "workshop"})  # fmt: skip


def action_for(asset: str | None) -> str:
    """What handing something over is called: money is paid, tokens by noun are transferred."""
    name = asset or ""
    last = name.split()[-1] if name else ""
    if last in ("bid", "vote"):
        return last
    if name == "%" or name in money.FIAT_CODES or last in money.MONEY_NOUNS or last == "fund":
        return "pay"
    if name != name.lower():
        return "pay"
    if last in ("token", "nft", "share", "coin", "ownership", "title", "stake", "right", "point"):
        return "transfer"
    if last in ("notice", "instruction", "instructions", "notification", "reminder", "warning"):
        return "notify"
    if (asset or "").split(" ")[-1] in _RENDERED:
        return "provide"
    return "deliver"


def by_contract(draft: Draft, asset: str | None) -> bool:
    """Whether the contract does what nobody is named for."""
    action = draft.group.verb.action if draft.group.verb is not None else None
    if draft.group.automatic or action in BY_CONTRACT:
        return True
    if draft.imperative:
        return action in ("pay", "return", "sell", "buy", "keep") or (
            draft.group.verb is not None and draft.group.verb.lemma in FOLLOWING_OBJECT
        )
    return action == "return" and asset != "" and action_for(asset) in ("pay", "transfer")


def ordered(draft: Draft) -> str | None:
    """ "lend me 1k", "pay me back": who is spoken to."""
    verb = draft.group.verb
    given = verb is not None and verb.action in ("pay", "transfer", "return", "deliver")
    if draft.continued:
        return None
    speaking = [item for item in (*draft.objects, *draft.recipients) if item.party in ("i", "we")]
    return "you" if given and speaking else None


def counted_goods(draft: Draft, context: Context) -> str | None:
    """ "each print costs 5 USDC and you may buy at most three": of what was named last."""
    verb = draft.group.verb
    return context.goods if verb is not None and verb.action in ("buy", "issue") else None


OF_GOODS = frozenset({"approve", "accept", "reject", "inspect", "deliver", "repair"})
"""What is done with goods, and with no money."""
_COMING = frozenset({"come back", "go back", "arrive", "return", "break", "bring back",
                     "send back", "receive", "collect", "inspect", "test", "get",
                     "surrender", "hand back", "give back", "hand over", "pick up"})  # fmt: skip


def _sums_before(context: Context) -> list[Phrase]:
    """Money that the clause before hands over: "pays 500 USDC ..., otherwise it goes back"."""
    before = context.previous
    moved = [*before.subjects, *before.objects] if before is not None else []
    return [one for one in moved if one.quantity is not None and one.quantity.asset != "%"]


def goods_meant(draft: Draft, phrase: Phrase, thing: Phrase, context: Context) -> Phrase:
    """ "If it comes back late", "once he has received them", "within a week of approving them": the
    goods, where money was spoken of last."""
    verb = draft.group.verb
    back = verb is not None and verb.action in ("return", "refund") and phrase.pronoun == "it"
    sums = _sums_before(context) if back and thing.head in NOUNS and thing.quantity is None else []
    if sums:
        return sums[-1]
    counted = thing.quantity.asset if thing.quantity is not None else None
    coined = counted is not None and counted != counted.lower()
    money_meant = coined or words.singular(thing.head) in money.MONEY_NOUNS | {"deposit", "bond"}
    coming = verb is not None and verb.lemma in _COMING and draft.conditional
    judged = verb is not None and verb.action in OF_GOODS
    meant = phrase.pronoun in ("it", "them", "they") and (coming or judged)
    if not (meant and money_meant) or context.goods is None:
        return thing
    return _goods_for(phrase, context.goods)


def _goods_for(phrase: Phrase, name: str) -> Phrase:
    return Phrase(phrase.start, phrase.end, name=name, full=name, head=name.rsplit(" ", 1)[-1])


def lent_by(draft: Draft, context: Context) -> tuple[str, str] | None:
    """ "Jon lends Kate 3,000. She pays it back": who has got something gives it back, to whom."""
    verb, who = draft.group.verb, draft.subjects[0] if draft.subjects else None
    if verb is None or verb.action != "return" or who is None or draft.group.passive:
        return None
    given = [one for one in context.done if one.action in ("pay", "transfer", "deliver")]
    if who.pronoun not in ("he", "she") or len(given) != 1:
        return None
    giver, taker = given[0].actor, given[0].recipient
    return (taker, giver) if giver and taker and "contract" not in (giver, taker) else None


def unit_meant(phrase: Phrase, thing: Phrase) -> Phrase:
    """ "pay 0.04 USDC per token and may sell them": the tokens, not the price."""
    unit = thing.quantity.share_of if thing.quantity is not None and thing.rate else None
    if unit is None or phrase.pronoun != "them":
        return thing
    return replace(thing, name=unit, full=unit, head=unit, quantity=None)


def taken_back_later(phrase: Phrase, context: Context) -> Phrase:
    """ "pays a deposit before the hire, and gets it back": what was handed over, not the hire."""
    before = context.previous
    acted = before.group.verb.action if before is not None and before.group.verb else None
    if phrase.pronoun == "it" and before is None:
        return _handed_over_before(phrase, context)
    if phrase.pronoun != "it" or before is None or acted not in ("pay", "deposit", "contribute"):
        return phrase
    given = [item for item in before.objects if item.quantity is not None]
    return replace(phrase, means_thing=given[-1]) if given else phrase


def _handed_over_before(phrase: Phrase, context: Context) -> Phrase:
    """ "Jim deposits 1 ETH. If he wins, he gets it back": what the sentence before hands over."""
    last = context.done[-1] if context.done else None
    if last is None or last.action not in ("pay", "deposit", "contribute") or not last.amount:
        return phrase
    given = Phrase(phrase.start, phrase.end, quantity=Quantity(last.amount, last.asset))
    context.thing = given
    return replace(phrase, means_thing=given)


def is_received(thing: Phrase) -> bool:
    """Whether "on receipt" means a thing named before: a price for each unit is none that is."""
    return thing.head != "title" and not (thing.quantity is not None and thing.quantity.share_of)


def is_goods(thing: Phrase) -> bool:
    """Whether a thing can arrive: neither money nor a share."""
    asset = thing.quantity.asset if thing.quantity is not None else None
    coined = asset is not None and asset != asset.lower()
    return asset != "%" and not coined and thing.head not in money.MONEY_NOUNS


def given_back(found: list[Obligation]) -> list[Obligation]:
    """ "I lend you 2 ETH, you pay back 2.1": what was given goes back to who gave it."""
    done: list[Obligation] = []
    for one in found:
        giver = next(
            (other.actor for other in reversed(done)
             if other.action in _GIVEN and other.recipient == one.actor and other.actor),
            None,
        )  # fmt: skip
        back = one.action == "return" and one.recipient is None and one.actor is not None
        done.append(one.model_copy(update={"recipient": giver}) if back and giver else one)
    return done


_GIVEN = frozenset({"pay", "transfer", "deliver"})
