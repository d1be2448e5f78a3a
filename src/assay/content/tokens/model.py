"""Content tokens in bulk and on sale, as values: terms, catalogues, vouchers, what is due to whom.

A catalogue is an artefact: the leaves of the Merkle tree whose root a creator anchored. With it
anybody buys any content in it, without asking the creator.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assay.content.model import NO_DIGEST, NOBODY, Provenance
from assay.content.shares import Share
from assay.content.tokens.errors import CatalogueMalformed, NotListed, VoucherMalformed
from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree
from assay.errors import InputError

CATALOGUE_SCHEMA = "catalogue/1"
VOUCHER_SCHEMA = "voucher/1"
CATALOGUE_LIMIT_BYTES = 64 * 1024 * 1024
_WORD_BYTES = 32
_FAULTS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a creator says of content; with the creator it is the contract's struct `Content`."""

    content_id: Digest
    provenance: Provenance
    royalty_bps: int

    def words(self) -> tuple[bytes, ...]:
        """The struct's six members as words of 32 bytes."""
        provenance = self.provenance
        return (
            self.content_id.raw,
            provenance.prompt_digest.raw,
            (provenance.model or NO_DIGEST).raw,
            provenance.metadata.digest.raw,
            (provenance.shares_digest or NO_DIGEST).raw,
            _word(self.royalty_bps),
        )

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        provenance = self.provenance
        return {
            "content_id": self.content_id.hex,
            "prompt_digest": provenance.prompt_digest.hex,
            "model": provenance.model.hex if provenance.model else None,
            "metadata": str(provenance.metadata),
            "shares_digest": provenance.shares_digest.hex if provenance.shares_digest else None,
            "royalty_bps": self.royalty_bps,
        }

    @classmethod
    def from_json(cls, value: Any, creator: Address) -> Statement:
        """Read what `as_json` wrote; raises KeyError, TypeError, ValueError or InputError."""
        metadata = Cid.parse(value["metadata"])
        if metadata.codec != RAW:
            raise ValueError(f"the metadata {metadata} are no raw block")
        shares = value["shares_digest"]
        provenance = Provenance(
            prompt_digest=Digest.parse(value["prompt_digest"]),
            model=Digest.parse(value["model"]) if value["model"] else None,
            creator=creator,
            metadata=metadata,
            shares_digest=Digest.parse(shares) if shares else None,
        )
        return cls(Digest.parse(value["content_id"]), provenance, _number(value["royalty_bps"], 16))


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms content is sold.

    Attributes:
        currency: an ERC-20 token; `NOBODY` for ether.
        price: in the currency's smallest unit.
        valid_until: seconds since 1970.
    """

    currency: Address
    price: int
    valid_until: int

    def words(self) -> tuple[bytes, ...]:
        """The contract's struct `Terms` as words of 32 bytes."""
        return _address_word(self.currency), _word(self.price), _word(self.valid_until)

    @property
    def in_ether(self) -> bool:
        """The price is in wei."""
        return self.currency == NOBODY

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "currency": self.currency,
            "price": str(self.price),
            "valid_until": self.valid_until,
        }

    @classmethod
    def from_json(cls, value: Any) -> Terms:
        """Read what `as_json` wrote; raises KeyError, TypeError, ValueError or InputError."""
        currency = parse_address(value["currency"])
        return cls(currency, _number(value["price"], 96), _number(value["valid_until"], 40))


@dataclass(frozen=True, slots=True)
class Entry:
    """A content of a catalogue with its terms."""

    statement: Statement
    terms: Terms

    def leaf(self) -> bytes:
        """abi.encode(creator, content, terms), 320 bytes; the tree hashes it twice."""
        creator = _address_word(self.statement.provenance.creator)
        return b"".join((creator, *self.statement.words(), *self.terms.words()))


