"""What a node keeps of secure aggregation beside its updates, in the same folder.

memory = MaskingFolder(home / "training" / "task-1")

masking-7.json      of the last round: secrets, shares of others' secrets, and for whom it gave
                    some of them away; deleted when the next round begins
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.training.node_memory import NodeFolder


@dataclass(frozen=True, slots=True)
class MaskingFolder(NodeFolder):
    """The `NodeMemory` and `MaskingMemory` of one node; only its owner can read it."""

    def masking(self, round_number: int) -> bytes | None:
        """See `MaskingMemory.masking`."""
        path = self.folder / f"masking-{round_number}.json"
        return path.read_bytes() if path.exists() else None

    def keep_masking(self, round_number: int, state: bytes) -> None:
        """See `MaskingMemory.keep_masking`."""
        name = f"masking-{round_number}.json"
        self._write(name, state)
        for path in self.folder.glob("masking-*.json"):
            if int(path.stem[8:]) < round_number:
                path.unlink()
