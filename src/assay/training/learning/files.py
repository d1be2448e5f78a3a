"""Records of a node or a validator, out of a file: NumPy's `.npz`, or `.csv`.

    data = read_labelled(Path("hospital-1.csv"), label="diagnosis")

An `.npz` holds two arrays, `features` of shape (records, features) and `labels`, (records,).
A `.csv` holds a record a line, numbers only, perhaps below a line of names; the label is a column
of its own, the last one if none is named. Labels are whole numbers from 0. Nothing of a file is
ever executed: arrays of objects are refused.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError
from assay.training.learning.data import LabelledData

FEATURES, LABELS = "features", "labels"


class DataFileUnreadable(InputError):
    """A file does not hold labelled records in the way that is read here."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} can't be read as labelled records: {reason}.",
            hint="Give an .npz with the arrays features and labels, or a .csv of numbers with a "
            "column of labels that count from 0.",
        )
        self.path = path
        self.reason = reason


class DataUnfit(InputError):
    """Records that a task's model can't take."""

    def __init__(self, path: Path, reason: str, widths: Sequence[int]) -> None:
        super().__init__(
            f"The records in {path} do not fit the task's model {tuple(widths)}: {reason}.",
            hint=f"Prepare them as the task asks: {widths[0]} features, labels from 0 to "
            f"{widths[-1] - 1}.",
        )
        self.path = path
        self.reason = reason


def read_labelled(path: Path, label: str | None = None) -> LabelledData:
    """Read all records of a file.

    Args:
        label: name of a .csv's column of labels; the last one if None.

    Raises:
        DataFileUnreadable: it is missing, empty, or something else.
        InputError: a feature is not finite.
    """
    reader = {".npz": _read_arrays, ".csv": _read_table}.get(path.suffix.lower())
    if reader is None:
        raise DataFileUnreadable(path, f"its name ends in {path.suffix or 'nothing'}")
    try:
        features, labels = reader(path, label)
    except OSError as error:
        raise DataFileUnreadable(path, error.strerror or str(error)) from None
    if len(labels) == 0:
        raise DataFileUnreadable(path, "it has no records")
    return LabelledData(features.astype(np.float32), _whole(path, labels))


def read_fitting(path: Path, widths: Sequence[int], label: str | None = None) -> LabelledData:
    """Read records for a perceptron with layers of these widths.

    Raises:
        DataUnfit: it has other features or labels.
        Everything that `read_labelled` raises.
    """
    data = read_labelled(path, label)
    check_fit(path, data, widths)
    return data


def check_fit(path: Path, data: LabelledData, widths: Sequence[int]) -> None:
    """Hold records out of a file against a perceptron with layers of these widths.

    Raises:
        DataUnfit: they have other features or labels.
    """
    if data.features_count != widths[0]:
        raise DataUnfit(path, f"they have {data.features_count} features", widths)
    if int(data.labels.max()) >= widths[-1]:
        raise DataUnfit(path, f"a label is {int(data.labels.max())}", widths)


def _read_arrays(path: Path, label: str | None) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
    if label is not None:
        raise DataFileUnreadable(path, "only a .csv has a column of labels to name")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if missing := {FEATURES, LABELS} - set(arrays.files):
                raise DataFileUnreadable(path, f"it has no array {' or '.join(sorted(missing))}")
            features, labels = arrays[FEATURES], arrays[LABELS]
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise DataFileUnreadable(path, str(error)[:200]) from None
    if features.dtype.kind not in "fiub" or labels.dtype.kind not in "fiub":
        raise DataFileUnreadable(path, f"it holds {features.dtype} and {labels.dtype}, not numbers")
    return features, labels


def _read_table(path: Path, label: str | None) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataFileUnreadable(path, str(error)[:200]) from None
    names = None if not lines or _is_numbers(lines[0]) else [name.strip() for name in lines.pop(0)]
    at = _label_column(path, label, names)
    if not lines:
        raise DataFileUnreadable(path, "it has no records")
    if len(lines[0]) < 2:
        raise DataFileUnreadable(path, "a record has one column alone")
    rows = _numbers(path, lines, first=1 if names is None else 2)
    return np.delete(rows, at, axis=1), rows[:, at]


def _label_column(path: Path, label: str | None, names: Sequence[str] | None) -> int:
    if label is None:
        return -1
    if names is None or label not in names:
        known = (
            f"its columns are {', '.join(names)[:200]}" if names else "its columns have no names"
        )
        raise DataFileUnreadable(path, f"it has no column {label[:80]!r}; {known}")
    return list(names).index(label)


def _numbers(path: Path, lines: Sequence[Sequence[str]], first: int) -> NDArray[np.float64]:
    width = len(lines[0])
    rows = np.empty((len(lines), width))
    for number, line in enumerate(lines):
        if len(line) != width:
            raise DataFileUnreadable(
                path, f"line {number + first} has {len(line)} columns, and the first has {width}"
            )
        try:
            rows[number] = [float(cell) for cell in line]
        except ValueError:
            wrong = next(cell for cell in line if not _is_numbers([cell]))
            raise DataFileUnreadable(
                path, f"line {number + first} holds {wrong[:80]!r}, which is no number"
            ) from None
    return rows


def _is_numbers(cells: Sequence[str]) -> bool:
    try:
        [float(cell) for cell in cells]
    except ValueError:
        return False
    return True


def _whole(path: Path, labels: NDArray[np.generic]) -> NDArray[np.int64]:
    values = labels.astype(np.float64)
    wrong = ~np.isfinite(values) | (values != np.floor(values)) | (values < 0) | (values > 2**31)
    if wrong.any():
        found = values[wrong].flat[0]
        raise DataFileUnreadable(path, f"a label is {found:g}, not a whole number from 0")
    return values.astype(np.int64)
