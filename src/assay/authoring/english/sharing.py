"""What clauses in a row share: objects, times, conditions."""

from __future__ import annotations

import re
from dataclasses import replace

from assay.authoring.english.attaching.shares import of_sum
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon.verbs import CARRIERS, NOUNS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.model import Condition


def share_objects(drafts: list[Draft], draft: Draft) -> None:
    """ "shall sell, transfer or pledge any tokens": verbs in a row share what stands behind them;
    "shall pay: (a) ...; (b) ...": what introduces a list says nothing by itself."""
    if draft.fragment and drafts and drafts[-1].spread and drafts[-1].occurrences:
        of_sum(drafts.pop(), draft)
        return
    last = drafts[-1] if drafts else None
    banned = last is not None and draft.group.force == "must_not" == last.group.force
    if banned and draft.continued:
        _extend_ban(drafts, draft)
    if last is not None and draft.continued and _open_scope(last, draft):
        _ask_scope(last, draft)
    merged = False
    if last is not None and draft.fragment and last.bare and _carries(last):
        drafts.remove(last)
        return
    for before in reversed(list(drafts)):
        if merged and not _trades(before, draft):
            return
        if (
            not before.bare
            or before.group.kind != "act"
            or before.group.passive
            or draft.group.passive
        ):
            return
        if draft.fragment and before.bare and not merged:
            draft.recipients = draft.recipients or list(before.recipients)
            drafts.remove(before)
            merged = True
            continue
        trades = _trades(before, draft)
        if (before.recipients and not trades) or not (draft.continued or trades):
            return
        if not _is_shared(before, draft):
            return
        before.objects = list(draft.objects)
        before.recipients = before.recipients or list(draft.recipients)
        before.conditions = [*before.conditions, *draft.conditions]
        if draft.deadline is not None:  # else what stands before the verbs holds for this one
            before.deadline, before.deadline_from = draft.deadline, draft.deadline_from
        before.recurrence = draft.recurrence or before.recurrence
        before.source = draft.source
        before.notices = [*before.notices, *draft.notices]
        before.end = draft.end


def is_bare(draft: Draft) -> bool:
    """Whether a verb has nothing of its own, apart from what stands before it and those after."""
    verb = draft.group.verb
    if verb is not None and verb.lemma in ("go", "go back", "flow") and draft.recipients:
        return False
    if verb is not None and verb.frame == "self" and any(one.quantity for one in draft.subjects):
        return False
    held = draft.held
    known = [*draft.restricted, *(held.conditions if held is not None else [])]
    own = [item for item in draft.conditions if item not in known]
    late = draft.deadline if held is None or held.deadline is None else None
    return not (draft.objects or own or late or draft.agent)


def opens_list(text: Line, index: int, draft: Draft) -> bool:
    """ "shall pay the Licensor: (a) ...": only who receives what the list behind it names."""
    verb, objects = draft.group.verb, draft.objects
    gives = verb is not None and verb.frame == "give" and not draft.group.passive
    only = len(objects) == 1 and objects[0].party is not None and objects[0].quantity is None
    if text.lower(index) != ":" or not (gives and only) or draft.conditions or draft.deadline:
        return False
    draft.recipients, draft.objects = [objects[0]], []
    return True


def _is_shared(before: Draft, draft: Draft) -> bool:
    """Whether verbs in a row can act on the same: not in "register and pay 20 USDC"."""
    first, second = before.group.verb, draft.group.verb
    money = any(item.quantity is not None for item in draft.objects)
    if second is not None and second.frame == "receive":
        return False
    return not (
        money and first is not None and first.lemma in ("register", "sign", "apply", "join")
    )


def _extend_ban(before: list[Draft], draft: Draft) -> None:
    """ "shall not sublet, lend or sell it without consent": what ends a ban holds for all of it."""
    for earlier in reversed(before):
        inside = draft.held is not None and draft.held is not earlier.held
        own = any(one.span is None or one.span[0] >= earlier.start for one in earlier.conditions)
        if earlier.group.force != "must_not" or own or earlier.deadline or inside:
            return
        earlier.conditions = [*earlier.conditions, *draft.conditions]
        earlier.deadline, earlier.deadline_from = draft.deadline, draft.deadline_from
        if not earlier.continued:
            return


