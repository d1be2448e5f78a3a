"""The style that a machine can hold: sizes, names, docstrings, no leftovers."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON_FILES = sorted((ROOT / "src").rglob("*.py"))
VAGUE_NAMES = {"utils", "helpers", "manager", "common", "misc"}
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|root|home)/\w")


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def private_names(text: str) -> list[str]:
    """Names of a module that begin with one underscore: nobody else may use them."""
    named = []
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            named.append(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named += [target.id for target in targets if isinstance(target, ast.Name)]
    return [name for name in named if name.startswith("_") and not name.startswith("__")]


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_documented_and_well_named(path: Path) -> None:
    text = path.read_text()

    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)) is not None
    assert path.stem not in VAGUE_NAMES
    too_long = [
        f"{function.name} has {function.end_lineno - function.lineno + 1} lines"
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > 70
    ]
    assert not too_long
    unused = [name for name in private_names(text) if len(re.findall(rf"\b{name}\b", text)) == 1]
    assert not unused


def test_nothing_is_left_for_later_and_no_path_of_one_machine_is_named() -> None:
    found = []
    for path in tracked_files():
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}: {match.group()}"
            for pattern in (LEFTOVERS, MACHINE_PATHS)
            for match in pattern.finditer(text)
        ]

    assert not found


def test_built_files_are_not_committed() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked_files()]

    built = [
        name
        for name in names
        if "node_modules/" in name or name.startswith(("contracts/out/", "src/assay/chain/abi/"))
    ]
    assert [name for name in built if not name.endswith((".gitkeep", "README.md"))] == []
