"""What the market needs from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from assay.core.address import Address
from assay.core.chat import TextChunk, TextRequest
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.market.batches import BatchEntry, CallEntry
from assay.market.metering import PaidCall, Payment, PaymentId, ServedModel, Settlement
from assay.market.model import (
    AnchoredBatch,
    AssetKind,
    ContractState,
    PaidTransfer,
    RegisteredAsset,
    Registration,
)

Progress = Callable[[int], None]
Transaction = object  # of the database: opened by one book, and passed on to another


class Entry(Protocol):
    """One name in a folder."""

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def cid(self) -> Cid:
        """What the name stands for."""
        ...

    @property
    def size(self) -> int:
        """Bytes of content."""
        ...


class Fault(Protocol):
    """One thing that is wrong with an artefact."""

    @property
    def place(self) -> str:
        """The file or place."""
        ...

    @property
    def reason(self) -> str:
        """What is wrong there."""
        ...


class Verification(Protocol):
    """What re-reading an artefact found."""

    @property
    def ok(self) -> bool:
        """Whether every block is there and has the bytes of its name."""
        ...

    @property
    def bytes(self) -> int:
        """Bytes read."""
        ...

    @property
    def faults(self) -> Sequence[Fault]:
        """What is wrong."""
        ...


class Blobs(Protocol):
    """Content-addressed bytes; what is added stays until somebody unpins it."""

    def add(self, path: Path, *, progress: Progress | None = None) -> Cid:
        """Store a file or folder."""
        ...

    def add_bytes(self, data: bytes) -> Cid:
        """Store a short artefact."""
        ...

    def read_bytes(self, cid: Cid, *, limit: int = ...) -> bytes:
        """Read a short artefact, verified."""
        ...

    def get(self, cid: Cid, destination: Path, *, progress: Progress | None = None) -> None:
        """Write an artefact to a path, verified, resumable."""
        ...

    def ls(self, cid: Cid) -> Sequence[Entry]:
        """The names in a folder."""
        ...

    def names(self, cid: Cid) -> Mapping[str, Cid]:
        """What a folder's names stand for, without a look at it."""
        ...

    def size(self, cid: Cid) -> int:
        """Bytes of content."""
        ...

    def verify(self, cid: Cid) -> Verification:
        """Re-read every block."""
        ...

    def digest_of(self, cid: Cid) -> Digest:
        """SHA-256 of a file's plain bytes, or the root digest of a folder."""
        ...


class Registry(Protocol):
    """The registry contract, as one account sees it."""

    @property
    def account(self) -> Address:
        """Who registers."""
        ...

    def assets(self, asset_ids: Sequence[Digest]) -> list[RegisteredAsset | None]:
        """The assets with these ids, read from the chain in one go; None where unknown."""
        ...

    def register(self, registration: Registration) -> str:
        """Commit, reveal, and return the hash of the registering transaction."""
        ...

    def set_price(self, asset_id: Digest, price: int) -> str:
        """Change the price of an asset of this account; returns the transaction's hash."""
        ...


class AssetIndex(Protocol):
    """The ledger's view of the registry: where to look, never what to believe."""

    def asset_ids(self, kind: AssetKind | None) -> list[Digest]:
        """Ids of registered assets, oldest first."""
        ...

    def registration_transaction(self, asset_id: Digest) -> str | None:
        """The transaction that registered an asset, if indexed."""
        ...


class Deployments(Protocol):
    """The contracts that Assay talks to."""

    def contract_states(self) -> Sequence[ContractState]:
        """Each contract's manifest entry held against its build and the chain."""
        ...


class ServiceCatalogue(Protocol):
    """The services that this provider sells, as the registry has them now."""

    def service(self, model_name: str) -> ServedModel:
        """The service of this name.

        Raises:
            UnknownModel: none is served under it.
        """
        ...

    def services(self) -> list[ServedModel]:
        """All of them."""
        ...


class TextModel(Protocol):
    """A model that answers."""

    def stream(self, request: TextRequest) -> AsyncGenerator[TextChunk, None]:
        """Generate; closing the generator stops the work."""
        ...


class TextModels(Protocol):
    """The models behind the services."""

    def text_model(self, served: ServedModel) -> TextModel:
        """The one that answers for this service."""
        ...


class Drawing(Protocol):
    """A picture that a model has drawn."""

    @property
    def png(self) -> bytes:
        """The file."""
        ...


class ImageModel(Protocol):
    """A model that draws."""

    async def generate(self, request: ImageRequest) -> Drawing:
        """Draw one picture."""
        ...


class ImageModels(Protocol):
    """The models behind the services that draw."""

    def image_model(self, served: ServedModel) -> ImageModel:
        """The one that draws for this service.

        Raises:
            InputError, UnavailableError: it does not draw, or cannot be had.
        """
        ...


