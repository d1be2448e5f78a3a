"""Verbs that dense messages leave out or replace by their own, brought into those of the rules.

"tokens locked 12 months" is "tokens are locked for 12 months", "if TVL hits 5m" is "if TVL is at
least 5m", "4/7 multisig for anything above 50k" is what needs the signatures of 4 of 7.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said, segments
from assay.authoring.language.quantities import Quantity


def with_verbs(context: Context) -> None:
    """Rewrites the nodes of a sentence so that each part has a verb that the rules know."""
    text = context.text
    _topic(context)
    _at_least(text)
    _rate_first(text)
    _reads(text)
    _net(text)
    _borrows(text)
    _at_will(text)
    _published(context)
    _leaves(text)
    _goes_up(text)
    _signatures(text)
    _first_share(text)
    _done_to(context)
    _so_is(text)


_BEING = frozenset("silent broken green red ready late damaged complete live empty missing fake "
                   "sick ill unhappy happy offline online down faulty defective dead unresponsive "
                   "wrong closed insolvent bankrupt absent clean dirty unsafe".split())  # fmt: skip


def _so_is(text: Line) -> None:
    """ "refund me if item broken", "once tests green": if it is."""
    for index in range(len(text) - 2):
        led = text.match_any(index, ("if", "once", "when", "unless", "while", "until", "if the"))
        if led is None:
            continue
        for at in (led[1] + 1, led[1] + 2):
            nouns = all(text.kind(one) == "word" and text.lower(one) not in _NO_NOUN
                        for one in range(led[1], at))  # fmt: skip
            ends = text.kind(at + 1) in ("", "punct") or text.lower(at + 1) in _NO_NOUN
            acts = at > led[1] + 1 and {tag for _, tag in forms_of(text.lower(at - 1))} & _ACTING
            if nouns and text.lower(at) in _BEING and ends and not acts:
                text.nodes.insert(at, word(text.nodes[at], "is"))
                return


_ACTING = frozenset({"third", "past"})
_NO_NOUN = words.PREPOSITIONS | words.CONJUNCTIONS | words.BE | words.DETERMINERS | words.MODALS | (
    words.HAVE | words.DO | words.SUBORDINATORS | {"not", "gets", "get", "goes", "stays", "remains",
                                                   "becomes", "turns", "found", "then"}
)  # fmt: skip


_TOPICS = frozenset("saft safe otc loan escrow staking auction presale royalties bounty grant "
                    "rental subscription airdrop vesting trade swap job gig project sale deal "
                    "engagement payout payouts refunds licence license deposit collateral "
                    "settlement fees milestone".split())  # fmt: skip
_BEFORE_TOPIC = frozenset("the our public private seed nft token consulting design".split())


def _topic(context: Context) -> None:
    """ "SAFT: investor pays 100k now": what a whole clause is about."""
    text = context.text
    stop = next((at for at in range(1, min(len(text), 4)) if text.lower(at) == ":"), None)
    if stop is None or text.lower(stop - 1) not in _TOPICS:
        return
    if any(text.lower(at) not in _BEFORE_TOPIC for at in range(stop - 1)):
        return
    who = phrase_at(text, stop + 1, context.names)
    if who is None or who[0].party is None or text.kind(stop + 1) == "amount":
        return
    if verb_follows(context, who[1]) is not None:
        del text.nodes[: stop + 1]


def _at_least(text: Line) -> None:
    """ "100+ GOV", "7+ days": at least so much."""
    for at in range(len(text) - 3, -1, -1):
        node, plus, unit = text.nodes[at], text.nodes[at + 1], text.nodes[at + 2]
        value = node.value
        bare = node.kind == "amount" and isinstance(value, Quantity) and value.asset is None
        if not bare or plus.text != "+" or plus.start != node.end or unit.kind != "word":
            continue
        assert isinstance(value, Quantity)
        if unit.text.isupper() and len(unit.text) > 1:
            whole = replace(node, value=replace(value, asset=unit.text))
            text.nodes[at : at + 3] = [*said(node, "at least"), whole]
        else:
            text.nodes[at : at + 2] = [*said(node, "at least"), node]


def _rate_first(text: Line) -> None:
    """ "APR 9%": 9% each year."""
    for at in range(len(text) - 1):
        value = text.nodes[at + 1].value
        rate = isinstance(value, Quantity) and value.asset == "%"
        if text.lower(at) in ("apr", "apy") and rate and text.kind(at) == "word":
            often = replace(text.nodes[at], kind="recurrence", value="P1Y")
            text.nodes[at : at + 2] = [text.nodes[at + 1], often]


_READS = frozenset("prints reads quotes closes trades settles opens lands sits ends dips sinks "
                   "slips print read quote close trade settle".split())  # fmt: skip
_HITS = {"hits": "is at least", "hit": "is at least", "tops": "is above", "crosses": "is above",
         "clears": "is above", "breaks": "is above", "passes": "is above"}  # fmt: skip
_OPENING = frozenset("if when once unless until should where".split())


def _reads(text: Line) -> None:
    """ "if the feed prints under 2,000", "if TVL hits 5m USD"."""
    led = False
    for at in range(len(text) - 1):
        led = (led or text.lower(at) in _OPENING) and text.lower(at) not in (",", ";")
        if not led or at == 0 or text.kind(at - 1) not in ("word", "amount"):
            continue
        bound = text.match_any(at + 1, markers.COMPARING)
        if text.lower(at) in _READS and bound is not None and text.kind(bound[1]) == "amount":
            text.nodes[at] = word(text.nodes[at], "is")
        elif text.lower(at) == "back" and text.lower(at - 1) in words.BE and bound is not None:
            text.nodes[at - 1 : at + 1] = [text.nodes[at - 1]]
            return
        elif text.lower(at) in _HITS and text.kind(at + 1) == "amount":
            text.nodes[at : at + 1] = said(text.nodes[at], _HITS[text.lower(at)])


def _net(text: Line) -> None:
    """ ", net 30,": payment within 30 days."""
    for start, end in segments(text):
        lone = text.lower(start) == "net" or text.lower(start).startswith("net-")
        if start and lone and end - start <= 3:
            text.nodes.insert(start, word(text.nodes[start], "payment"))


def _borrows(text: Line) -> None:
    """ "Borrow up to 70% of the collateral": the borrower may."""
    for start, _ in segments(text):
        if text.match(start, "borrow up to"):
            text.nodes[start:start] = said(text.nodes[start], "borrower may")


_AT_WILL = frozenset("cancel stop unstake withdraw redeem claim quit leave unsubscribe "
                     "terminate".split())  # fmt: skip


def _at_will(text: Line) -> None:
    """ "cancel anytime": whoever it is may."""
    for start, end in segments(text):
        free = any(
            text.lower(at) == "anytime" or text.match(at, "any time") for at in range(start, end)
        ) or (text.lower(start + 1) in ("with", "on") and text.lower(end - 1) == "notice")
        if start and text.lower(start) in _AT_WILL and free:
            text.nodes.insert(start, word(text.nodes[start], "may"))


_SECURITIES = frozenset("collateral deposit bond margin security stake guarantee it them".split())


def _published(context: Context) -> None:
    """ "the oracle posts the price": reports it; what is posted as security is deposited."""
    text = context.text
    for at in range(1, len(text) - 1):
        if lemma_of(text.lower(at), "third", "base") != "post":
            continue
        posts = text.lower(at) == "posts" or text.lower(at - 1) in words.MODALS | {"to"}
        thing = phrase_at(text, at + 1, context.names) if posts else None
        if thing is None or thing[0].quantity is not None or thing[0].head in _SECURITIES:
            continue
        third = text.lower(at) == "posts"
        text.nodes[at] = word(text.nodes[at], "reports" if third else "report")


_LEAVING = frozenset({"leaves", "leave", "exits", "exit"})
_STORES = frozenset("vault treasury contract safe pool wallet escrow multisig fund".split())


def _leaves(text: Line) -> None:
    """ "no more than 2 ETH leaves the vault per day": at most so much may be withdrawn."""
    lead = text.match_any(0, ("no more than", "not more than", "at most", "max", "maximum"))
    if lead is None or text.kind(lead[1]) != "amount":
        return
    verb = text.skip(lead[1] + 1, ("can", "may"))
    store = text.skip(verb + 1, ("the", "our"))
    if text.lower(verb) in _LEAVING and text.lower(store) in _STORES:
        here = text.nodes[verb]
        taken = [*said(here, "may be withdrawn from"), *text.nodes[verb + 1 : store + 1]]
        text.nodes[: store + 1] = [*said(text.nodes[0], "at most"), text.nodes[lead[1]], *taken]


def _goes_up(text: Line) -> None:
    """ "rent goes up 3% a year": is increased by it."""
    for at in range(1, len(text) - 1):
        moved = {"up": "increased", "down": "reduced"}.get(text.lower(at + 1))
        if moved is None or text.lower(at) not in ("goes", "go") or not at:
            continue
        be = "is" if text.lower(at) == "goes" else "are"
        by = [word(text.nodes[at], "by")] if text.kind(at + 2) == "amount" else []
        text.nodes[at : at + 2] = [*said(text.nodes[at], f"{be} {moved}"), *by]


_SIGNED = frozenset("multisig multi-sig sig sigs signature signatures signers approvals approval "
                    "signer confirmations msig".split())  # fmt: skip
_ANYTHING = ("anything above", "anything over", "anything bigger than", "anything larger than",
             "anything more than", "everything above", "everything over", "any amount above",
             "any amount over", "amounts above", "amounts over", "sums over", "sums above",
             "txs over", "txs above", "spends over", "spends above", "transactions over",
             "transactions above")  # fmt: skip


def _signatures(text: Line) -> None:
    """ "2/3 multisig for anything over 10 ETH", "4/7 to move": the signatures that are needed."""
    start = text.skip(0, ("dao", "treasury", "team", "the", "a", "needs", "need"))
    at = text.skip(start, _SIGNED)
    if text.kind(at) not in ("quorum", "fraction") or any(
        text.lower(one) in words.BE | words.MODALS for one in range(len(text))
    ):  # fmt: skip
        return
    behind = text.skip(at + 1, ("council", "board", "owner", "guardian", *_SIGNED))
    if behind == at + 1 and at == start:
        return
    joint = text.skip(behind, ("needed", "required", "sign-off"))
    if text.lower(joint) not in ("for", "to"):
        return
    who = [node for node in text.nodes[at + 1 : behind] if node.lower not in _SIGNED]
    counted = text.nodes[at]
    if counted.kind == "fraction":
        few, many = (int(part) for part in counted.text.split("/"))
        counted = replace(counted, kind="quorum", value=(few, many))
    needed = [counted, *who, *said(text.nodes[at], "signatures are required")]
    rest = text.nodes[joint:]
    anything = text.match_any(joint + 1, _ANYTHING)
    if anything is not None and text.lower(joint) == "for":
        payment = said(text.nodes[joint + 1], "any payment above")
        rest = [text.nodes[joint], *payment, *text.nodes[anything[1] :]]
    elif anything is None:
        moved = text.match_any(joint + 2, _ANYTHING) if text.lower(joint) == "to" else None
        if moved is not None:
            more = said(text.nodes[joint + 2], "more than")
            rest = [*text.nodes[joint : joint + 2], *more, *text.nodes[moved[1] :]]
    text.nodes[:] = [*needed, *rest]


def _first_share(text: Line) -> None:
    """ "20% deposit, 50% at first draft": a first payment, where the rest is paid as well."""
    shares = [at for at in range(len(text)) if _is_share(text.nodes[at])]
    rest = any(node.lower in ("balance", "rest", "remainder") for node in text.nodes)
    for at in shares:
        paid_later = len(shares) > 1 or rest
        if paid_later and text.lower(at + 1) in ("deposit", "down", "downpayment", "advance"):
            alone = text.lower(at + 2) in (",", ";", "", ".", "now", "upfront", "and", "with")
            if alone:
                text.nodes[at + 1] = word(text.nodes[at + 1], "upfront")


def _is_share(node: Node) -> bool:
    value = node.value
    return node.kind == "amount" and isinstance(value, Quantity) and value.asset == "%"


_DONE = frozenset("locked released refunded burned burnt minted issued paid held returned unlocked "
                  "distributed forfeited delivered shipped extended cancelled transferred repaid "
                  "credited deducted withheld airdropped staked sent reimbursed slashed destroyed "
                  "redeemed donated split shared divided awarded deposited".split())  # fmt: skip
_BEHIND = frozenset("till until on when if once after over to by for upon in within automatically "
                    "immediately instantly monthly weekly daily quarterly back pro at from "
                    "equally into".split())  # fmt: skip
_PAID_TO = frozenset({"refunded", "paid", "reimbursed", "repaid", "credited", "slashed"})


def _done_to(context: Context) -> None:
    """ "all backers refunded automatically", "tokens locked 12 months": are."""
    text = context.text
    for start, end in segments(text):
        found = phrase_at(text, start, context.names)
        if found is None or found[1] >= end or text.lower(found[1]) not in _DONE:
            continue
        at, thing = found[1], found[0]
        lasting = text.kind(at + 1) in ("duration", "date", "recurrence", "ratio")
        follows = text.lower(at + 1) in _BEHIND or lasting or at + 1 == end
        verbs = any(_is_finite(text, one) for one in range(at + 1, _until(text, at, end)))
        person = thing.party is not None and text.lower(at) not in _PAID_TO
        if not follows or person or verbs or thing.pronoun or not thing.name:
            continue
        known = thing.quantity or thing.plural or thing.determined or thing.party
        if start and text.lower(start - 1) == "," and not known:
            continue
        if text.lower(at) == "locked" and text.kind(at + 1) == "duration":
            text.nodes.insert(at + 1, word(text.nodes[at + 1], "for"))
        be = "are" if thing.plural else "is"
        text.nodes.insert(at, word(text.nodes[at], be))


def _until(text: Line, start: int, end: int) -> int:
    """The index where a condition begins, or the end."""
    opens = (at for at in range(start + 1, end) if text.lower(at) in words.SUBORDINATORS)
    return next(opens, end)


def _is_finite(text: Line, index: int) -> bool:
    tags = {tag for _, tag in forms_of(text.lower(index))}
    return text.lower(index) in words.MODALS | words.BE or "third" in tags
