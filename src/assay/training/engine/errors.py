"""What can go wrong between Flower's server and its nodes; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError, IntegrityError, UnavailableError


class MessageMalformed(InputError):
    """A message lacks what a step of a round needs, or it is of another kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The message can't be used: {reason}.",
            hint="Server and node have to run versions of Assay that fit each other.",
        )
        self.reason = reason


class ModelDiffers(IntegrityError):
    """Global parameters are not those that the round names."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(
            f"The global parameters have the digest {found}, but the round names {expected}.",
            hint="Do not train on them: the sender or the way between is not to be trusted.",
        )
        self.expected = expected
        self.found = found


class TooFewNodes(UnavailableError):
    """Nodes that should take part did not come."""

    def __init__(self, found: int, needed: int, waited_s: float) -> None:
        super().__init__(
            f"{found} of {needed} nodes are connected after {waited_s:g} s.",
            hint="Start the nodes with `assay train node`, and check that they reach the server.",
        )
        self.found = found
        self.needed = needed


class SuperLinkFailed(UnavailableError):
    """Flower's SuperLink did not start, or does not answer as it should."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"The SuperLink at {address} does not work: {reason}.",
            hint="Check that the port is free and the address is reachable; its log says more.",
        )
        self.address = address
        self.reason = reason


class PlainConnection(InputError):
    """Messages would go over a network without encryption."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} is not on this machine, and no certificate is given.",
            hint="Give the server's root certificate (TLS); plain HTTP is for loopback only.",
        )
        self.address = address
