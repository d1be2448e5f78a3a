"""Why a sign-in is refused."""

from __future__ import annotations

from assay.core.address import Address
from assay.errors import InputError, RefusedError

_AGAIN = "Ask GET /sign-in/challenge for a new one, sign it, and send it once."


class PurposeMalformed(InputError):
    """A purpose with other than letters, digits and - . _ / in it."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"{purpose[:80]!r} is no purpose of a sign-in.",
            hint="Name what it is for, such as `statement`: up to 120 letters, digits and -._/.",
        )
        self.purpose = purpose


class SignInRefused(RefusedError):
    """A well-formed message that does not sign anybody in; nothing was given out."""

    http_status = 401

    def __init__(self, reason: str, *, hint: str = _AGAIN) -> None:
        super().__init__(f"The sign-in is refused: {reason}.", hint=hint)
        self.reason = reason


class SignInMissing(SignInRefused):
    """A request that has to be signed for, and was not."""

    def __init__(self) -> None:
        super().__init__("none came with the request")


class SignInForeign(SignInRefused):
    """A message for another domain, chain or purpose, or one that was not issued here."""

    def __init__(self, field: str, expected: str, found: str) -> None:
        super().__init__(f"its {field} is {found[:120]}, but should be {expected}")
        self.field = field
        self.expected = expected
        self.found = found


class SignInExpired(SignInRefused):
    """A message from the past or the future."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class SignInReplayed(SignInRefused):
    """A message that has been used."""

    def __init__(self, nonce: str) -> None:
        super().__init__("it was used before, and each is good for one request")
        self.nonce = nonce


class SignInForged(SignInRefused):
    """The account that a message names has not signed it."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"{address} has not signed it")
        self.address = address


class ChallengeSuspicious(RefusedError):
    """A service asks to sign in to something else; nothing was signed."""

    def __init__(self, field: str, expected: str, found: str) -> None:
        super().__init__(
            f"The service asks to sign in with the {field} {found[:120]} instead of {expected}; "
            "nothing was signed.",
            hint="Reach the service under the name that it gives itself (its ASSAY_PUBLIC_URL), "
            "on the chain that it is on.",
        )
        self.field = field
        self.expected = expected
        self.found = found
