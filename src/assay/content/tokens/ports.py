"""What this room needs from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assay.content.model import Provenance
from assay.content.ports import MetadataFolders
from assay.content.shares import Share
from assay.content.tokens.model import Account, Entry, Released, Statement, Voucher
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest


class Folders(MetadataFolders, Protocol):
    """The folders that tokens' metadata are shown from, one by one and of a batch."""

    def add_batch(self, files: Mapping[Digest, Cid]) -> Cid:
        """Store a folder of metadata, each under its token's id."""
        ...


class TokenContract(Protocol):
    """What an account does with the content contract, beside minting one content."""

    @property
    def account(self) -> Address:
        """Who acts."""
        ...

    @property
    def address(self) -> Address:
        """Where the contract lives."""
        ...

    @property
    def chain_id(self) -> int:
        """The chain that it lives on."""
        ...

    @property
    def currency(self) -> Address:
        """The ERC-20 token that prices are in unless they say otherwise."""
        ...

    def mint_batch(self, statements: Sequence[Statement], folder: Cid) -> str:
        """Commit to all and reveal; the minting transaction. Goes on where it stopped."""
        ...

    def anchor(self, root: Digest, count: int, catalogue: Digest) -> str:
        """List contents."""
        ...

    def close_list(self, root: Digest) -> str:
        """Stop the sale of a list."""
        ...

    def buy(self, creator: Address, entry: Entry, proof: Sequence[bytes]) -> str:
        """Mint and pay a listed content."""
        ...

    def reclaim(
        self, creator: Address, entry: Entry, proof: Sequence[bytes], claimed: Provenance
    ) -> str:
        """Take a listed content from whoever claimed it later, for its creator."""
        ...

    def sign(self, voucher: Voucher) -> Voucher:
        """A voucher with the account's signature; refused if its nonce is cancelled already."""
        ...

    def redeem(self, voucher: Voucher) -> str:
        """Mint and pay a voucher's content."""
        ...

    def cancel_vouchers(self, nonce: int) -> str:
        """Make the account's vouchers with this nonce void."""
        ...

    def burn(self, content_id: Digest) -> str:
        """Burn a token."""
        ...

    def revoke(
        self, content_id: Digest, provenance: Provenance, reason: str, text: Digest | None
    ) -> str:
        """Revoke content."""
        ...

    def earnings(self, content_id: Digest, shares: Sequence[Share], currency: Address) -> Account:
        """What a token's account holds, and for whom."""
        ...

    def release(
        self,
        content_id: Digest,
        provenance: Provenance,
        shares: Sequence[Share],
        currency: Address,
    ) -> Released:
        """Pay everybody; `shares` is empty for the creator alone."""
        ...