def taken_back(drafts: list[Draft], draft: Draft) -> None:
    """ "gives Bob 1,000 DAI and gets back 1,100": who was given something gives it back."""
    verb = draft.group.verb
    last = drafts[-1] if drafts and draft.continued and draft.source is None else None
    if last is None or last.group.verb is None or verb is None or verb.lemma != "get back":
        return
    given = last.group.verb.action in ("pay", "transfer", "deliver") and not last.group.passive
    named = [item for item in (*last.objects, *last.recipients) if item.party is not None]
    if given and len(named) == 1:
        draft.source = named[0]


def bounds_last(drafts: list[Draft], draft: Draft) -> bool:
    """ "may buy tokens, up to 1,000 tokens each": a bound on what the clause before leaves open."""
    last = drafts[-1] if drafts and draft.fragment else None
    if last is None or len(last.objects) != 1 or len(draft.objects) != 1:
        return False
    thing, quantity = last.objects[0], draft.objects[0].quantity
    known = quantity is not None and quantity.limit != "exact" and quantity.asset == thing.name
    own = [item for item in draft.conditions if item not in last.conditions]
    if not known or thing.quantity is not None or own or draft.deadline != last.deadline:
        return False
    last.objects[0], last.end = replace(thing, quantity=quantity), draft.end
    return True


def _open_scope(last: Draft, draft: Draft) -> bool:
    """ "shall cancel the event and refund the price if": a condition behind two verbs."""
    words_of = draft.conditions[-1].text.lower() if draft.conditions else ""
    own = any(
        item.kind != "time" and item.span is not None and item.span[0] > draft.start
        for item in draft.conditions
    )
    return own and not (last.conditions or last.deadline) and words_of.startswith(
        ("if ", "unless ", "in the event", "provided")
    )  # fmt: skip


_IN_EACH = re.compile(r"\bin (?:each|either|all|both) (?:cases?|instances?)\b", re.I)


def _in_each_case(context: Context, drafts: list[Draft]) -> None:
    """ "A pays 4% and B pays 6%, in each case within 30 days": what stands there is for all."""
    nodes = context.text.nodes
    if len(drafts) < 2 or not nodes:
        return
    found = _IN_EACH.search(context.source, nodes[0].start, nodes[-1].end)
    if found is None or drafts[-1].start > found.start():
        return
    last, start = drafts[-1], found.start()
    behind = [one for one in last.conditions if one.span is not None and one.span[0] >= start]
    for draft in drafts[:-1]:
        draft.conditions = [*draft.conditions, *behind]
        draft.notices = draft.notices or list(last.notices)
        if draft.deadline in (None, "P0D"):
            draft.deadline, draft.deadline_from = last.deadline, last.deadline_from
        draft.recurrence = draft.recurrence or last.recurrence


def ask_scopes(context: Context, drafts: list[Draft]) -> None:
    """Asks whether a condition behind two clauses with subjects of their own holds for both."""
    _in_each_case(context, drafts)
    for index in range(len(drafts) - 1, 0, -1):
        last, draft = drafts[index - 1 : index + 1]
        if not draft.continued and _holds_for_both(context, last, draft):
            for part in _beside(drafts[:index]):
                _ask_scope(part, draft)


_AT_ONCE = frozenset("now upfront immediately today first once advance front".split())


def share_times(context: Context, drafts: list[Draft]) -> None:
    """ "pays Alice 500 USDC and Bob 300 USDC every month": a time behind parts for several people
    is that of each of them."""
    for index in range(len(drafts) - 1, 0, -1):
        last, draft = drafts[index - 1 : index + 1]
        said = {node.lower for node in context.text.nodes if last.start <= node.start < draft.start}
        own = last.deadline or last.recurrence or last.conditions or said & _AT_ONCE
        shared = draft.fragment and draft.group.verb == last.group.verb and not draft.conditions
        if shared and not own and _takers(draft) != _takers(last):
            last.deadline, last.deadline_from = draft.deadline, draft.deadline_from
            last.time_comparator = draft.time_comparator
            last.recurrence, last.occurrences = draft.recurrence, draft.occurrences


def _takers(draft: Draft) -> set[str]:
    people = [*draft.recipients, *(item for item in draft.objects if item.quantity is None)]
    return {item.name for item in people}


