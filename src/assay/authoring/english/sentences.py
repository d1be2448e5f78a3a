"""A sentence: clauses in order, what stands before them, and what follows where they fail."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assay.authoring.english.attaching.dated import dated_at, due_apart, leads_amount
from assay.authoring.english.attaching.deadlines import adjunct_at
from assay.authoring.english.attaching.instalments import begun, instalments
from assay.authoring.english.attaching.once import once_and_again
from assay.authoring.english.attaching.periods import is_over, names_period, since_act
from assay.authoring.english.attaching.shares import (
    apportioned,
    of_total,
    own_share,
    with_unit,
    without_total,
)
from assay.authoring.english.bans import ban_at
from assay.authoring.english.clauses import clause_at, continued_at
from assay.authoring.english.conditions.boundaries import duty_follows, is_bare_verb
from assay.authoring.english.conditions.either import either
from assay.authoring.english.defaults import in_default
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.fragments import bare_payment_at, fragment_at, split_at, unlocked_at
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexing.durations import times_in
from assay.authoring.english.lexing.made import is_money_amount
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.lexing.references import reference_at
from assay.authoring.english.links import (
    FOLLOWING,
    ask_whether_apart,
    in_list,
    link,
    otherwise_at,
    since,
    told_before,
)
from assay.authoring.english.offers import cap_at, offer_at
from assay.authoring.english.orders import imperative_at
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.english.rewriting.steps import rewritten
from assay.authoring.english.sharing import (
    added,
    ask_scopes,
    bounds_last,
    is_bare,
    opens_list,
    share_objects,
    share_times,
    taken_back,
)
from assay.authoring.language.quantities import Quantity


@dataclass
class Sentence:
    """The clauses of a sentence.

    Attributes:
        alternatives: index of a clause to the index of the clause that applies where it fails.
        unread: nodes that no rule reads.
        points_back: it says what follows where the sentence before is not kept.
    """

    drafts: list[Draft] = field(default_factory=list)
    alternatives: dict[int, int] = field(default_factory=dict)
    unread: list[Node] = field(default_factory=list)
    points_back: bool = False


_JOINTS = frozenset({",", "and", "or", "but", "then", ";", ":", "-", "–", "—", "plus", "•", "*",
                     "and/or", "nor", "also", "furthermore", "however", "thereafter",
                     "afterwards", "thereupon"})  # fmt: skip
_SILENT = frozenset({"(", ")", '"', "“", "”", ".", "'", "’", "‘", "/", "_", "#", "!", "…"})


_NOBODY = frozenset({"no", "none", "nobody", "neither"})


def _shell(index: int, text: Line | None = None) -> Draft:
    """What stands before a clause; in a sentence that bans, its times are those of a ban."""
    if text is None:
        return Draft(Group(index))
    if any(text.match_any(at, markers.BANS) for at in range(index, len(text))):
        return Draft(Group(index, force="must_not"))
    modal = next((at for at in range(index, len(text)) if text.lower(at) in words.MODALS), None)
    if modal is None:
        return Draft(Group(index))
    banned = text.lower(modal) in ("cannot", "can't", "mustn't")
    banned = banned or text.lower(modal + 1) in ("not", "never")
    opened = next((at for at in range(modal, index, -1) if text.lower(at - 1) == ","), index)
    banned = banned or text.lower(opened) in _NOBODY
    return Draft(Group(index, force="must_not" if banned else None))


def _opened(context: Context) -> Draft:
    """What stands before the first clause, with what it points at; puts all in plain clauses."""
    told = told_before(context)
    rewritten(context)
    shell = _shell(0, context.text)
    shell.conditions.extend(told)
    return shell


def read_sentence(context: Context) -> Sentence:
    """Reads every clause of a sentence."""
    result = Sentence()
    text = context.text
    shell, index, alternative, joined = _opened(context), 0, False, False
    pending: list[Draft] = []
    choice = False
    while index < len(text):
        word = text.lower(index)
        first = index == 0 and context.follows
        otherwise = otherwise_at(context, index) if result.drafts or first else None
        if otherwise is not None and first:
            result.points_back, index, joined = True, otherwise, True
            continue
        if otherwise is not None:
            alternative, joined, index, shell = True, True, otherwise, _shell(0)
            continue
        if word in _JOINTS or word in _SILENT:
            choice = choice or word == "or"
            if word == ";" or (word == "." and result.drafts):
                shell = shell if _still_led(text, index) else _shell(0)
            joined, index = True, index + 1
            continue
        follows = text.match_any(index, FOLLOWING) if result.drafts else None
        if follows is not None:
            index, joined, shell = follows[1], True, _shell(0)
            shell.conditions = since(context, follows[0], index, result.drafts[-1])
            continue
        before, at_start = result.drafts[-1] if result.drafts else None, index
        found = _proviso(context, index) if before is not None else None
        if found is not None:
            shell = _shell(0)
        if found is None:
            if joined and shell.start == -1 and _condition_leads(context, index):
                shell = _shell(0)
            trailing = shell.trial() if shell.start == -1 else shell
            held = len(shell.conditions)
            after = instalments(context, index, trailing) or adjunct_at(context, index, trailing)
            if after is not None:
                if choice and (trailing is not shell or 0 < held < len(shell.conditions)):
                    either(trailing, text.span(index, after))
                index = after
                if trailing is not shell:
                    pending.append(trailing)
                continue
            found = _clause(context, index, before if joined else None)
        if found is None:
            index = _unread(context, index, result)
            continue
        draft, index = found
        if before is not None:
            if not joined:
                ask_whether_apart(context, draft, at_start)
            link(context, before, draft, at_start)
            alternative = in_default(before, draft, text.lower(at_start - 1)) or alternative
        joined = choice = False
        if text.lower(at_start - 1) != ";":
            share_objects(result.drafts, draft)
        draft.bare = is_bare(draft) or opens_list(text, index, draft)
        lead = _shell(0) if due_apart(context, at_start, shell, draft) else shell
        _append(context, result, _under(lead, pending, draft), at_start)
        _remember(context, draft)
        if alternative:
            result.alternatives[len(result.drafts) - 2] = len(result.drafts) - 1
            alternative = False
    if alternative:
        _otherwise_behind(result, text.nodes[-1])
    _finish(context, result, shell, pending)
    return result


def _remember(context: Context, draft: Draft) -> None:
    """Keeps a clause, and its time, for those that point back at it."""
    context.previous = draft
    if draft.deadline is not None:
        context.lasting = draft.deadline, draft.deadline_from or since_act(draft)


def _still_led(text: Line, index: int) -> bool:
    """Whether what leads a sentence holds behind a stop as well: in a list, or where the stop was
    a comma before "who"."""
    return text.nodes[index].text == "," or in_list(text, index)


def _otherwise_behind(result: Sentence, last: Node) -> None:
    """ "and returns it otherwise": what the last clause says follows where the first fails."""
    if len(result.drafts) == 2 and not result.alternatives:
        result.alternatives[0] = 1
    else:
        result.unread.append(last)


def _condition_leads(context: Context, index: int) -> bool:
    """Whether a condition of its own leads the next clause: "if A, the mill pays, and if B, the
    farm pays"."""
    text = context.text
    if leads_amount(context, index):
        return True
    if text.match_any(index, markers.FINITE) is None or text.lower(index - 1) not in (
        "and", "but", ";", ",", "while"
    ):  # fmt: skip
        return False
    probe = _shell(0)
    after = adjunct_at(context, index, probe)
    return after is not None and bool(probe.conditions) and duty_follows(context, after)


