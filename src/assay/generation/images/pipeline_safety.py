"""What is looked at before a diffusers folder is loaded: nothing in it may run as code.

    class_name = inspect_pipeline(Path("pipeline"))

Pickled weights run whatever they hold, and so may Python files and classes named by configuration.
Only safetensors, and classes that diffusers and transformers bring themselves, are let through.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assay.generation.images.errors import NotAPipeline, PipelineUnsafe

INDEX_NAME = "model_index.json"
_LARGEST_CONFIGURATION_BYTES = 50_000_000  # a tokenizer with a large vocabulary
_RUNS_AS_CODE = frozenset(
    (".bin", ".ckpt", ".dill", ".h5", ".joblib", ".keras", ".msgpack", ".npy", ".npz", ".pickle",
     ".pkl", ".pt", ".pth", ".py", ".pyc", ".pyd", ".so", ".dll", ".dylib")
)  # fmt: skip
_LIBRARIES = ("diffusers", "transformers")


def inspect_pipeline(folder: Path) -> dict[str, Any]:
    """Refuse what would run as code; the index of a pipeline that is let through.

    Raises:
        NotAPipeline: no index, or one that is not of this form.
        PipelineUnsafe: pickles, code, links out of the folder, classes of other libraries.
    """
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        _check_file(path, root)
    index = _read_json(folder / INDEX_NAME, folder)
    if not isinstance(index.get("_class_name"), str):
        raise PipelineUnsafe(folder / INDEX_NAME, "its pipeline is not a class of diffusers")
    for name, library, _class_name in components(index):
        if library not in _LIBRARIES and not _diffusers_module(library):
            raise PipelineUnsafe(
                folder / INDEX_NAME, f"its part {name!r} is of the library {library!r}"
            )
    return index


def components(index: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(name, library, class) of each part that is there."""
    for name, value in index.items():
        if isinstance(value, list) and len(value) == 2 and all(isinstance(v, str) for v in value):
            yield name, value[0], value[1]


def _diffusers_module(library: str) -> bool:
    """Parts such as a safety checker are named by the diffusers module that they live in."""
    from diffusers import pipelines  # noqa: PLC0415 - slow

    return library.isidentifier() and library in getattr(pipelines, "_import_structure", {})


def _check_file(path: Path, root: Path) -> None:
    if not path.resolve().is_relative_to(root):
        raise PipelineUnsafe(path, "it leads out of the folder")
    if path.suffix.lower() in _RUNS_AS_CODE:
        raise PipelineUnsafe(path, f"files that end in {path.suffix} can run as code")
    if path.name.endswith(".json") and path.is_file():
        configuration = _read_json(path, root)
        if isinstance(configuration, dict) and "auto_map" in configuration:
            raise PipelineUnsafe(path, "it asks for code of its own (auto_map)")


def _read_json(path: Path, folder: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_CONFIGURATION_BYTES:
            raise NotAPipeline(folder, f"{path.name} is too large")
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NotAPipeline(folder, f"there is no {path.name}") from None
    except (ValueError, RecursionError):
        raise NotAPipeline(folder, f"{path.name} is no JSON") from None
    if not isinstance(value, dict):
        if path.name == INDEX_NAME:
            raise NotAPipeline(folder, f"{path.name} is no mapping")
        return {}
    return value
