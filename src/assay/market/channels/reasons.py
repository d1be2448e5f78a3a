"""The words by which x402 `batch-settlement` says why a payment is refused; clients act on them."""

from __future__ import annotations

from enum import StrEnum

_PREFIX = "invalid_batch_settlement_evm_"


class Refusal(StrEnum):
    """A reason as it goes over the wire."""

    SCHEME = _PREFIX + "scheme"
    NETWORK = _PREFIX + "network_mismatch"
    TYPE = _PREFIX + "payload_type"
    DEPOSIT_PAYLOAD = _PREFIX + "deposit_payload"
    VOUCHER_PAYLOAD = _PREFIX + "voucher_payload"
    REFUND_PAYLOAD = _PREFIX + "refund_payload"
    CHANNEL_ID = _PREFIX + "channel_id_mismatch"
    RECEIVER = _PREFIX + "receiver_mismatch"
    RECEIVER_AUTHORIZER = _PREFIX + "receiver_authorizer_mismatch"
    TOKEN = _PREFIX + "token_mismatch"
    WITHDRAW_DELAY = _PREFIX + "withdraw_delay_mismatch"
    SIGNATURE = _PREFIX + "voucher_signature"
    UNKNOWN_CHANNEL = _PREFIX + "channel_not_found"
    ABOVE_BALANCE = _PREFIX + "cumulative_exceeds_balance"
    SUM = _PREFIX + "cumulative_amount_mismatch"  # corrective: the client signs anew and repeats
    BUSY = _PREFIX + "channel_busy"
    DEPOSIT_TOO_SMALL = _PREFIX + "deposit_below_min_deposit"
    DEPOSIT_FAILED = _PREFIX + "deposit_transaction_failed"
    PERMIT2_SPENDER = _PREFIX + "permit2_invalid_spender"
    PERMIT2_AMOUNT = _PREFIX + "permit2_amount_mismatch"
    REFUND_AMOUNT = _PREFIX + "refund_amount_invalid"
    NOTHING_TO_REFUND = _PREFIX + "refund_no_balance"
    REFUND_FAILED = _PREFIX + "refund_transaction_failed"
