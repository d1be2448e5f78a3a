"""Acts and facts as people tell them, brought into the words that the rules expect.

"For every 10 USDC that a buyer pays" is "whenever a buyer pays 10 USDC", "lets the shop use its
name" is "allows the shop to use its name", "it rains less than 20 mm" is "the rainfall is less
than 20 mm".
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.words import BE, DETERMINERS, MODALS, singular
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity

_LETS = {"lets": "allows", "let": "allow"}
_FALLS = {"rains": "rainfall", "rained": "rainfall", "snows": "snowfall", "snowed": "snowfall"}
_FALLEN = {"rain": "rainfall", "snow": "snowfall", "rainfall": "rainfall", "snowfall": "snowfall"}
_MEASURING = frozenset({"less", "more", "fewer", "at", "over", "under", "below", "above", "no",
                        "not"})  # fmt: skip
_TAKEN = frozenset({"taken", "knocked", "comes", "come"})
_EACH_TIME = (("each", "time"), ("every", "time"), ("per", "time"))


def acted_plainly(context: Context) -> None:
    """Rewrites the nodes of a sentence that tells an act or a fact plainly."""
    text = context.text
    _turns_out(text)
    _of_us(text)
    _millimetres(text)
    _lets(context)
    _rained(context)
    _taken_off(text)
    _each_may(context)
    _each_time(text)
    _without_vote(context)
    _apiece(text)
    _per_measure(text)
    _possible(text)
    _ends_so(text)
    _on_the_first(text)


def _on_the_first(text: Line) -> None:
    """ "700 USDC a month, due on the first": on the first of the month."""
    for index in range(4, len(text)):
        ends = text.lower(index + 1) in ("", ".", ",", ";")
        led = (text.lower(index - 2), text.lower(index - 1)) == ("on", "the")
        if not (ends and led) or text.lower(index) not in _DAYS:
            continue
        monthly = any(node.kind == "recurrence" and node.value == "P1M"
                      for node in text.nodes[:index])  # fmt: skip
        if monthly:
            here = text.nodes[index]
            of_it = [word(here, one) for one in ("of", "the", "month")]
            text.nodes[index + 1 : index + 1] = of_it
            return


_DAYS = frozenset({"first", "second", "third", "fourth", "fifth", "tenth", "fifteenth",
                   "twentieth"})  # fmt: skip


_ENDS = frozenset({"ends", "ended", "finishes", "finished", "closes", "closed", "concludes"})
_TIES = frozenset({"draw", "tie", "stalemate", "deadlock"})


def _ends_so(text: Line) -> None:
    """ "if the match ends with more than 3 goals": has them; "ends in a draw": is one."""
    for index in range(2, len(text) - 2):
        if text.lower(index) not in _ENDS or text.lower(index + 1) not in ("with", "in"):
            continue
        tied = text.lower(text.skip(index + 2, ("a", "an", "the"))) in _TIES
        if not tied and text.lower(index + 1) == "in":
            continue
        text.nodes[index : index + 2] = [word(text.nodes[index], "is" if tied else "has")]
        return


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


_TURNS_OUT = ("turns out to be", "turn out to be", "turned out to be", "proves to be",
              "prove to be")  # fmt: skip


_EMERGES = tuple(
    f"{lead} {verb} that"
    for lead, verbs in (
        ("it", ("turns out", "emerges", "transpires", "becomes apparent", "appears later",
                "is found", "is discovered", "is established", "becomes clear",
                "subsequently emerges", "later turns out")),
        ("should it", ("turn out", "emerge", "transpire", "become apparent", "be found",
                       "be established", "subsequently emerge", "become clear")),
    )
    for verb in verbs
)  # fmt: skip


def _turns_out(text: Line) -> None:
    """ "the costs turn out to be lower", "proves to be defective": they are."""
    for index in range(len(text) - 3):
        found = text.match_any(index, _EMERGES)
        if found is not None and found[0].startswith("should"):
            text.nodes[index : found[1]] = [word(text.nodes[index], "if")]
        elif found is not None and text.lower(index - 1) in ("if", "where", "when", "once"):
            del text.nodes[index : found[1]]
    for index in range(1, len(text) - 3):
        found = text.match_any(index, _TURNS_OUT)
        if found is not None:
            text.nodes[index : found[1]] = [word(text.nodes[index], "is")]


_FALLING = frozenset({"rain", "rainfall", "snow", "snowfall", "hail", "precipitation"})


def _millimetres(text: Line) -> None:
    """ "if rain > 30mm": millimetres, where "mm" behind figures is else millions."""
    if not _FALLING & {node.lower for node in text.nodes}:
        return
    for index, node in enumerate(text.nodes):
        value = node.value if node.lower.endswith("mm") else None
        if isinstance(value, Quantity) and value.asset is None and value.amount is not None:
            least = decimal_text(Decimal(value.amount) / 10**6)
            text.nodes[index] = replace(node, value=replace(value, amount=least, asset="mm"))


_OF_US = {"all of us": "we", "neither of us": "neither party", "neither of you": "neither party",
          "neither of them": "neither party", "either of us": "either party",
          "one of us": "either party"}  # fmt: skip


def _of_us(text: Line) -> None:
    """ "if neither of us objects": neither party."""
    for index in range(len(text) - 2):
        found = text.match_any(index, _OF_US)
        if found is not None:
            text.nodes[index : found[1]] = _said(text.nodes[index], _OF_US[found[0]])


def _lets(context: Context) -> None:
    """ "lets the shop use its name for 50 USDC": allows it to, in return for 50 USDC."""
    text = context.text
    index = next((at for at in range(1, len(text) - 3) if text.lower(at) in _LETS), None)
    if index is None:
        return
    start = index + 2 + (text.lower(index + 1) in DETERMINERS)
    verb = next((at for at in range(start, start + 3) if lemma_of(text.lower(at), "base")), None)
    if verb is None or text.kind(verb + 1) in ("", "punct"):
        return
    text.nodes[index] = word(text.nodes[index], _LETS[text.lower(index)])
    text.nodes.insert(verb, word(text.nodes[verb], "to"))
    for at in range(verb + 2, len(text) - 1):
        fee = text.match_any(at, ("for a fee of", "for a price of", "for"))
        if fee is not None and is_money_amount(text, fee[1]):
            text.nodes[at : fee[1]] = _said(text.nodes[at], "in return for")
            return


def _rained(context: Context) -> None:
    """ "it rains less than 20 mm", "there is less than 10 mm of rain", "20 mm of rain fall"."""
    text = context.text
    for index in range(len(text) - 2):
        fall = _FALLS.get(text.lower(index + 1)) if text.lower(index) == "it" else None
        measured = text.kind(index + 2) == "amount" or text.lower(index + 2) in _MEASURING
        if fall is not None and measured:
            text.nodes[index : index + 2] = _said(text.nodes[index], f"the {fall} is")
            return
        rain = _FALLEN.get(text.lower(index + 1)) if text.lower(index) == "of" else None
        if rain is None:
            continue
        start = next((at for at in range(index - 1, -1, -1) if text.lower(at) in
                      ("if", "when", "unless", "once", ",")), None)  # fmt: skip
        if start is None or not any(text.kind(at) == "amount" for at in range(start, index)):
            return
        there = start + 1 if text.lower(start + 1) == "there" else None
        end = index + 2
        if there is None and text.lower(end) not in ("falls", "fall", "fell", "has", "comes"):
            return
        measure = text.nodes[start + 3 if there else start + 1 : index]
        if there is None:
            end += 1 + (text.lower(end) == "has") + (text.lower(end + 1) == "down")
        elif text.lower(start + 2) not in BE:
            return
        text.nodes[start + 1 : end] = [*_said(text.nodes[index], f"the {rain} is"), *measure]
        return


def _taken_off(text: Line) -> None:
    """ "5 % is taken off the price", "comes off the fee": it is deducted from the price."""
    for index in range(1, len(text) - 2):
        off = text.lower(index) == "off" and text.lower(index - 1) in _TAKEN
        if off and text.lower(index - 2) in BE:
            text.nodes[index - 1 : index + 1] = _said(text.nodes[index], "deducted from")
            return
        if off and text.kind(index - 2) == "amount":
            text.nodes[index - 1 : index + 1] = _said(text.nodes[index], "is deducted from")
            return
        takes = text.lower(index) in ("takes", "take", "knocks", "deducts")
        if takes and text.kind(index + 1) == "amount" and text.lower(index + 2) == "off":
            third = "deducts" if text.lower(index).endswith("s") else "deduct"
            text.nodes[index] = word(text.nodes[index], third)
            text.nodes[index + 2] = word(text.nodes[index + 2], "from")
            return


def _each_may(context: Context) -> None:
    """ "only members can buy, and each can buy 5": each member."""
    text = context.text
    for index in range(3, len(text) - 2):
        led = text.lower(index) == "each" and text.lower(index - 1) in ("and", "but", ",", ";")
        if not led or text.lower(index + 1) not in MODALS:
            continue
        start = text.skip(0, ("only", "all", "every", "each", "any", "the"))
        who = phrase_at(text, start, context.names)
        if who is not None and who[0].quantity is None and text.lower(who[1]) in MODALS:
            text.nodes[index + 1 : index + 1] = text.nodes[start : who[1]]
        return


def _each_time(text: Line) -> None:
    """ "is paid 5 USDC each time he delivers": when he does; "comes every Friday and gets 60 USDC
    each time": every Friday as well."""
    for index in range(3, len(text) - 1):
        if (text.lower(index), text.lower(index + 1)) not in _EACH_TIME:
            continue
        ends = text.lower(index + 2) in ("", ".", ",", ";")
        if not ends:
            text.nodes[index : index + 2] = [word(text.nodes[index], "whenever")]
            return
        often = [node for node in text.nodes[:index] if node.kind == "recurrence" and node.value]
        if len(often) == 1:
            text.nodes[index : index + 2] = [replace(often[0], text=often[0].text)]
        return


