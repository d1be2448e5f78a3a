"""What can go wrong where only the sum of updates is seen; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.core.address import Address
from assay.errors import InputError, IntegrityError, RefusedError


class MaskingTermsInvalid(InputError):
    """A term of secure aggregation can't be."""

    def __init__(self, term: str, value: object, allowed: str) -> None:
        super().__init__(
            f"Secure aggregation can't have {term} = {value!r:.80}.",
            hint=f"Give {allowed}; `assay train open --help` names the options.",
        )
        self.term = term
        self.value = value


class MaskingExcludes(RefusedError):
    """A task asks for secure aggregation, and for what needs single updates."""

    def __init__(self, what: str, reason: str, instead: str) -> None:
        super().__init__(
            f"Secure aggregation excludes {what}: {reason}.",
            hint=f"{instead[0].upper()}{instead[1:]}, or open the task without secure aggregation.",
        )
        self.what = what


class MaskingMalformed(InputError):
    """A message or file of secure aggregation is not what it should be."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(
            f"The {what} of secure aggregation can't be used: {reason}.",
            hint="Server, nodes and validators have to run versions of Assay that fit each other.",
        )
        self.reason = reason


class KeysForeign(IntegrityError):
    """The keys that a server says are a node's were not signed by that node."""

    def __init__(self, node: Address, reason: str) -> None:
        super().__init__(
            f"The masking keys given as those of {node} are refused: {reason}.",
            hint="Nothing was masked with them. A server that goes on so sits in the middle: "
            "ask the sponsor for another.",
        )
        self.node = node


class CohortRefused(RefusedError):
    """A node does not mask for, or unmask, what the server asks: it could give one update away."""

    def __init__(self, round_number: int, reason: str) -> None:
        super().__init__(
            f"In round {round_number} this node takes no part in the sum: {reason}.",
            hint="Nothing of its update can be read. The round ends without it, or without a "
            "result, and the next one begins as usual.",
        )
        self.round = round_number
        self.reason = reason


class NotUnmaskable(RefusedError):
    """The sum of a round can't be read; no single update can either.

    Attributes:
        spoiler: the node whose doing that is; None if it is nobody's in particular.
    """

    def __init__(self, round_number: int, reason: str, spoiler: Address | None = None) -> None:
        super().__init__(
            f"The sum of round {round_number} can't be unmasked: {reason}.",
            hint="The round ends without a result, nobody is slashed for it, and the next one "
            "begins as usual.",
        )
        self.round = round_number
        self.reason = reason
        self.spoiler = spoiler


class UpdateNotFinite(IntegrityError):
    """A node's own update holds what is no number; masked, it would spoil everybody's."""

    def __init__(self, round_number: int) -> None:
        super().__init__(
            f"The update of round {round_number} has numbers that are not finite.",
            hint="Nothing was committed to. A smaller learning rate may help.",
        )
        self.round = round_number
