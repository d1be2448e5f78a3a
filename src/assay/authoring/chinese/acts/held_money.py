"""Who pays out what was put into the contract, where no words name anybody: 500 USDC付给卖方."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.model import Obligation

_PUT_IN = frozenset({"deposit", "lock"})
_LET_OUT = frozenset({"pay", "transfer", "refund", "return", "release"})


def paid_by_contract(text: str, obligations: Sequence[Obligation]) -> list[Obligation]:
    """The same, where the contract hands on what it holds of a token."""
    held: set[str] = set()
    done: list[Obligation] = []
    for one in obligations:
        if one.action in _PUT_IN and one.asset and one.recipient in (None, "contract"):
            held.add(one.asset)
        if "托管的" in text[slice(*one.span)] and one.asset:
            held.add(one.asset)
        done.append(_paid(one, held))
    return done


def _paid(one: Obligation, held: set[str]) -> Obligation:
    after = one.otherwise and _paid(one.otherwise, held)
    nobody = one.actor is None and one.recipient is not None and one.modality == "must"
    if nobody and one.action in _LET_OUT and one.asset in held:
        return one.model_copy(update={"actor": "contract", "otherwise": after})
    return one.model_copy(update={"otherwise": after})
