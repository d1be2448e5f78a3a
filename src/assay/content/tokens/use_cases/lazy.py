"""Sell content that is minted when somebody buys it: listed by the thousand, or by a voucher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assay.content.errors import AlreadyMinted, UnknownContent
from assay.content.model import NOBODY, Token
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.tokens.errors import (
    BurntContent,
    CatalogueMalformed,
    OfferExpired,
    VoucherMalformed,
    WrongBuyer,
)
from assay.content.tokens.model import (
    CATALOGUE_LIMIT_BYTES,
    Catalogue,
    Entry,
    Statement,
    Terms,
    Voucher,
)
from assay.content.tokens.ports import Folders, TokenContract
from assay.content.tokens.use_cases.batch import (
    Named,
    Passed,
    Preparing,
    Progress,
    statement_of,
)
from assay.content.use_cases.mint import NewContent
from assay.content.use_cases.show import find_token
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError

_LARGEST_PRICE = 2**96 - 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is anchored, with the catalogue that buyers need."""

    catalogue: Catalogue
    cid: Cid
    transaction: str
    passed: tuple[Passed, ...]

    def as_json(self) -> dict[str, Any]:
        """What `assay content lazy list --json` prints."""
        return {
            "catalogue": str(self.cid),
            "root": self.catalogue.root.hex,
            "creator": self.catalogue.creator,
            "contents": [one.statement.content_id.hex for one in self.catalogue.entries],
            "transaction": self.transaction,
            "passed": [one.as_json() for one in self.passed],
        }


def list_contents(
    contents: Sequence[Named],
    terms: Terms,
    *,
    preparing: Preparing,
    tokens: TokenContract,
    folders: Folders,
    progress: Progress = lambda _count: None,
) -> Listed:
    """Prepare contents, store the catalogue, and anchor its root in one transaction.

    Raises:
        InputError: none of them can be sold, or the price is out of range.
    """
    _check(terms)
    passed: list[Passed] = []
    entries = []
    for _name, prepared in preparing.prepare_all(contents, passed):
        statement = statement_of(prepared)
        folders.add_provenance(statement.provenance)
        entries.append(Entry(statement, terms))
        progress(1)
    if not entries:
        reasons = "; ".join(f"{one.name}: {one.reason}" for one in passed[:3])
        raise InputError(f"There is nothing to list. {reasons}".strip())
    catalogue = Catalogue(tokens.account, tokens.address, tokens.chain_id, tuple(entries))
    data = catalogue.encode()
    cid = preparing.blobs.add_bytes(data)
    transaction = tokens.anchor(catalogue.root, len(entries), Digest.of(data))
    return Listed(catalogue, cid, transaction, tuple(passed))


def read_catalogue(cid: Cid, *, blobs: Blobs, tokens: TokenContract) -> Catalogue:
    """A catalogue of this contract.

    Raises:
        CatalogueMalformed: it is none, or one of another contract or chain.
        IntegrityError: its bytes are damaged or missing.
    """
    catalogue = Catalogue.decode(blobs.read_bytes(cid, limit=CATALOGUE_LIMIT_BYTES))
    if (catalogue.contract, catalogue.chain_id) != (tokens.address, tokens.chain_id):
        raise CatalogueMalformed(
            f"it is of contract {catalogue.contract} on chain {catalogue.chain_id}"
        )
    return catalogue


def buy_listed(
    catalogue: Catalogue,
    content_id: Digest,
    *,
    contract: ContentContract,
    tokens: TokenContract,
    folders: Folders,
    now_s: int,
) -> Token:
    """Buy, and so mint, one content of a catalogue.

    Raises:
        NotListed: not in the catalogue, or the creator has not anchored it.
        AlreadyMinted, BurntContent: somebody was faster.
        OfferExpired, OfferWithdrawn, BuyerShort: it cannot be bought any more, or not by you.
    """
    entry, proof = catalogue.find(content_id)
    _refuse_sold(entry, contract, now_s)
    transaction = tokens.buy(catalogue.creator, entry, proof)
    return _bought(entry.statement, transaction, contract, folders)


def reclaim_listed(
    catalogue: Catalogue,
    content_id: Digest,
    *,
    index: ContentIndex,
    contract: ContentContract,
    tokens: TokenContract,
    folders: Folders,
) -> Token:
    """Give listed content that somebody else claimed later to its creator.

    Raises:
        UnknownContent: nobody has claimed it.
        NotListed, NotReclaimable: the contract's rules, see `ILazyContent.reclaim`.
    """
    entry, proof = catalogue.find(content_id)
    claimed = find_token(content_id, contract=contract, index=index)
    if claimed is None or claimed.provenance is None:
        raise UnknownContent(content_id)
    transaction = tokens.reclaim(catalogue.creator, entry, proof, claimed.provenance)
    return _bought(entry.statement, transaction, contract, folders)


def make_voucher(
    new: NewContent,
    terms: Terms,
    *,
    buyer: Address = NOBODY,
    nonce: int = 0,
    preparing: Preparing,
    tokens: TokenContract,
    folders: Folders,
) -> Voucher:
    """Prepare content and sign an offer of it; nothing is sent to the chain."""
    _check(terms)
    statement = statement_of(preparing.prepare(new))
    folders.add_provenance(statement.provenance)
    unsigned = Voucher(Entry(statement, terms), buyer, nonce, tokens.address, tokens.chain_id)
    return tokens.sign(unsigned)


def redeem_voucher(
    voucher: Voucher,
    *,
    contract: ContentContract,
    tokens: TokenContract,
    folders: Folders,
    now_s: int,
) -> Token:
    """Buy, and so mint, the content of a voucher.

    Raises:
        VoucherMalformed: it is of another contract or chain.
        VoucherForged, WrongBuyer, OfferExpired, OfferWithdrawn, BuyerShort: it cannot be redeemed.
        AlreadyMinted, BurntContent: the content is a token already, or was one.
    """
    if (voucher.contract, voucher.chain_id) != (tokens.address, tokens.chain_id):
        raise VoucherMalformed(f"it is of contract {voucher.contract} on chain {voucher.chain_id}")
    if voucher.buyer not in (NOBODY, tokens.account):
        raise WrongBuyer(tokens.account, voucher.buyer)
    _refuse_sold(voucher.entry, contract, now_s)
    transaction = tokens.redeem(voucher)
    return _bought(voucher.entry.statement, transaction, contract, folders)


def _check(terms: Terms) -> None:
    if not 0 <= terms.price <= _LARGEST_PRICE:
        raise InputError(f"A price of {terms.price} units is out of range.")


def _refuse_sold(entry: Entry, contract: ContentContract, now_s: int) -> None:
    """What can be told without a transaction; the contract has the last word."""
    content_id = entry.statement.content_id
    (state,) = contract.states([(content_id, None)])
    if state is not None and state.burnt:
        raise BurntContent(content_id)
    if state is not None:
        raise AlreadyMinted(content_id, state.owner, state.minted_at)
    if now_s > entry.terms.valid_until:
        raise OfferExpired(content_id, entry.terms.valid_until)


def _bought(
    statement: Statement, transaction: str, contract: ContentContract, folders: Folders
) -> Token:
    folders.add_provenance(statement.provenance)
    (state,) = contract.states([(statement.content_id, statement.provenance)])
    assert state is not None, "a mined token can be read"
    return Token(
        statement.content_id,
        state,
        statement.provenance,
        transaction,
        contract.address,
        contract.chain_id,
    )
