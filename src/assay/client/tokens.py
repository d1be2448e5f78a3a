"""`client.tokens`: content tokens in bulk, on sale, ended, and what they earn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assay.bootstrap import Workspace
from assay.bootstrap.content_index import refresh_content
from assay.content.model import NOBODY, Token
from assay.content.tokens.model import Catalogue, Released, Terms, Voucher
from assay.content.tokens.use_cases.batch import MintedMany, Named, mint_many
from assay.content.tokens.use_cases.ending import Ended, burn_content, revoke_content
from assay.content.tokens.use_cases.lazy import (
    Listed,
    buy_listed,
    list_contents,
    make_voucher,
    read_catalogue,
    reclaim_listed,
    redeem_voucher,
)
from assay.content.tokens.use_cases.royalties import Earnings, release_earnings, show_earnings
from assay.content.use_cases.mint import NewContent
from assay.core.address import Address, parse_address
from assay.core.amount import parse_amount
from assay.core.cid import Cid
from assay.core.clock import SystemClock
from assay.core.digest import Digest

_DAY_S = 86_400
_ETHER_DECIMALS = 18
_TOKEN_DECIMALS = 6
ETHER = "ether"


class TokenClient:
    """The use cases of content tokens on one workspace. `account` None is the configured one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def mint_many(
        self,
        contents: Sequence[Named],
        *,
        account: str | None = None,
        progress: Callable[[int], None] = lambda _count: None,
    ) -> MintedMany:
        """Mint many contents, a hundred in a transaction; may be stopped and started again."""
        self._refresh()
        return mint_many(
            contents,
            preparing=self._workspace.tokens.preparing(account),
            tokens=self._workspace.tokens.contract(account),
            folders=self._workspace.tokens.folders,
            progress=progress,
        )

    def list_lazily(
        self,
        contents: Sequence[Named],
        price: str,
        *,
        currency: str | None = None,
        days: int = 30,
        account: str | None = None,
        progress: Callable[[int], None] = lambda _count: None,
    ) -> Listed:
        """List contents that are minted when they are bought.

        Args:
            price: of each, in whole ASSAY, or whole ether if `currency` is "ether".
            currency: another ERC-20 token by its address; the price is then in smallest units.
            days: for how long the offer is good.
        """
        self._refresh()
        return list_contents(
            contents,
            self._terms(price, currency, days),
            preparing=self._workspace.tokens.preparing(account),
            tokens=self._workspace.tokens.contract(account),
            folders=self._workspace.tokens.folders,
            progress=progress,
        )

    def catalogue(self, cid: str) -> Catalogue:
        """Read a catalogue of this contract."""
        tokens = self._workspace.tokens.contract()
        return read_catalogue(Cid.parse(cid), blobs=self._workspace.store, tokens=tokens)

    def close_list(self, cid: str, *, account: str | None = None) -> str:
        """Stop the sale of a list of the account; the transaction."""
        return self._workspace.tokens.contract(account).close_list(self.catalogue(cid).root)

    def buy(self, catalogue: str, content_id: str, *, account: str | None = None) -> Token:
        """Buy, and so mint, one content of a catalogue."""
        return buy_listed(
            self.catalogue(catalogue),
            Digest.parse(content_id),
            contract=self._workspace.content_contract(account),
            tokens=self._workspace.tokens.contract(account),
            folders=self._workspace.tokens.folders,
            now_s=SystemClock().now_s(),
        )

    def reclaim(self, catalogue: str, content_id: str, *, account: str | None = None) -> Token:
        """Take listed content back for its creator from somebody who claimed it later."""
        self._refresh()
        return reclaim_listed(
            self.catalogue(catalogue),
            Digest.parse(content_id),
            index=self._workspace.content_index,
            contract=self._workspace.content_contract(account),
            tokens=self._workspace.tokens.contract(account),
            folders=self._workspace.tokens.folders,
        )

    def make_voucher(
        self,
        content: NewContent,
        price: str,
        *,
        currency: str | None = None,
        days: int = 30,
        buyer: str | None = None,
        nonce: int = 0,
        account: str | None = None,
    ) -> Voucher:
        """Sign an offer of content; it costs nothing until somebody redeems it."""
        self._refresh()
        return make_voucher(
            content,
            self._terms(price, currency, days),
            buyer=parse_address(buyer) if buyer else NOBODY,
            nonce=nonce,
            preparing=self._workspace.tokens.preparing(account),
            tokens=self._workspace.tokens.contract(account),
            folders=self._workspace.tokens.folders,
        )

    def redeem(self, voucher: bytes | Path, *, account: str | None = None) -> Token:
        """Buy, and so mint, the content of a voucher."""
        data = voucher.read_bytes() if isinstance(voucher, Path) else voucher
        return redeem_voucher(
            Voucher.decode(data),
            contract=self._workspace.content_contract(account),
            tokens=self._workspace.tokens.contract(account),
            folders=self._workspace.tokens.folders,
            now_s=SystemClock().now_s(),
        )

    def cancel_vouchers(self, nonce: int, *, account: str | None = None) -> str:
        """Make the account's vouchers with this nonce void; the transaction."""
        return self._workspace.tokens.contract(account).cancel_vouchers(nonce)

    def burn(self, content_id: str, *, account: str | None = None) -> Ended:
        """Burn a token of the account; its content can never be minted again."""
        self._refresh()
        return burn_content(
            Digest.parse(content_id),
            index=self._workspace.content_index,
            contract=self._workspace.content_contract(account),
            tokens=self._workspace.tokens.contract(account),
        )

    def revoke(
        self, content_id: str, reason: str, text: str = "", *, account: str | None = None
    ) -> Ended:
        """Revoke content that the account created, for good; see `REVOCATION_REASONS`."""
        self._refresh()
        return revoke_content(
            Digest.parse(content_id),
            reason,
            text,
            blobs=self._workspace.store,
            index=self._workspace.content_index,
            contract=self._workspace.content_contract(account),
            tokens=self._workspace.tokens.contract(account),
        )

    def earnings(
        self, content_id: str, *, currency: str | None = None, account: str | None = None
    ) -> Earnings:
        """What a token's account holds, and for whom; `currency` as in `list_lazily`."""
        self._refresh()
        return show_earnings(
            Digest.parse(content_id),
            self._currency(currency),
            blobs=self._workspace.store,
            index=self._workspace.content_index,
            contract=self._workspace.content_contract(account),
            tokens=self._workspace.tokens.contract(account),
        )

    def release(
        self, content_id: str, *, currency: str | None = None, account: str | None = None
    ) -> Released:
        """Pay everybody what a token has earned; anyone may ask."""
        earnings = self.earnings(content_id, currency=currency, account=account)
        return release_earnings(earnings, tokens=self._workspace.tokens.contract(account))

    def _terms(self, price: str, currency: str | None, days: int) -> Terms:
        decimals = {None: _TOKEN_DECIMALS, ETHER: _ETHER_DECIMALS}.get(currency, 0)
        valid_until = self._workspace.node.block("latest").timestamp
        valid_until = max(valid_until, SystemClock().now_s()) + days * _DAY_S
        return Terms(self._currency(currency), parse_amount(price, decimals=decimals), valid_until)

    def _currency(self, name: str | None) -> Address:
        if name is None:
            return self._workspace.tokens.contract().currency
        return NOBODY if name == ETHER else parse_address(name)

    def _refresh(self) -> None:
        refresh_content(self._workspace)


def parse_authors(authors: Sequence[str], workspace: Workspace) -> Mapping[Address, int]:
    """`WHO` or `WHO:WEIGHT` each, by address or account; a weight that is not named is 1."""
    parsed = {}
    for one in authors:
        who, _, weight = one.partition(":")
        address = parse_address(who) if who.startswith("0x") else workspace.address(who)
        parsed[address] = parse_amount(weight or "1", decimals=0)
    return parsed
