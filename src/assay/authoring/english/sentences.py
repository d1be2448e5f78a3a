"""A sentence: clauses in order, what stands before them, and what follows where they fail."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assay.authoring.english.arguments import arguments, reference_at
from assay.authoring.english.boundaries import subjects_at, verb_follows
from assay.authoring.english.clauses import clause_at, continued_at, imperative_at
from assay.authoring.english.deadlines import adjunct_at
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.nodes import Line, Node
from assay.authoring.english.phrases import phrase_at
from assay.authoring.english.roles import roles_of
from assay.authoring.english.verb_groups import Group
from assay.authoring.model import Condition, Span


@dataclass
class Sentence:
    """The clauses of a sentence.

    Attributes:
        alternatives: index of a clause to the index of the clause that applies where it fails.
        unread: indices of nodes that no rule reads.
    """

    drafts: list[Draft] = field(default_factory=list)
    alternatives: dict[int, int] = field(default_factory=dict)
    unread: list[Node] = field(default_factory=list)


_JOINTS = frozenset({",", "and", "or", "but", "then", ";", ":", "-", "–", "—", "plus", "•", "*",
                     "and/or", "also", "furthermore", "however", "thereafter", "thereupon"})  # fmt: skip
_SILENT = frozenset({"(", ")", '"', "“", "”", ".", "'", "’", "‘", "/", "_", "#", "!", "…"})


def without_list_marks(line: Line) -> Line:
    """Leaves out "(a)", "(ii)", "1." before the parts of a list, and a colon before the first."""
    nodes: list[Node] = []
    index = 0
    while index < len(line):
        if line.lower(index) == "(" and line.lower(index + 2) == ")" and _is_mark(line, index + 1):
            index += 3
            continue
        if line.lower(index) == ":" and nodes and nodes[-1].lower in (*words.MODALS, "to", "not",
                                                                      "following"):  # fmt: skip
            index += 1
            continue
        nodes.append(line.nodes[index])
        index += 1
    return Line(nodes)


def _is_mark(line: Line, index: int) -> bool:
    text = line.lower(index)
    return (len(text) == 1 and (text.isalnum())) or (
        len(text) <= 4 and text != "" and set(text) <= set("ivx")
    )


def _shell(index: int) -> Draft:
    return Draft(Group(index))


def read_sentence(context: Context) -> Sentence:
    """Reads every clause of a sentence."""
    result = Sentence()
    text = context.text
    _skip_agreement(context)
    shell, index, alternative, joined = _shell(0), 0, False, False
    while index < len(text):
        word = text.lower(index)
        otherwise = _otherwise(context, index) if result.drafts else None
        if otherwise is not None:
            alternative, joined, index, shell = True, True, otherwise, _shell(0)
            continue
        if word in _JOINTS or word in _SILENT:
            if word == ";" or (word == "." and result.drafts):
                shell = _shell(0) if not _in_list(text, index) else shell
            joined, index = True, index + 1
            continue
        follows = text.match_any(index, _FOLLOWING) if result.drafts else None
        if follows is not None:
            index, joined, shell = follows[1], True, _shell(0)
            if "consideration" not in follows[0] and "exchange" not in follows[0] and "return" not in follows[0]:
                shell.conditions = _done(context, result.drafts[-1], text.span(index - 1, index))
            continue
        before = result.drafts[-1] if result.drafts else None
        at_start = index
        found = _proviso(context, index) if before is not None else None
        if found is None:
            after = adjunct_at(context, index, shell)
            if after is not None:
                index = after
                continue
            found = _clause(context, index, before if joined else None)
        if found is None:
            index = _unread(context, index, result)
            continue
        draft, index = found
        joined = False
        if text.lower(at_start - 1) == "then" and before is not None:
            _afterwards(context, before, draft, at_start)
        _share(result, draft)
        draft.bare = not (draft.objects or draft.conditions or draft.deadline or draft.agent)
        _apply(shell, draft)
        result.drafts.append(draft)
        context.previous = draft
        joined = False
        if alternative:
            result.alternatives[len(result.drafts) - 2] = len(result.drafts) - 1
            alternative = False
    if result.drafts and shell.start != -1:
        _attach(shell, result.drafts[-1])
    elif not result.drafts:
        context.doubts.extend(shell.doubts)
        if shell.conditions or shell.deadline or shell.recurrence:
            result.unread.extend(text.nodes)
    return result


_FOLLOWING = ("in which case", "whereupon", "upon which", "in which event", "and in that case",
              "in consideration of which", "in exchange for which", "in return for which")  # fmt: skip


def _done(context: Context, before: Draft, span: Span) -> list[Condition]:
    """ "in which case": the act of the clause before has been done."""
    if before.group.force != "may":
        return []
    return [
        Condition(kind="event", text=context.words(span), span=span, actor=roles.actor,
                  action=roles.action, amount=roles.amount, asset=roles.asset,
                  recipient=roles.recipient)
        for roles in roles_of(before, context)[:1]
    ]  # fmt: skip


def _afterwards(context: Context, before: Draft, draft: Draft, index: int) -> None:
    """ "locked for 72 hours, then": after the time of the clause before."""
    action = before.group.verb.action if before.group.verb is not None else None
    if before.deadline is None or action not in ("lock", "keep", "maintain", "use", "occupy"):
        return
    span = context.text.span(index - 1, index)
    draft.conditions.insert(
        0, Condition(kind="time", text=context.words(span), span=span, comparator=">",
                     value=before.deadline, subject=before.deadline_from)
    )  # fmt: skip


def _skip_agreement(context: Context) -> None:
    """Leaves out "the parties agree that", "X agrees with Y that" before what is agreed."""
    text = context.text
    found = subjects_at(context, 0)
    at = found[1] if found is not None else 0
    at = text.skip(at, ("hereby", "further", "acknowledges", "acknowledge", "and", "is", "it"))
    if text.lower(at) not in ("agrees", "agree", "agreed", "understood", "understands", "ensures",
                              "acknowledged", "ensure", "confirms", "guarantees"):  # fmt: skip
        return
    at += 1
    if text.lower(at) == "with":
        other = phrase_at(text, at + 1, context.names)
        at = other[1] if other is not None else at
    if text.lower(at) == "that" and text.lower(at - 1) != "confirms":
        del text.nodes[: at + 1]


def _otherwise(context: Context, index: int) -> int | None:
    """The index after words that begin what follows where a duty is not kept."""
    text = context.text
    marker = text.match_any(index, markers.OTHERWISE)
    if marker is not None and marker[0] == "or":
        found = subjects_at(context, index + 1)
        clause = found is not None and verb_follows(context, found[1]) is not None
        return marker[1] if clause else None
    if marker is not None and not _verb_otherwise(text, marker[1]):
        return marker[1]
    lead = text.match_any(index, ("if", "should", "in the event that", "where"))
    who = phrase_at(text, lead[1], context.names) if lead is not None else None
    if who is None or not (who[0].party or who[0].pronoun):
        return None
    points = text.match_any(who[1], ("does not", "do not", "doesn't", "don't", "fails to do so",
                                     "fail to do so", "does not do so", "fails", "has not done so",
                                     "do not do so", "fails to comply", "does not comply",
                                     "is late", "fails so to do", "have not done so", "did not",
                                     "doesn't do so", "fails to do this", "fails to"))  # fmt: skip
    if points is None or text.lower(points[1]) not in (",", "then", ""):
        return None
    return points[1]


def _verb_otherwise(text: Line, index: int) -> bool:
    """ "unless otherwise agreed", "as otherwise provided" are no alternatives."""
    return text.lower(index) in (
        "agreed",
        "provided",
        "stated",
        "specified",
        "required",
        "directed",
    )


def _in_list(text: Line, index: int) -> bool:
    return any(text.lower(step) in (":",) for step in range(index))


def _proviso(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "provided that the Seller shall ...": a clause of its own, not a condition."""
    marker = context.text.match_any(index, ("provided that", "provided always that", "provided",
                                            "provided however that", "and provided that",
                                            "save that", "except that"))  # fmt: skip
    if marker is None:
        return None
    at = context.text.skip(marker[1], (",", "however", "that"))
    found = clause_at(context, at, False)
    return found if found is not None and found[0].group.force is not None else None


