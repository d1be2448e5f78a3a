"""Specifications written by hand, in the spelling of `docs/specification.md`."""

from __future__ import annotations

from typing import Any

from assay.authoring.model import Asset, Condition, Obligation, Party, Specification

NATIVE = {"ETH"}


def duty(actor: str | None, modality: str, action: str, **fields: Any) -> Obligation:
    """One obligation; `conditions` and `otherwise` as they are."""
    return Obligation(actor=actor, modality=modality, action=action, span=(0, 0), **fields)


def when(kind: str, **fields: Any) -> Condition:
    """One condition."""
    return Condition(kind=kind, text=fields.pop("text", kind), **fields)


def written(
    text: str, *obligations: Obligation, tokens: str = "", language: str = "en"
) -> Specification:
    """All duties over the whole text; `tokens` are symbols with decimals: `USDC:6 GLD:18`."""
    span = (0, len(text))
    names = dict.fromkeys(
        name
        for whole in obligations
        for one in (whole, whole.otherwise)
        if one is not None
        for name in (one.actor, one.recipient)
        if name not in (None, "contract")
    )
    assets = [one.split(":") for one in tokens.split()]
    return Specification(
        language=language,
        text=text,
        parties=tuple(Party(name=name, text=name, span=(0, 0)) for name in names),
        assets=tuple(
            Asset(
                name=name,
                text=name,
                kind="native" if name in NATIVE else "token",
                decimals=int(decimals),
                span=(0, 0),
            )
            for name, decimals in assets
        ),
        obligations=tuple(one.model_copy(update={"span": span}) for one in obligations),
    )
