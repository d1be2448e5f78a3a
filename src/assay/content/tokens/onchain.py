"""The content contract, as one account uses it in bulk, sells and buys, ends and earns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from assay.chain.commitment import claim, commit, wait_for_age
from assay.chain.contract import Contract, read_many
from assay.chain.errors import ContractRevert
from assay.chain.permits import sign_permit
from assay.chain.records import Receipt, to_bytes
from assay.chain.reverts import reverts_as
from assay.chain.transaction import Sender
from assay.content.model import NOBODY, REVOCATION_REASONS, Provenance
from assay.content.onchain import opening, stated
from assay.content.shares import WHOLE_BPS, Share
from assay.content.tokens import refusals
from assay.content.tokens.errors import BuyerShort, OfferWithdrawn
from assay.content.tokens.model import Account, Entry, Released, Statement, Terms, Voucher
from assay.core.address import Address, parse_address
from assay.core.cid import Cid
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.core.merkle import proof_root

_CONTENT = [
    {"name": "contentDigest", "type": "bytes32"},
    {"name": "promptDigest", "type": "bytes32"},
    {"name": "model", "type": "uint256"},
    {"name": "metadataDigest", "type": "bytes32"},
    {"name": "sharesDigest", "type": "bytes32"},
    {"name": "royaltyBps", "type": "uint16"},
]
_TERMS = [
    {"name": "currency", "type": "address"},
    {"name": "price", "type": "uint96"},
    {"name": "validUntil", "type": "uint40"},
]
VOUCHER_TYPES = {
    "ContentVoucher": [
        {"name": "creator", "type": "address"},
        {"name": "content", "type": "Content"},
        {"name": "terms", "type": "Terms"},
        {"name": "buyer", "type": "address"},
        {"name": "nonce", "type": "uint256"},
    ],
    "Content": _CONTENT,
    "Terms": _TERMS,
}


@dataclass(frozen=True, slots=True)
class Contracts:
    """Content, the token that prices are in, and the register of those who own models."""

    content: Contract
    token: Contract
    registry: Contract


class OnChainTokens:
    """The `TokenContract` port."""

    def __init__(
        self,
        contracts: Contracts,
        account: Address,
        open_sender: Callable[[], Sender],
        clock: Clock,
    ) -> None:
        self._contract = contracts.content
        self._token = contracts.token
        self._registry = contracts.registry
        self._node = contracts.content.node
        self._open_sender = open_sender
        self._clock = clock
        self.account = account

    @property
    def address(self) -> Address:
        """Where the contract lives."""
        return self._contract.address

    @property
    def chain_id(self) -> int:
        """The chain that it lives on."""
        return self._node.chain_id

    @property
    def currency(self) -> Address:
        """The ERC-20 token that prices are in unless they say otherwise."""
        return self._token.address

    def mint_batch(self, statements: Sequence[Statement], folder: Cid) -> str:
        """See `TokenContract.mint_batch`; the salt is the same after a crash (`commitment`)."""
        digest = Digest(keccak(b"".join(one.content_id.raw for one in statements)))
        contents = [_content(one) for one in statements]
        with reverts_as(refusals.ALL):
            receipt = claim(
                self._node,
                self._open_sender(),
                self._contract,
                digest,
                lambda salt: ("mintBatch", (contents, folder.digest.raw, salt)),
            )
        return receipt.transaction_hash

    def anchor(self, root: Digest, count: int, catalogue: Digest) -> str:
        """See `TokenContract.anchor`."""
        return self._transact("list", root.raw, count, catalogue.raw).transaction_hash

    def close_list(self, root: Digest) -> str:
        """See `TokenContract.close_list`."""
        return self._transact("closeList", root.raw).transaction_hash

    def buy(self, creator: Address, entry: Entry, proof: Sequence[bytes]) -> str:
        """See `TokenContract.buy`; ASSAY by permit, other tokens by allowance, ether as it is."""
        root = proof_root(entry.leaf(), proof)
        anchored_block, _closed = self._contract.read("listOf", creator, root)
        wait_for_age(self._node, self._contract, root, anchored_block)
        what = (creator, _content(entry.statement), _terms(entry.terms), list(proof))
        return self._pay("buy", what, entry.terms)

    def reclaim(
        self, creator: Address, entry: Entry, proof: Sequence[bytes], claimed: Provenance
    ) -> str:
        """See `TokenContract.reclaim`."""
        content, terms = _content(entry.statement), _terms(entry.terms)
        what = (creator, content, terms, list(proof), opening(claimed))
        return self._transact("reclaim", *what).transaction_hash

    def sign(self, voucher: Voucher) -> Voucher:
        """See `TokenContract.sign`."""
        creator, content, terms, buyer, nonce = _voucher(voucher)
        if self._contract.read("vouchersCancelled", creator, nonce):
            raise OfferWithdrawn(creator, f"the vouchers with nonce {nonce}")
        message = {
            "creator": creator,
            "content": dict(zip((item["name"] for item in _CONTENT), content, strict=True)),
            "terms": dict(zip((item["name"] for item in _TERMS), terms, strict=True)),
            "buyer": buyer,
            "nonce": nonce,
        }
        domain = {
            "name": "Assay Content",
            "version": "1",
            "chainId": voucher.chain_id,
            "verifyingContract": voucher.contract,
        }
        signature = self._open_sender().account.sign_typed_data(
            domain, VOUCHER_TYPES, "ContentVoucher", message
        )
        return Voucher(
            voucher.entry, voucher.buyer, nonce, voucher.contract, voucher.chain_id, signature
        )

    def redeem(self, voucher: Voucher) -> str:
        """See `TokenContract.redeem`; paid as `buy` does. The salt is no secret of the buyer's."""
        self._refuse_short(voucher.entry.terms)
        salt = self._contract.read("voucherDigest", _voucher(voucher))
        content_id = voucher.entry.statement.content_id
        sender = self._open_sender()
        commit(self._node, sender, self._contract, content_id, salt, claimant=voucher.creator)
        return self._pay("redeem", (_voucher(voucher), voucher.signature), voucher.entry.terms)

    def cancel_vouchers(self, nonce: int) -> str:
        """See `TokenContract.cancel_vouchers`."""
        return self._transact("cancelVouchers", nonce).transaction_hash

    def burn(self, content_id: Digest) -> str:
        """See `TokenContract.burn`."""
        return self._transact("burn", content_id.token_id).transaction_hash

    def revoke(
        self, content_id: Digest, provenance: Provenance, reason: str, text: Digest | None
    ) -> str:
        """See `TokenContract.revoke`."""
        code = REVOCATION_REASONS.index(reason) + 1
        receipt = self._transact(
            "revoke",
            content_id.token_id,
            opening(provenance),
            code,
            text.raw if text else bytes(32),
        )
        return receipt.transaction_hash

    def earnings(self, content_id: Digest, shares: Sequence[Share], currency: Address) -> Account:
        """See `TokenContract.earnings`."""
        token_id = content_id.token_id
        calls: list[tuple[Contract, str, tuple[Any, ...]]] = [
            (self._contract, "royaltyAccountOf", (token_id,)),
            *((self._contract, "keptFor", (token_id, _share(share), currency)) for share in shares),
        ]
        assets = [share.payee for share in shares if isinstance(share.payee, Digest)]
        calls += [(self._registry, "ownerOf", (asset.token_id,)) for asset in assets]
        answers = read_many(self._node, calls)
        views, owners = answers[: 1 + len(shares)], answers[1 + len(shares) :]
        address = parse_address(str(_answer(views[0])))
        owned = dict(zip(assets, owners, strict=True))
        return Account(
            address,
            self._balance(address, currency),
            tuple(int(_answer(kept)) for kept in views[1:]),
            tuple(_payee(share, owned) for share in shares),
        )

    def release(
        self,
        content_id: Digest,
        provenance: Provenance,
        shares: Sequence[Share],
        currency: Address,
    ) -> Released:
        """See `TokenContract.release`."""
        listed = [_share(share) for share in shares]
        what = (content_id.token_id, opening(provenance), listed, currency)
        receipt = self._transact("releaseRoyalty", *what)
        paid, kept = [], []
        for log in receipt.logs:
            event = self._contract.decode_log(log)
            if event is not None and event.name == "RoyaltyReleased":
                paid.append((parse_address(event.args["payee"]), int(event.args["amount"])))
            if event is not None and event.name == "RoyaltyKept":
                account = parse_address(event.args["account"])
                payee = Digest.from_token_id(event.args["asset"]) if account == NOBODY else account
                kept.append((payee, int(event.args["amount"])))
        return Released(receipt.transaction_hash, tuple(paid), tuple(kept))

    def _pay(self, function: str, what: tuple[Any, ...], terms: Terms) -> str:
        self._refuse_short(terms)
        sender = self._open_sender()
        with reverts_as(refusals.ALL):
            if terms.in_ether:
                receipt = sender.transact(self._contract, function, *what, value=terms.price)
            elif terms.currency != self.currency or self._allows(terms.price):
                receipt = sender.transact(self._contract, function, *what)
            else:
                permit = sign_permit(
                    self._token, sender.account, self.address, terms.price, self._clock
                )
                receipt = sender.transact(self._contract, f"{function}WithPermit", *what, permit)
        return receipt.transaction_hash

    def _refuse_short(self, terms: Terms) -> None:
        balance = self._balance(self.account, terms.currency)
        if balance < terms.price:
            raise BuyerShort(self.account, balance, terms.price)

    def _allows(self, price: int) -> bool:
        """Whether an allowance is there, which a permit would take the place of."""
        return int(self._token.read("allowance", self.account, self.address)) >= price

    def _balance(self, address: Address, currency: Address) -> int:
        if currency == NOBODY:
            return int(self._node.request("eth_getBalance", [address, "latest"]), 16)
        data = self._token.encode("balanceOf", address)
        answer = self._node.request(
            "eth_call", [{"to": currency, "data": "0x" + data.hex()}, "latest"]
        )
        return int(self._token.decode_result("balanceOf", to_bytes(answer)))

    def _transact(self, function: str, *arguments: Any) -> Receipt:
        with reverts_as(refusals.ALL):
            return self._open_sender().transact(self._contract, function, *arguments)


def _answer(found: Any) -> Any:
    if isinstance(found, ContractRevert):  # these views have no reason to
        raise found
    return found


def _content(statement: Statement) -> tuple[Any, ...]:
    return stated(statement.content_id, statement.provenance, statement.royalty_bps)


def _terms(terms: Terms) -> tuple[Address, int, int]:
    return terms.currency, terms.price, terms.valid_until


def _voucher(voucher: Voucher) -> tuple[Any, ...]:
    entry = voucher.entry
    terms = _terms(entry.terms)
    return voucher.creator, _content(entry.statement), terms, voucher.buyer, voucher.nonce


def _share(share: Share) -> tuple[Address, int, int]:
    assert 0 <= share.bps <= WHOLE_BPS
    if isinstance(share.payee, Digest):
        return NOBODY, share.payee.token_id, share.bps
    return share.payee, 0, share.bps


def _payee(share: Share, owners: dict[Digest, Any]) -> Address | None:
    if not isinstance(share.payee, Digest):
        return share.payee
    owner = owners[share.payee]
    return None if isinstance(owner, ContractRevert) else parse_address(owner)
