"""How many of whom have to agree."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS
from assay.authoring.english.lexicon.words import MODALS
from assay.authoring.english.lexing.nodes import counted
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition, Span


def full_name(phrase: Phrase) -> str:
    """A noun phrase with what stands behind its "of", in lower case and without articles."""
    name = phrase.full or phrase.pronoun or ""
    if phrase.of is not None and phrase.of.name and phrase.of.quantity is None:
        return f"{name} of {full_name(phrase.of)}"
    return name


_ASSENTED = tuple(
    f"{vote} {yes}"
    for vote in ("vote", "votes", "have voted", "has voted", "say", "says")
    for yes in ("yes", "in favour", "in favor", "for it", "for the proposal", "for that")
)


def quorum_condition(
    context: Context, index: int, draft: Draft, kind: str, start: int
) -> int | None:
    """ "2 of 3 directors approve", "a majority of the members votes in favour"."""
    found = quorum_at(context, index)
    if found is None:
        return _one_agrees(context, index, draft, kind, start)
    quorum, at = found
    assented = context.text.match_any(at, _ASSENTED)
    if assented is not None:
        span = context.text.span(at, at + 1)
        voters = Phrase(*span, name="vote", full="vote", head="vote")
        end = assented[1]
        add_approval(context, draft, voters, quorum, kind in ("unless", "until"), (start, end))
        return end
    who = phrase_at(context.text, context.text.skip(at, ("of",)), context.names)
    if who is not None:
        there = context.text.match_any(
            who[1], ("present and voting", "present", "entitled to vote")
        )
        who = (who[0], there[1]) if there is not None else who
    group = verb_group_at(context.text, who[1]) if who is not None else None
    if who is not None and (done := _agreed_to(context, who[1])) is not None:
        negated = kind in ("unless", "until")
        add_approval(context, draft, who[0], quorum, negated, (start, done))
        return done
    noun = who is not None and who[0].head == "vote" and " " in who[0].name
    if group is None and noun and who is not None and context.text.lower(who[1] - 1) == "votes":
        named = who[0].name.removesuffix(" vote")
        voters = replace(who[0], name=named, full=named, head=named.split()[-1])
        who, group = (voters, who[1] - 1), verb_group_at(context.text, who[1] - 1)
    if who is None or group is None:
        return None
    if group.kind == "be":
        after = context.text.match_any(group.end, ("in favour", "in favor", "in agreement",
        "for it",
                                                   "in support", "yes"))  # fmt: skip
        if after is None:
            return None
        add_approval(context, draft, who[0], quorum, kind in ("unless", "until") or group.negated,
                     (start, after[1]))  # fmt: skip
        return after[1]
    assent = group.verb is not None and (
        group.verb.action in ("approve", "confirm", "vote", "accept")
        or group.verb.lemma in ("sign", "support", "back", "sign off", "resolve", "decide")
    )
    if not assent:
        return None
    if context.text.lower(group.end) == "against":
        return None
    end = rest_of_approval(context, group.end)
    add_approval(
        context, draft, who[0], quorum, kind in ("unless", "until") or group.negated, (start, end)
    )
    return end


def majority(context: Context, index: int, draft: Draft) -> int | None:
    """ "by a two-thirds majority", "by simple majority", "by unanimous vote": of who decides."""
    text = context.text
    lead = text.match_any(index, ("by", "with", "on", "by means of", "upon", "subject to"))
    if lead is None:
        return None
    at = text.skip(lead[1], ("a", "an", "the", "simple", "absolute", "affirmative"))
    voted = text.match_any(at, ("vote of", "affirmative vote of", "resolution of", "decision of",
                                "votes of", "positive vote of"))  # fmt: skip
    votes = quorum_at(context, voted[1]) if voted is not None else None
    if votes is not None:
        who = phrase_at(text, text.skip(votes[1], ("of",)), context.names)
        if who is not None and who[0].quantity is None:
            add_approval(context, draft, who[0], votes[0], False, (index, who[1]))
            return who[1]
    found = quorum_at(context, at)
    counted_as = quorum_at(context, at + 2) if text.match(at, "majority of") else None
    if found is not None and text.lower(found[1] - 1) == "majority":
        quorum, after = found
    elif counted_as is not None:
        quorum, after = counted_as  # "by a majority of two thirds (of the members)"
        after -= text.lower(after - 1) == "of"
    elif text.lower(at) == "majority":
        quorum, after = ("50%", None, ">"), at + 1
    elif text.lower(at) == "unanimous":
        quorum, after = ("100%", None, None), at + 1
    else:
        return None
    after = text.skip(after, ("vote", "decision", "resolution", "majority"))
    if text.lower(text.skip(after, ("written", "prior"))) in APPROVAL_NOUNS:
        return None
    who = phrase_at(text, after + 1, context.names) if text.lower(after) == "of" else None
    if who is None and not context.mentioned:
        return None
    if who is not None:
        add_approval(context, draft, who[0], quorum, False, (index, who[1]))
        return who[1]
    span = context.text.span(index, after)
    name = context.mentioned[-1]
    add_approval(context, draft, Phrase(*span, name=name, full=name, head=name), quorum, False,
                 (index, after))  # fmt: skip
    return after


_AGREE = ("agree to", "agrees to", "have agreed to", "has agreed to", "vote to", "votes to",
          "have voted to", "decide to", "decides to", "consent to", "approve to")  # fmt: skip


def _agreed_to(context: Context, index: int) -> int | None:
    """ "(two of them) agree to sell the house": the index after what they agree to do."""
    text = context.text
    led = text.match_any(index, _AGREE)
    if led is None or lemma_of(text.lower(led[1]), "base") is None:
        return None
    what = phrase_at(text, led[1] + 1, context.names)
    return what[1] if what is not None and what[0].quantity is None else led[1] + 1


def _one_agrees(context: Context, index: int, draft: Draft, kind: str, start: int) -> int | None:
    """ "if Ann agrees to sell the house": her consent, and no sale."""
    who = phrase_at(context.text, index, context.names)
    if who is None or who[0].party is None or who[0].quantity is not None:
        return None
    done = _agreed_to(context, who[1])
    if done is not None:
        negated = kind in ("unless", "until")
        add_approval(context, draft, who[0], (None, None, None), negated, (start, done))
    return done


CERTIFYING = tuple(
    f"{lead} {done} by"
    for lead in ("as", "if")
    for done in ("certified", "confirmed", "verified", "attested", "approved", "agreed")
)
_DECIDING = (*CERTIFYING, "as determined by")


def certified(context: Context, index: int, draft: Draft) -> int | None:
    """ "as certified by two of the three Trustees", "as certified by the Engineer": what these
    have to agree on, or to say."""
    text = context.text
    lead = text.match_any(index, _DECIDING)
    found = quorum_at(context, lead[1]) if lead is not None else None
    if lead is None or (found is None and lead[0] not in CERTIFYING):
        return None
    who = phrase_at(text, text.skip(found[1], ("of",)) if found else lead[1], context.names)
    if who is None or who[0].quantity is not None:
        return None
    if found is not None:
        add_approval(context, draft, who[0], found[0], False, (index, who[1]))
        return who[1]
    if who[0].party is None:
        return None
    span, done = text.span(index, who[1]), lead[0].split()[1]
    said, name = context.words(span), party_name(who[0], context, "")
    if done in ("approved", "agreed"):
        told = Condition(kind="approval", text=said, span=span, subject=name)
    else:
        told = Condition(kind="event", text=said, span=span, actor=name, action="confirm")
    draft.conditions.append(told)
    return who[1]


def jointly(context: Context, index: int) -> tuple[Quorum, int] | None:
    """ "4 of the 5 reviewers can cancel": how many of those who act have to agree."""
    text = context.text
    found = quorum_at(context, index)
    if found is None or text.kind(found[1] - 1) != "quorum":
        return None
    who = phrase_at(text, text.skip(found[1], ("of",)), context.names)
    modal = who is not None and text.lower(who[1]) in MODALS
    return (found[0], text.skip(found[1], ("of",))) if modal else None


Quorum = tuple[str | None, int | None, Comparator | None]


def quorum_at(context: Context, index: int) -> tuple[Quorum, int] | None:
    """ "2 of 3", "at least 4 of 7", "two thirds of", "a majority of"."""
    text = context.text
    comparing = text.match_any(index, markers.COMPARING)
    comparator = markers.COMPARING[comparing[0]] if comparing is not None else None
    many = text.nodes[index + 1].value if text.kind(index + 1) == "amount" else None
    if text.lower(index) == "all" and isinstance(many, Quantity) and many.asset is None and (
        many.amount is not None and many.amount.isdigit()
    ):  # fmt: skip
        return (many.amount, int(many.amount), None), index + 2
    at = text.skip(comparing[1] if comparing else index, ("any", "a", "the", "simple", "an"))
    if text.kind(at) == "quorum":
        whole = counted(text.nodes[at])
        return (str(whole[0]), whole[1], comparator), at + 1
    if text.kind(at) == "amount" and text.lower(at) in FRACTIONS:
        many, total = FRACTIONS[text.lower(at)]
        return (many, total, comparator), text.skip(at + 1, ("majority", "of"))
    if text.lower(at) == "majority" and text.lower(at + 1) == "of":
        return ("50%", None, ">"), at + 2
    fraction = text.match_any(at, FRACTIONS)
    if fraction is not None:
        many, total = FRACTIONS[fraction[0]]
        return (many, total, comparator), text.skip(fraction[1], ("majority", "of"))
    if text.kind(at) == "word" and text.lower(at) == "half":
        return ("50%", None, comparator), text.skip(at + 1, ("of",))
    if text.kind(at) == "amount":
        quantity = text.nodes[at].value
        assert isinstance(quantity, Quantity)
        if quantity.asset == "%" and quantity.amount is not None:
            return (f"{quantity.amount}%", None, comparator), at + 1
    return None


FRACTIONS = {"two thirds": ("2", 3), "two-thirds": ("2", 3), "three quarters": ("3", 4),
              "three-quarters": ("3", 4), "one third": ("1", 3), "one-third": ("1", 3),
              "three fourths": ("3", 4), "2/3": ("2", 3), "3/4": ("3", 4)}  # fmt: skip


def rest_of_approval(context: Context, index: int) -> int:
    """What is approved, as far as no comma ends it."""
    text = context.text
    while text.kind(index) == "word" and text.lower(index) not in ("the", "then", "and", "or"):
        index += 1
        if text.lower(index) in ("the", "a"):
            index += 1
    if text.lower(index) == "the":
        found = phrase_at(text, index, context.names)
        if found is not None and verb_group_at(text, found[1]) is None:
            return found[1]
    return index


_HELD: dict[str, Comparator | None] = {"exact": None, "least": ">=", "most": "<="}


def add_approval(
    context: Context, draft: Draft, who: Phrase, quorum: Quorum, negated: bool, at: tuple[int, int]
) -> None:
    """Adds the consent of somebody."""
    span = context.text.span(*at)
    subject = party_name(who, context, "")
    held = who.quantity
    if quorum[0] is None and held is not None and held.asset == "%" and held.amount:
        quorum = (f"{held.amount}%", None, _HELD[held.limit])
    draft.conditions.append(
        Condition(kind="approval", text=context.words(span), span=span, negated=negated,
                  subject=subject, value=quorum[0], total=quorum[1], comparator=quorum[2])
    )  # fmt: skip
    context.mention(subject)


def consented(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> list[Condition]:
    """The consent that a clause tells of, with its time; what nobody named approved is a state."""
    group = inner.group
    thing = inner.subjects if group.passive else inner.objects
    negated = negated != group.negated
    who = inner.agent if group.passive else (inner.subjects[0] if inner.subjects else None)
    about = full_name(thing[0]) if thing else None
    dated = inner.deadline is not None and inner.time_comparator in (None, "<", "<=")
    if dated and (negated or who is None):
        return [
            Condition(kind="breach" if negated else "event", text=words, span=span, asset=about,
                      actor=party_name(who, context) if who is not None else None,
                      action="approve", comparator=inner.time_comparator or "<=",
                      value=inner.deadline, subject=inner.deadline_from)
        ]  # fmt: skip
    times = [
        Condition(kind="time", text=words, span=span, value=inner.deadline,
                  comparator=inner.time_comparator or "<=", subject=inner.deadline_from)
    ] if inner.deadline is not None else []  # fmt: skip
    if group.passive and inner.agent is None:
        state = Condition(kind="state", text=words, span=span, subject=about, value="approved",
                          negated=negated)  # fmt: skip
        return [state, *times]
    subject = party_name(who, context) if who is not None else None
    context.mention(subject)
    value, total = None, None
    if (
        who is not None
        and who.quantity is not None
        and (who.quantity.asset or "").startswith("of ")
    ):
        value, total = who.quantity.amount, int((who.quantity.asset or "of 0")[3:])
    said = words.lower()
    share: Comparator | None = None
    if (
        who is not None
        and who.quantity is not None
        and who.quantity.asset == "%"
        and (who.quantity.amount is not None)
    ):
        value, share = f"{who.quantity.amount}%", _HELD[who.quantity.limit]
        share = ">" if share and ("majority" in said or "more than" in said) else share
    if value is None and "unanimous" in words.lower():
        value = "100%"
    many = who.quantity if who is not None and value is None else None
    comparator: Comparator | None = share
    if many is not None and who is not None and many.asset == who.name:
        value, comparator = many.amount, _HELD[many.limit]
        comparator = ">" if comparator and "more than" in words.lower() else comparator
    approval = Condition(kind="approval", text=words, span=span, subject=subject, negated=negated,
                         value=value, total=total, comparator=comparator)  # fmt: skip
    return [approval, *times]
