"""Numbers, times, parties and negations that no field took: what was read must say each.

The rules put every word somewhere, but a rule may take a word and then drop it. So after a sentence
is read, each amount, length, date, recurrence, party and negation in it is looked for in what was
made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.money import LEFT_OVER
from assay.authoring.english.lexing.durations import times_in
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.lexing.number_words import ordinal_at
from assay.authoring.english.lexing.tokens import Token
from assay.authoring.english.phrases.names import Names
from assay.authoring.english.phrases.phrase_parts import multiple_at
from assay.authoring.english.rewriting.choices import compared_amounts
from assay.authoring.language.dates import Moment
from assay.authoring.language.durations import Duration
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity, part_of
from assay.authoring.model import Condition, Obligation

Piece = Obligation | Condition


def lost(text: Line, made: Iterable[Obligation], names: Names) -> list[Node]:
    """The words of a sentence that stand in nothing that was read of it.

    Args:
        text: the sentence as it was written.
        made: what was read of it and of the sentences before.
    """
    pieces = list(_pieces(made))
    if not pieces:
        return []
    often = Counter(value for piece in pieces for value in {*_values(piece)})
    told = {*often} | _sums(pieces)
    told |= {value for one in names.values.values() for value in _defined(one)}
    told |= {*names.until.values()}
    told |= _shares_told(text, told) | compared_amounts(text)
    twice = _unmatched(text, often)
    said = " ".join(value.lower() for value in told if not value.replace(".", "").isdigit())
    late = any(isinstance(one, Condition) and one.kind == "breach" for one in pieces)
    bought = any(piece.action in _BOUGHT for piece in pieces)
    denied = any(_denies(piece) for piece in pieces)
    left = any(one.action in _GOING_BACK and one.asset in _REST for one in pieces)
    return [
        node
        for index, node in enumerate(text.nodes)
        if (_is_value(text, index) and not _is_told(node, told, pieces) and node.lower not in said)
        or index in twice
        or (
            _names_party(text, index, names, bought=bought)
            and words.singular(node.lower) not in said
        )
        or (not denied and _is_denial(text, index) and not (left and _is_unused(text, index)))
        or (node.lower not in said and not _is_timed(text, index, told))
        or (_is_late(text, index) and node.lower[:4] not in said and not late)
        or (node.lower not in said and _is_counted(text, index, told))
        or (node.lower in _WEIGHTY and node.lower not in said)
    ]


_BOUNDS = frozenset("later earlier less more sooner fewer lower below above before exceeding "
                    "exceed longer greater higher only limited except but other "
                    "than otherwise".split())  # fmt: skip
_BOUGHT = frozenset({"buy", "occupy", "use"})
"""Acts with a giver, for whom a specification has no room."""
_PREVENTING = frozenset({"prevent", "prevents", "preclude", "precludes", "prohibit", "restrict"})
"""What nothing does to somebody who may act: no denial of what he does."""
_DENIALS = frozenset("not never neither nor nobody none nothing cannot can't".split())
_HELPED = frozenset("the a an each every any such".split())


def _is_denial(text: Line, index: int) -> bool:
    """ "not", "never" where they deny an act: not in "no later than", "without delay"."""
    word = text.lower(index)
    denies = word in _DENIALS or word.endswith("n't")
    bounded = text.lower(index - 1) in words.DO and bool(
        {text.lower(at) for at in range(index + 2, index + 7)} & {"below", "under"}
    )  # "does not fall below": at least
    withheld = any(text.lower(index + step) == "unreasonably" for step in range(1, 4))
    unvested = "vested" in (text.lower(index + 1), text.lower(index + 2))
    helped = text.lower(index - 2) not in ("whatever", "what", "anything")
    helped = helped and text.lower(index - 1) in words.MODALS | words.BE | words.HAVE | words.DO
    left = not helped and text.lower(text.skip(index + 1, ("yet", "been"))) in _UNUSED
    idle = bounded or withheld or unvested or left
    prevents = word == "nothing" and bool({node.lower for node in text.nodes} & _PREVENTING)
    apart = idle or prevents or text.match(index - 2, "whether or not") is not None
    return denies and text.lower(index + 1) not in _BOUNDS and not apart


_UNUSED = frozenset({"released", "paid", "used", "claimed", "spent", "withdrawn", "collected",
                     "disbursed", "drawn", "distributed", "handed", "taken"})  # fmt: skip
"""Money that is not this is what is left of it."""
_REST = LEFT_OVER | {"fund", "token", "coin", "share"}
_GOING_BACK = frozenset(
    {"return", "refund", "pay", "release", "transfer", "distribute", "withdraw"}
)


def _is_unused(text: Line, index: int) -> bool:
    """ "what has not yet been released": what is left."""
    return text.lower(text.skip(index + 1, ("yet", "been"))) in _UNUSED


_WEIGHTY = frozenset("initially subsequently partially partly proportionally proportionately "
                     "temporarily retroactively conditionally provisionally".split())  # fmt: skip
"""Adverbs that say when or how much, and do more than colour an act."""
_LATE = frozenset({"late", "overdue", "missed", "delayed"})
_CHARGES = frozenset({"fee", "fees", "charge", "charges", "penalty", "interest", "than"})


def _is_late(text: Line, index: int) -> bool:
    """ "late payments bear interest": a breach, where it stands before a noun."""
    noun = text.kind(index + 1) == "word" and text.lower(index + 1) not in (
        words.PREPOSITIONS | words.CONJUNCTIONS | _CHARGES
    )  # fmt: skip
    return text.lower(index) in _LATE and noun and text.lower(index - 1) not in words.BE


def _is_counted(text: Line, index: int, told: set[str]) -> bool:
    """ "after the third late payment", "twice": how often something has to happen."""
    if text.lower(index) in ("twice", "thrice"):
        multiple = multiple_at(text, index)
        whole = multiple is not None and multiple[0] in told
        return text.kind(index + 1) != "recurrence" and not whole
    often = text.lower(index + 1) in ("time", "late", "missed", "failed", "unpaid", "breach")
    counted = ordinal_at([Token("word", text.lower(index), text.lower(index), 0, 0)], 0)
    return often and counted is not None and counted[0] > 1 and str(counted[0]) not in told


def _is_timed(text: Line, index: int, told: set[str]) -> bool:
    """Whether no year or month is counted here ("the second year"), or something says when."""
    counted = ordinal_at([Token("word", text.lower(index), text.lower(index), 0, 0)], 0)
    long = text.lower(index + 1) in words.UNITS_OF_TIME - {"day"}
    if counted is None or not long or text.lower(index + 2) == "of":
        return True
    after = f"P{counted[0] - 1}{text.lower(index + 1)[:1].upper()}"  # "from the seventh month"
    return after in told or (counted[0] == 1 and any(one.startswith("P") for one in told))


def _denies(piece: Piece) -> bool:
    if isinstance(piece, Condition):
        turned = piece.negated or piece.kind == "breach" or piece.comparator in ("<", "<=")
        return turned or bool({"not", "nothing"} & {*(piece.value or "").split()})
    return piece.modality == "must_not" or piece.otherwise is not None or piece.limit != "exact"


def _names_party(text: Line, index: int, names: Names, *, bought: bool) -> bool:
    """Whether somebody acts or receives here: "the Buyer", but not "the Buyer's car"."""
    after = text.kind(index + 1)
    if after == "possessive" or (after == "word" and text.lower(index + 1) not in _AFTER_PARTY):
        return False
    lets = text.lower(index + 1) in words.MODALS and text.lower(index + 2) in _LETTING
    if lets:
        return False
    word = text.lower(index)
    party = names.role(word) in words.ROLES | names.people and (
        words.singular(word) not in ("party", "parties")
    )  # fmt: skip
    aside = ("of", "by", "at", "from") if bought else ("of", "by", "at")
    lead = text.lower(index - 1) in _HELPED and text.lower(index - 2) not in aside
    return party and lead


_LETTING = frozenset({"permit", "allow", "authorise", "authorize", "forfeit"})
"""What somebody does whose act is only that of another: "shall allow the Buyer to inspect";
what one forfeits to another, the other keeps."""

_AFTER_PARTY = words.MODALS | words.BE | words.HAVE | words.DO | frozenset({"and", "or"})


_NUMBERED = frozenset("milestone phase stage sprint step tranche part round the version".split())


def _is_value(text: Line, index: int) -> bool:
    """Whether a node counts something: not "milestone 2", "the five founders"."""
    value = text.nodes[index].value
    if isinstance(value, Quantity) and value.asset is None:
        return text.lower(index - 1) not in _NUMBERED
    if text.kind(index) == "recurrence" and text.kind(index + 1) == "word" and index > 1:
        return text.lower(index + 1) in words.PREPOSITIONS | words.CONJUNCTIONS
    return value is not None


def _shares_told(text: Line, told: set[str]) -> set[str]:
    """The shares of an amount that are read as what they come to: 40 % of 9,000 as 3,600."""
    found = [node.value for node in text.nodes if isinstance(node.value, Quantity)]
    wholes = [one for one in found if one.amount and one.asset != "%"]
    shares = [one for one in found if one.asset == "%"]
    return {
        known
        for whole in wholes
        for share in shares
        if (part := part_of(share, whole)) is not None and part.amount in told
        for known in (share.amount, whole.amount, *_ratio(share))
        if known is not None
    }


def _ratio(share: Quantity) -> tuple[str, ...]:
    """The two numbers of a share that no decimal says: two thirds."""
    return tuple(map(str, share.exact.as_integer_ratio())) if share.exact is not None else ()


def _is_told(node: Node, told: set[str], pieces: Sequence[Piece]) -> bool:
    value = node.value
    if isinstance(value, Quantity) and value.amount is None and value.exact is not None:
        return {*_ratio(value)} <= told
    if isinstance(value, Quantity):
        multiple = value.amount is not None and decimal_text(Decimal(value.amount) * 100) in told
        return value.amount in told or _counts(value, pieces) or (multiple and not value.asset)
    if isinstance(value, Duration):
        part = node.lower in ("a quarter", "one quarter") and {"25", "%"} <= told
        timed = value.iso in told or _lasts(value.iso, pieces)
        return timed or part or _is_worked(value.iso, told)
    if isinstance(value, Moment):
        days = [one for one in (value.iso, value.begins) if one is not None]
        return value.iso is None or any(one.startswith(tuple(days)) for one in told)
    if node.kind == "recurrence" and isinstance(value, str):
        return value in told or (value == "PT1H" and "hour" in told)
    if node.kind == "quorum" and isinstance(value, tuple):
        return {str(part) for part in value} <= told
    return True


def _is_worked(iso: str, told: set[str]) -> bool:
    """Whether hours are counted as what is done: "20 hours of support a month"."""
    hours = iso.removeprefix("PT").removesuffix("H")
    return hours.isdigit() and hours in told and "hour" in told


def _counts(quantity: Quantity, pieces: Sequence[Piece]) -> bool:
    """Whether a number says no more than what is read: one, so many duties, parts and a rest."""
    if quantity.amount is None or quantity.problem is not None:
        return True
    if quantity.asset is not None:
        each = quantity.amount == "1" and any(
            isinstance(one, Obligation) and one.share_of is not None for one in pieces
        )  # "one PASS token costs 25 USDC": a price for each
        return each or any(one.asset in LEFT_OVER for one in pieces)
    duties = sum(isinstance(one, Obligation) for one in pieces)
    return Decimal(quantity.amount) <= max(1, duties)


def _lasts(iso: str, pieces: Sequence[Piece]) -> bool:
    """Whether a length is that of something that recurs so many times."""
    return any(
        isinstance(one, Obligation) and one.occurrences is not None
        and times_in(iso, one.recurrence) == one.occurrences
        for one in pieces
    )  # fmt: skip


def told_by(made: Iterable[Obligation]) -> set[str]:
    """Every word and number that obligations say, and what their amounts come to together."""
    pieces = list(_pieces(made))
    return {value for piece in pieces for value in _values(piece)} | _sums(pieces)


def _pieces(made: Iterable[Obligation]) -> Iterator[Piece]:
    for obligation in made:
        inner: Obligation | None = obligation
        while inner is not None:
            yield inner
            yield from inner.conditions
            inner = inner.otherwise


def _unmatched(text: Line, often: Counter[str]) -> list[int]:
    """Where an amount stands that is named more often than it was read."""
    found: dict[str, list[int]] = {}
    for index, node in enumerate(text.nodes):
        if isinstance(node.value, Quantity) and node.value.amount and _is_value(text, index):
            found.setdefault(node.value.amount, []).append(index)
    return [
        at
        for amount, places in found.items()
        if amount in often and len(places) > often[amount] > 0 and amount != "1"
        for at in places[often[amount] :]
    ]


def _sums(pieces: Sequence[Piece]) -> set[str]:
    """Totals that the parts of a sentence come to, and shares like 3 of 4 in percent."""
    parts: dict[str, Decimal] = {}
    found = set()
    for piece in pieces:
        if isinstance(piece, Obligation) and piece.amount is not None and piece.asset is not None:
            parts[piece.asset] = parts.get(piece.asset, Decimal(0)) + Decimal(piece.amount)
        if isinstance(piece, Condition) and piece.total and piece.value:
            found.add(decimal_text(Decimal(piece.value) * 100 / piece.total))
    often = {
        decimal_text(sum_)
        for one in pieces
        if isinstance(one, Obligation) and one.amount is not None and one.occurrences
        for sum_ in _each_time(Decimal(one.amount), one.occurrences, spread=one.spread)
    }
    return found | often | {decimal_text(total) for total in parts.values()}


def _each_time(amount: Decimal, times: int, *, spread: bool) -> tuple[Decimal, ...]:
    """What a series comes to, and each part of what is spread over it."""
    return (amount * times, amount / times) if spread else (amount * times,)


def _values(piece: Piece) -> Iterator[str]:
    """Every word and number that a piece says, but not the words that it was read from."""
    for name in type(piece).model_fields:
        value = getattr(piece, name)
        if name not in {"text", "span", "kind", "action"} and isinstance(value, str | int):
            yield str(value)
            yield from str(value).removesuffix("%").split()


def _defined(value: object) -> Iterator[str]:
    if isinstance(value, Quantity) and value.amount is not None:
        yield value.amount
    elif isinstance(value, Moment | Duration) and value.iso is not None:
        yield value.iso
