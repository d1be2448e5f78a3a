"""The lineage of a deployed contract: its record, and all that the record is held against.

Each link is checked by doing it again: the address is worked out from record and code, the source
is compiled, the specification's rules are written as code, the trials are run. Where a file is
damaged its own link says so, and what could only be checked with it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from eth_utils.crypto import keccak

from assay.authoring.creation import created_address, creation_code
from assay.authoring.model import Specification
from assay.authoring.ports import ContractChain, RecordFolders, RecordIndex
from assay.authoring.records import (
    DEPLOYMENT_FILE,
    DESCRIPTION_FILE,
    REPORT_FILE,
    SOURCE_FILES,
    SPECIFICATION_FILE,
    TEXT_FILE,
    Origin,
    RecordedDeployment,
    read_deployment,
)
from assay.authoring.use_cases.building import Workshop
from assay.authoring.use_cases.reading import decode_specification
from assay.authoring.use_cases.rechecking import Rechecked, recheck
from assay.core.address import Address, parse_address
from assay.errors import AssayError
from assay.ledger.lineage import Link, Node

_PREFIX, _RECORD = "contract:", "contract-record:"
_SUBJECT = re.compile(r"(contract:)?(0x[0-9a-fA-F]{40})\Z")
_RECORDS = Node("contract:ContractRecords", "contract", "ContractRecords")
_KINDS = {
    TEXT_FILE: "agreement",
    SPECIFICATION_FILE: "specification",
    REPORT_FILE: "test report",
    DESCRIPTION_FILE: "description",
    DEPLOYMENT_FILE: "deployment",
    **{file: f"{language} source" for language, file in SOURCE_FILES.items()},
}
_Links = list[tuple[Link, Node]]


@dataclass(frozen=True)
class DeployedSource:
    """Expands nodes `contract:0x...` of contracts that were deployed with a record."""

    workshop: Workshop
    chain: ContractChain
    folders: RecordFolders
    index: RecordIndex

    def resolve(self, subject: str) -> Node | None:
        """The contract at an address, given bare or as `contract:0x...`."""
        matched = _SUBJECT.match(subject)
        if matched is None:
            return None
        address = parse_address(matched[2])
        origin = self.chain.origin(address)
        if origin is None:
            return None
        facts = {"deployer": str(origin.deployer), "code": "0x" + origin.code_hash.hex()}
        return Node(_PREFIX + address, "deployed contract", f"Contract {address}", facts)

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The links of the contracts among `nodes`, down to the words of the agreement."""
        links: _Links = []
        for node in nodes:
            matched = _SUBJECT.match(node.id)
            origin = self.chain.origin(parse_address(matched[2])) if matched else None
            if matched and origin:
                links += self._contract(parse_address(matched[2]), origin)
        return links

    def _contract(self, address: Address, origin: Origin) -> _Links:
        source = _PREFIX + address
        transaction = self.index.transaction(address) or "not indexed"
        evidence = f"recordOf({address}), deployer {origin.deployer}, transaction {transaction}"
        links = [(Link(source, _RECORDS.id, "deployed through", True, evidence), _RECORDS)]
        cid = self.folders.cid(origin.record)
        record = Node(_RECORD + cid, "record", "Contract record", {"cid": cid})
        reason = self._misplaced(address, origin)
        evidence = (
            f"the address is that of record {cid} and creation code 0x{origin.code_hash.hex()}"
        )
        links.append((Link(source, record.id, "recorded as", not reason, evidence, reason), record))
        try:
            names = self.folders.names(origin.record)
        except AssayError as error:
            gap = Node(f"{_RECORD}files:{cid}", "files", "Files of the record")
            link = Link(record.id, gap.id, "contains", ok=False, evidence=cid, reason=str(error))
            return [*links, (link, gap)]
        return links + _RecordCheck(self, record.id, origin, names).links()

    def _misplaced(self, address: Address, origin: Origin) -> str:
        expected = created_address(
            self.chain.address, origin.deployer, origin.record, origin.code_hash
        )
        if expected != address:
            return f"they belong at {expected}"
        if not self.chain.has_code(address):
            return "there is no code at the address any more"
        return ""


