"""Measures in conditions as people and lawyers word them, brought into plain comparisons.

"is between 2 and 8 degrees" is at least 2 and at most 8 degrees, "unless it is between them" is if
it is below or above, "falls to 130 %" is at most 130 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import COMPARE_VERBS
from assay.authoring.english.lexicon.words import BE, DO, MODALS
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line, Node, line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times.reading import WINDOWS
from assay.authoring.language.quantities import Quantity

_STAYING = frozenset(
    "lies lie stays stay remains remain falls fall ranges holds hold trades trade closes "
    "close sits keeps continues stands drops drop sinks sink dips dip slips slides "
    "climbs climb rises rise goes moves jumps crashes".split()
)
_MOVING = {
    **dict.fromkeys(("drops", "drop", "falls", "fall", "sinks", "sink", "declines", "decline",
                     "decreases", "decrease", "goes down", "go down", "is down", "comes down",
                     "has fallen", "has dropped", "has declined"), "most"),
    **dict.fromkeys(("rises", "rise", "climbs", "climb", "increases", "increase", "goes up",
                     "go up", "grows", "grow", "jumps", "jump", "is up", "has risen", "has climbed",
                     "has grown"), "least"),
}  # fmt: skip
_RUNNING = ("running", "straight", "in succession", "in a row")
_RANGE = frozenset({"of", "from", "the", "a", "an", "range", "band", "corridor", "agreed", "limits",
                    "between"})  # fmt: skip


def measured_plainly(context: Context) -> None:
    """Rewrites the measures in the conditions of a sentence."""
    text = context.text
    index = len(text)
    while index > 1:
        index = min(index, len(text)) - 1
        _rule(context, text, index)


def _rule(context: Context, text: Line, index: int) -> None:
    here, kind = text.lower(index), text.kind(index)
    value = text.nodes[index].value
    if kind == "amount" and isinstance(value, Quantity):
        if value.problem == "range":
            _between(context, text, index)
        else:
            _below_zero(text, index)
            _outside(text, index)
            _first_of_many(text, index)
            _deducted(text, index)
            _or_beyond(text, index)
            _per_unit(text, index)
    elif kind == "recurrence":
        _often(text, index)
    elif kind == "duration":
        _running(text, index)
        _two_lengths(context, text, index)
    elif here in ("in", "during", "over", "within"):
        _window(text, index)
    elif here in _YEARS and text.lower(index + 1) in ("year", "month", "quarter"):
        if text.kind(index - 1) == "ordinal" or text.lower(index - 1) in _TOLD_APART:
            del text.nodes[index]
            _each_later(text, index)
    elif here in ("year", "month", "quarter"):
        _each_later(text, index)
    elif here == "same" and text.lower(index + 1) in ("amount", "sum"):
        _same_amount(text, index)
    elif here == "to" and text.kind(index + 1) == "amount":
        _moved(text, index)
    elif here in _STAYING:
        at = text.match_any(index + 1, markers.COMPARING)
        opened = _opened(text, index)
        if at is not None and opened is not None and text.kind(at[1]) == "amount":
            verb = text.nodes[index]
            denied = text.lower(index - 1) == "not" and text.lower(index - 2) in DO
            spoken = ("is", "not") if denied else ("is",)
            text.nodes[index - 2 * denied : index + 1] = [word(verb, one) for one in spoken]
            _straight(text, opened)


def _opened(text: Line, index: int) -> int | None:
    """Where the condition that an index stands in begins."""
    for at in range(index - 1, -1, -1):
        lower = text.lower(at)
        if text.match_any(at, _OPENING):
            return at
        if lower == ";" or lower in MODALS:
            return at if lower == "should" else None
    return None


_OPENING = frozenset({"if", "unless", "when", "whenever", "once", "where", "while", "until",
                      "as long as", "so long as", "provided that", "in the event that",
                      "in case", "each time"})  # fmt: skip


def _window(text: Line, index: int) -> None:
    """ "the number of units sold in a year exceeds 10,000": exceeds 10,000 in a year."""
    found = text.match_any(index, WINDOWS)
    one = text.kind(index + 1) == "duration" and text.lower(index + 1).startswith(("a ", "any "))
    end = found[1] if found is not None else index + 2 if one else index
    bounding = text.lower(end) in COMPARE_VERBS or text.lower(end) in BE | _STAYING
    opened = _opened(text, index) if end > index and bounding else None
    if opened is None or index < opened + 3:
        return
    stops = (at for at in range(end, len(text)) if text.lower(at) in (",", ".", ";"))
    comma = next(stops, len(text))
    if not any(text.kind(at) == "amount" for at in range(end, comma)):
        return
    window = text.nodes[index:end]
    text.nodes[index:comma] = [*text.nodes[end:comma], *window]


def _between(context: Context, text: Line, index: int) -> None:
    """ "is between 2 and 8 degrees", "is not between 2 and 8", "is outside 2-8 degrees"."""
    node = text.nodes[index]
    ends = _ends(context, node)
    verb = _copula(text, index - 1)
    opened = _opened(text, index) if verb is not None else None
    if ends is None or verb is None or opened is None:
        return
    denied = text.lower(verb + 1) in ("not", "outside")
    _both_sides(text, (opened, verb, index), ends, denied=denied)


def _outside(text: Line, index: int) -> None:
    """ "is outside the range of 2 to 8 degrees", "is within 1.05 to 1.15"."""
    joined = text.lower(index + 1) in ("to", "-", "–", "and") and text.kind(index + 2) == "amount"
    verb = _copula(text, index - 1) if joined else None
    opened = _opened(text, index) if verb is not None else None
    inside = {text.lower(at) for at in range(verb or index, index)}
    if verb is None or opened is None or not inside & {"outside", "within", "range"}:
        return
    first, last = text.nodes[index], text.nodes[index + 2]
    del text.nodes[index + 1 : index + 3]
    denied = bool(inside & {"outside", "not"})
    _both_sides(text, (opened, verb, index), (first, last), denied=denied)


def _or_beyond(text: Line, index: int) -> None:
    """ "is below 10 USD or above 20 USD": or is above 20 USD."""
    leads = (at for at in range(index - 1, index - 5, -1)
             if text.lower(at) in ("or", "and", "but"))  # fmt: skip
    joint = next(leads, None)
    comparing = text.match_any(joint + 1, markers.COMPARING) if joint is not None else None
    if joint is None or comparing is None or comparing[1] != index:
        return
    before = joint - 1 if text.kind(joint - 1) == "amount" else joint - 2
    opened = _opened(text, joint) if text.kind(before) == "amount" else None
    verbs = {text.lower(at) for at in range(before - 5, before)} if opened is not None else set()
    if verbs & (BE | _STAYING):
        text.nodes.insert(joint + 1, word(text.nodes[joint], "is"))


def _ends(context: Context, node: Node) -> tuple[Node, Node] | None:
    """The two amounts of a range."""
    start = node.start + len("between") if node.lower.startswith("between") else node.start
    parts = [one for one in line(context.source, start, node.end).nodes if one.kind == "amount"]
    if len(parts) == 1:
        apart = [one.strip() for one in ("–", "-", " to ") if one in node.text]
        at = node.text.find(apart[0]) if apart else -1
        if at < 0:
            return None
        cut = node.start + at
        low_end = line(context.source, start, cut).nodes
        parts = [*low_end, *line(context.source, cut + len(apart[0]), node.end).nodes]
    if len(parts) != 2 or any(not isinstance(one.value, Quantity) for one in parts):
        return None
    low_value, high_value = parts[0].value, parts[1].value
    assert isinstance(low_value, Quantity)
    assert isinstance(high_value, Quantity)
    known = low_value.asset or high_value.asset
    low = replace(parts[0], start=node.start, end=node.end, value=replace(low_value, asset=known))
    return low, parts[1]


def _copula(text: Line, index: int) -> int | None:
    """The form of "be", or the verb of staying, that a range stands behind."""
    at = index
    while text.lower(at) in _RANGE or text.lower(at) in ("not", "outside", "within", "anywhere"):
        at -= 1
    return at if text.lower(at) in BE | _STAYING else None


def _both_sides(
    text: Line, places: tuple[int, int, int], ends: Sequence[Node], *, denied: bool
) -> None:
    opened, verb, index = places
    here = text.nodes[verb]
    unless = text.lower(opened) == "unless"
    if text.lower(opened) == "until":
        return
    if denied != unless:
        low, joint, high = ["below"], "or", ["above"]
    else:
        low, joint, high = ["at", "least"], "and", ["at", "most"]
    said = [word(here, "is"), *(word(here, one) for one in low), ends[0],
            word(here, joint), word(here, "is"),
            *(word(here, one) for one in high), ends[1]]  # fmt: skip
    text.nodes[verb : index + 1] = said
    if unless:
        text.nodes[opened] = word(text.nodes[opened], "if")
    _straight(text, opened)


_YEARS = frozenset({"contract", "lease", "licence", "license", "policy", "rental", "tenancy",
                    "membership", "agreement", "operating", "insurance"})  # fmt: skip
_LATER_ONES = frozenset({"subsequent", "following", "succeeding", "further"})
_TOLD_APART = _LATER_ONES | frozenset("first second third fourth fifth sixth initial each".split())


def _each_later(text: Line, index: int) -> None:
    """ "in each subsequent year": each year thereafter."""
    led = text.lower(index - 1) in _LATER_ONES and text.lower(index - 2) in ("each", "every", "any")
    if not led or text.lower(index - 3) not in ("in", "for", "during"):
        return
    often = line(f"each {text.lower(index)}").nodes[0]
    here = text.nodes[index]
    said = replace(often, start=here.start, end=here.end)
    own = text.kind(index - 4) == "recurrence"
    text.nodes[index - 3 : index + 1] = [*([] if own else [said]), word(here, "thereafter")]


def _often(text: Line, index: int) -> None:
    """ "in each year after": thereafter; "a minimum annual fee": an annual minimum fee."""
    if text.lower(index + 1) == "after" and text.kind(index + 2) in ("", "punct"):
        text.nodes[index + 1] = word(text.nodes[index + 1], "thereafter")
    if text.lower(index - 1) in ("minimum", "maximum") and text.kind(index + 1) == "word":
        text.nodes[index - 1 : index + 1] = [text.nodes[index], text.nodes[index - 1]]


def _below_zero(text: Line, index: int) -> None:
    """ "falls below minus 5 degrees": the sign belongs to the amount."""
    node, sign = text.nodes[index], text.nodes[index - 1]
    value = node.value
    if sign.lower not in ("minus", "−") or not isinstance(value, Quantity) or not value.amount:
        return
    led = (text.match_any(at, markers.COMPARING) for at in range(max(index - 5, 0), index - 1))
    if any(found is not None and found[1] == index - 1 for found in led):
        signed = replace(value, amount=f"-{value.amount}")
        text.nodes[index - 1 : index + 1] = [replace(node, start=sign.start, value=signed)]


def _same_amount(text: Line, index: int) -> None:
    """ "shall pay it the same amount": as much as was said before."""
    before = (at for at in range(index - 2, -1, -1) if is_money_amount(text, at))
    at = next(before, None)
    if at is not None and text.lower(index - 1) == "the" and text.lower(index + 2) != "of":
        here = text.nodes[index]
        said = replace(text.nodes[at], start=here.start, end=text.nodes[index + 1].end)
        text.nodes[index - 1 : index + 2] = [said]


def _moved(text: Line, index: int) -> None:
    """ "drops to 130 %", "has risen to 2,000 USD": is at most, is at least."""
    start = next((at for at in (index - 2, index - 1) if text.match_any(at, _MOVING)), None)
    found = text.match_any(start, _MOVING) if start is not None else None
    opened = _opened(text, start) if start is not None else None
    if found is None or start is None or opened is None or found[1] != index:
        return
    here = text.nodes[start]
    text.nodes[start : index + 1] = [word(here, one) for one in ("is", "at", _MOVING[found[0]])]
    _straight(text, opened)


def _straight(text: Line, opened: int) -> None:
    """ "should the price be": if the price is."""
    if text.lower(opened) == "should":
        text.nodes[opened] = word(text.nodes[opened], "if")


def _per_unit(text: Line, index: int) -> None:
    """ "exceeds 95 USD per barrel": the unit is that of the measure."""
    value = text.nodes[index].value
    money = isinstance(value, Quantity) and value.asset not in (None, "%")
    if not money or text.lower(index + 1) not in ("per", "a", "an"):
        return
    named = text.kind(index + 2) == "word"
    ends = text.lower(index + 3) in (",", "", ".", ";") or text.lower(index + 3) in _BEHIND
    opened = _opened(text, index) if named and ends else None
    if opened is not None and text.lower(index + 2) in _MEASURES and not any(
        text.lower(at) == "," for at in range(opened, index)
        if text.lower(opened) != "should"
    ):  # fmt: skip
        del text.nodes[index + 1 : index + 3]


_BEHIND = frozenset({"on", "during", "in", "at", "for", "before", "after", "by", "according"})
_MEASURES = frozenset({"barrel", "tonne", "ton", "ounce", "kilo", "kg", "kilogram", "bushel",
                       "litre", "liter", "gallon", "pound", "mwh", "kwh", "share", "token", "coin",
                       "unit", "euro", "dollar"})  # fmt: skip


_THEREAFTER = ("thereafter", "after that", "on all further", "on any further", "on the rest",
               "for all further", "for any further", "above that", "beyond that",
               "on the remainder", "on each further", "for each further", "for the rest",
               "on all copies above that number")  # fmt: skip


def _is_share(text: Line, index: int) -> bool:
    value = text.nodes[index].value
    return isinstance(value, Quantity) and value.asset == "%"


def _first_of_many(text: Line, index: int) -> None:
    """ "10% on the first 5,000 copies sold and 12.5% thereafter": if at most 5,000, if more."""
    led = text.match_any(index - 3, ("on the first", "for the first", "of the first"))
    value = text.nodes[index].value
    counted = isinstance(value, Quantity) and value.asset is None and value.amount is not None
    noun = text.nodes[index + 1 : index + 2]
    shared = any(_is_share(text, at) for at in range(max(index - 9, 0), index - 3))
    if led is None or not counted or not noun or noun[0].kind != "word" or not shared:
        return
    end = index + 2 + (lemma_of(text.lower(index + 2), "participle") is not None)
    late = (at for at in range(end, len(text)) if text.match_any(at, _THEREAFTER))
    later = next(late, None)
    if later is None or not any(text.kind(at) == "amount" for at in range(end, later)):
        return
    found = text.match_any(later, _THEREAFTER)
    assert found is not None
    stop = found[1] + (text.lower(found[1]) == noun[0].lower)
    here, number = text.nodes[later], text.nodes[index]
    said = [*(word(here, one) for one in ("if", "the", "number", "of")), noun[0]]
    more = [*said, *(word(here, one) for one in ("is", "more", "than")), number]
    most = [*said, *(word(number, one) for one in ("is", "at", "most")), number]
    text.nodes[later:stop] = more
    text.nodes[index - 3 : end] = most


_DEDUCTING = frozenset("deduct deducts withhold withholds retain retains subtract subtracts "
                       "discount".split())  # fmt: skip


def _deducted(text: Line, index: int) -> None:
    """ "deduct a discount of 2% from the invoice amount": of the invoice amount."""
    value = text.nodes[index].value
    share = isinstance(value, Quantity) and value.asset == "%"
    if not share or text.lower(index + 1) != "from" or text.lower(index + 2) not in _WHOLE:
        return
    if {text.lower(at) for at in range(max(index - 8, 0), index)} & _DEDUCTING:
        text.nodes[index + 1] = word(text.nodes[index + 1], "of")


_WHOLE = frozenset({"the", "each", "every", "any", "its", "his", "her", "their", "all"})


def _running(text: Line, index: int) -> None:
    """ "for three days running", "on three consecutive days", "on 3 days in a row"."""
    if _opened(text, index) is None:
        return
    behind = text.match_any(index + 1, _RUNNING)
    consecutive = "consecutive" in text.lower(index) or "successive" in text.lower(index)
    if behind is not None:
        del text.nodes[index + 1 : behind[1]]
        if text.lower(index - 1) not in ("for", "on", "over", "during", "least", "than"):
            text.nodes.insert(index, word(text.nodes[index], "for"))
            return
    if (behind is not None or consecutive) and text.lower(index - 1) in ("on", "over", "during"):
        text.nodes[index - 1] = word(text.nodes[index - 1], "for")


def _two_lengths(context: Context, text: Line, index: int) -> None:
    """ "not more than 60 and not less than 30 days before the end": 60 days before the end."""
    point = text.match_any(index + 1, ("before", "prior to", "after", "following"))
    limit = next((at for at in (index - 3, index - 2) if text.match_any(at, _LENGTH_LIMITS)), None)
    if point is None or limit is None:
        return
    joint = limit - 1
    first = text.nodes[joint - 1] if text.lower(joint) in ("and", "but", "or") else None
    thing = phrase_at(text, point[1], context.names)
    if first is None or first.kind not in ("duration", "amount") or thing is None:
        return
    unit = text.lower(index).split()[-1]
    if first.kind == "amount":
        value = first.value
        if not isinstance(value, Quantity) or value.asset or value.amount is None:
            return
        told = line(f"{value.amount} {unit}").nodes[0]
        first = replace(told, start=first.start, end=first.end)
    both = replace(text.nodes[joint], text="and", lower="and")
    text.nodes[joint - 1 : joint + 1] = [first, *text.nodes[index + 1 : thing[1]], both]


_LENGTH_LIMITS = ("not less than", "no less than", "not more than", "no more than", "at least",
                  "at most", "no later than", "not later than", "no earlier than",
                  "not earlier than", "no sooner than")  # fmt: skip
