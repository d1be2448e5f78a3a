"""What goes into a manifest, and what is taken out of a read one; plain values, no C2PA library.

The definition is the JSON that the C2PA library's builder takes. Its assertions are all *created*
ones: the signer answers for them (C2PA specification 2.2, 10.3).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assay.content.credentials.errors import ClaimMalformed
from assay.content.credentials.model import (
    BINDING_LABEL,
    TOKEN_LABEL,
    CredentialClaim,
    Origin,
)

ACTIONS_LABEL = "c2pa.actions"
CREATED_LABELS = [ACTIONS_LABEL, f"{ACTIONS_LABEL}.v2", TOKEN_LABEL, BINDING_LABEL]
EARLIER_FILE = "earlier-file"
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCE_OF = {
    Origin.GENERATED: f"{_SOURCE_TYPES}trainedAlgorithmicMedia",
    Origin.COMPOSITE: f"{_SOURCE_TYPES}compositeWithTrainedAlgorithmicMedia",
    Origin.HUMAN: f"{_SOURCE_TYPES}digitalCreation",
}
_MADE_BY_MODELS = {_SOURCE_OF[Origin.GENERATED], _SOURCE_OF[Origin.COMPOSITE]}


def definition(
    claim: CredentialClaim, binding: dict[str, Any], *, version: str, earlier: bool
) -> dict[str, Any]:
    """The manifest to sign.

    Args:
        version: of the program that writes it.
        earlier: the content came with a manifest of its own, which becomes its parent.
    """
    value: dict[str, Any] = {
        "claim_generator_info": [{"name": "Assay", "version": version}],
        "title": f"content {claim.token_id}",
        "assertions": [
            {"label": ACTIONS_LABEL, "data": {"actions": [_action(claim, earlier)]}},
            {"label": TOKEN_LABEL, "data": claim.as_assertion()},
            {"label": BINDING_LABEL, "data": binding},
        ],
    }
    return value


def _action(claim: CredentialClaim, earlier: bool) -> dict[str, Any]:
    """How the content came to be; what came with a manifest was opened, not created."""
    common = {
        "when": datetime.fromtimestamp(claim.signed_at, tz=UTC).isoformat().replace("+00:00", "Z"),
        "softwareAgent": {"name": claim.generator},
    }
    if earlier:
        return {
            "action": "c2pa.opened",
            "parameters": {"ingredientIds": [EARLIER_FILE]},
            **common,
        }
    return {
        "action": "c2pa.created",
        "digitalSourceType": _SOURCE_OF[claim.origin],
        **common,
    }


def claim_in(assertions: list[dict[str, Any]]) -> CredentialClaim | None:
    """What a manifest says of a token; None if it names none.

    Raises:
        ClaimMalformed: what it says is malformed, or it names more than one.
    """
    found = data_of(assertions, TOKEN_LABEL)
    if not found:
        return None
    if len(found) > 1:
        raise ClaimMalformed("it names more than one token")
    return CredentialClaim.from_assertion(found[0])


def binding_in(assertions: list[dict[str, Any]]) -> Any:
    """The data of the creator's binding; None where there is none or more than one."""
    found = data_of(assertions, BINDING_LABEL)
    return found[0] if len(found) == 1 else None


def says_generated(assertions: list[dict[str, Any]]) -> bool | None:
    """Whether the content is said to be made by a model, wholly or in part; None if unsaid."""
    sources = {
        action.get("digitalSourceType")
        for label in CREATED_LABELS[:2]
        for data in data_of(assertions, label)
        if isinstance(data, dict) and isinstance(data.get("actions"), list)
        for action in data["actions"]
        if isinstance(action, dict) and isinstance(action.get("digitalSourceType"), str)
    }
    return bool(sources & _MADE_BY_MODELS) if sources else None


def data_of(assertions: list[dict[str, Any]], label: str) -> list[Any]:
    """The data of all assertions of one label, however they are numbered."""
    return [one.get("data") for one in assertions if _plain(one.get("label")) == label]


def _plain(label: Any) -> str:
    """A label without the number that tells several of one kind apart: `name__2` is `name`."""
    name, _, number = str(label).rpartition("__")
    return name if name and number.isdigit() else str(label)