def _clause(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    if before is not None and before.group.verb is not None:
        continued = continued_at(context, index, before)
        if continued is not None and _is_bare_verb(context, index):
            continued[0].continued = True
            return continued
    shares = _split(context, index, before)
    if shares is not None:
        return shares
    found = clause_at(context, index, False)
    if found is not None:
        return found
    ban = _ban(context, index)
    if ban is not None:
        return ban
    if before is not None and before.group.verb is not None:
        fragment = _fragment(context, index, before)
        if fragment is not None:
            return fragment
    return (
        imperative_at(context, index)
        or _bare_payment(context, index, before)
    )


def _split(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    """ "Revenue split: 60% to Lena, 40% to Oskar": what introduces the shares."""
    text = context.text
    stop = next((at for at in range(index, min(index + 5, len(text))) if text.lower(at) == ":"), None)
    words_before = {text.lower(at) for at in range(index, stop or index)}
    if before is not None or stop is None or not words_before & _SPLITS:
        return None
    name = " ".join(
        text.lower(at) for at in range(index, stop) if text.lower(at) not in {*_SPLITS, "the", "of"}
    )
    draft = Draft(Group(stop, force="must", verb=VERBS["distribute"]), imperative=True, whole=name)
    draft.start, draft.end = text.nodes[index].start, text.nodes[stop].end
    return draft, stop


_SPLITS = frozenset({"split", "distribution", "allocation", "sharing", "shares", "division"})


def _bare_payment(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    """ "5 ETH from Max to Lea when the site goes live"."""
    found = phrase_at(context.text, index, context.names) if before is None else None
    if (
        found is None
        or found[0].quantity is None
        or context.text.lower(found[1]) not in ("from", "to")
    ):
        return None
    draft = Draft(Group(found[1], force="must", verb=VERBS["send"]), objects=[found[0]])
    draft.start = context.text.nodes[index].start
    after = arguments(context, found[1], draft)
    if not draft.recipients:
        return None
    draft.subjects = [draft.source] if draft.source is not None else []
    draft.imperative = draft.source is None
    return draft, after


def _is_bare_verb(context: Context, index: int) -> bool:
    """Whether the words at an index are a verb rather than a subject with a verb behind it."""
    return clause_at_probe(context, index) is None


def clause_at_probe(context: Context, index: int) -> int | None:
    """The index after a subject that has a verb behind it, without reading the clause."""
    found = subjects_at(context, index)
    if found is None or verb_follows(context, found[1]) is None:
        return None
    return found[1]


def _ban(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "no refunds after 30 days": a noun of an act that is not to be."""
    text = context.text
    noun = singular(text.lower(index + 1))
    if text.lower(index) != "no" or noun not in NOUNS:
        return None
    verb = VERBS[NOUNS[noun]]
    group = Group(index + 2, force="must_not", verb=verb, passive=True, nobody=True)
    draft = Draft(group)
    draft.start = text.nodes[index].start
    after = index + 2
    if text.lower(after) == "of":
        found = phrase_at(text, after + 1, context.names)
        if found is not None:
            draft.subjects, after = [found[0]], found[1]
    elif context.thing is not None and index > 0:
        draft.subjects = [context.thing]
    return draft, arguments(context, after, draft)


def _fragment(context: Context, index: int, before: Draft) -> tuple[Draft, int] | None:
    """ "rest on delivery": the verb of the clause before, with another amount."""
    found = phrase_at(context.text, index, context.names)
    if found is None or not (found[0].quantity or found[0].left_over):
        return None
    phrase, after = found
    draft = Draft(before.group, subjects=list(before.subjects), recipients=list(before.recipients),
                  imperative=before.imperative, fragment=True)  # fmt: skip
    draft.start = context.text.nodes[index].start
    receivers = [item for item in before.objects if item.quantity is None and item.party]
    quantity = phrase.quantity
    if before.whole and quantity is not None and quantity.asset == "%" and not quantity.share_of:
        phrase = replace(phrase, quantity=replace(quantity, share_of=before.whole))
        draft.whole = before.whole
    if before.group.passive:
        draft.subjects = [phrase]
    else:
        draft.objects = [*receivers, phrase]
    if context.text.lower(after) == "to":
        draft.recipients = []
    after = arguments(context, after, draft)
    return draft, after


def _share(result: Sentence, draft: Draft) -> None:
    """ "shall sell, transfer or pledge any tokens": verbs in a row share what stands behind them;
    "shall pay: (a) ...; (b) ...": what introduces a list says nothing by itself."""
    if (
        draft.fragment
        and result.drafts
        and result.drafts[-1].spread
        and result.drafts[-1].occurrences
    ):
        result.drafts.pop()
        return
    for before in reversed(result.drafts):
        if (
            not before.bare
            or before.group.kind != "act"
            or before.group.passive
            or draft.group.passive
        ):
            return
        if draft.fragment and before.bare:
            draft.recipients = draft.recipients or list(before.recipients)
            result.drafts.remove(before)
            return
        if before.recipients or not (draft.continued or _trades(before, draft)):
            return
        before.objects, before.recipients = list(draft.objects), list(draft.recipients)
        before.conditions = [*before.conditions, *draft.conditions]
        before.deadline, before.deadline_from = draft.deadline, draft.deadline_from
        before.recurrence, before.source = draft.recurrence, draft.source
        before.notices, before.end = list(draft.notices), draft.end


def _trades(before: Draft, draft: Draft) -> bool:
    """ "the Seller sells and the Buyer buys 100 tonnes of wheat"."""
    acts = {item.group.verb.action for item in (before, draft) if item.group.verb is not None}
    return acts == {"buy", "sell"}


def _apply(shell: Draft, draft: Draft) -> None:
    """What stands before a clause holds for it."""
    draft.conditions = [*shell.conditions, *draft.conditions]
    draft.deadline = draft.deadline or shell.deadline
    draft.deadline_from = draft.deadline_from or shell.deadline_from
    draft.recurrence = draft.recurrence or shell.recurrence
    draft.notices.extend(shell.notices)
    draft.doubts = [*shell.doubts, *draft.doubts]
    shell.doubts = []
    shell.start = -1


def _attach(shell: Draft, draft: Draft) -> None:
    """What stands behind the last clause belongs to it."""
    draft.conditions.extend(shell.conditions)
    draft.doubts.extend(shell.doubts)
    draft.deadline = draft.deadline or shell.deadline
    draft.deadline_from = draft.deadline_from or shell.deadline_from
    draft.recurrence = draft.recurrence or shell.recurrence


_REASONS = ("in consideration of", "in consideration for", "in exchange for", "in return for",
            "for the avoidance of", "with respect to", "as consideration for", "in respect of",
            "for the purpose of", "in connection with", "in relation to", "as security for",
            "in accordance with", "pursuant to", "notwithstanding", "without prejudice to",
            "under", "for", "in addition to", "in view of")  # fmt: skip


def _unread(context: Context, index: int, result: Sentence) -> int:
    """Files a word that no rule reads; a condition that cannot be read goes as a whole."""
    text = context.text
    word = text.lower(index)
    pointing = reference_at(text, index)
    if pointing is not None:
        return pointing
    if word in words.FILLERS or word in words.AUTOMATIC:
        return index + 1
    filler = text.match_any(index, markers.WEIGHTLESS)
    if filler is not None:
        return filler[1]
    reason = text.match_any(index, _REASONS)
    why = phrase_at(text, reason[1], context.names) if reason is not None else None
    if why is not None and why[0].quantity is None and text.lower(why[1]) == ",":
        return why[1]
    if text.match_any(index, markers.FINITE) or text.match_any(index, markers.NOMINAL):
        while index < len(text) and text.lower(index) not in (",", ";"):
            result.unread.append(text.nodes[index])
            index += 1
        return index
    result.unread.append(text.nodes[index])
    return index + 1
