"""What can go wrong with rule book and attestations on a chain; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError, IntegrityError, RefusedError


class VersionUnknown(InputError):
    """The rule book has no such version."""

    def __init__(self, version: int, newest: int) -> None:
        super().__init__(
            f"The rule book has no version {version}.",
            hint=f"Its newest is {newest}." if newest else "Nothing was published in it yet.",
        )
        self.version = version
        self.newest = newest


class NotTheOwner(RefusedError):
    """Another account owns the rule book."""

    def __init__(self, account: str, owner: str) -> None:
        super().__init__(
            f"Only the owner of the rule book publishes: {account} is not.",
            hint=f"Its owner is {owner}: name that account with --account.",
        )
        self.account = account
        self.owner = owner


class RulesUnchanged(RefusedError):
    """These rules are in force already."""

    def __init__(self, version: int) -> None:
        super().__init__(f"These rules are those of version {version}, the newest.")
        self.version = version


class RulesUntrue(IntegrityError):
    """The node does not give the document of a version."""

    def __init__(self, version: int, digest: str) -> None:
        super().__init__(
            f"The node has no document of the rule book's version {version} with SHA-256 {digest}.",
            hint="Ask a node that keeps the events of old blocks: set ASSAY_RPC_URL.",
        )
        self.version = version
        self.digest = digest


class NotRevocable(RefusedError):
    """An attestation cannot be taken back by this account, or was already."""

    def __init__(self, uid: str, rule: str) -> None:
        super().__init__(
            f"The attestation {uid} cannot be taken back: {rule}.",
            hint="Only its attester can, and once: name that account with --account.",
        )
        self.uid = uid
        self.rule = rule


class ReportOfAnotherChain(InputError):
    """What a report names lives on another chain than the one at hand."""

    def __init__(self, named: int, found: int) -> None:
        super().__init__(
            f"The report is about chain {named}, and this is chain {found}.",
            hint="Point ASSAY_RPC_URL at a node of the report's chain.",
        )
        self.named = named
        self.found = found
