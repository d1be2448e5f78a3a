"""Many generated contracts before Slither at once: it takes seconds to start, not to look.

found = heard_of({"Purchase": source, "Lease": source})   # by name, of medium and above
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assay.authoring.audit.slither import Slither
from assay.authoring.audit.sources.solidity import SolidityParser

WEIGHTY = frozenset({"medium", "high"})
TIMEOUT_S = 300.0


def heard_of(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """What Slither says of each contract, by the name of the contract.

    Raises:
        ToolMissing, ToolFailed: Slither or a compiler is not there, or broke off.
    """
    whole, ends = _joined(sources)
    parser, slither = SolidityParser(timeout_s=TIMEOUT_S), Slither(timeout_s=TIMEOUT_S)
    try:
        heard = slither.listen(parser.parse(Path("Generated.sol"), whole))
    finally:
        slither.close()
        parser.close()
    found: dict[str, list[str]] = {name: [] for name in sources}
    for one in heard:
        if one.finding.severity in WEIGHTY:
            name = next(name for name, end in ends.items() if one.finding.line <= end)
            found[name].append(f"{one.check}: {one.finding.message}")
    return found


def _joined(sources: Mapping[str, str]) -> tuple[str, dict[str, int]]:
    """One file of all contracts, and the last line of each."""
    lines = [line for source in sources.values() for line in source.splitlines()]
    heads = [line for line in lines if line.startswith(("// SPDX", "pragma ", "import "))]
    joined, ends = list(dict.fromkeys(heads)), {}
    for name, source in sources.items():
        joined += [line for line in source.splitlines() if line not in heads]
        ends[name] = len(joined)
    return "\n".join(joined) + "\n", ends
