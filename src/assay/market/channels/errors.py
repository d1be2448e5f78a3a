"""What can go wrong with payment channels; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import RefusedError, UnavailableError
from assay.market.channels.model import Channel
from assay.market.channels.reasons import Refusal
from assay.market.errors import PaymentRefused


class ClaimRefused(RefusedError):
    """The settlement contract refuses a batch of claims; nothing was claimed."""

    def __init__(self, lines: int, reason: str) -> None:
        super().__init__(
            f"The settlement contract refuses a batch of {lines} claims: {reason}.",
            hint="`assay settle --dry-run` names the channels that cannot be claimed.",
        )
        self.lines = lines
        self.reason = reason


class ClaimTooLarge(RefusedError):
    """A batch of claims does not fit into a block; nothing was claimed."""

    def __init__(self, lines: int, gas: int | None, limit: int) -> None:
        super().__init__(
            f"A batch of {lines} claims takes {gas or 'too much'} gas; {limit} is the limit.",
            hint="Claim fewer channels at once.",
        )
        self.lines = lines
        self.gas = gas
        self.limit = limit


class VoucherRefused(PaymentRefused):
    """A voucher does not pay for a call; nothing was charged.

    Attributes:
        channel: as the provider has it, if it is known; from it a client can sign the right sum.
    """

    def __init__(self, refusal: Refusal, channel: Channel | None = None, detail: str = "") -> None:
        super().__init__(refusal.value, detail)
        self.refusal = refusal
        self.channel = channel


class CallUnderWay(UnavailableError):
    """The same call, paid by the same voucher, is being served still."""

    def __init__(self, waited_s: float) -> None:
        super().__init__(
            f"This call is being served already, and did not end within {waited_s:g} s.",
            hint="Repeat the request with the same payment: it is charged once.",
        )
        self.waited_s = waited_s
