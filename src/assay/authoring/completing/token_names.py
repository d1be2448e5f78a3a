"""One name for each token, however a clause writes it: "GAME", "GAME tokens", "the tokens".

with_one_name_each(specification)
"""

from __future__ import annotations

from assay.authoring.completing.renaming import renamed
from assay.authoring.model import Obligation, Specification

_PLAIN = "token"
_FIELDS = ("asset", "share_of")


def with_one_name_each(specification: Specification) -> Specification:
    """The same, where each token has the name that it has beside an amount, or its longest one."""
    meant = _meant(specification)
    if not meant:
        return specification
    obligations = tuple(renamed(one, meant, _FIELDS) for one in specification.obligations)
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
