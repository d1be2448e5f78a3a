"""What contracts from language need of the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assay.authoring.compiling.model import Compiled
from assay.authoring.records import Estimate, Origin
from assay.core.address import Address


class Compiler(Protocol):
    """Makes byte code of one source."""

    @property
    def settings(self) -> Mapping[str, str]:
        """What decides the byte code beside source and compiler.

        Raises:
            CompilerMissing: the compiler is not installed.
        """

    def compile(self, source: str, name: str) -> Compiled:
        """The contract `name` of a source.

        Raises:
            SourceRejected: it has errors.
            CompilerMissing, CompilerFailed: nothing could be compiled.
        """


class SourcesCompiler(Compiler, Protocol):
    """Makes byte code of several sources at once."""

    def compile_all(
        self, sources: Mapping[str, str], names: tuple[str, ...]
    ) -> dict[str, Compiled]:
        """Several contracts, each in the source of its name; see `compile` for what it raises."""


class ContractChain(Protocol):
    """Contracts with records on one chain, deployed by one account."""

    @property
    def address(self) -> Address:
        """Of the contract of records."""

    @property
    def chain_id(self) -> int:
        """The chain."""

    @property
    def account(self) -> Address:
        """Who deploys."""

    def origin(self, deployed: Address) -> Origin | None:
        """What a contract came about by; None for one that was deployed without a record."""

    def has_code(self, address: Address) -> bool:
        """Whether there is a contract."""

    def decimals(self, token: Address) -> int | None:
        """Of a token; None where the contract at the address does not say."""

    def estimate(self, creation_code: bytes, record: bytes) -> Estimate:
        """What a deployment may take.

        Raises:
            AssayError: it would be reverted, or cannot be paid for.
        """

    def deploy(self, creation_code: bytes, record: bytes) -> str:
        """Deploy, or wait for the same deployment sent before; the transaction."""


class RecordFolders(Protocol):
    """Records of contracts in the blob store."""

    def digest(self, files: Mapping[str, bytes]) -> bytes:
        """The root digest that a folder of these files has; nothing is stored."""

    def add(self, files: Mapping[str, bytes]) -> None:
        """Store the folder and pin it."""

    def cid(self, record: bytes) -> str:
        """What a folder with this root digest is fetched by."""

    def names(self, record: bytes) -> Mapping[str, str]:
        """The CID of each file of a folder, by its name.

        Raises:
            AssayError: the folder is not here, or damaged.
        """

    def read(self, record: bytes, name: str) -> bytes:
        """One file, verified.

        Raises:
            AssayError: it is not here, too large, or damaged.
        """


class RecordIndex(Protocol):
    """Where to look for deployments, never what to believe."""

    def transaction(self, deployed: Address) -> str | None:
        """Which deployed a contract; None where it is not indexed yet."""


class Proposer(Protocol):
    """A text model that is asked about words."""

    def answer(self, rules: str, data: str) -> str:
        """What it says to data, under rules.

        Raises:
            UnavailableError: its server fails, or takes too long.
        """
