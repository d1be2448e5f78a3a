"""The words of the clients, and what they mean."""

from __future__ import annotations

import pytest

from assay.chain.broadcast import Verdict


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("already known", Verdict.ACCEPTED),
        ("transaction already imported", Verdict.ACCEPTED),
        ("Known transaction", Verdict.ACCEPTED),
        ("AlreadyKnown", Verdict.ACCEPTED),
        ("nonce too low: next nonce 5, tx nonce 4", Verdict.NONCE_USED),
        ("nonce too low", Verdict.NONCE_USED),
        ("OldNonce, Current nonce: 5, nonce of rejected tx: 4", Verdict.NONCE_USED),
        ("replacement transaction underpriced", Verdict.NONCE_TAKEN),
        ("Replacement transaction underpriced", Verdict.NONCE_TAKEN),
        ("nonce too high: tx nonce 9, gapped nonce 5", Verdict.NONCE_GAP),
        ("Transaction nonce is too distant from current sender nonce", Verdict.NONCE_GAP),
        ("transaction underpriced: tip needed 1, tip permitted 0", Verdict.FEE_TOO_LOW),
        ("max fee per gas less than block base fee: address 0x..", Verdict.FEE_TOO_LOW),
        ("insufficient funds for gas * price + value: balance 0", Verdict.NO_FUNDS),
        ("Insufficient funds for gas * price + value", Verdict.NO_FUNDS),
        ("Upfront cost exceeds account balance", Verdict.NO_FUNDS),
        ("exceeds block gas limit", Verdict.REFUSED),
        ("", Verdict.REFUSED),
    ],
)
def test_each_clients_words_are_understood(message: str, verdict: Verdict) -> None:
    assert Verdict.of(message) is verdict
