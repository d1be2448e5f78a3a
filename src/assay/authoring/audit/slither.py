"""Slither (https://github.com/crytic/slither), in an environment of its own.

It reads what our compilers gave, as build information in Hardhat's form, so it never compiles.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assay.authoring.audit.errors import ToolFailed, ToolMissing
from assay.authoring.audit.model import BugClass, Finding, Grade
from assay.authoring.audit.sources.solidity import CONTRACTS_FOLDER, SOLC, Parsed
from assay.authoring.audit.tools import LineTool

NAME = "Slither"
ENVIRONMENT = CONTRACTS_FOLDER.parent / ".venv-audit"

CLASSES: dict[str, BugClass] = {
    "reentrancy-eth": "reentrancy",
    "reentrancy-balance": "reentrancy",
    "reentrancy-no-eth": "reentrancy",
    "reentrancy-benign": "reentrancy",
    "reentrancy-events": "reentrancy",
    "suicidal": "access_control",
    "arbitrary-send-eth": "access_control",
    "arbitrary-send-erc20": "access_control",
    "arbitrary-send-erc20-permit": "access_control",
    "controlled-delegatecall": "access_control",
    "controlled-array-length": "access_control",
    "tx-origin": "access_control",
    "unprotected-upgrade": "access_control",
    "protected-vars": "access_control",
    "events-access": "access_control",
    "divide-before-multiply": "arithmetic",
    "incorrect-exp": "arithmetic",
    "incorrect-shift": "arithmetic",
    "tautology": "arithmetic",
    "events-maths": "arithmetic",
    "unchecked-lowlevel": "unchecked_calls",
    "unchecked-send": "unchecked_calls",
    "unchecked-transfer": "unchecked_calls",
    "unused-return": "unchecked_calls",
    "calls-loop": "denial_of_service",
    "msg-value-loop": "denial_of_service",
    "delegatecall-loop": "denial_of_service",
    "costly-loop": "denial_of_service",
    "incorrect-equality": "denial_of_service",
    "return-bomb": "denial_of_service",
    "weak-prng": "bad_randomness",
    "gelato-unprotected-randomness": "bad_randomness",
    "timestamp": "time_manipulation",
}
"""The class of each check; those that are not here are `other`."""

KEPT = frozenset(
    {
        "reentrancy-eth",
        "reentrancy-balance",
        "suicidal",
        "arbitrary-send-erc20",
        "arbitrary-send-erc20-permit",
        "unprotected-upgrade",
        "incorrect-exp",
        "incorrect-shift",
        "unchecked-lowlevel",
        "unchecked-send",
        "unchecked-transfer",
        "msg-value-loop",
        "delegatecall-loop",
        "gelato-unprotected-randomness",
        "abiencoderv2-array",
        "array-by-reference",
        "encode-packed-collision",
        "locked-ether",
        "mapping-deletion",
        "name-reused",
        "rtlo",
        "shadowing-state",
        "storage-array",
        "uninitialized-state",
        "uninitialized-storage",
    }
)
"""Checks that an audit shows: the others annoy more than they find, or our detectors are surer."""

_GRADES: dict[str, Grade] = {"High": "high", "Medium": "medium", "Low": "low"}
_FIX = "See https://github.com/crytic/slither/wiki/Detector-Documentation#{check}."


def slither_version(environment: Path = ENVIRONMENT) -> str | None:
    """The release that is installed; None if none is."""
    found = sorted(environment.glob("lib/python*/site-packages/slither_analyzer-*.dist-info"))
    return found[0].name.split("-")[1].removesuffix(".dist") if found else None


@dataclass(frozen=True, slots=True)
class Heard:
    """One result of Slither's, before anything is left out."""

    check: str
    finding: Finding