def _beside(drafts: list[Draft]) -> list[Draft]:
    """The last of several clauses, with those before it that share its verb and have no time."""
    found = [drafts[-1]]
    for earlier in reversed(drafts[:-1]):
        if not found[-1].fragment or earlier.conditions or earlier.deadline:
            break
        found.append(earlier)
    return found


def _ask_scope(last: Draft, draft: Draft) -> None:
    question = "Does this condition hold for the act before as well?"
    at = draft.conditions[-1].span or (draft.start, draft.end)
    field = "conditions" if draft.deadline is None else None
    last.doubts.append(Doubt("condition_scope", question, at, field))


_WHENEVER = ("if ", "unless ", "in the event", "provided", "only if ", "but only if ")
_ONCE = ("once ", "when ", "as soon as ", "after ", "until ", "while ", "as long as ")


def _holds_for_both(context: Context, last: Draft, draft: Draft) -> bool:
    """ "Ann pays the deposit and Ben gives her the keys if the survey is clean": a condition
    behind two clauses, unless it speaks of what the first of them does. Behind a comma and the
    last of several shares it holds for all of them."""
    held = [item for item in draft.conditions if item.span and item.span[0] > draft.start]
    told = held[-1] if held else None
    if told is None or told.span is None:
        return False
    if _is_proviso(context, last, draft, told):
        last.conditions = [*last.conditions, *held]
        return False
    if last.conditions or last.deadline or last.notices:
        return False
    said = told.text.lower()
    apart = any(node.lower == "," for node in context.text.nodes if node.end <= told.span[0]
                and told.span[0] - node.end <= 1)  # fmt: skip
    shared = draft.fragment and bool(draft.recipients) and draft.recipients != last.recipients
    if not said.startswith(_WHENEVER + _ONCE if apart or shared else _WHENEVER):
        return False
    verb = last.group.verb
    if verb is None or _POINTING & {*said.split()}:
        return False
    if told.action is not None and told.action == verb.action:
        return False
    if draft.fragment and apart:
        last.conditions = [*last.conditions, *held]
        return False
    return _between(context, last, draft) == "and"


def _is_proviso(context: Context, last: Draft, draft: Draft, told: Condition) -> bool:
    """ "A vests on D and B monthly, provided that she remains employed": for both of them."""
    same = last.group.verb == draft.group.verb and last.group.force == draft.group.force
    behind = [node for node in context.text.nodes if told.span and node.end <= told.span[0]]
    apart = bool(behind) and behind[-1].lower == ","
    led = told.text.lower().startswith(("provided", "on condition", "subject to"))
    return same and led and apart and told.kind == "state"


_POINTING = frozenset({"it", "they", "this", "that", "so", "them", "he", "she"})


def _between(context: Context, last: Draft, draft: Draft) -> str | None:
    """The word right before a clause that follows another."""
    before = [node for node in context.text.nodes if last.start <= node.start < draft.start]
    return before[-1].lower if before else None


def _trades(before: Draft, draft: Draft) -> bool:
    """ "the Seller sells and the Buyer buys 100 tonnes of wheat"."""
    acts = {item.group.verb.action for item in (before, draft) if item.group.verb is not None}
    return "buy" in acts and bool(acts & {"sell", "supply", "deliver", "issue", "transfer"})


def added(context: Context, drafts: list[Draft], index: int) -> None:
    """ "with interest at 6%": what is due beside a payment is due with it."""
    draft = drafts[-1]
    if len(drafts) < 2 or context.text.nodes[index].text != "+":
        return
    last = drafts[-2]
    last.deadline = last.deadline or draft.deadline
    last.deadline_from = last.deadline_from or draft.deadline_from
    last.conditions = last.conditions or list(draft.conditions)
    last.recipients = last.recipients or list(draft.recipients)
    draft.recipients = draft.recipients or list(last.recipients)
    draft.deadline = draft.deadline or last.deadline
    draft.deadline_from = draft.deadline_from or last.deadline_from
    draft.recurrence = draft.recurrence or last.recurrence
    draft.conditions = draft.conditions or list(last.conditions)


def _carries(draft: Draft) -> bool:
    """ "Delivery shall be made in three lots:": what a list behind it says in full."""
    verb = draft.group.verb
    named = draft.subjects[0].head in NOUNS if draft.subjects else False
    return draft.group.passive and named and verb is not None and verb.lemma in CARRIERS