def _under(shell: Draft, pending: list[Draft], draft: Draft) -> Draft:
    """A clause with what stands before it."""
    while pending:
        shell.take(pending.pop(0))
    return draft if draft.cap else _apply(shell, draft)


def _append(context: Context, result: Sentence, draft: Draft, start: int) -> None:
    """Adds a clause with its shares and units, and what is due beside the clause before."""
    begun(draft)
    own_share(draft)
    taken_back(result.drafts, draft)
    if bounds_last(result.drafts, draft):
        return
    with_unit(result.drafts[-1] if result.drafts else None, draft)
    result.drafts.extend(part for one in once_and_again(draft) for part in apportioned(one))
    added(context, result.drafts, start)


def _finish(context: Context, result: Sentence, shell: Draft, pending: list[Draft]) -> None:
    """Gives what stands behind the last clause to it; without a clause, it is unread."""
    if not result.alternatives:
        result.drafts = without_total(context, result.drafts)
    of_total(context, result.drafts)
    for trailing in pending:
        if result.drafts:
            _attach(trailing, result.drafts[-1])
    if result.drafts and shell.start != -1:
        _attach(shell, result.drafts[-1])
    elif not result.drafts:
        context.doubts.extend(shell.doubts)
        if shell.conditions or shell.deadline or shell.recurrence:
            result.unread.extend(context.text.nodes)
    share_times(context, result.drafts)
    ask_scopes(context, result.drafts)


