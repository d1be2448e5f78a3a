"""What audits need of the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from assay.authoring.audit.attested import AuditAttestation
from assay.authoring.audit.model import Finding
from assay.authoring.audit.sources.binaries import Binary
from assay.authoring.audit.sources.solidity import Parsed
from assay.core.address import Address
from assay.core.digest import Digest


class Parser(Protocol):
    """Makes syntax trees of sources."""

    def parse(self, path: Path, source: str) -> Parsed:
        """One file.

        Raises:
            ToolMissing, ToolFailed: nothing could be compiled.
            PragmaUnfit, SourceRejected: the source is to blame.
        """

    def build(
        self, path: Path, source: str, *, optimizer_runs: int | None = None, via_ir: bool = False
    ) -> tuple[Binary, ...]:
        """The contracts of one file that can be deployed.

        Args:
            optimizer_runs: None for code that is not optimized, where the compiler has a choice.

        Raises:
            ToolMissing, ToolFailed, CompilerMissing: nothing could be compiled.
            PragmaUnfit, SourceRejected: the source is to blame.
        """

    def close(self) -> None:
        """End what is running."""


class Analyser(Protocol):
    """Another tool that looks at syntax trees."""

    def find(self, parsed: Parsed) -> list[Finding]:
        """What it finds in one file.

        Raises:
            ToolMissing, ToolFailed: it gave no answer.
        """

    def close(self) -> None:
        """End what is running."""


@dataclass(frozen=True, slots=True)
class PublishedRules:
    """One version of the rule book on a chain.

    Attributes:
        digest: SHA-256 of the document.
        published_at_s: in seconds since 1970.
    """

    version: int
    digest: Digest
    published_at_s: int
    document: bytes
    transaction: str

    def as_json(self) -> dict[str, Any]:
        """As `assay audit rules --json` shows it."""
        when = datetime.fromtimestamp(self.published_at_s, UTC)
        return {
            "version": self.version,
            "digest": self.digest.hex,
            "published_at": f"{when:%Y-%m-%dT%H:%M:%SZ}",
            "transaction": self.transaction,
        }


class RuleChain(Protocol):
    """The rule book on one chain."""

    @property
    def address(self) -> Address:
        """Of its contract."""

    @property
    def chain_id(self) -> int:
        """The chain."""

    def owner(self) -> Address:
        """Who publishes versions."""

    def newest(self) -> int:
        """The number of the newest version; 0 while there is none."""

    def digest(self, version: int) -> Digest:
        """What a version's document hashes to.

        Raises:
            VersionUnknown: there is no such version.
        """

    def version_at(self, time_s: int) -> int:
        """The version that was in force at a time; 0 if there was none."""

    def published(self, version: int) -> PublishedRules:
        """A version with its document.

        Raises:
            VersionUnknown: there is no such version.
            RulesUntrue: the node does not give its document.
        """

    def publish(self, document: bytes) -> str:
        """Add a version; the transaction's hash.

        Raises:
            NotTheOwner: the account may not.
            RulesUnchanged: it is the newest version already.
        """


class AuditAttestations(Protocol):
    """Attestations of reports on one chain."""

    @property
    def chain_id(self) -> int:
        """The chain."""

    @property
    def service(self) -> Address:
        """The attestation service."""

    @property
    def account(self) -> Address:
        """Who attests."""

    def attest(self, recipient: Address | None, data: bytes) -> tuple[str, str]:
        """Attest; the uid, and the transaction's hash."""

    def revoke(self, uid: str) -> str:
        """Take an attestation back; the transaction's hash.

        Raises:
            NotRevocable: another account made it, or it was taken back before.
        """

    def get(self, uid: str) -> AuditAttestation:
        """What the service says of a uid."""

    def find(self, recipient: Address | None = None) -> list[AuditAttestation]:
        """All attestations of reports, revoked ones too; of one contract if it is named.

        Raises:
            AssayError: the node does not answer, or will not look back so far.
        """

    def code_hash(self, address: Address) -> str | None:
        """keccak256 of the code at an address; None where there is none."""


class ReportStore(Protocol):
    """Reports by their digests."""

    def add(self, report: bytes) -> str:
        """Keep one, pinned; its CID."""

    def read(self, digest: Digest) -> bytes | None:
        """A report, verified; None if it is not here."""
