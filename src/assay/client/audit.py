"""Audits: what is known to go wrong with contracts, and whether code does what prose says.

with assay.connect() as client:
    audit = client.audit.run("contracts/")
    [one.message for one in audit.findings if one.severity == "high"]
    prose = client.authoring.read("agreement.md")
    held = client.audit.run("Escrow.sol", prose=prose)
    [one.counterexample for one in held.violated]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assay.authoring.audit.errors import SourceNeeded
from assay.authoring.audit.model import CodeAudit
from assay.authoring.audit.use_cases.auditing import Auditors, Progress, audit_code
from assay.authoring.audit.use_cases.comparing import compare
from assay.authoring.audit.use_cases.holding import Options, cut_short, hold_file
from assay.authoring.audit.use_cases.reading_prose import prose_audit
from assay.bootstrap.audit import make_auditors
from assay.bootstrap.authoring import make_workshop
from assay.client.audit_reports import AuditReportClient
from assay.core.address import parse_address
from assay.errors import AssayError, InputError

if TYPE_CHECKING:
    from assay.authoring.model import Specification

PROPERTIES_TIMEOUT_S = 6.0
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}\Z")


class AuditClient(AuditReportClient):
    """Only attesting, publishing rules and code at an address need a node."""

    def run(
        self,
        path: Path | str | None = None,
        *,
        timeout_s: float = 60.0,
        progress: Progress = lambda _what, _done, _total: None,
        prose: Specification | None = None,
        source: Path | str | None = None,
        parties: Mapping[str, str] | None = None,
        arguments: Mapping[str, str] | None = None,
        seed: int = 1,
        properties_timeout_s: float = PROPERTIES_TIMEOUT_S,
    ) -> CodeAudit:
        """What is found in a file or a folder of Solidity (0.4 to 0.8) and Vyper.

        Each tool has `timeout_s` for each file; one that hangs or is missing is named in `gaps`.

        Args:
            path: of the code, or its address on the chain; None where there is only prose.
            prose: what the code is to do (`client.authoring.read`); each clause is tried.
            source: of the code at an address.
            parties: names in the code by names in the prose, like `甲方: buyer`.
            arguments: of the constructor, by their names, where the prose does not give them.
            seed: of the trials, so that they can be repeated.
            properties_timeout_s: for all trials of the clauses.

        Raises:
            NothingToAudit: there is no source.
            CodeDiffers: the code at the address is not what the source compiles to.
            InputError: the only file cannot be read, or has errors.
            UnavailableError: nothing could be compiled, or tried.
        """
        if path is None:
            if prose is None:
                raise InputError("There is nothing to audit.", hint="Name code, prose, or both.")
            return CodeAudit((), (), prose=prose_audit(prose))
        options = Options(parties or {}, arguments or {}, seed, properties_timeout_s)
        auditors = make_auditors(timeout_s)
        try:
            address, file = self._located(path, source, auditors)
            found = self._audit(file, auditors, prose, options, progress)
        finally:
            auditors.close()
        return replace(found, address=address)

    def run_sources(
        self,
        sources: Mapping[str, str],
        *,
        main: str | None = None,
        timeout_s: float = 60.0,
        prose: Specification | None = None,
        parties: Mapping[str, str] | None = None,
        arguments: Mapping[str, str] | None = None,
        seed: int = 1,
        properties_timeout_s: float = PROPERTIES_TIMEOUT_S,
    ) -> CodeAudit:
        """What `run` finds in texts by their names; they import each other and libraries only.

        Args:
            sources: texts by relative paths like `tokens/Token.sol`.
            main: the one that is audited, the others being imported; None for all.

        Raises:
            InputError: a name leads out of the folder, or `main` is not among them.
            NothingToAudit, UnavailableError: as `run`.
        """
        options = Options(parties or {}, arguments or {}, seed, properties_timeout_s)
        with TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            for name, text in sources.items():
                target = (root / name).resolve()
                if not target.is_relative_to(root) or target == root:
                    raise InputError(f"{name!r} is no name of a source.", hint="Like Token.sol.")
                try:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(text.encode("utf-8", "replace"))
                except OSError:
                    raise InputError(
                        f"{name!r} is no place for a source: another stands in its way.",
                        hint="Give every source a path of its own, like tokens/Token.sol.",
                    ) from None
            if main is not None and main not in sources:
                raise InputError(f"{main!r} is not among the sources.", hint="Give its text too.")
            only = main or (next(iter(sources)) if len(sources) == 1 else "")
            auditors = make_auditors(timeout_s, within=root)
            try:
                found = self._audit(root / only, auditors, prose, options)
            except AssayError as error:
                error.args = (str(error).replace(f"{root}/", "").replace(str(root), "the folder"),)
                raise
            finally:
                auditors.close()
            return found.named({f"{root}/": ""})

    def _audit(
        self,
        file: Path,
        auditors: Auditors,
        prose: Specification | None,
        options: Options,
        progress: Progress = lambda _what, _done, _total: None,
    ) -> CodeAudit:
        rules = self._chain.rules_in_force()
        found = rules.marked(audit_code(file, auditors, progress, rules.book))
        if prose is None:
            return found
        held = hold_file(prose, file, auditors, make_workshop(), options=options, progress=progress)
        gaps = (*found.gaps, *cut_short(held, str(file), options.timeout_s))
        return replace(found, properties=held.properties, prose=held.prose, gaps=gaps)

    def _located(
        self, path: Path | str, source: Path | str | None, auditors: Auditors
    ) -> tuple[str | None, Path]:
        """The address, where one is meant, and the file of its source."""
        if not _ADDRESS.match(str(path)) or Path(path).exists():
            if source is not None:
                raise InputError("--source is for code at an address.", hint="Name one file only.")
            return None, Path(path)
        address = parse_address(str(path))
        if source is None:
            raise SourceNeeded(address)
        compare(address, self._workspace.node.code(address), Path(source), auditors)
        return address, Path(source)
