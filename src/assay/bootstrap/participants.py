"""Who takes part in a task on one machine, out of a file.

    consortium = Consortium.read(Path("consortium.yaml"))

Paths are relative to the file, and members without `stake` stake the task's minimum:

    validators:
      - {account: local-1, held_out: held-out-1.npz}
    nodes:
      - {account: local-5, data: hospital-5.csv, label: diagnosis}
      - {account: local-6, leaves: [ward-1.npz, ward-2.npz]}

A node with `leaves` is an edge: each file is a leaf that trains for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assay.bootstrap.leaves import Leaves
from assay.errors import InputError
from assay.training.learning.data import LabelledData
from assay.training.learning.files import read_fitting

LEAVES = "leaves"


class ConsortiumMalformed(InputError):
    """A file does not say who takes part in a task."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} lists no consortium: {reason}.",
            hint="Give `validators`, each with account and held_out, and `nodes`, each with "
            "account and data, or leaves.",
        )
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part.

    Attributes:
        data: the file of a node's records, or of a validator's held-out ones; None of an edge.
        label: the column of labels, of a .csv.
        stake: decimal amount; the task's minimum if None.
        leaves: the files of an edge's leaves.
    """

    account: str
    data: Path | None
    label: str | None = None
    stake: str | None = None
    leaves: tuple[Path, ...] = ()

    def records(self, widths: tuple[int, ...]) -> LabelledData:
        """What the file holds; see `read_fitting`."""
        assert self.data is not None, "an edge's records are its leaves'"
        return read_fitting(self.data, widths, self.label)

    def own(self, widths: tuple[int, ...]) -> LabelledData | Leaves:
        """A node's records, or an edge's leaves."""
        return Leaves(self.leaves, label=self.label) if self.leaves else self.records(widths)


@dataclass(frozen=True, slots=True)
class Consortium:
    """Who takes part on this machine."""

    nodes: tuple[Participant, ...]
    validators: tuple[Participant, ...]

    @classmethod
    def read(cls, path: Path) -> Consortium:
        """Read a YAML file.

        Raises:
            ConsortiumMalformed: it is missing, or no list of members.
        """
        try:
            value = yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConsortiumMalformed(path, error.strerror or str(error)) from None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ConsortiumMalformed(path, str(error)[:200]) from None
        if not isinstance(value, dict) or set(value) != {"nodes", "validators"}:
            raise ConsortiumMalformed(path, "it has other keys than nodes and validators")
        return cls(
            _participants(path, value["nodes"], "data", LEAVES),
            _participants(path, value["validators"], "held_out"),
        )


def _participants(path: Path, value: Any, *kinds: str) -> tuple[Participant, ...]:
    """Members with an account and records of one of these kinds."""
    entries = value if isinstance(value, list) else [value]
    found = [_participant(path, entry, kinds) for entry in entries]
    names = [one.account for one in found]
    if len(set(names)) < len(names):
        raise ConsortiumMalformed(path, f"an account is named twice among {', '.join(names)}")
    return tuple(found)


def _participant(path: Path, entry: Any, kinds: Sequence[str]) -> Participant:
    given = [kind for kind in kinds if isinstance(entry, dict) and kind in entry]
    if len(given) != 1 or not {"account"} <= set(entry) <= {"account", "label", "stake", *given}:
        reason = f"{str(entry)[:80]} has no account and {' or '.join(kinds)}"
        raise ConsortiumMalformed(path, reason)
    records = entry.pop(given[0])
    texts = {name: str(one) for name, one in entry.items()}
    one = Participant(texts["account"], None, texts.get("label"), texts.get("stake"))
    if given[0] != LEAVES:
        return replace(one, data=path.parent / str(records))
    if not isinstance(records, list) or not records:
        raise ConsortiumMalformed(path, f"{str(records)[:80]} is no list of leaves' files")
    return replace(one, leaves=tuple(path.parent / str(file) for file in records))
