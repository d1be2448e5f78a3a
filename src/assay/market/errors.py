"""What can go wrong in the market; see `assay.errors` for the tree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError, UnavailableError

_SHORT = "insufficient_balance"  # the end of x402's codes, of both schemes
_FUND = (
    "The payer has too few tokens: send it some (on the local chain: assay account fund NAME), "
    "or pay from another account."
)


class MetadataMalformed(IntegrityError):
    """The metadata of an asset is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The asset's metadata is malformed: {detail}.")
        self.detail = detail


class CardMalformed(InputError):
    """A model card's front matter cannot be read."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The model card cannot be read: {detail}.",
            hint="Start README.md with YAML between two lines of ---, with at least `license:`.",
        )
        self.detail = detail


class UnknownAsset(InputError):
    """No asset with this id is registered."""

    http_status = 404

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"No asset {subject} is registered on this chain.",
            hint="`assay asset list` shows the known ones.",
        )
        self.subject = subject


class AlreadyRegistered(RefusedError):
    """Somebody registered these bytes first."""

    def __init__(self, asset_id: Digest, owner: Address) -> None:
        super().__init__(
            f"These bytes are registered already, as asset {asset_id}, owned by {owner}.",
            hint=f"See `assay asset show {asset_id}`; a new version needs its own bytes and "
            "`--parent`.",
        )
        self.asset_id = asset_id
        self.owner = owner


class RegisteredDifferently(RefusedError):
    """The asset is registered with other terms, which publishing again does not change."""

    def __init__(self, asset_id: Digest, field: str, registered: object, given: object) -> None:
        super().__init__(
            f"Asset {asset_id} is registered with {field} {registered}; {given} was not applied.",
            hint="Publish with the registered terms, or a new version with bytes of its own.",
        )
        self.asset_id = asset_id
        self.field = field


class ServiceNameTaken(RefusedError):
    """The owner sells another service under this name."""

    def __init__(self, name: str, asset_id: Digest) -> None:
        super().__init__(
            f"You sell a service named {name!r} already: asset {asset_id}.",
            hint="Choose another --name: buyers ask for services by their names.",
        )
        self.name = name
        self.asset_id = asset_id


class ParentMissing(InputError):
    """A service is about to be published without the model that it sells."""

    def __init__(self) -> None:
        super().__init__(
            "A service needs the model that it sells.",
            hint="Give --parent with the model's asset id.",
        )


class LicenceMissing(InputError):
    """An asset is about to be published without a licence."""

    def __init__(self) -> None:
        super().__init__(
            "An asset needs a licence.",
            hint="Give --licence with an SPDX identifier, or `license:` in the model card.",
        )


class NotTheOwner(RefusedError):
    """Only the owner of an asset sets its price."""

    def __init__(self, asset_id: Digest, owner: Address) -> None:
        super().__init__(
            f"The asset {asset_id} belongs to {owner}.", hint="Name its account with --account."
        )
        self.asset_id = asset_id
        self.owner = owner


class NoWeightsFound(InputError):
    """A folder holds no weights that can be run, or several."""

    def __init__(self, path: Path, count: int) -> None:
        super().__init__(
            f"{path} holds {count or 'no'} GGUF files.", hint="Name the file with the weights."
        )
        self.path = path
        self.count = count


class WeightsMalformed(InputError):
    """A file is not GGUF."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The weights cannot be read: {detail}.", hint="Give a GGUF file, as llama.cpp runs it."
        )
        self.detail = detail


class RecordMalformed(IntegrityError):
    """The bytes are not a call record."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The call record is malformed: {detail}.")
        self.detail = detail


class RecordForged(IntegrityError):
    """The provider that a call record names has not signed it."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The call record's signature does not hold: {detail}.")
        self.detail = detail


class RecordContradicted(IntegrityError):
    """A provider's record does not say what was asked, answered or paid."""

    def __init__(self, field: str, expected: str, found: str) -> None:
        super().__init__(
            f"The call record's {field} is {found}, but should be {expected}.",
            hint="Keep the answer and its record: together they show what the provider did.",
        )
        self.field = field
        self.expected = expected
        self.found = found


class UnknownModel(InputError):
    """No service under this name is served here."""

    http_status = 404

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"No model {name[:80]!r} is served here.",
            hint=f"Served: {', '.join(known) or 'none'}.",
        )
        self.name = name
        self.known = tuple(known)


