"""Who takes part in a task on one machine, out of a file.

    consortium = Consortium.read(Path("consortium.yaml"))

Paths are relative to the file, and members without `stake` stake the task's minimum:

    validators:
      - {account: local-1, held_out: held-out-1.npz}
    nodes:
      - {account: local-5, data: hospital-5.csv, label: diagnosis}
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assay.errors import InputError
from assay.training.learning.data import LabelledData
from assay.training.learning.files import read_fitting


class ConsortiumMalformed(InputError):
    """A file does not say who takes part in a task."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} lists no consortium: {reason}.",
            hint="Give `validators`, each with account and held_out, and `nodes`, each with "
            "account and data.",
        )
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part.

    Attributes:
        data: the file of a node's records, or of a validator's held-out ones.
        label: the column of labels, of a .csv.
        stake: decimal amount; the task's minimum if None.
    """

    account: str
    data: Path
    label: str | None = None
    stake: str | None = None

    def records(self, widths: tuple[int, ...]) -> LabelledData:
        """What the file holds; see `read_fitting`."""
        return read_fitting(self.data, widths, self.label)


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
            _participants(path, value["nodes"], "data"),
            _participants(path, value["validators"], "held_out"),
        )


def _participants(path: Path, value: Any, data: str) -> tuple[Participant, ...]:
    known = {"account", data, "label", "stake"}
    found = []
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict) or not {"account", data} <= set(entry) <= known:
            raise ConsortiumMalformed(path, f"{str(entry)[:80]} has no account and {data}")
        texts = {name: str(one) for name, one in entry.items()}
        file = path.parent / texts[data]
        found.append(Participant(texts["account"], file, texts.get("label"), texts.get("stake")))
    names = [one.account for one in found]
    if len(set(names)) < len(names):
        raise ConsortiumMalformed(path, f"an account is named twice among {', '.join(names)}")
    return tuple(found)
