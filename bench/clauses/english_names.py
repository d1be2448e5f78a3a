"""Other names for the parties and for the things that change hands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .corpus import Item
from .rewording import Rewording, strings, with_text, with_values

_PEOPLE = frozenset({"actor", "recipient"})
_NO_NAMES = {"contract", "anyone", "parties", "other party", "i", "you", "we", "user", "party a",
             "party b"}  # fmt: skip
_PRONOUNS = re.compile(r"(?i)\b(?:it|its|they|he|she|his|her|their|them|him)\b")
_THINGS = {"good", "machine", "vessel", "vehicle", "painting", "camera", "container", "cargo",
           "document", "report", "premise", "flat", "parcel", "equipment", "logo"}  # fmt: skip
# A thing that no word list has, with the same number.
_OTHER_THINGS = {"good": "kilns", "document": "logbooks", "premise": "barns"}
_OTHER_THING = "telescope"


def renamed(names: Sequence[str], article: str = "the", pronouns: bool = True) -> Rewording:
    """Each party by another name, in the same case, with or without an article."""

    def reword(item: Item) -> Item | None:
        parties = _parties(item)
        if not 0 < len(parties) <= len(names) or (not pronouns and _PRONOUNS.search(item.text)):
            return None
        text = item.text
        changed = {one: new.lower() for one, new in zip(parties, names, strict=False)}
        for one, new in zip(parties, names, strict=False):
            whole = re.compile(rf"\b(?i:the {re.escape(one)})\b")
            if len(re.findall(rf"(?i)\b{one}", text)) != len(whole.findall(text)):
                return None
            text = whole.sub(lambda m, new=new: _like(m[0], new, article), text)
        old = re.compile(rf"\b(?:{'|'.join(map(re.escape, parties))})\b")
        return with_values(item, text, lambda value: old.sub(lambda m: changed[m[0]], value))

    return Rewording(f"parties as {names[0]}", reword)


def _parties(item: Item) -> list[str]:
    found = strings(list(item.obligations), _PEOPLE) - _NO_NAMES
    return sorted(one for one in found if re.search(rf"(?i)\bthe {re.escape(one)}\b", item.text))


def _like(old: str, new: str, article: str) -> str:
    if not article:
        return new
    return f"{old[:3]} {new if old[4].isupper() else new.lower()}"


def without_article(item: Item) -> Item | None:
    """Buyer shall pay Seller: defined parties without an article."""
    names = "|".join(re.escape(one.title()) for one in _parties(item))
    if not names:
        return None
    return with_text(item, re.sub(rf"\b[Tt]he (?=(?:{names})\b)", "", item.text))


def introduced(item: Item) -> Item | None:
    """The parties introduced with their companies in a sentence before."""
    parties = [one.title() for one in _parties(item)]
    if not 0 < len(parties) <= 2 or any(f"he {one}" not in item.text for one in parties):
        return None
    companies = ("Larkspur Ltd", "Meridian Holdings GmbH")
    named = [f"{company} (the “{one}”)" for company, one in zip(companies, parties, strict=False)]
    named += ["the other party to it"] * (2 - len(named))
    return with_text(item, f"This Agreement is made between {' and '.join(named)}.\n\n{item.text}")


def _recased(case: Callable[[str], str]) -> Callable[[Item], Item | None]:
    def reword(item: Item) -> Item | None:
        names = "|".join(map(re.escape, _parties(item)))
        if not names or "“" in item.text or '"' in item.text:
            return None
        text = re.sub(rf"\b(?i:the)(?= )(?i: (?:{names}))\b",
                      lambda match: f"{match[0][:3]} {case(match[0][4:])}", item.text)  # fmt: skip
        return with_values(item, text, str)

    return reword


def other_things(item: Item) -> Item | None:
    """The thing that changes hands as one that no list of words has."""
    text, changed = item.text, dict[str, str]()
    for thing in sorted(strings(list(item.obligations), frozenset({"asset", "subject"})) & _THINGS):
        new = _OTHER_THINGS.get(thing, _OTHER_THING)
        plural = "s?" if new.endswith("s") else ""
        whole = re.compile(rf"\b(?i:the {thing}){plural}\b(?! \w+ing\b)")
        if len(whole.findall(text)) != len(re.findall(rf"(?i)\b{thing}", text)) or changed:
            return None
        changed[thing] = new.removesuffix("s")
        text = whole.sub(lambda m, new=new: _like(m[0], new.title(), "the"), text)
    return with_values(item, text, lambda one: changed.get(one, one)) if changed else None


NAMES: tuple[Rewording, ...] = (
    renamed(("Importer", "Exporter", "Forwarder", "Surveyor", "Broker")),
    renamed(("Beekeeper", "Songwriter", "Chemist", "Librarian", "Glazier")),
    renamed(("Consortium", "Cooperative", "Foundry", "Observatory", "Ministry")),
    renamed(("Lead Partner", "Grid Operator", "Host City", "Data Trust", "Site Manager")),
    renamed(("Promisor", "Promisee", "Obligor", "Obligee", "Guarantor")),
    renamed(("Acme Ltd", "Blue River GmbH", "Northgate Trading Inc", "Zeta Labs"), article=""),
    renamed(("Zeta Labs", "OpenGrid", "Fjord & Sons", "Kappa plc"), article=""),
    renamed(("Party A", "Party B", "Party C", "Party D"), article=""),
    renamed(("Nadia", "Olek", "Priya", "Quinn"), article="", pronouns=False),
    renamed(("Ms Moreau", "Mr Okafor", "Dr Lindqvist", "John Smith"), article="", pronouns=False),
    Rewording("parties without article", without_article),
    Rewording("parties introduced", introduced),
    Rewording("parties in capitals", _recased(str.title)),
    Rewording("parties in small letters", _recased(str.lower)),
    Rewording("parties in block letters", _recased(str.upper)),
    Rewording("things as telescopes", other_things),
)