def _without_vote(context: Context) -> None:
    """ "without a vote of the members": unless the members vote."""
    text = context.text
    for index in range(2, len(text) - 1):
        found = text.match_any(index, ("without a vote", "without a vote of", "without a vote by"))
        if found is None:
            continue
        here = text.nodes[index]
        who = phrase_at(text, found[1], context.names) if found[0] != "without a vote" else None
        end = who[1] if who is not None else found[1]
        voters = text.nodes[found[1] : end] or [word(here, "anyone")]
        text.nodes[index:end] = [word(here, "unless"), *voters, word(here, "vote")]
        return


def _apiece(text: Line) -> None:
    """ "is paid 0.4 USDC apiece" behind what is counted: per mask."""
    for index in range(4, len(text)):
        if text.lower(index) != "apiece" or text.kind(index - 1) != "amount":
            continue
        counted = [at for at in range(index - 2) if text.kind(at) == "amount"
                   and not is_money_amount(text, at) and text.kind(at + 1) == "word"]  # fmt: skip
        paid = any(text.lower(at) in ("paid", "pays", "gets", "receives") for at in range(index))
        if len(counted) == 1 and paid:
            unit = text.nodes[counted[0] + 1]
            here = text.nodes[index]
            text.nodes[index : index + 1] = [word(here, "per"), word(here, singular(unit.lower))]
        return


