"""Runs Slither on build information: one folder a line in, one answer a line out.

python analyse.py < folders.txt

It runs in an environment of its own, because Slither's dependencies clash with Assay's. A folder
has `artifacts/build-info/*.json` in Hardhat's form, so that nothing has to be compiled.
"""

import contextlib
import inspect
import io
import json
import sys

from slither import Slither
from slither.detectors import all_detectors
from slither.detectors.abstract_detector import AbstractDetector


def detectors() -> list[type[AbstractDetector]]:
    """All that Slither has."""
    found = (getattr(all_detectors, name) for name in dir(all_detectors))
    return [one for one in found if inspect.isclass(one) and issubclass(one, AbstractDetector)]


def analyse(folder: str) -> list[dict[str, object]]:
    """What Slither finds in one folder: check, impact, confidence, elements with lines."""
    slither = Slither(
        folder,
        compile_force_framework="hardhat",
        hardhat_ignore_compile=True,
        npx_disable=True,
    )
    for detector in detectors():
        slither.register_detector(detector)
    return [result for found in slither.run_detectors() for result in found]


def main() -> None:
    """Answer line by line; what goes wrong with one folder is its answer."""
    answers = sys.stdout
    for line in sys.stdin:
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                answer: dict[str, object] = {"results": analyse(line.strip())}
            except Exception as error:  # noqa: BLE001 (whatever Slither trips over is reported)
                answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
