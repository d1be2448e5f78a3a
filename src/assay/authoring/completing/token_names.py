"""One name for each token, however a clause writes it: "GAME", "GAME tokens", "the tokens".

with_one_name_each(specification)
"""

from __future__ import annotations

from assay.authoring.model import Condition, Obligation, Specification

_PLAIN = "token"


def with_one_name_each(specification: Specification) -> Specification:
    """The same, where each token has the name that it has beside an amount, or its longest one."""
    meant = _meant(specification)
    if not meant:
        return specification
    obligations = tuple(_renamed(one, meant) for one in specification.obligations)
    assets = tuple(one for one in specification.assets if one.name not in meant)
    known = {one.name for one in assets}
    assets += tuple(
        one.model_copy(update={"name": meant[one.name], "kind": _PLAIN})
        for one in specification.assets
        if one.name in meant and meant[one.name] not in known
    )
    return specification.model_copy(update={"obligations": obligations, "assets": assets})


def _meant(specification: Specification) -> dict[str, str]:
    """Other names of tokens to the name of each."""
    tokens = [one.name for one in specification.assets if one.kind == _PLAIN]
    used = {name for one in specification.obligations for name in _names(one)}
    symbols = [name for name in tokens if name.isupper()]
    meant = {
        other: name
        for name in symbols
        for other in (name.lower(), f"{name.lower()} {_PLAIN}")
        if other in used
    }
    issued = [name for name in used if name.endswith(f" {_PLAIN}") and name not in meant]
    if _PLAIN in used and len(issued) == 1:
        meant[_PLAIN] = issued[0]
    return meant


def _names(one: Obligation) -> set[str]:
    inner = _names(one.otherwise) if one.otherwise is not None else set()
    conditions = {condition.asset for condition in one.conditions}
    return {name for name in {one.asset, one.share_of, *conditions} if name is not None} | inner


def _renamed(one: Obligation, meant: dict[str, str]) -> Obligation:
    update = {
        "asset": meant.get(one.asset or "", one.asset),
        "share_of": meant.get(one.share_of or "", one.share_of),
        "conditions": tuple(_condition(each, meant) for each in one.conditions),
        "otherwise": one.otherwise and _renamed(one.otherwise, meant),
    }
    return one.model_copy(update=update)


def _condition(one: Condition, meant: dict[str, str]) -> Condition:
    return one.model_copy(update={"asset": meant.get(one.asset or "", one.asset)})
