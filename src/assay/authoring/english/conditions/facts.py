"""Facts that a source outside tells with their measure.

"a temperature below -4 degrees is reported by the station", "the station measures less than 25 mm
of rain", "the rainfall for June reported by the station is below 25 mm".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.acts.fillers import by_source
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import Group, verb_group_at
from assay.authoring.language.dates import Moment
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition, Span

_TOLD = frozenset({"report", "measure", "record", "publish", "register", "announce", "observe",
                   "show", "indicate", "log", "detect", "forecast"})  # fmt: skip
_TELLING = _TOLD | {f"{verb}s" for verb in _TOLD} | {"publishes"}
_DONE = {"reported", "measured", "recorded", "published", "registered", "announced", "observed",
         "shown", "indicated", "logged", "detected", "forecast"}  # fmt: skip
_TURNED: dict[Comparator, Comparator] = {"<": ">=", "<=": ">", "=": "=", ">=": "<", ">": "<="}
_Measure = tuple[Comparator, Quantity, bool, int]


def told_fact(context: Context, index: int, draft: Draft, kind: str, start: int) -> int | None:
    """Reads a measured fact at an index into the conditions of a draft."""
    found = _passive(context, index) or _active(context, index)
    if found is None:
        return None
    subject, (sign, quantity, below_zero, _), source, after, negated = found
    held = Draft(Group(index), conditional=True)
    any_time = context.text.match(after, "at any time")
    end = any_time if any_time is not None else after
    while (further := context.adjunct_at(context, end, held)) is not None:
        end = further
    end = _for_a_month(context, end, held) or end
    span = context.text.span(start, end)
    value = f"-{quantity.amount}" if below_zero else quantity.amount
    draft.conditions.append(
        Condition(kind="oracle", text=context.words(span), span=span, subject=subject,
                  comparator=_TURNED[sign] if negated else sign, value=value, asset=quantity.asset,
                  actor=source, negated=kind in ("unless", "until"))
    )  # fmt: skip
    if held.deadline is not None:
        draft.conditions.append(
            Condition(kind="time", text=context.words(span), span=span, value=held.deadline,
                      comparator=held.time_comparator or "=", subject=held.deadline_from)
        )  # fmt: skip
    draft.conditions.extend(held.conditions)
    return end


_Fact = tuple[str, _Measure, str | None, int, bool]


def shown_fact(context: Context, index: int) -> tuple[Condition, int] | None:
    """ "a report from the Agency showing wind speeds above 110 km/h": a fact with its source."""
    text = context.text
    named = _measured(context, index + 1)
    if named is None:
        return None
    subject, (sign, quantity, below_zero, end) = named
    source = None
    for at in range(index - 1, max(0, index - 6), -1):
        who = phrase_at(text, at + 1, context.names) if text.lower(at) in ("from", "by") else None
        if who is not None and who[1] == index:
            source = party_name(who[0], context, "")
    span = text.span(index, end)
    value = f"-{quantity.amount}" if below_zero else quantity.amount
    told = Condition(kind="oracle", text=context.words(span), span=span, subject=subject,
                     comparator=sign, value=value, asset=quantity.asset, actor=source)  # fmt: skip
    return told, end


def _passive(context: Context, index: int) -> _Fact | None:
    """ "a temperature below 4 degrees is reported by X", "less than 25 mm of rain is recorded"."""
    text = context.text
    named = _measured(context, index)
    if named is None:
        return None
    subject, measure = named
    group = verb_group_at(text, measure[3])
    if group is None or not group.passive or text.lower(group.end - 1) not in _DONE:
        return None
    at, source = group.end, None
    if text.lower(at) in ("by", "at"):
        who = phrase_at(text, at + 1, context.names)
        if who is None:
            return None
        source, at = party_name(who[0], context, ""), who[1]
    return subject, measure, source, at, group.negated


def _active(context: Context, index: int) -> _Fact | None:
    """ "the station reports a temperature below 4 degrees"."""
    text = context.text
    told = (at for at in range(index + 1, index + 8) if text.lower(at) in _TELLING | _DONE)
    at = next(told, len(text))
    helping = text.lower(at - 1) in ("has", "have")
    end = at - helping
    who = phrase_at(Line(text.nodes[:end]), index, context.names)
    if who is None or who[0].quantity is not None or who[1] != end:
        return None
    verb = lemma_of(text.lower(at - 1), "base") and text.lower(at - 1) != "feed"
    if at == len(text) or verb:
        return None
    named = _measured(context, at + 1)
    if named is None:
        return None
    return named[0], named[1], party_name(who[0], context, ""), named[1][3], False


def _measured(context: Context, index: int) -> tuple[str, _Measure] | None:
    """ "a temperature below 4 degrees", "less than 25 mm of rain", "no more than 3 goals"."""
    text = context.text
    leading = _measure(context, index)
    if leading is not None:
        after = leading[3]
        thing = phrase_at(text, after + 1, context.names) if text.lower(after) == "of" else None
        if thing is None or thing[0].quantity is not None:
            return None
        return full_name(thing[0]), (*leading[:3], thing[1])
    found = phrase_at(text, index, context.names)
    if found is not None and found[0].of is not None:
        ends = [at for at in range(index, found[1]) if text.lower(at) == "of"]
        of = next((at for at in reversed(ends) if _measure(context, at + 1)), index)
        named = phrase_at(Line(text.nodes[:of]), index, context.names)
        bounded = _measure(context, of + 1)
        if named is not None and named[1] == of and bounded is not None:
            return full_name(named[0]), bounded
    if found is None or found[0].quantity is not None or not found[0].name:
        return None
    after = text.skip(found[1], ("of",))
    measure = _measure(context, after)
    return (full_name(found[0]), measure) if measure is not None else None


def _measure(context: Context, index: int) -> _Measure | None:
    text = context.text
    comparing = text.match_any(index, markers.COMPARING)
    over = text.lower(index) == "exceeding"
    at = comparing[1] if comparing is not None else index + over
    below_zero = text.lower(at) in ("-", "−", "–", "minus")
    at += below_zero
    quantity = _quantity(text, at)
    if quantity is None:
        return None
    sign: Comparator | None = ">" if over else None
    sign = markers.COMPARING[comparing[0]] if comparing is not None else sign
    end = at + 1
    if quantity.asset is None and text.lower(end) in _UNITS:
        quantity = replace(quantity, asset=singular(text.lower(end)))
        end = text.skip(end + 1, ("celsius", "fahrenheit", "c", "f"))
    behind = text.match_any(end, _BEHIND)
    if sign is None and quantity.limit != "exact":
        sign = _bounded(text.lower(at), quantity)
    if behind is not None:
        return sign or _BEHIND[behind[0]], quantity, below_zero, behind[1]
    return (sign, quantity, below_zero, end) if sign is not None else None


def _quantity(text: Line, index: int) -> Quantity | None:
    """A number of something, or how long something took: "180 minutes"."""
    value = text.nodes[index].value if index < len(text) else None
    if text.kind(index) == "duration" and isinstance(value, Duration) and not value.business:
        return Quantity(value.iso)
    return value if text.kind(index) == "amount" and isinstance(value, Quantity) else None


def _bounded(words: str, quantity: Quantity) -> Comparator:
    strict = words.startswith(("less than", "fewer than", "more than", "over", "below", "under"))
    if quantity.limit == "most":
        return "<" if strict else "<="
    return ">" if strict else ">="


_UNITS = frozenset("mm cm m km kg g t l degree degrees knot knots point points goal goals inch "
                   "millimetre millimetres millimeter millimeters centimetre centimetres metre "
                   "metres litre litres tonne tonnes hectare hectares mph kmh bar hpa "
                   "inches km/h m/s °c °f °".split())  # fmt: skip
_BEHIND: dict[str, Comparator] = {
    **dict.fromkeys(("or more", "or above", "or higher", "or greater"), ">="),
    **dict.fromkeys(("or less", "or below", "or lower", "or fewer"), "<="),
}


def _for_a_month(context: Context, index: int, held: Draft) -> int | None:
    """ "for June 2027": what a fact was measured over."""
    text = context.text
    if text.lower(index) not in ("for", "in", "during") or text.kind(index + 1) != "date":
        return None
    moment = text.nodes[index + 1].value
    if not isinstance(moment, Moment) or moment.iso is None or held.deadline is not None:
        return None
    held.deadline, held.time_comparator = moment.iso, "="
    return index + 2


def measured_over(context: Context, index: int, draft: Draft) -> int:
    """The index after the time that a subject was measured over, "rainfall for June 2027"."""
    after = _for_a_month(context, index, draft)
    if after is None and draft.conditional:
        held = draft.trial()
        after = context.adjunct_at(context, index, held)
        timely = held.deadline is not None or any(one.kind == "time" for one in held.conditions)
        if after is None or not timely or any(one.kind != "time" for one in held.conditions):
            return index
        draft.take(held)
    return index if after is None else after


def told_behind(context: Context, index: int, draft: Draft) -> int:
    """The index after "in July 2027 according to the oracle" behind what was measured."""
    after = measured_over(context, index, draft)
    return by_source(context, after, draft) or after


_PUBLIC = frozenset("flight train ferry match game race tournament election sailing crossing "
                    "fixture derby".split())  # fmt: skip
_HAPPENED = {"cancelled": "cancelled", "canceled": "cancelled", "delayed": "delayed",
             "postponed": "postponed", "abandoned": "abandoned", "diverted": "diverted",
             "rescheduled": "rescheduled", "overbooked": "overbooked",
             "suspended": "suspended"}  # fmt: skip


def happened(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "the flight is cancelled": what becomes of a thing that nobody who takes part decides on."""
    subject = inner.subjects[0] if inner.subjects else None
    if subject is None or inner.agent is not None or not _PUBLIC & {*subject.full.split()}:
        return None
    if " place" in words.lower() or "go ahead" in words.lower():
        return Condition(kind="oracle", text=words, span=span, subject=full_name(subject),
                         value="taken place", negated=negated != inner.group.negated)  # fmt: skip
    value = _HAPPENED.get(inner.complement or context.text.lower(inner.group.end - 1))
    if value is None or inner.delay is not None or inner.compared is not None:
        return None
    source = party_name(inner.source, context, "") if inner.source is not None else None
    return Condition(kind="oracle", text=words, span=span, subject=full_name(subject), value=value,
                     negated=negated != inner.group.negated, actor=source)  # fmt: skip