class PaymentMalformed(InputError):
    """The payment header is not one of x402 version 2, by a scheme that is taken here."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The payment cannot be read: {detail}.",
            hint="Send the PAYMENT-SIGNATURE header that an x402 client makes of PAYMENT-REQUIRED.",
        )
        self.detail = detail


class PaymentRequired(RefusedError):
    """A call has to be paid for, and came without a payment."""

    http_status = 402

    def __init__(self, model: str) -> None:
        super().__init__(
            f"One call of {model} has to be paid for.",
            hint="Use an x402 client, or `assay call`; PAYMENT-REQUIRED says what to pay.",
        )
        self.model = model
        self.reason = "payment_required"


class PaymentRefused(RefusedError):
    """A payment that does not pay: expired, short of funds, for something else, or used.

    `reason` is the code that x402 gives it. Nothing was charged.
    """

    http_status = 402

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(
            f"The payment is refused: {reason}{f' ({detail})' if detail else ''}.",
            hint="Nothing was charged. "
            + (_FUND if _SHORT in reason + detail else "Make a new payment for what is asked."),
        )
        self.reason = reason
        self.detail = detail


class PaymentReused(RefusedError):
    """A payment that was given for one request is presented with another."""

    http_status = 402

    def __init__(self, payer: Address, nonce: Digest) -> None:
        super().__init__(
            f"The payment {nonce} of {payer} was given for another request.",
            hint="Repeat that request to get its answer, or make a new payment for this one.",
        )
        self.payer = payer
        self.nonce = nonce
        self.reason = "payment_reused"


class IdentifierReused(RefusedError):
    """A payment identifier that stands for one request comes with another."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"The payment identifier {identifier} was given with another request.",
            hint="Repeat that request to get its answer, or choose a new identifier.",
        )
        self.identifier = identifier


class SettlementUncertain(UnavailableError):
    """The payment was sent to the chain, and how it ended is not known yet."""

    def __init__(self, payer: Address, nonce: Digest, detail: str) -> None:
        super().__init__(
            f"It is not known yet whether the payment {nonce} went through: {detail}.",
            hint="Repeat the request with the same payment: it is never charged twice.",
        )
        self.payer = payer
        self.nonce = nonce
        self.detail = detail


class PriceTooHigh(RefusedError):
    """A service asks for more than the caller allows; nothing was signed."""

    def __init__(self, price: int, max_price: int) -> None:
        asked, allowed = format_amount(price, decimals=6), format_amount(max_price, decimals=6)
        super().__init__(
            f"The service asks {asked} ASSAY, more than the {allowed} that you allow.",
            hint="Raise --max-price, or choose another model.",
        )
        self.price = price
        self.max_price = max_price


class ServiceFailed(UnavailableError):
    """A remote service does not answer, or not as it should."""

    def __init__(self, url: str, detail: str, *, hint: str = "") -> None:
        super().__init__(f"The service at {url} fails: {detail.rstrip('.')}.", hint=hint)
        self.url = url
        self.detail = detail


class NothingToResume(InputError):
    """No call of this state folder is unfinished."""

    def __init__(self) -> None:
        super().__init__("No call is unfinished.", hint="Make one: assay call MODEL PROMPT.")


class CallChangedElsewhere(UnavailableError):
    """Another process has moved the same paid call on."""

    def __init__(self, payer: Address, nonce: Digest) -> None:
        super().__init__(
            f"Another process is serving the call paid by {nonce} of {payer}.",
            hint="Repeat the request with the same payment in a moment.",
        )
        self.payer = payer
        self.nonce = nonce


class CallerLeft(UnavailableError):
    """The caller hung up before anything was charged."""

    def __init__(self) -> None:
        super().__init__(
            "The caller left before the answer was paid for.",
            hint="Repeat the request with the same payment to get it.",
        )


class ProofMalformed(IntegrityError):
    """The file is not a call proof."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The call proof is malformed: {detail}.")
        self.detail = detail


class UnknownCall(InputError):
    """No settled call has this record."""

    http_status = 404

    def __init__(self, record: str) -> None:
        super().__init__(
            f"No paid call with the record {record} is known here.",
            hint="Use the CID that the answer came with, on the provider's machine.",
        )
        self.record = record


class NotAnchored(RefusedError):
    """The call is recorded, but its batch is not on chain yet."""

    def __init__(self, record: str) -> None:
        super().__init__(
            f"The call {record} is not anchored yet.", hint="Run `assay anchor` first."
        )
        self.record = record


class PendingCallNotKept(UnavailableError):
    """The disk refuses to keep a payment; it is not sent."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The payment cannot be kept in {path}: {reason}. It was not sent.",
            hint="Free some space, or check the folder's permissions.",
        )
        self.path = path
        self.reason = reason


class PendingCallDamaged(IntegrityError):
    """The file of a pending call is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The pending call {path} is damaged: {reason}.",
            hint="Move the file away; a payment in it that went through stays paid.",
        )
        self.path = path
        self.reason = reason


class TermsUnacceptable(RefusedError):
    """A service asks for a payment that this client does not make; nothing was signed."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The service asks for a payment that is not made here: {detail}.",
            hint="Check that ASSAY_RPC_URL names the chain that the service is on.",
        )
        self.detail = detail


class ServiceRejected(InputError):
    """A remote service finds something wrong with the request; nothing was charged."""

    def __init__(self, url: str, status: int, detail: str, hint: str = "") -> None:
        super().__init__(f"The service at {url} says ({status}): {detail}", hint=hint)
        self.url = url
        self.status = status
        self.detail = detail
