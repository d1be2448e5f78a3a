"""A built folder to a contract on the chain, bound to the record of how it came about.

    prepared = prepare(folder, given, yard, language="solidity")
    prepared.report.passed, prepared.arguments, prepared.estimate   # for a person to say yes to
    deploy(prepared, yard).address

What is deployed was tried a moment before, from the sources as they are. The record stands in the
store before anything is sent, and the same deployment, made again after a crash, finds the contract
that is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from eth_utils.crypto import keccak

from assay.authoring.blocks.composing import compose
from assay.authoring.compiling.model import Compiled
from assay.authoring.creation import created_address, creation_code
from assay.authoring.deployment_errors import (
    NotDeployable,
    SourceEdited,
    TokenUnfit,
    TrialsFailed,
)
from assay.authoring.describing.describing import describe
from assay.authoring.model import Specification
from assay.authoring.parties import Argument, Given, constructor_arguments, takes_deployer
from assay.authoring.ports import ContractChain, RecordFolders, RecordIndex
from assay.authoring.program.model import Program
from assay.authoring.program.solidity import write_solidity
from assay.authoring.program.vyper import write_vyper
from assay.authoring.records import (
    SOURCE_FILES,
    ContractRecord,
    Estimate,
    RecordedArgument,
    RecordedDeployment,
    TargetLanguage,
)
from assay.authoring.trials.report import TestReport
from assay.authoring.use_cases.building import Progress, Workshop
from assay.authoring.use_cases.retrying import BuiltFolder, Tried, compile_and_try, read_folder
from assay.core.address import Address
from assay.errors import InputError

DISTRIBUTION = "assay-chain"
_WRITERS = {"solidity": write_solidity, "vyper": write_vyper}


@dataclass(frozen=True)
class Yard:
    """What deploying needs."""

    workshop: Workshop
    chain: ContractChain
    folders: RecordFolders
    index: RecordIndex


@dataclass(frozen=True)
class Prepared:
    """A deployment that waits for a yes.

    Attributes:
        address: where the contract will stand, or stands.
        there: it was deployed before; nothing is left to do.
        record: root digest of the record's folder, 32 bytes; `cid` names the same.
        estimate: None where it is there.
    """

    specification: Specification
    report: TestReport
    description: str
    arguments: tuple[Argument, ...]
    language: TargetLanguage
    files: dict[str, bytes]
    record: bytes
    cid: str
    creation_code: bytes
    address: Address
    there: bool
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class Deployed:
    """A contract on the chain.

    Attributes:
        transaction: that created it; None where it was there before and is not indexed.
        already: it was there before.
    """

    address: Address
    record_cid: str
    transaction: str | None
    already: bool


def prepare(
    folder: Path,
    given: Given,
    yard: Yard,
    *,
    language: TargetLanguage = "solidity",
    seed: int = 1,
    progress: Progress = lambda _what, _done, _total: None,
) -> Prepared:
    """Try the folder's sources as they are, and work out everything up to the transaction.

    Raises:
        InputError: the folder was not written by `build`, or lacks the language.
        TrialsFailed, SourceEdited, NotDeployable: it is not deployed.
        PartyMissing, PartyUnknown, PartyUnfit, TokenUnfit: the addresses are not right.
        UnavailableError: a compiler, the EVM or the chain is missing.
    """
    held = read_folder(folder)
    if _sources(held).get(language) is None:
        raise InputError(f"{folder} has no {SOURCE_FILES[language]}.", hint="Build it again.")
    arguments = _checked_arguments(held, given, yard)
    tried = _tried(held, yard.workshop, seed, progress)
    _refuse_failed(folder, tried.report)
    _refuse_edited(held, tried.composition.program)
    description = describe(held.specification, tried.composition)
    compiled = tried.compiled[language]
    deployment = _recorded(held.name, compiled, arguments, yard=yard, seed=seed)
    record = ContractRecord(
        held.specification, _sources(held), tried.report.as_json(), description, deployment
    )
    return _placed(
        record, tried.report, creation_code(compiled, _values(arguments)), arguments, yard
    )


def deploy(prepared: Prepared, yard: Yard) -> Deployed:
    """Store the record, then create the contract; what is there already is told, not made again.

    Raises:
        NotDeployable: the constructor refuses.
        InsufficientFunds, TransactionPending, ...: as every transaction.
    """
    yard.folders.add(prepared.files)
    if prepared.there:
        transaction = yard.index.transaction(prepared.address)
        return Deployed(prepared.address, prepared.cid, transaction, already=True)
    sent = yard.chain.deploy(prepared.creation_code, prepared.record)
    return Deployed(prepared.address, prepared.cid, sent, already=False)


def _checked_arguments(held: BuiltFolder, given: Given, yard: Yard) -> tuple[Argument, ...]:
    """Before anything takes long."""
    program = compose(held.specification, yard.workshop.blocks, name=held.name).program
    if takes_deployer(program):
        reason = "it would take the contract of records for one of its parties"
        raise NotDeployable(reason, "Name the party in the agreement.")
    arguments = constructor_arguments(held.specification, program, given)
    _check_tokens(arguments, yard.chain)
    return arguments


def _tried(held: BuiltFolder, workshop: Workshop, seed: int, progress: Progress) -> Tried:
    return compile_and_try(
        held.specification,
        held.name,
        workshop,
        solidity=held.solidity,
        vyper=held.vyper,
        seed=seed,
        progress=progress,
    )


def _sources(held: BuiltFolder) -> dict[str, str]:
    found = {"solidity": held.solidity, "vyper": held.vyper}
    return {language: source for language, source in found.items() if source is not None}


def _refuse_failed(folder: Path, report: TestReport) -> None:
    if not report.passed:
        raise TrialsFailed(str(folder), [one.told() for one in report.failures])


def _refuse_edited(held: BuiltFolder, program: Program) -> None:
    for language, source in _sources(held).items():
        if source != _WRITERS[language](program):
            raise SourceEdited(SOURCE_FILES[language])


def _check_tokens(arguments: tuple[Argument, ...], chain: ContractChain) -> None:
    for one in arguments:
        if one.kind != "token":
            continue
        [address] = one.addresses
        if not chain.has_code(address):
            raise TokenUnfit(one.text, address, f"there is no contract on chain {chain.chain_id}")
        decimals = chain.decimals(address)
        if decimals is None:
            raise TokenUnfit(one.text, address, "the contract there does not tell its decimals")
        if decimals != one.decimals:
            reason = f"the token there has {decimals} decimals, and {one.decimals} were agreed"
            raise TokenUnfit(one.text, address, reason)


def _recorded(
    name: str, compiled: Compiled, arguments: tuple[Argument, ...], *, yard: Yard, seed: int
) -> RecordedDeployment:
    compiler = yard.workshop.solidity if compiled.language == "solidity" else yard.workshop.vyper
    return RecordedDeployment(
        contract=name,
        language=compiled.language,
        compiler=compiled.compiler,
        settings=dict(compiler.settings),
        assay_version=version(DISTRIBUTION),
        seed=seed,
        chain_id=yard.chain.chain_id,
        deployer=yard.chain.account,
        constructor=[RecordedArgument.model_validate(one.as_json()) for one in arguments],
    )


def _values(arguments: tuple[Argument, ...]) -> list[object]:
    return [one.value for one in arguments]


def _placed(
    record: ContractRecord,
    report: TestReport,
    code: bytes,
    arguments: tuple[Argument, ...],
    yard: Yard,
) -> Prepared:
    """Where it will stand, or stands, and what it takes to get it there."""
    files = record.files()
    digest = yard.folders.digest(files)
    address = created_address(yard.chain.address, yard.chain.account, digest, keccak(code))
    there = yard.chain.origin(address) is not None
    return Prepared(
        specification=record.specification,
        report=report,
        description=record.description,
        arguments=arguments,
        language=record.deployment.language,
        files=files,
        record=digest,
        cid=yard.folders.cid(digest),
        creation_code=code,
        address=address,
        there=there,
        estimate=None if there else yard.chain.estimate(code, digest),
    )