_MEASURES = frozenset("ounce ton tonne barrel bushel pound kilo kg kilogram gram gallon litre "
                      "liter mwh kwh unit coin token share troy lb".split())  # fmt: skip


def _per_measure(text: Line) -> None:
    """ "if gold rises above $3,000 per ounce": above $3,000, which is how it is quoted."""
    if not {text.lower(at) for at in range(len(text))} & {"if", "when", "once", "unless"}:
        return
    for index in range(3, len(text) - 2):
        quoted = text.lower(index) in ("per", "an", "a") and text.lower(index + 1) in _MEASURES
        bound = text.lower(index - 2) in ("above", "below", "over", "under", "than", "least")
        if quoted and bound and is_money_amount(text, index - 1):
            del text.nodes[index : index + 2]
            return


_ACTS = frozenset({"withdrawals", "withdrawal", "refunds", "transfers", "payments", "deposits",
                   "contributions", "redemptions", "cancellation", "returns"})  # fmt: skip


def _possible(text: Line) -> None:
    """ "withdrawals are only possible after 1 May": may only be made; "touched" is withdrawn."""
    for index in range(1, len(text) - 1):
        if text.lower(index) == "touched" and text.lower(index - 1) == "be":
            text.nodes[index] = word(text.nodes[index], "withdrawn")
        told = text.match_any(index, ("are only possible", "is only possible", "are possible only",
                                      "is possible only"))  # fmt: skip
        if told is not None and text.lower(index - 1) in _ACTS:
            text.nodes[index : told[1]] = _said(text.nodes[index], "may only be made")
            return
