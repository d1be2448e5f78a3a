"""Assets as values: what an owner publishes, and what the chain says of it.

>>> licence_id("Apache-2.0").hex()
'e32b8c90'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eth_utils.crypto import keccak

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.market.errors import MetadataMalformed

SCHEMA = "asset/1"


class AssetKind(StrEnum):
    """What an asset is; the order is that of the contract's enumeration."""

    DATASET = "dataset"
    MODEL = "model"
    SERVICE = "service"

    @property
    def number(self) -> int:
        """The value on chain."""
        return list(AssetKind).index(self)

    @classmethod
    def from_number(cls, number: int) -> AssetKind:
        """The kind behind the value on chain."""
        return list(cls)[number]


def licence_id(spdx: str) -> bytes:
    """The 4 bytes that stand for an SPDX licence identifier on chain: keccak256(identifier)[:4]."""
    return keccak(text=spdx)[:4]


@dataclass(frozen=True)
class Sealed:
    """That an asset's content is stored as ciphertext.

    Attributes:
        scheme: the name of the format, see `assay.store.envelope`.
        bytes: of the ciphertext.
        url: the service that releases the key to holders of a licence; None if unknown.
    """

    scheme: str
    bytes: int
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {"scheme": self.scheme, "bytes": self.bytes, "url": self.url}

    @classmethod
    def from_json(cls, value: Any) -> Sealed:
        """Read what `as_json` wrote."""
        url = _text(value["url"]) if value["url"] is not None else None
        return cls(_text(value["scheme"]), int(value["bytes"]), url)


@dataclass(frozen=True)
class AssetMetadata:
    """The public description of an asset, stored as canonical JSON under its own CID.

    Attributes:
        content: CID of the file or folder that the asset is; of its ciphertext if it is sealed.
        content_digest: the asset id: SHA-256 of a file's plain bytes, or the root digest of a
            plain folder.
        content_bytes: size of the plain content.
        licence: SPDX identifier.
        card: CID of the model or data card, if there is one.
        base_model: name of the model that this one was made from, as its card gives it.
        datasets: ids of registered datasets that the asset was made from.
        parent: id of the version or model that this asset continues or serves.
        properties: further facts; text, whole numbers, and lists and mappings of them.
        sealed: set if the content is stored as ciphertext.
    """

    kind: AssetKind
    name: str
    description: str
    content: Cid
    content_digest: Digest
    content_bytes: int
    licence: str
    card: Cid | None = None
    base_model: str | None = None
    datasets: tuple[Digest, ...] = ()
    parent: Digest | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    sealed: Sealed | None = None

    def encode(self) -> bytes:
        """The canonical JSON whose CID goes on chain."""
        return canonical_json(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "assay": SCHEMA,
            "kind": self.kind.value,
            "name": self.name,
            "description": self.description,
            "content": str(self.content),
            "content_digest": self.content_digest.hex,
            "content_bytes": self.content_bytes,
            "licence": self.licence,
            "card": str(self.card) if self.card else None,
            "base_model": self.base_model,
            "datasets": [dataset.hex for dataset in self.datasets],
            "parent": self.parent.hex if self.parent else None,
            "properties": dict(self.properties),
            **({"sealed": self.sealed.as_json()} if self.sealed else {}),
        }

    @classmethod
    def from_json(cls, value: Any) -> AssetMetadata:
        """Read what `as_json` wrote.

        Raises:
            MetadataMalformed: a field is missing or of another type, or the schema is unknown.
        """
        try:
            if value["assay"] != SCHEMA:
                raise MetadataMalformed(f"schema {value['assay']!r} is unknown")
            return cls(
                kind=AssetKind(value["kind"]),
                name=_text(value["name"]),
                description=_text(value["description"]),
                content=Cid.parse(value["content"]),
                content_digest=Digest.parse(value["content_digest"]),
                content_bytes=int(value["content_bytes"]),
                licence=_text(value["licence"]),
                card=Cid.parse(value["card"]) if value["card"] else None,
                base_model=_text(value["base_model"]) if value["base_model"] else None,
                datasets=tuple(Digest.parse(item) for item in value["datasets"]),
                parent=Digest.parse(value["parent"]) if value["parent"] else None,
                properties=dict(value["properties"]),
                sealed=Sealed.from_json(value["sealed"]) if "sealed" in value else None,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MetadataMalformed(f"{type(error).__name__}: {error}") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


@dataclass(frozen=True)
class Registration:
    """What an owner asks the registry to record; see `RegisteredAsset` for the fields."""

    content_digest: Digest
    metadata: Cid
    parent: Digest | None
    kind: AssetKind
    licence: bytes
    royalty_bps: int
    price: int


@dataclass(frozen=True)
class RegisteredAsset:
    """An asset as the registry contract holds it.

    Attributes:
        price: whole units of the registry's currency.
        royalty_bps: share of a resale that goes to the creator, in hundredths of a percent.
        registered_at: seconds since 1970 of the block that registered it.
    """

    asset_id: Digest
    owner: Address
    creator: Address
    registered_at: int
    kind: AssetKind
    royalty_bps: int
    licence: bytes
    metadata: Cid
    parent: Digest | None
    price: int


@dataclass(frozen=True)
class Asset:
    """A registered asset together with its verified metadata."""

    registered: RegisteredAsset
    metadata: AssetMetadata

    @property
    def asset_id(self) -> Digest:
        """The id: the digest of the content."""
        return self.registered.asset_id

    def as_json(self) -> dict[str, Any]:
        """What `assay asset show --json` prints."""
        registered = self.registered
        return {
            "asset_id": registered.asset_id.hex,
            "owner": registered.owner,
            "creator": registered.creator,
            "registered_at": registered.registered_at,
            "price": registered.price,
            "royalty_bps": registered.royalty_bps,
            "metadata_cid": str(registered.metadata),
            "metadata": self.metadata.as_json(),
        }


@dataclass(frozen=True)
class ContractState:
    """One deployed contract held against our build.

    Attributes:
        evidence: what was compared.
        reason: why it does not fit; empty if `ok`.
    """

    name: str
    address: str
    ok: bool
    evidence: str
    reason: str


@dataclass(frozen=True)
class AnchoredBatch:
    """A batch of call records as the CallAnchor contract recorded it.

    Attributes:
        number: the provider's batches are counted from 0.
        root: 32 bytes, root of the Merkle tree over the records' EIP-712 digests.
        head: 32 bytes, hash chain over all of the provider's batches up to this one.
    """

    provider: Address
    number: int
    root: bytes
    calls: int
    head: bytes
    transaction: str


@dataclass(frozen=True)
class PaidTransfer:
    """An EIP-3009 transfer as the token recorded it in one transaction."""

    payer: Address
    nonce: Digest
    recipient: Address
    amount: int
    transaction: str
    block: int
