"""One name for each person, however a clause calls it: "the landlord Chen", "Chen", "the landlord".

with_one_name_for_each_person(specification)

A party that goes by its role and its name goes by its name alone, wherever it is spoken of; so does
its role alone, where nobody else has the same. Otherwise one person would be two addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.chinese.lexicon.roles import ROLES as CHINESE_ROLES
from assay.authoring.completing.renaming import renamed
from assay.authoring.english.lexicon.words import DETERMINERS, ROLES
from assay.authoring.model import Party, Specification

_FIELDS = ("actor", "recipient", "subject")
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")


def with_one_name_for_each_person(specification: Specification) -> Specification:
    """The same, where nobody who takes part has two names."""
    meant = _meant(specification)
    if not meant:
        return specification
    questions = tuple(
        one.model_copy(
            update={"suggestions": tuple(dict.fromkeys(meant.get(s, s) for s in one.suggestions))}
        )
        for one in specification.questions
    )
    obligations = tuple(renamed(one, meant, _FIELDS) for one in specification.obligations)
    parties = tuple(_parties(specification, meant))
    told = {"obligations": obligations, "parties": parties, "questions": questions}
    return specification.model_copy(update=told)


def _meant(specification: Specification) -> dict[str, str]:
    """Other names of people to the name of each."""
    parted = [(one, found) for one in specification.parties if (found := _parts(one)) is not None]
    known = {one.name for one in specification.parties}
    meant: dict[str, str] = {}
    for one, (role, name) in parted:
        if name not in known | meant.keys() and role not in known:
            continue
        if _is_noun(specification, name):
            continue
        meant[one.name] = name
        alike = {its for _, (other, its) in parted if other == role}
        if role in known and alike == {name}:
            meant[role] = name
    return meant


def _parts(party: Party) -> tuple[str, str] | None:
    """The role and the name that somebody is called by at once."""
    if party.kind != "party":
        return None
    words = party.text.split()
    if len(words) > 1 and words[0].lower() in ROLES and party.name == party.text.lower():
        named = all(one[:1].isupper() for one in words[1:]) and words[-1].lower() not in ROLES
        return (words[0].lower(), " ".join(words[1:]).lower()) if named else None
    for length in range(len(party.name) - 2, 1, -1):
        role, name = party.name[:length], party.name[length:]
        if role in CHINESE_ROLES and name not in CHINESE_ROLES and _CHINESE_NAME.fullmatch(name):
            return role, name
    return None


def _is_noun(specification: Specification, name: str) -> bool:
    """Whether a word stands with an article, so that it tells what somebody is: "the Bank"."""
    heads = "|".join(map(re.escape, sorted(DETERMINERS)))
    found = re.search(rf"\b(?:{heads})\s+{re.escape(name)}\b", specification.text, re.IGNORECASE)
    return name.isascii() and found is not None


def _parties(specification: Specification, meant: dict[str, str]) -> Iterator[Party]:
    """Each person once, in the words that tell most."""
    seen: set[str] = set()
    for one in sorted(specification.parties, key=lambda one: one.span):
        name = meant.get(one.name, one.name)
        if name in seen:
            continue
        seen.add(name)
        alike = [each for each in specification.parties if meant.get(each.name, each.name) == name]
        fullest = max(alike, key=lambda each: (len(each.text), each.address is not None))
        address = next((each.address for each in alike if each.address is not None), None)
        yield fullest.model_copy(update={"name": name, "address": address})
