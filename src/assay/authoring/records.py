"""The record of a deployed contract: everything that it came about by, as the files of a folder.

    record = ContractRecord(specification, "Sale", solidity, ...)
    files = record.files()
    read_deployment(files[DEPLOYMENT_FILE])

The folder's root digest is what the chain binds to the contract's address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assay.authoring.deployment_errors import RecordMalformed
from assay.authoring.model import Specification
from assay.core.address import Address

SCHEMA: Literal["assay-contract-record/1"] = "assay-contract-record/1"
TEXT_FILE = "agreement.txt"
SPECIFICATION_FILE = "specification.json"
SOURCE_FILES = {"solidity": "Contract.sol", "vyper": "Contract.vy"}
REPORT_FILE = "test-report.json"
DESCRIPTION_FILE = "description.md"
DEPLOYMENT_FILE = "deployment.json"
FILE_LIMIT_BYTES = 8 << 20

TargetLanguage = Literal["solidity", "vyper"]


class RecordedArgument(BaseModel):
    """One constructor argument."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["party", "token", "group"]
    name: str
    text: str
    value: str | list[str]


class RecordedDeployment(BaseModel):
    """How the byte code was made out of the sources beside it.

    Attributes:
        contract: its name in the source.
        language: which of the sources was compiled.
        compiler: name and version.
        settings: whatever else decides the byte code.
        assay_version: which wrote source, description and report.
        seed: of the trials.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    assay: Literal["assay-contract-record/1"] = SCHEMA
    contract: str
    language: TargetLanguage
    compiler: str
    settings: dict[str, str]
    assay_version: str
    seed: int
    chain_id: int
    deployer: str
    constructor: list[RecordedArgument]


@dataclass(frozen=True)
class ContractRecord:
    """What a record holds.

    Attributes:
        sources: by language; the deployed one among them.
        report: of the trials of these sources.
        description: told from the rules.
    """

    specification: Specification
    sources: Mapping[str, str]
    report: Mapping[str, Any]
    description: str
    deployment: RecordedDeployment

    def files(self) -> dict[str, bytes]:
        """Every file by its name; the same record gives the same bytes."""
        deployment = self.deployment.model_dump(mode="json")
        texts = {
            TEXT_FILE: self.specification.text,
            SPECIFICATION_FILE: self.specification.model_dump_json(by_alias=True, indent=2) + "\n",
            **{SOURCE_FILES[language]: source for language, source in self.sources.items()},
            REPORT_FILE: _as_text(self.report),
            DESCRIPTION_FILE: self.description,
            DEPLOYMENT_FILE: _as_text(deployment),
        }
        return {name: text.encode() for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Origin:
    """What the chain says of a contract that was deployed with a record.

    Attributes:
        record: root digest of the record's folder, 32 bytes.
        code_hash: keccak256 of the creation code, constructor arguments included.
    """

    record: bytes
    deployer: Address
    code_hash: bytes


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a deployment may take from its sender at the most."""

    gas: int
    cost_wei: int


def read_deployment(data: bytes) -> RecordedDeployment:
    """How the byte code was made.

    Raises:
        RecordMalformed: the file is something else.
    """
    try:
        return RecordedDeployment.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise RecordMalformed(DEPLOYMENT_FILE, f"{place}: {first['msg']}") from None


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
