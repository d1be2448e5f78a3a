"""Whether the contracts of a chain are what was built and promised, each by itself.

for check in check_deployment(node, Path(".assay/deployments")):
    print(check.name, check.ok, check.reason)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eth_abi.exceptions import EncodingError
from eth_utils.crypto import keccak

from assay.chain.build import Build, load_build
from assay.chain.codec import encode_values
from assay.chain.create2 import create2_address
from assay.chain.errors import (
    BuildChanged,
    CodeMissing,
    ForeignCode,
    ManifestDamaged,
    ManifestMissing,
)
from assay.chain.fixed_contracts import code_hashes
from assay.chain.manifest import Manifest, manifest_path, read_manifest
from assay.chain.node import Node
from assay.chain.plan import CREATED_NAMES, FIXED, Arguments, foreign_service, is_created
from assay.core.address import Address
from assay.errors import IntegrityError


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """Whether one contract is what the manifest promises.

    Attributes:
        address: empty if not even the manifest could be read.
        evidence: what was looked at.
        reason: why it is not ok; empty if it is.
    """

    name: str
    address: str
    ok: bool
    evidence: str
    reason: str


def check_deployment(node: Node, folder: Path) -> list[ContractCheck]:
    """Check each contract by itself; damage is told in the result, never raised.

    Of those at fixed addresses only the ones that the ledger follows are told of: on the local
    chain they have to be our builds, elsewhere whoever put them there answers for them.

    Raises:
        ChainUnreachable: the node does not answer, so that nothing can be said.
    """
    try:
        manifest = read_manifest(folder, node.chain_id)
    except (ManifestMissing, ManifestDamaged) as error:
        evidence = str(manifest_path(folder, node.chain_id))
        checks = [ContractCheck(name, "", False, evidence, str(error)) for name in CREATED_NAMES]
    else:
        names = created_names(manifest)
        checks = [_checked(node, manifest, name, folder) for name in names]
    return [*checks, *_checked_fixed(node)]


def created_names(manifest: Manifest) -> tuple[str, ...]:
    """What the manifest has to name: all that is created where there is nothing of the kind."""
    service = foreign_service(
        {name: contract.arguments for name, contract in manifest.contracts.items()}
    )
    return tuple(name for name in CREATED_NAMES if is_created(name, service))


def _checked(node: Node, manifest: Manifest, name: str, folder: Path) -> ContractCheck:
    entry = manifest.contracts.get(name)
    address = entry.address if entry else ""
    try:
        code_hash = verified_code_hash(node, manifest, name, folder)
    except IntegrityError as error:
        return ContractCheck(name, address, False, f"code at {address or 'no address'}", str(error))
    return ContractCheck(name, address, True, f"code {code_hash} at {address}", "")


def _checked_fixed(node: Node) -> Iterator[ContractCheck]:
    hashes = code_hashes(node)
    for fixed in FIXED:
        if not fixed.indexed or not (fixed.name in hashes or node.is_local):
            continue
        code_hash, own = hashes.get(fixed.name, ("", False))
        reason: IntegrityError | str = ""
        if not code_hash:
            reason = CodeMissing(fixed.address, fixed.name)
        elif node.is_local and not own:
            reason = ForeignCode(fixed.address, fixed.name)
        evidence = f"code {code_hash or 'missing'} at {fixed.address}"
        yield ContractCheck(fixed.name, fixed.address, not reason, evidence, str(reason))


def verified_code_hash(node: Node, manifest: Manifest, name: str, folder: Path) -> str:
    """The hash of the contract's code, if that is as promised: 0x and 64 characters.

    Raises:
        ManifestDamaged: the manifest lacks the contract, or what it says cannot be.
        BuildChanged: this build belongs at another address.
        CodeMissing, ForeignCode: the address holds nothing, or something else.
    """
    path = manifest_path(folder, node.chain_id)
    entry = manifest.contracts.get(name)
    if entry is None:
        raise ManifestDamaged(path, f"it does not name {name}")
    build = load_build(name)
    try:
        expected = create2_address(init_code(build, entry.arguments))
    except (EncodingError, TypeError, ValueError):
        raise ManifestDamaged(path, f"it gives {name} impossible arguments") from None
    if expected != entry.address:
        raise BuildChanged(name, expected, entry.address)
    code_hash = "0x" + keccak(own_code(node, entry.address, build)).hex()
    if code_hash != entry.code_hash:
        raise ForeignCode(entry.address, name)
    return code_hash


def own_code(node: Node, address: Address, build: Build) -> bytes:
    """The code at an address, which has to be the build's.

    Raises:
        CodeMissing, ForeignCode: it is not there, or another.
    """
    code = node.code(address)
    require_own(code, address, build)
    return code


def require_own(code: bytes, address: Address, build: Build) -> None:
    """Refuse code that is not the build's.

    Raises:
        CodeMissing, ForeignCode: it is not there, or another.
    """
    if not code:
        raise CodeMissing(address, build.name)
    if not build.matches(code):
        raise ForeignCode(address, build.name)


def init_code(build: Build, arguments: Arguments) -> bytes:
    """What creates a contract: its creation code, and what its constructor is given."""
    constructors = [entry for entry in build.abi if entry["type"] == "constructor"]
    inputs = constructors[0]["inputs"] if constructors else ()
    return build.bytecode + encode_values(inputs, arguments)