class Slither:
    """Kept running between files.

    Args:
        environment: a virtual environment that has `slither-analyzer`.
        timeout_s: after which a file is given up.
    """

    def __init__(self, environment: Path = ENVIRONMENT, timeout_s: float = 60.0) -> None:
        self._python = environment / "bin" / "python"
        program = CONTRACTS_FOLDER / "audit" / "analyse.py"
        self._tool = LineTool(NAME, (str(self._python), str(program)), timeout_s)

    def listen(self, parsed: Parsed) -> list[Heard]:
        """All that it says about one file, but for remarks on style and gas.

        Raises:
            ToolMissing: it is not installed.
            ToolFailed: it broke off or took too long.
        """
        if not parsed.compiler.startswith(SOLC):
            raise ToolFailed(NAME, "it reads no Vyper of this release")
        if not self._python.exists():
            raise ToolMissing(NAME)
        with TemporaryDirectory(prefix="assay-audit-") as folder:
            _write_build_info(Path(folder), parsed)
            answer = json.loads(self._tool.ask(folder))
        if "error" in answer:
            raise ToolFailed(NAME, str(answer["error"])[:300])
        heard = (_heard(result, parsed.path) for result in answer["results"])
        return [one for one in heard if one is not None]

    def find(self, parsed: Parsed) -> list[Finding]:
        """What is worth showing.

        Raises:
            ToolMissing, ToolFailed: as `listen`.
        """
        return [one.finding for one in self.listen(parsed) if one.check in KEPT]

    def close(self) -> None:
        """End it."""
        self._tool.close()


def _write_build_info(folder: Path, parsed: Parsed) -> None:
    for name in parsed.output["sources"]:
        place = (folder / name).resolve()
        if place.is_relative_to(folder.resolve()):
            place.parent.mkdir(parents=True, exist_ok=True)
            given = parsed.request["sources"].get(name, {"content": ""})
            place.write_text(given["content"], encoding="utf-8")
    nothing = {"object": "", "sourceMap": ""}
    contracts = {
        path: {
            name: {
                "abi": built.get("abi", []),
                "evm": {"bytecode": nothing, "deployedBytecode": nothing, "methodIdentifiers": {}},
            }
            for name, built in found.items()
        }
        for path, found in parsed.output.get("contracts", {}).items()
    }
    info = {
        "_format": "hh-sol-build-info-1",
        "solcVersion": parsed.version,
        "input": parsed.request,
        "output": {"sources": parsed.output["sources"], "contracts": contracts},
    }
    target = folder / "artifacts" / "build-info" / "audit.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(info), encoding="utf-8")


def _heard(result: dict[str, Any], path: str) -> Heard | None:
    """One result as a finding; none for remarks, and for what lies in other files."""
    check, severity = result["check"], _GRADES.get(result["impact"])
    elements = [
        one
        for one in result["elements"]
        if one["source_mapping"]["filename_short"] == path and one["source_mapping"]["lines"]
    ]
    if severity is None or not elements:
        return None
    nodes = [one for one in elements if one["type"] == "node"]
    place = _place(check, nodes) if nodes else elements[0]
    text = " ".join(result["description"].split())
    finding = Finding(
        rule=f"slither-{check}",
        bug_class=_class_of(check, text),
        severity=severity,
        confidence=_GRADES.get(result["confidence"], "low"),
        file="",
        line=place["source_mapping"]["lines"][0],
        message=text,
        fix=_FIX.format(check=check),
        function=_function_of(elements),
    )
    return Heard(check, finding)


def _place(check: str, nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The node that is to blame: in reentrancy the first call, which comes before the writes."""
    if check.startswith("reentrancy"):
        calls = [
            one
            for one in nodes
            if one.get("additional_fields", {}).get("underlying_type", "").startswith("external")
        ]
        return (calls or nodes)[0]
    return nodes[0]


def _class_of(check: str, text: str) -> BugClass:
    by_time = "block.timestamp" in text or "(now)" in text
    if check in {"weak-prng", "incorrect-equality"} and by_time:
        return "time_manipulation"
    return CLASSES.get(check, "other")


def _function_of(elements: list[dict[str, Any]]) -> str:
    for one in elements:
        holder = one
        while holder:
            parent = holder.get("type_specific_fields", {}).get("parent", {})
            if holder["type"] == "function":
                contract = parent.get("name", "")
                name = holder["name"]
                return f"{contract}.{'constructor' if name == contract else name}"
            holder = parent
    return ""
