"""One set of compilers for all tests of the audit: starting them is what takes time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assay.authoring.audit.detectors.catalogue import detect
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import unit_of
from assay.authoring.audit.sources.solidity import SolidityParser


@pytest.fixture(scope="session")
def parser() -> Iterator[SolidityParser]:
    made = SolidityParser()
    yield made
    made.close()


@pytest.fixture(scope="session")
def detected(parser: SolidityParser) -> Callable[[str], list[Finding]]:
    return lambda source: detect(unit_of(parser.parse(Path("Subject.sol"), source)))
