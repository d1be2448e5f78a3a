"""Put the contracts on a chain, find them again, and refuse code that is not ours.

    deployment = deploy(node, sender, Path(".assay/deployments"))
    deployment = load_deployment(node, Path(".assay/deployments"))
    deployment.registry.read("assetOf", asset_id)

Which contracts there are is the `plan`'s. The address of one that we create follows from the build
and the constructor's arguments (`create2`), so that a contract that is there already is checked and
kept: deploying again, from any account, changes nothing. Those at fixed addresses are put there on
the local chain alone; elsewhere they are used where they are, and missed only when they are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eth_utils.crypto import keccak

from assay.chain.build import load_build
from assay.chain.contract import Contract
from assay.chain.create2 import FACTORY, create2_address, creation_data, ensure_factory
from assay.chain.errors import (
    CodeMissing,
    ContractAbsent,
    ContractRevert,
    ManifestMissing,
)
from assay.chain.fixed_contracts import install_fixed, present_names
from assay.chain.manifest import (
    DeployedContract,
    Manifest,
    read_manifest,
    write_manifest,
)
from assay.chain.node import Node
from assay.chain.plan import (
    CREATED,
    FIXED,
    Arguments,
    Circumstances,
    foreign_service,
    is_created,
)
from assay.chain.review_terms import ATTESTATION_SERVICES, review_terms
from assay.chain.transaction import Sender
from assay.chain.verification import (
    created_names,
    init_code,
    own_code,
    require_own,
    verified_code_hash,
)
from assay.core.address import Address


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen when a chain's contracts are first deployed; its manifest says it then.

    Attributes:
        service: an attestation service (EAS) on the chain; None for the one that is known there,
            or else one of our own.
        review_period_s: how long each phase of a review lasts; None for the usual period.
    """

    service: Address | None = None
    review_period_s: int | None = None


_NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Deployment:
    """The contracts of one chain, bound by name; those that we created are checked.

    Attributes:
        bound: every contract of the plan, there or not.
        present: the names of those at fixed addresses that have code there.
    """

    bound: Mapping[str, Contract]
    present: frozenset[str]
    manifest: Manifest

    @property
    def token(self) -> Contract:
        """The payment token."""
        return self.bound["AssayToken"]

    @property
    def registry(self) -> Contract:
        """Datasets, models and services."""
        return self.bound["AssetRegistry"]

    @property
    def content(self) -> Contract:
        """Generated content."""
        return self.bound["ContentToken"]

    @property
    def anchor(self) -> Contract:
        """The roots of call records."""
        return self.bound["CallAnchor"]

    @property
    def licences(self) -> Contract:
        """Offers and licences of assets."""
        return self.bound["Licences"]

    @property
    def identity(self) -> Contract:
        """Who runs a service (ERC-8004)."""
        return self.bound["IdentityRegistry"]

    @property
    def reputation(self) -> Contract:
        """What paying clients say about a service (ERC-8004)."""
        return self.bound["ReputationRegistry"]

    @property
    def reposts(self) -> Contract:
        """Reposts of content, and what is paid to them."""
        return self.bound["Reposts"]

    @property
    def tips(self) -> Contract:
        """Tips for content."""
        return self.bound["Tips"]

    @property
    def creator_subscriptions(self) -> Contract:
        """Plans by which creators are subscribed to."""
        return self.bound["CreatorSubscriptions"]

    @property
    def review(self) -> Contract:
        """Community review of content."""
        return self.bound["ContentReview"]

    @property
    def training(self) -> Contract:
        """Tasks of training together."""
        return self.bound["TrainingTasks"]

    @property
    def reward_weights(self) -> Contract:
        """What data, training and use count in a training task's rewards."""
        return self.bound["RewardWeights"]

    @property
    def contract_records(self) -> Contract:
        """How contracts from language came about."""
        return self.bound["ContractRecords"]

    @property
    def audit_rules(self) -> Contract:
        """The rules of audits, version after version."""
        return self.bound["AuditRuleBook"]

    @property
    def attestations(self) -> Contract:
        """The attestation service (EAS): ours, or the one that the chain has."""
        return self.bound["EAS"]

    @property
    def settlement(self) -> Contract:
        """Payment channels.

        Raises:
            ContractAbsent: the chain has none; so all below.
        """
        return self._present("BatchSettlement")

    @property
    def erc3009_collector(self) -> Contract:
        """Brings deposits by the token's own authorizations."""
        return self._present("Erc3009DepositCollector")

    @property
    def permit2_collector(self) -> Contract:
        """Brings deposits by Permit2."""
        return self._present("Permit2DepositCollector")

    @property
    def permit2(self) -> Contract:
        """Moves any token by signature."""
        return self._present("Permit2")

    @property
    def multicall(self) -> Contract:
        """Reads many values in one call."""
        return self._present("Multicall3")

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """All whose events the ledger follows."""
        followed = [created.name for created in CREATED if created.indexed]
        followed += [fixed.name for fixed in FIXED if fixed.indexed and fixed.name in self.present]
        return tuple(self.bound[name] for name in followed)

    def _present(self, name: str) -> Contract:
        contract = self.bound[name]
        if name not in self.present:
            raise ContractAbsent(name, contract.address, self.chain_id)
        return contract

    @property
    def chain_id(self) -> int:
        """The chain that they live on."""
        return self.manifest.chain_id

    @property
    def first_block(self) -> int:
        """No event that concerns us is older: none comes before the contracts that we created."""
        return min(contract.block for contract in self.manifest.contracts.values())


