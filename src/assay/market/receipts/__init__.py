"""Signed offers and receipts: x402's extension `offer-receipt`, in its EIP-712 format.

An offer binds the provider to its terms before anybody pays; a receipt says that it was paid and
has served, in a form that every x402 client can read. What was asked and answered stands in our own
`CallRecord`, which goes further and is anchored.

Source: specs/extensions/extension-offer-and-receipt.md of x402, version 1. The signer is the
address that is paid, the first of the ways in its section 4.5.1.
"""

from assay.market.receipts.checking import check_offers, check_receipt
from assay.market.receipts.issuing import ReceiptIssuer
from assay.market.receipts.model import Offer, Receipt

__all__ = ["Offer", "Receipt", "ReceiptIssuer", "check_offers", "check_receipt"]
