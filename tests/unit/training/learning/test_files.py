"""Records out of files: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import InputError
from assay.training.learning.files import (
    DataFileUnreadable,
    DataUnfit,
    read_fitting,
    read_labelled,
)

ROWS = [[0.5, -1.25], [2.0, 3.5]]


def test_arrays_are_read_from_an_npz(tmp_path: Path) -> None:
    path = tmp_path / "own.npz"
    np.savez(path, features=np.array(ROWS), labels=np.array([1, 0], dtype=np.uint8))

    data = read_labelled(path)

    assert data.features.tolist() == ROWS
    assert (data.features.dtype, data.labels.dtype) == (np.float32, np.int64)
    assert data.labels.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("0.5,-1.25,1\n2,3.5,0\n", None),
        ("a,b,class\n0.5,-1.25,1\n\n2,3.5,0\n", None),
        ("class, a ,b\r\n1,0.5,-1.25\r\n0,2,3.5\r\n", "class"),
        ("\ufeffa,class,b\n0.5,1.0,-1.25\n2,0.0,3.5\n", "class"),
    ],
)
def test_a_table_has_its_labels_in_a_named_or_the_last_column(
    tmp_path: Path, text: str, label: str | None
) -> None:
    path = tmp_path / "own.CSV"
    path.write_text(text, encoding="utf-8", newline="")

    data = read_labelled(path, label)

    assert data.features.tolist() == ROWS
    assert data.labels.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "label", "reason"),
    [
        ("", None, "it has no records"),
        ("a,b\n", None, "it has no records"),
        ("a\n1\n", None, "one column alone"),
        ("1,2,0\n3,0\n", None, "line 2 has 2 columns, and the first has 3"),
        ("a,b,c\n1,2,0\n1,tall,0\n", None, "line 3 holds 'tall', which is no number"),
        ("a,b\n1,0.5\n", None, "a label is 0.5, not a whole number from 0"),
        ("a,b\n1,-1\n", None, "a label is -1"),
        ("a,b\n1,nan\n", None, "a label is nan"),
        ("a,b\n1,0\n", "c", "no column 'c'; its columns are a, b"),
        ("1,0\n", "c", "its columns have no names"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(
    tmp_path: Path, text: str, label: str | None, reason: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text)

    with pytest.raises(DataFileUnreadable, match=reason) as caught:
        read_labelled(path, label)

    assert caught.value.hint


def test_a_gap_in_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("1,nan,0\n")

    with pytest.raises(InputError, match="not a finite number"):
        read_labelled(path)


def test_other_files_are_refused_and_nothing_in_them_is_executed(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (tmp_path / "sprung",))  # type: ignore[return-value]

    pickled = tmp_path / "pickled.npz"
    np.savez(pickled, features=np.array([[Trap()]]), labels=np.array([0]))
    (tmp_path / "text.npz").write_text("no archive")
    (tmp_path / "own.txt").write_text("1,0\n")
    np.savez(tmp_path / "half.npz", features=np.zeros((1, 2)))
    np.savez(tmp_path / "named.npz", features=np.zeros((1, 2)), labels=np.array(["yes"]))

    for name, reason in (
        ("pickled.npz", "Object arrays"),
        ("text.npz", "text.npz can't be read"),
        ("own.txt", "its name ends in .txt"),
        ("half.npz", "it has no array labels"),
        ("named.npz", "not numbers"),
        ("none.csv", "No such file"),
    ):
        with pytest.raises(DataFileUnreadable, match=reason):
            read_labelled(tmp_path / name)
    assert not (tmp_path / "sprung").exists()


def test_records_have_to_fit_the_model_of_the_task(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("1,2,0\n3,4,2\n")

    fitting = read_fitting(path, (2, 8, 3))

    assert len(fitting) == 2
    with pytest.raises(DataUnfit, match="they have 2 features"):
        read_fitting(path, (3, 8, 3))
    with pytest.raises(DataUnfit, match="a label is 2"):
        read_fitting(path, (2, 8, 2))


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused_as_input(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")

    try:
        data = read_labelled(path)
    except InputError:
        return

    assert np.isfinite(data.features).all()
    assert data.labels.min() >= 0