def _proviso(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "provided that the Seller shall ...": a clause of its own, not a condition."""
    marker = context.text.match_any(index, ("provided that", "provided always that", "provided",
                                            "provided however that", "and provided that",
                                            "save that", "except that"))  # fmt: skip
    if marker is None:
        return None
    at = context.text.skip(marker[1], (",", "however", "that"))
    found = clause_at(context, at, False)
    return found if found is not None and found[0].group.modal else None


def _clause(context: Context, index: int, before: Draft | None) -> tuple[Draft, int] | None:
    told = before is not None and (
        before.group.force is None or before.group.kind != "act" or before.bound
    )
    if before is not None and before.group.verb is not None and not told:
        continued = continued_at(context, index, before)
        if continued is not None and is_bare_verb(context, index):
            continued[0].continued = True
            return continued
    shares = split_at(context, index, before)
    if shares is not None:
        return shares
    if before is not None and before.whole is not None and before.group.verb is not None and (
        context.text.kind(index) == "amount"
    ):  # fmt: skip
        share = fragment_at(context, index, before)
        if share is not None and share[0].recipients:
            return share
    offer = offer_at(context, index)
    if offer is not None:
        return offer
    found = clause_at(context, index, False)
    if found is not None:
        return found
    unlocked = unlocked_at(context, index, before)
    if unlocked is not None:
        return unlocked
    ban = ban_at(context, index)
    if ban is not None:
        return ban
    banned = before is not None and before.group.force == "must_not" and (
        before.bound or (_trades(before) and is_money_amount(context.text, index))
    )  # fmt: skip
    banned = banned or (before is not None and _is_no_payment(context, index, before))
    if before is not None and before.group.verb is not None and not banned:
        fragment = cap_at(context, index) or dated_at(context, index, before)
        fragment = fragment or fragment_at(context, index, before)
        if fragment is not None:
            return fragment
    cap = cap_at(context, index) if before is None or banned else None
    alone = None if banned else before
    return cap or imperative_at(context, index) or bare_payment_at(context, index, alone)


def _is_no_payment(context: Context, index: int, before: Draft) -> bool:
    """ "the term ends within 6 months, 1% a month": the amount is none of what ends."""
    verb, node = before.group.verb, context.text.nodes[index]
    worth = isinstance(node.value, Quantity) and node.value.asset is not None
    ending = verb is not None and verb.action in ("terminate", "extend", "renew", "cancel")
    return (
        ending and node.kind == "amount" and worth and context.text.lower(index - 1) in (",", ";")
    )


def _trades(draft: Draft) -> bool:
    """ "nobody may buy before 1 May, 0.03 USDC per token": the price is none of the ban."""
    verb = draft.group.verb
    return verb is not None and verb.action in ("buy", "sell", "transfer", "issue", "claim")


def _apply(shell: Draft, draft: Draft) -> Draft:
    """What stands before a clause holds for it."""
    again = shell.start == -1
    own = again and any(names_period(item) for item in draft.conditions)
    held = [item for item in shell.conditions if not (own and names_period(item))]
    if again and any(is_over(item, shell.deadline) for item in draft.conditions):
        shell = replace(shell, deadline=None, deadline_from=None, start=-1)
    held = [item for item in held if not any(is_over(one, item) for one in draft.conditions)]
    draft.conditions = [*held, *draft.conditions]
    draft.take_time(shell, again=again)
    draft.recurrence = draft.recurrence or shell.recurrence
    draft.delayed = draft.delayed or shell.delayed
    draft.notices.extend(shell.notices)
    draft.doubts = [*shell.doubts, *draft.doubts]
    shell.doubts, shell.start = [], -1
    return draft


def _attach(shell: Draft, draft: Draft) -> None:
    """What stands behind the last clause belongs to it."""
    draft.conditions.extend(shell.conditions)
    draft.doubts.extend(shell.doubts)
    often = times_in(shell.deadline, draft.recurrence) if shell.lasts else None
    if often is not None and draft.occurrences in (None, often):
        draft.occurrences = often
        return
    draft.take_time(shell)
    draft.recurrence = draft.recurrence or shell.recurrence
    draft.delayed = draft.delayed or shell.delayed


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
    each = reason is not None and text.lower(reason[1]) in ("each", "every")
    why = phrase_at(text, reason[1], context.names) if reason is not None and not each else None
    if why is not None and why[0].quantity is None and text.lower(why[1]) == ",":
        return why[1]
    behind = _to_comma(text, why[1]) if why is not None and why[0].quantity is None else None
    if reason is not None and reason[0] not in ("for", "under") and behind is not None:
        return behind
    whole = each or text.match_any(index, markers.FINITE) or text.match_any(index, markers.NOMINAL)
    if whole:
        while index < len(text) and text.lower(index) not in (",", ";"):
            result.unread.append(text.nodes[index])
            index += 1
        return index
    result.unread.append(text.nodes[index])
    return index + 1


def _to_comma(text: Line, index: int) -> int | None:
    """The index of the comma that ends a reason: "the licence granted hereunder,"."""
    end = index
    while end < len(text) and text.kind(end) == "word" and end - index < 6:
        end += 1
    return end if text.lower(end) == "," else None
