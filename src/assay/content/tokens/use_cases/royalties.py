"""What a content token has earned, what is due to whom, and paying it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assay.content.errors import UnknownContent
from assay.content.model import Provenance, Token
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.records import read_metadata
from assay.content.shares import WHOLE_BPS, Share, amounts, shares_digest
from assay.content.tokens.errors import SharesUnknown
from assay.content.tokens.model import Due, Released
from assay.content.tokens.ports import TokenContract
from assay.content.use_cases.show import find_token
from assay.core.address import Address
from assay.core.digest import Digest


@dataclass(frozen=True, slots=True)
class Earnings:
    """What a token's account holds in one currency, and for whom."""

    token: Token
    provenance: Provenance
    account: Address
    currency: Address
    balance: int
    due: tuple[Due, ...]

    def as_json(self) -> dict[str, Any]:
        """What `assay content royalty ID --json` prints; amounts as text, in smallest units."""
        return {
            "content_id": self.token.content_id.hex,
            "account": self.account,
            "currency": self.currency,
            "balance": str(self.balance),
            "royalty_bps": self.token.state.royalty_bps,
            "shares": [one.as_json() for one in self.due],
        }


def show_earnings(
    content_id: Digest,
    currency: Address,
    *,
    blobs: Blobs,
    index: ContentIndex,
    contract: ContentContract,
    tokens: TokenContract,
) -> Earnings:
    """What the next release of a currency pays to whom.

    Args:
        currency: an ERC-20 token; `NOBODY` for ether.

    Raises:
        UnknownContent: not minted, or the mint is not indexed.
        SharesUnknown: the metadata with the list are not to be had, or not the ones minted.
    """
    token = find_token(content_id, contract=contract, index=index)
    if token is None or token.provenance is None:
        raise UnknownContent(content_id)
    shares = read_shares(content_id, token.provenance, blobs)
    account = tokens.earnings(content_id, shares, currency)
    # What is kept stands under the payee's name: one that is named twice has it once.
    kept, named = [], set()
    for share, amount in zip(shares, account.kept, strict=True):
        kept.append(0 if share.payee in named else amount)
        named.add(share.payee)
    parts = amounts(shares, max(0, account.balance - sum(kept)))
    due = tuple(
        Due(share, payee, part + before, before)
        for share, payee, part, before in zip(shares, account.payees, parts, kept, strict=True)
    )
    return Earnings(token, token.provenance, account.address, currency, account.balance, due)


def release_earnings(earnings: Earnings, *, tokens: TokenContract) -> Released:
    """Pay everybody. Whoever cannot be paid keeps its part in the token's account."""
    listed: Sequence[Share] = [one.share for one in earnings.due]
    if earnings.provenance.shares_digest is None:
        listed = ()
    content_id, provenance = earnings.token.content_id, earnings.provenance
    return tokens.release(content_id, provenance, listed, earnings.currency)


def read_shares(content_id: Digest, provenance: Provenance, blobs: Blobs) -> tuple[Share, ...]:
    """Who earns: the list that the provenance names, or the creator alone.

    Raises:
        SharesUnknown: the metadata with the list are not to be had, or hold another list.
    """
    if provenance.shares_digest is None:
        return (Share(provenance.creator, WHOLE_BPS),)
    shares = read_metadata(content_id, provenance, blobs).shares
    if shares_digest(shares) != provenance.shares_digest:
        raise SharesUnknown(content_id, "the metadata hold another list than the chain")
    return shares