def deploy(
    node: Node,
    sender: Sender,
    folder: Path,
    *,
    holder: Address | None = None,
    choices: Choices = _NO_CHOICES,
) -> Deployment:
    """Put the contracts on the chain that are not there, and write the manifest.

    Args:
        folder: of manifests. One for this chain decides the arguments, so that every account
            gets the same contracts.
        holder: who gets the token's supply; the sender, if this chain has no manifest.
        choices: count for what the manifest does not name yet.

    Raises:
        ForeignCode: other code is at an address.
        CodeMissing: there is no attestation service where one is said to be.
        InsufficientFunds, FactoryMissing: the sender or the chain cannot do it.
        ManifestDamaged: the manifest was changed.
        ContractsNotBuilt: `make contracts` was not run.
    """
    known = _known(node, folder)
    holder = holder or _known_holder(known) or sender.account.address
    ensure_factory(node, sender)
    if node.is_local:
        install_fixed(node)
    given = _circumstances(node, holder, choices, known)
    contracts: dict[str, DeployedContract] = {}
    for name, arguments in _arguments(given, contracts):
        before = known.contracts.get(name) if known else None
        contracts[name] = _deploy_one(node, sender, name, arguments, before)
    manifest = Manifest(node.chain_id, contracts)
    if manifest != known:
        write_manifest(folder, manifest)
    return _bind(node, manifest)


def load_deployment(node: Node, folder: Path) -> Deployment:
    """The contracts that the manifest names, after checking each one's code.

    Raises:
        ManifestMissing, ManifestDamaged: no manifest for the chain, or a changed one.
        BuildChanged: this build belongs at other addresses.
        CodeMissing, ForeignCode: an address holds nothing, or something else.
    """
    manifest = read_manifest(folder, node.chain_id)
    for name in created_names(manifest):
        verified_code_hash(node, manifest, name, folder)
    return _bind(node, manifest)


def derive_deployment(node: Node, holder: Address, *, choices: Choices = _NO_CHOICES) -> Deployment:
    """The contracts that `deploy` makes for this holder of the token, found without a manifest.

    Their addresses follow from our builds, and their code is checked, so that reading goes on
    while a manifest is damaged.

    Raises:
        CodeMissing, ForeignCode: an address holds nothing, or something else.
    """
    given = _circumstances(node, holder, choices, None)
    contracts: dict[str, DeployedContract] = {}
    for name, arguments in _arguments(given, contracts):
        build = load_build(name)
        address = create2_address(init_code(build, arguments))
        code_hash = "0x" + keccak(own_code(node, address, build)).hex()
        contracts[name] = DeployedContract(address, arguments, code_hash, None, 0)
    return _bind(node, Manifest(node.chain_id, contracts))


def _known(node: Node, folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder, node.chain_id)
    except ManifestMissing:
        return None


def _known_holder(known: Manifest | None) -> Address | None:
    token = known.contracts.get("AssayToken") if known else None
    return Address(str(token.arguments[0])) if token else None


def _circumstances(
    node: Node, holder: Address, choices: Choices, known: Manifest | None
) -> Circumstances:
    """What the arguments depend on: as the manifest has it, then as chosen, then as usual.

    Raises:
        CodeMissing: there is no attestation service where one is said to be.
    """
    service = choices.service or ATTESTATION_SERVICES.get(node.chain_id)
    review = review_terms(choices.review_period_s) if choices.review_period_s else ()
    if known is not None and "ContentReview" in known.contracts:
        service = foreign_service(_all_arguments(known))
        terms = known.contracts["ContentReview"].arguments[-1]
        review = terms if isinstance(terms, tuple) else review
    if service is not None and not node.code(service):
        raise CodeMissing(service, "EAS")
    return Circumstances(node.chain_id, holder, {}, service, review)


def _all_arguments(manifest: Manifest) -> Mapping[str, Arguments]:
    return {name: contract.arguments for name, contract in manifest.contracts.items()}


def _arguments(
    given: Circumstances, made: Mapping[str, DeployedContract]
) -> Iterator[tuple[str, Arguments]]:
    """The contracts in the order of creation, with what their constructors are given.

    `made` has to hold each contract when the next one is asked for.
    """
    for created in CREATED:
        if is_created(created.name, given.service):
            addresses = {name: contract.address for name, contract in made.items()}
            yield created.name, created.arguments(replace(given, addresses=addresses))


def _deploy_one(
    node: Node, sender: Sender, name: str, arguments: Arguments, before: DeployedContract | None
) -> DeployedContract:
    build = load_build(name)
    creation = init_code(build, arguments)
    address = create2_address(creation)
    transaction, block = None, 0
    code = node.code(address)
    if not code:
        try:
            receipt = sender.wait(sender.send(FACTORY, creation_data(creation)))
            transaction, block = receipt.transaction_hash, receipt.block_number
        except ContractRevert:
            if not node.code(address):  # else an earlier transaction of ours was sent again first
                raise
        code = node.code(address)
    require_own(code, address, build)
    if transaction is None and before is not None and before.address == address:
        transaction, block = before.transaction, before.block
    return DeployedContract(address, arguments, "0x" + keccak(code).hex(), transaction, block)


def _bind(node: Node, manifest: Manifest) -> Deployment:
    addresses = {name: manifest.contracts[name].address for name in created_names(manifest)}
    if service := foreign_service(_all_arguments(manifest)):
        addresses["EAS"] = service
    addresses |= {fixed.name: fixed.address for fixed in FIXED}
    bound = {name: Contract(node, name, address) for name, address in addresses.items()}
    return Deployment(bound, present_names(node), manifest)
