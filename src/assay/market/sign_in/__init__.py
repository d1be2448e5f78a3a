"""Sign-in by EIP-4361: a challenge to sign, good for one purpose, one account and one use.

The provider asks for it where an answer is meant for one address: a bill, or the key of a licence.
"""

from assay.market.sign_in.desk import SignedIn, SignInDesk

__all__ = ["SignInDesk", "SignedIn"]
