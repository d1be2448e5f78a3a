"""The index of minted content: mints from the ledger's events, fingerprints in tables of their own.

Nearness is searched by the hashes themselves: of each sketch the `INDEXED_HASHES` smallest are in
`content_shingles`, and a text's neighbours are the contents that share most of them. Sketches order
all shingles alike, so texts of Jaccard similarity s agree in about the share s of these; with 32 of
them a copy at the threshold is missed about once in 10 000 times (0.75 ** 32).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    exists,
    func,
    insert,
    select,
)

from assay.content.model import NO_DIGEST, Minting, Provenance
from assay.content.search.tables import catalogue
from assay.content.texts.fingerprint import TextFingerprint
from assay.content.texts.sketch import Sketch
from assay.core.address import parse_address
from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.ledger.arguments import decode_arguments
from assay.ledger.database import metadata, reading
from assay.ledger.insertion import insert_absent
from assay.ledger.stored import events

_log = structlog.get_logger("assay.content")
INDEXED_HASHES = 32
_PICTURE = "image"  # the kind of fingerprint that pictures have in place of these
_BATCH = 500

fingerprints = Table(
    "content_fingerprints",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content_id", String(66), nullable=False, unique=True),
    Column("normalised", String(66), nullable=False),
    Column("sketch", LargeBinary, nullable=False),  # little-endian 32-bit words
    Index(None, "normalised"),
)

shingles = Table(
    "content_shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "fingerprint_id",
        Integer,
        ForeignKey("content_fingerprints.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sqlite_with_rowid=False,
)

_MINTS = (events.c.contract == "ContentToken") & (events.c.name == "ContentMinted")


class StoredContentIndex:
    """Mints and fingerprints in one SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def mintings(self, content_ids: Sequence[Digest]) -> Mapping[Digest, Minting]:
        """The mints of these contents that are indexed."""
        with reading(self._engine) as connection:
            return _mintings(connection, [content_id.hex for content_id in content_ids])

    def newest(self, limit: int) -> Sequence[Minting]:
        """The newest mints, the newest first."""
        query = (
            select(events.c.subject, events.c.arguments, events.c.transaction_hash)
            .where(_MINTS)
            .order_by(events.c.block_number.desc(), events.c.log_index.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [_minting(row) for row in connection.execute(query)]

    def without_fingerprint(self) -> Sequence[Minting]:
        """Mints whose fingerprints are not indexed yet, oldest first."""
        pictured = (catalogue.c.content_id == events.c.subject) & (catalogue.c.kind == _PICTURE)
        query = (
            select(events.c.subject, events.c.arguments, events.c.transaction_hash)
            .outerjoin(fingerprints, fingerprints.c.content_id == events.c.subject)
            .outerjoin(catalogue, pictured)
            .where(_MINTS, fingerprints.c.id.is_(None), catalogue.c.content_id.is_(None))
            .order_by(events.c.block_number, events.c.log_index)
        )
        with reading(self._engine) as connection:
            return [_minting(row) for row in connection.execute(query)]

    def texts_without(self, kinds: Sequence[str]) -> Sequence[Minting]:
        """Texts with an indexed fingerprint but no entry of these kinds, oldest first."""
        known = (catalogue.c.content_id == fingerprints.c.content_id) & catalogue.c.kind.in_(kinds)
        query = (
            select(fingerprints.c.content_id)
            .where(~exists().where(known))
            .where(fingerprints.c.normalised != NO_DIGEST.hex)  # documents, unreadable ones
            .order_by(fingerprints.c.id)
        )
        with reading(self._engine) as connection:
            mintings = _mintings(connection, list(connection.scalars(query)))
        return list(mintings.values())

    def add_fingerprints(self, added: Sequence[tuple[Minting, TextFingerprint]]) -> None:
        """Index the fingerprints of these mints; one that is there already stays."""
        with self._engine.begin() as connection:
            for minting, fingerprint in added:
                _insert(connection, minting.content_id.hex, fingerprint)

    def same_reading(self, fingerprint: TextFingerprint) -> Sequence[Minting]:
        """Minted contents whose normalised text is the same, oldest first."""
        query = (
            select(fingerprints.c.content_id)
            .where(fingerprints.c.normalised == fingerprint.normalised.hex)
            .order_by(fingerprints.c.id)
        )
        with reading(self._engine) as connection:
            mintings = _mintings(connection, list(connection.scalars(query)))
        return list(mintings.values())

    def candidates(
        self, fingerprint: TextFingerprint, limit: int
    ) -> Sequence[tuple[Minting, TextFingerprint]]:
        """The minted contents that share most with a text, the nearest first."""
        if fingerprint.too_short:
            return []
        shared = func.count()
        nearest = (
            select(shingles.c.fingerprint_id, shared.label("shared"))
            .where(shingles.c.hash.in_(fingerprint.sketch.hashes[:INDEXED_HASHES]))
            .group_by(shingles.c.fingerprint_id)
            .order_by(shared.desc(), shingles.c.fingerprint_id)
            .limit(limit)
            .subquery()
        )
        query = (
            select(fingerprints)
            .join(nearest, nearest.c.fingerprint_id == fingerprints.c.id)
            .order_by(nearest.c.shared.desc(), fingerprints.c.id)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            mintings = _mintings(connection, [row.content_id for row in rows])
        found = [(mintings.get(Digest.parse(row.content_id)), self._read(row)) for row in rows]
        return [(one, other) for one, other in found if one is not None and other is not None]

    def _read(self, row: Row[Any, Any, Any, Any]) -> TextFingerprint | None:
        """The fingerprint; None where it is damaged, and then it is forgotten to be made again."""
        try:
            return _fingerprint(row)
        except (struct.error, InputError) as error:
            _log.warning("damaged fingerprint is indexed again", reason=str(error))
            with self._engine.begin() as connection:
                connection.execute(delete(shingles).where(shingles.c.fingerprint_id == row.id))
                connection.execute(delete(fingerprints).where(fingerprints.c.id == row.id))
            return None


def _insert(connection: Connection, content_id: str, fingerprint: TextFingerprint) -> None:
    hashes = fingerprint.sketch.hashes
    row = {
        "content_id": content_id,
        "normalised": fingerprint.normalised.hex,
        "sketch": struct.pack(f"<{len(hashes)}I", *hashes),
    }
    # Another process may be indexing the same mints, in the same order: neither fails.
    new = insert_absent(connection, fingerprints).values(row).returning(fingerprints.c.id)
    fingerprint_id = connection.scalar(new)
    indexed = () if fingerprint.too_short else hashes[:INDEXED_HASHES]
    if fingerprint_id is not None and indexed:
        rows = [{"hash": value, "fingerprint_id": fingerprint_id} for value in indexed]
        connection.execute(insert(shingles), rows)


def _mintings(connection: Connection, content_ids: Sequence[str]) -> dict[Digest, Minting]:
    found = {}
    for start in range(0, len(content_ids), _BATCH):
        query = (
            select(events.c.subject, events.c.arguments, events.c.transaction_hash)
            .where(_MINTS, events.c.subject.in_(content_ids[start : start + _BATCH]))
            .order_by(events.c.block_number, events.c.log_index)
        )
        for row in connection.execute(query):
            minting = _minting(row)
            found[minting.content_id] = minting
    return found


def _minting(row: Row[Any, Any, Any]) -> Minting:
    arguments = decode_arguments(row.arguments)
    return Minting(
        content_id=Digest.parse(row.subject),
        provenance=Provenance(
            prompt_digest=Digest(arguments["promptDigest"]),
            model=Digest.from_token_id(arguments["model"]) if arguments["model"] else None,
            creator=parse_address(arguments["creator"]),
            metadata=Cid(RAW, Digest(arguments["metadataDigest"])),
            shares_digest=_given(arguments["sharesDigest"]),
        ),
        transaction=row.transaction_hash,
    )


def _given(value: bytes) -> Digest | None:
    return Digest(value) if any(value) else None


def _fingerprint(row: Row[Any, Any, Any, Any]) -> TextFingerprint:
    hashes = struct.unpack(f"<{len(row.sketch) // 4}I", row.sketch)
    return TextFingerprint(Digest.parse(row.normalised), Sketch(hashes))
