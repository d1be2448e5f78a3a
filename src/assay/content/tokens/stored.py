"""The folders that tokens' metadata are shown from, in the blob store.

A token's provenance hash is the digest of such a folder (`contracts/src/content/ProvenanceHash`),
so that `tokenURI` leads a wallet to the metadata through any IPFS gateway.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.content.model import NO_DIGEST, Provenance
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.store.dag_pb import Link
from assay.store.port import BlobStore, Block
from assay.store.unixfs import folder_node

_WORD_BYTES = 32
_NO_SIZE = 0  # the sizes of links are hints, and the contract does not know them


class TokenFolders:
    """The `Folders` port."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store

    def add_provenance(self, provenance: Provenance) -> Cid:
        """Store the folder that a provenance hashes to, pinned with the metadata in it."""
        inner, folder = provenance_blocks(provenance)
        self._store.put_blocks([inner, folder], pin=folder.cid)
        return folder.cid

    def add_batch(self, files: Mapping[Digest, Cid]) -> Cid:
        """Store a folder of metadata, each under its token's id."""
        links = [Link(cid, content_id.hex, _NO_SIZE) for content_id, cid in files.items()]
        data = folder_node(links)
        folder = Block(Cid.dag_pb(data), data)
        self._store.put_blocks([folder], pin=folder.cid)
        return folder.cid


def provenance_blocks(provenance: Provenance) -> tuple[Block, Block]:
    """The file with all that is not in the metadata, and the folder of both."""
    creator = bytes.fromhex(provenance.creator.removeprefix("0x")).rjust(_WORD_BYTES, b"\0")
    data = b"".join(
        (
            provenance.prompt_digest.raw,
            (provenance.model or NO_DIGEST).raw,
            creator,
            (provenance.shares_digest or NO_DIGEST).raw,
        )
    )
    inner = Block(Cid.raw(data), data)
    links = [
        Link(provenance.metadata, "metadata.json", _NO_SIZE),
        Link(inner.cid, "provenance", _NO_SIZE),
    ]
    folder = folder_node(links)
    return inner, Block(Cid.dag_pb(folder), folder)