_CONTESTS = _PUBLIC | frozenset("final finals semifinal semi-final cup championship league title "
                                "vote referendum primary grand-prix marathon fight bout playoff "
                                "playoffs world-cup medal".split())  # fmt: skip


def is_contest(inner: Draft) -> bool:
    """ "Spain wins the final", "France beats Italy": a result that is told from outside."""
    verb, contest = inner.group.verb, inner.objects[0] if inner.objects else None
    if verb is None or contest is None or verb.lemma not in ("win", "lose", "beat"):
        return False
    named = {*contest.full.split(), singular(contest.head)}
    return bool(named & _CONTESTS) or (verb.lemma == "beat" and contest.quantity is None)


_ENDED = {"cancellation": "cancelled", "delay": "delayed", "postponement": "postponed",
          "abandonment": "abandoned", "diversion": "diverted",
          "suspension": "suspended"}  # fmt: skip


def public_noun(context: Context, index: int) -> tuple[str, str, int] | None:
    """ "cancellation of the flight": what becomes of which public thing, and the index after it."""
    text = context.text
    at = text.skip(index, ("the", "a", "any"))
    value = _ENDED.get(text.lower(at))
    if value is None or text.lower(at + 1) not in ("of", "to"):
        return None
    found = phrase_at(text, at + 2, context.names)
    if found is None or not _PUBLIC & {*found[0].full.split()}:
        return None
    return full_name(found[0]), value, found[1]


def is_moved(inner: Draft) -> bool:
    """ "the event is moved to another city": what becomes of a thing, and no transfer of it."""
    verb, subject = inner.group.verb, inner.subjects[0] if inner.subjects else None
    if verb is None or verb.lemma not in ("move", "shift") or subject is None:
        return False
    owned = subject.quantity is not None or subject.party is not None
    owned = owned or singular(subject.head) in _OWNED
    if subject.party is not None and subject.quantity is None and not inner.group.passive:
        away = not inner.objects or inner.objects[0].head in _ELSEWHERE
        return away and not any(one.party for one in inner.recipients)
    return inner.group.passive and not owned and not any(one.party for one in inner.recipients)


_ELSEWHERE = frozenset({"abroad", "house", "home", "elsewhere", "overseas", "city", "country"})
_OWNED = frozenset({"token", "fund", "money", "asset", "nft", "share", "coin", "deposit", "stake",
                    "balance", "collateral", "payment", "title", "ownership"})  # fmt: skip