class PaymentScheme(Protocol):
    """How payments by `exact` are checked and settled: each by a transaction of its own."""

    @property
    def token(self) -> Address:
        """The ERC-20 that is paid in."""
        ...

    def read(self, header: str) -> Payment:
        """The payment in a PAYMENT-SIGNATURE header.

        Raises:
            PaymentMalformed: not one, or of another scheme or version.
        """
        ...

    def offer(self, served: ServedModel) -> dict[str, Any]:
        """What a call costs by this scheme, as x402 writes it (`PaymentRequirements`)."""
        ...

    async def verify(self, payment: Payment, served: ServedModel) -> int:
        """Check that the payment is good for the service; returns the newest block's number.

        Raises:
            PaymentRefused: it is not.
            UnavailableError: the chain cannot be asked.
        """
        ...

    async def settle(self, call: PaidCall, sent: Callable[[str], None]) -> str:
        """Have the chain move the money; `sent` is told, in a thread, what was sent.

        Returns:
            The hash of the transaction that moved it, perhaps one of an earlier try.

        Raises:
            PaymentRefused: it was not moved, and none of our transactions can still do it.
            SettlementUncertain: not known.
        """
        ...

    async def find_settlement(self, call: PaidCall) -> Settlement:
        """What the chain says of the payment now.

        Raises:
            UnavailableError: the chain cannot be asked.
        """
        ...

    def response_header(self, call: PaidCall) -> str:
        """The PAYMENT-RESPONSE header of a settled call."""
        ...


class Receipts(Protocol):
    """Signs what is offered and what was paid, into headers that are otherwise ready."""

    def with_offers(self, required: str, url: str) -> str:
        """A PAYMENT-REQUIRED header with its offers signed."""
        ...

    def with_receipt(self, response: str, url: str) -> str:
        """A PAYMENT-RESPONSE header with a signed receipt."""
        ...


class CallBook(Protocol):
    """The durable list of paid calls. Every change is one transaction, or part of the one given."""

    def find(self, payment: PaymentId) -> PaidCall | None:
        """The call that this payment was given for."""
        ...

    def find_identified(self, payer: Address, identifier: str) -> PaidCall | None:
        """The payer's call that came with this payment identifier."""
        ...

    def insert(self, call: PaidCall, within: Transaction | None = None) -> bool:
        """Note a new call; False if its payment, or its identifier, has one already."""
        ...

    def update(self, before: PaidCall, after: PaidCall, within: Transaction | None = None) -> None:
        """Note a step, with its answer.

        Raises:
            CallChangedElsewhere: the state is no longer that of `before`.
        """
        ...

    def forget(self, call: PaidCall, within: Transaction | None = None) -> None:
        """Release the payment of a call that is merely verified or generated, with its answer."""
        ...

    def unfinished(self) -> list[PaidCall]:
        """All calls that are neither settled nor lapsed, oldest first."""
        ...

    def unanswered(self, scheme: str) -> list[PaidCall]:
        """The calls of a scheme that are settled and have no answer, oldest first."""
        ...


class Anchors(Protocol):
    """The contract that anchors batches of call records, as one provider sees it."""

    @property
    def provider(self) -> Address:
        """Whose batches are anchored."""
        ...

    def next_batch(self) -> int:
        """The number that the contract expects next."""
        ...

    def anchor(self, number: int, root: bytes, calls: int) -> str:
        """Anchor a batch; returns the transaction's hash.

        Raises:
            RefusedError: the number is not the next one.
        """
        ...

    def anchored(self, transactions: Sequence[str]) -> list[list[AnchoredBatch]]:
        """The batches that each of these transactions anchored, read from their receipts."""
        ...


class TokenTransfers(Protocol):
    """The payment token's own record of payments."""

    def transfers(self, transactions: Sequence[str]) -> list[list[PaidTransfer]]:
        """The payments that each of these transactions made, read from their receipts."""
        ...


class CallIndex(Protocol):
    """The ledger's view of payments and batches: where to look, never what to believe."""

    def payment_transaction(self, payment: PaymentId) -> str | None:
        """The transaction that used a payment, if indexed."""
        ...

    def anchor_transaction(self, provider: Address, number: int) -> str | None:
        """The transaction that anchored a batch, if indexed."""
        ...


class BatchBook(Protocol):
    """The durable list of served calls and their batches."""

    def call(self, record: Cid) -> CallEntry | None:
        """The settled call with this record."""
        ...

    def calls_with_output(self, output: Digest) -> list[CallEntry]:
        """All settled calls whose answer has this digest, oldest first."""
        ...

    def unbatched(self, provider: Address, limit: int) -> list[CallEntry]:
        """The provider's oldest settled calls that are in no batch."""
        ...

    def calls_in_batch(self, provider: Address, number: int) -> list[CallEntry]:
        """The calls of a batch, in the order of its leaves."""
        ...

    def open_batch(self, batch: BatchEntry, records: Sequence[Cid]) -> bool:
        """Fix a batch and its calls before it is sent; False if another process did so first."""
        ...

    def close_batch(self, batch: BatchEntry, transaction: str) -> None:
        """Note the transaction that anchored a batch."""
        ...

    def batches(self, provider: Address) -> list[BatchEntry]:
        """All batches of a provider, in order."""
        ...
