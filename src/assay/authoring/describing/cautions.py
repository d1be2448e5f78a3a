"""What a reader may expect of a contract that it cannot do: named, so that nobody relies on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from assay.authoring.blocks.clauses.duties import duties, is_late_fee
from assay.authoring.blocks.clauses.own_word import own_words
from assay.authoring.blocks.guards.lasting import ENDS_AT, NEVER
from assay.authoring.blocks.guards.readings import is_word, places_of
from assay.authoring.blocks.held.penalties import is_flat_fee
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.moments import moment
from assay.authoring.describing.phrases import PHRASES
from assay.authoring.model import Language, Specification
from assay.authoring.program.expressions import Name
from assay.authoring.program.model import Program, Pull, statements

QUOTE_LENGTH = 240


def alone_deciding(specification: Specification) -> Iterator[str]:
    """One sentence for each fact that whoever profits by it tells alone."""
    phrases = PHRASES[specification.language]
    for one in own_words(specification):
        kind = "own_bars" if one.over else "own_silent" if one.by_silence else "own_told"
        fact = one.fact[:QUOTE_LENGTH]
        yield phrases[kind].format(party=one.party, fact=fact, over=one.over)


def cautions(specification: Specification, composition: Composition) -> Iterator[str]:
    """One sentence for each fee that nobody owes while the late act is not done and each value that
    has no decimals, one on what is not owed after an early end, and one where money can reach the
    contract without being counted."""
    phrases, seen = PHRASES[specification.language], set[int]()
    for index, duty in duties(specification):
        late = is_late_fee(duty) or is_flat_fee(specification, duty)
        if not late or index in seen or index not in composition.kept:
            continue
        seen.add(index)
        words = " ".join(specification.text[slice(*duty.span)].split())
        yield phrases["late_in_vain"].format(words=words)
    yield from _reported_whole(specification)
    yield from _early_end(composition.program, specification.language)
    for symbol, functions in _taken_in(composition.program).items():
        names = phrases["or"].join(f"`{one}`" for one in functions)
        yield phrases["sent_straight"].format(asset=symbol, functions=names)


def _reported_whole(specification: Specification) -> Iterator[str]:
    """What is measured, and is to be above or below a whole number."""
    told: dict[str, str] = {}
    for _, duty in duties(specification):
        for one in duty.conditions:
            measured = one.kind == "oracle" and one.comparator not in (None, "=") and one.subject
            if measured and not is_word(one) and not places_of(specification, one):
                told.setdefault(str(one.subject), " ".join(one.text.split()))
    for subject, words in told.items():
        yield PHRASES[specification.language]["reported_whole"].format(subject=subject, words=words)


def _early_end(program: Program, language: Language) -> Iterator[str]:
    """Until when it lasts if nobody ends it, and what an end in the midst of a period leaves."""
    phrases = PHRASES[language]
    begins_as = {one.name: one.initial for one in program.variables}.get(ENDS_AT)
    if begins_as is None:
        return
    constants = {Name(one.name): one.value for one in program.constants}
    agreed_s = constants.get(begins_as) if isinstance(begins_as, Name) else None
    if agreed_s == moment(NEVER):
        told = phrases["endless"]
    elif agreed_s is None:
        told = phrases["ends_with_periods"]
    else:
        told = datetime.fromtimestamp(agreed_s, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    yield phrases["early_end"].format(variable=ENDS_AT, agreed=told)


def _taken_in(program: Program) -> dict[str, list[str]]:
    """By which functions each token is paid in; coins of the chain come with such a call alone."""
    found: dict[str, list[str]] = {}
    for function in program.functions:
        for one in statements(function.body):
            if not isinstance(one, Pull) or program.asset(one.asset).kind == "native":
                continue
            names = found.setdefault(program.asset(one.asset).symbol or one.asset, [])
            names += [function.name] if function.name not in names else []
    return found
