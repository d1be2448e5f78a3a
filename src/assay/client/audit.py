"""Audits: what is known to go wrong with contracts, looked for in code.

with assay.connect() as client:
    audit = client.audit.run("contracts/")
    [one.message for one in audit.findings if one.severity == "high"]
"""

from __future__ import annotations

from pathlib import Path

from assay.authoring.audit.model import CodeAudit
from assay.authoring.audit.use_cases.auditing import Progress, audit_code
from assay.bootstrap.audit import make_auditors


class AuditClient:
    """Needs neither a node nor an account."""

    def run(
        self,
        path: Path | str,
        *,
        timeout_s: float = 60.0,
        progress: Progress = lambda _what, _done, _total: None,
    ) -> CodeAudit:
        """What is found in a file or a folder of Solidity (0.4 to 0.8) and Vyper.

        Each tool has `timeout_s` for each file; one that hangs or is missing is named in `gaps`.

        Raises:
            NothingToAudit: there is no source.
            InputError: the only file cannot be read, or has errors.
            UnavailableError: nothing could be compiled.
        """
        auditors = make_auditors(timeout_s)
        try:
            return audit_code(Path(path), auditors, progress)
        finally:
            auditors.close()