@dataclass(frozen=True)
class _RecordCheck:
    """One record, each of its files read once."""

    source: DeployedSource
    record: str
    origin: Origin
    names: Mapping[str, str]

    def links(self) -> _Links:
        """What the record contains, and how its parts hold together."""
        return [*self._contained(), *self._held_together()]

    @cached_property
    def _files(self) -> dict[str, bytes | AssayError]:
        found: dict[str, bytes | AssayError] = {}
        for name in self.names:
            try:
                found[name] = self.source.folders.read(self.origin.record, name)
            except AssayError as error:
                found[name] = error
        return found

    def _contained(self) -> _Links:
        links: _Links = []
        for name, content in self._files.items():
            reason = str(content) if isinstance(content, AssayError) else ""
            evidence = f"every block of {self.names[name]} was hashed"
            node = self._node(name)
            links.append(
                (Link(self.record, node.id, "contains", not reason, evidence, reason), node)
            )
        return links

    def _held_together(self) -> _Links:
        """Nothing where a file that it takes is damaged: that file's link has said so."""
        specification = self._specification()
        deployment = self._deployment()
        links: _Links = []
        text = self._files.get(TEXT_FILE)
        if specification is not None and isinstance(text, bytes):
            reason = "" if specification.text.encode() == text else "its words are others"
            links.append(
                self._link(SPECIFICATION_FILE, TEXT_FILE, "read from", "the same words", reason)
            )
        sources = self._sources()
        report = self._files.get(REPORT_FILE)
        if specification is None or deployment is None or sources is None:
            return links
        found = recheck(specification, sources, deployment, self.source.workshop)
        return [*links, *self._done_again(deployment, found, report)]

    def _done_again(
        self, deployment: RecordedDeployment, found: Rechecked, report: bytes | AssayError | None
    ) -> _Links:
        file = SOURCE_FILES[deployment.language]
        written = "the specification's rules, written as code, are the source"
        links = [self._link(SPECIFICATION_FILE, file, "carried out by", written, found.otherwise)]
        compiler = Node(f"compiler:{deployment.compiler}", "compiler", deployment.compiler)
        reason = found.uncompiled
        if not reason and found.compiled is not None:
            values = [argument.value for argument in deployment.constructor]
            code_hash = keccak(creation_code(found.compiled, values))
            if code_hash != self.origin.code_hash:
                reason = f"it gives creation code 0x{code_hash.hex()}"
        evidence = f"compiled again; the chain holds creation code 0x{self.origin.code_hash.hex()}"
        source = self._node(file).id
        links.append(
            (Link(source, compiler.id, "compiled by", not reason, evidence, reason), compiler)
        )
        if isinstance(report, bytes) and found.compiled is not None:
            evidence = f"the trials were run again with seed {deployment.seed}"
            links.append(self._link(file, REPORT_FILE, "tried in", evidence, found.untrue(report)))
        return links

    def _link(
        self, start: str, end: str, kind: str, evidence: str, reason: str
    ) -> tuple[Link, Node]:
        node = self._node(end)
        return Link(self._node(start).id, node.id, kind, not reason, evidence, reason), node

    def _node(self, name: str) -> Node:
        cid = self.names.get(name, "missing")
        return Node(f"artefact:{self.record}/{name}", _KINDS.get(name, "file"), name, {"cid": cid})

    def _specification(self) -> Specification | None:
        data = self._files.get(SPECIFICATION_FILE)
        return decode_specification(data) if isinstance(data, bytes) else None

    def _deployment(self) -> RecordedDeployment | None:
        data = self._files.get(DEPLOYMENT_FILE)
        return read_deployment(data) if isinstance(data, bytes) else None

    def _sources(self) -> dict[str, str] | None:
        """By language; None where one is damaged."""
        found: dict[str, str] = {}
        for language, file in SOURCE_FILES.items():
            content = self._files.get(file)
            if isinstance(content, AssayError):
                return None
            if content is not None:
                found[language] = content.decode("utf-8", "replace")
        return found
