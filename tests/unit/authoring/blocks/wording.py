"""Specifications by hand: duties that point at their words in the text."""

from __future__ import annotations

from typing import Any

from assay.authoring.model import Asset, Condition, Language, Obligation, Party, Specification

USDC = {"name": "USDC", "kind": "token", "decimals": 6}
ETH = {"name": "ETH", "kind": "native"}
GOODS = frozenset({"delivery", "goods", "design", "application", "货物", "设备", "图纸"})


def specify(
    text: str,
    *duties: dict[str, Any],
    parties: tuple[str, ...],
    language: Language = "en",
    witnesses: tuple[dict[str, str], ...] = (),
) -> Specification:
    """A specification of a text; `says` of each duty are its words."""
    obligations = tuple(_obligation(text, duty) for duty in duties)
    acts = [one for duty in obligations for one in (duty, *duty.conditions)]
    things = {one.asset for one in acts if one.asset in GOODS} - {None}
    assets = [
        *(Asset(text="", span=(0, 0), **one) for one in (USDC, ETH) if one["name"] in text),  # type: ignore[arg-type]
        *(Asset(name=str(one), text="", kind="goods", span=(0, 0)) for one in sorted(things)),
    ]
    return Specification(
        language=language,
        text=text,
        parties=tuple(Party(name=name, text=name, span=(0, 0)) for name in parties),
        assets=tuple(assets),
        obligations=obligations,
        witnesses=witnesses,  # type: ignore[arg-type]
    )


def on(kind: str, text: str, **fields: Any) -> Condition:
    """A condition."""
    return Condition.model_validate({"kind": kind, "text": text, **fields})


def _obligation(text: str, duty: dict[str, Any]) -> Obligation:
    fields = {"modality": "must", **duty}
    start = text.index(fields.pop("says"))
    return Obligation(span=(start, start + len(duty["says"])), **fields)
