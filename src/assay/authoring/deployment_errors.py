"""What can go wrong when a contract is deployed or traced; see `assay.errors` for the tree."""

from __future__ import annotations

from collections.abc import Sequence

from assay.core.address import Address
from assay.errors import InputError, IntegrityError, RefusedError

_HINT = "A contract keeps its parties for ever: look again at who is who."


class PartyMissing(InputError):
    """Somebody is in the contract, and no address is given."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            "Addresses are missing: the contract cannot know its parties and tokens by itself.",
            hint="Give " + " ".join(missing),
        )
        self.missing = tuple(missing)


class PartyUnknown(InputError):
    """An address is given for somebody who is not in the contract."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"The contract has no {kind} called {name[:80]!r}.",
            hint=f"It has {', '.join(known) or 'none'}.",
        )
        self.name = name


class PartyUnfit(InputError):
    """An address cannot be that of a party."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name[:80]} cannot be who is given: {reason}.", hint=_HINT)
        self.name = name
        self.reason = reason


class TokenUnfit(InputError):
    """What is at an address is not the token that the agreement speaks of."""

    def __init__(self, symbol: str, address: Address, reason: str) -> None:
        super().__init__(
            f"{symbol[:80]} cannot be at {address}: {reason}.",
            hint="Give the address of the token on this chain, or set its decimals among the "
            "assets of specification.json and build from that.",
        )
        self.symbol = symbol
        self.address = address
        self.reason = reason


class TrialsFailed(RefusedError):
    """A contract whose trials fail is not deployed.

    Attributes:
        failures: what failed, with the calls that show it.
    """

    def __init__(self, folder: str, failures: Sequence[str]) -> None:
        super().__init__(
            "The trials of the sources failed, as they are now: " + "; ".join(failures)[:2000],
            hint=f"`assay author test {folder}` shows the calls; build again from the agreement.",
        )
        self.failures = tuple(failures)


class SourceEdited(RefusedError):
    """A source is not what its specification is written as."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} was edited since it was built: its trials pass, and yet trials alone cannot "
            "show that an edit does no harm.",
            hint="Build it again with `assay author build`; what is to be otherwise belongs into "
            "the agreement.",
        )
        self.file = file


class NotDeployable(RefusedError):
    """The contract cannot be deployed with a record."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(f"This contract is not deployed: {reason}.", hint=hint)
        self.reason = reason


class DeploymentDeclined(RefusedError):
    """Nobody said yes."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was deployed: a deployment needs your yes.",
            hint="Answer the question at a terminal, or give --yes.",
        )


class RecordMalformed(IntegrityError):
    """A file of a contract's record is not what the schema says."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} in the contract's record is malformed: {reason}.")
        self.file = file
        self.reason = reason