@dataclass(frozen=True)
class Catalogue:
    """Contents that are minted when somebody buys them."""

    creator: Address
    contract: Address
    chain_id: int
    entries: tuple[Entry, ...]

    @cached_property
    def tree(self) -> MerkleTree:
        """Over the entries in their order; raises InputError if there are none."""
        return MerkleTree([entry.leaf() for entry in self.entries])

    @property
    def root(self) -> Digest:
        """What is anchored on chain."""
        return Digest(self.tree.root)

    def find(self, content_id: Digest) -> tuple[Entry, list[bytes]]:
        """An entry with its proof.

        Raises:
            NotListed: no such content in here.
        """
        for index, entry in enumerate(self.entries):
            if entry.statement.content_id == content_id:
                return entry, self.tree.proof(index)
        raise NotListed(f"Content {content_id}", f"the list {self.root}")

    def encode(self) -> bytes:
        """The artefact, canonical JSON."""
        entries = [
            {"content": one.statement.as_json(), "terms": one.terms.as_json()}
            for one in self.entries
        ]
        return canonical_json(
            {
                "assay": CATALOGUE_SCHEMA,
                "creator": self.creator,
                "contract": self.contract,
                "chain_id": self.chain_id,
                "entries": entries,
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> Catalogue:
        """Read what `encode` wrote.

        Raises:
            CatalogueMalformed: not JSON, a field missing or of another type, an unknown schema.
        """
        try:
            value = json.loads(data)
            if value["assay"] != CATALOGUE_SCHEMA:
                raise CatalogueMalformed(f"schema {value['assay']!r} is unknown")
            creator = parse_address(value["creator"])
            return cls(
                creator=creator,
                contract=parse_address(value["contract"]),
                chain_id=_number(value["chain_id"], 256),
                entries=tuple(
                    Entry(
                        Statement.from_json(one["content"], creator), Terms.from_json(one["terms"])
                    )
                    for one in value["entries"]
                ),
            )
        except _FAULTS as error:
            raise CatalogueMalformed(f"{type(error).__name__}: {error}") from None
        except InputError as error:
            raise CatalogueMalformed(str(error)) from None


@dataclass(frozen=True, slots=True)
class Voucher:
    """A creator's signed offer of one content.

    Attributes:
        buyer: who may redeem it; `NOBODY` for anyone.
        nonce: under which it is cancelled; several vouchers may share it.
        signature: empty until it is signed.
    """

    entry: Entry
    buyer: Address
    nonce: int
    contract: Address
    chain_id: int
    signature: bytes = b""

    @property
    def creator(self) -> Address:
        """Who signs."""
        return self.entry.statement.provenance.creator

    def as_json(self) -> dict[str, Any]:
        """What `assay content lazy voucher --json` prints, and the file holds."""
        return {
            "assay": VOUCHER_SCHEMA,
            "creator": self.creator,
            "contract": self.contract,
            "chain_id": self.chain_id,
            "content": self.entry.statement.as_json(),
            "terms": self.entry.terms.as_json(),
            "buyer": self.buyer,
            "nonce": str(self.nonce),
            "signature": "0x" + self.signature.hex(),
        }

    @classmethod
    def decode(cls, data: bytes) -> Voucher:
        """Read the JSON of a voucher.

        Raises:
            VoucherMalformed: it is none.
        """
        try:
            value = json.loads(data)
            if value["assay"] != VOUCHER_SCHEMA:
                raise VoucherMalformed(f"schema {value['assay']!r} is unknown")
            creator = parse_address(value["creator"])
            statement = Statement.from_json(value["content"], creator)
            return cls(
                entry=Entry(statement, Terms.from_json(value["terms"])),
                buyer=parse_address(value["buyer"]),
                nonce=_number(value["nonce"], 256),
                contract=parse_address(value["contract"]),
                chain_id=_number(value["chain_id"], 256),
                signature=bytes.fromhex(value["signature"].removeprefix("0x")),
            )
        except _FAULTS as error:
            raise VoucherMalformed(f"{type(error).__name__}: {error}") from None
        except InputError as error:
            raise VoucherMalformed(str(error)) from None


@dataclass(frozen=True, slots=True)
class Account:
    """What a token's account holds in one currency, in its smallest unit.

    Attributes:
        kept: of that, what could not be paid to each share, in their order.
        payees: who would be paid now; None where an asset has no owner.
    """

    address: Address
    balance: int
    kept: tuple[int, ...]
    payees: tuple[Address | None, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What a payee gets from the next release; `kept` of it could not be paid before."""

    share: Share
    payee: Address | None
    amount: int
    kept: int

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values; amounts as text."""
        return {
            **self.share.as_json(),
            "payee": self.payee,
            "due": str(self.amount),
            "kept": str(self.kept),
        }


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a release: who was paid how much, and what is kept for whom."""

    transaction: str
    paid: tuple[tuple[Address, int], ...]
    kept: tuple[tuple[Address | Digest, int], ...]

    def as_json(self) -> dict[str, Any]:
        """What `assay content royalty ID --release --json` prints under `released`."""
        return {
            "transaction": self.transaction,
            "paid": [{"payee": payee, "amount": str(amount)} for payee, amount in self.paid],
            "kept": [{"payee": str(payee), "amount": str(amount)} for payee, amount in self.kept],
        }


def _number(value: Any, bits: int) -> int:
    number = int(value)
    if not 0 <= number < 2**bits:
        raise ValueError(f"{number} does not fit into {bits} bits")
    return number


def _address_word(address: Address) -> bytes:
    return bytes.fromhex(address.removeprefix("0x")).rjust(_WORD_BYTES, b"\0")


def _word(number: int) -> bytes:
    return number.to_bytes(_WORD_BYTES, "big")
