"""Contracts from language: read an agreement, answer what it leaves open, build and try it.

with assay.connect() as client:
    read = client.authoring.read(text="When the user pays $100, issue 10 tokens to them")
    answers = {"fiat_token.USD": "USDC 6", "payment_to_nobody.1": "issuer"}
    built = client.authoring.build(read, answers=answers, name="Sale")
    built.report.passed
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assay.authoring.blocks.composing import compose
from assay.authoring.checking.answers import answer
from assay.authoring.describing.describing import describe
from assay.authoring.use_cases.building import Built, Progress, build, save
from assay.authoring.use_cases.reading import (
    decode_specification,
    read_agreement,
    text_of,
    with_answers,
)
from assay.authoring.use_cases.retrying import read_folder, try_sources
from assay.bootstrap.authoring import make_workshop
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.authoring.model import Language, Specification
    from assay.authoring.trials.report import TestReport
    from assay.bootstrap import Workspace
    from assay.client.deployments import DeploymentClient

SPECIFICATION_SUFFIX = ".json"
DEFAULT_SERVER = "default"


class AuthoringClient:
    """Only deploying needs a node and an account."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def deployments(self, account: str | None = None) -> DeploymentClient:
        """Built contracts on the chain, deployed by an account; the configured one if None."""
        from assay.client.deployments import DeploymentClient  # noqa: PLC0415 - built when used

        return DeploymentClient(self._workspace, account)

    def read(
        self,
        source: Path | str | None = None,
        *,
        text: str | None = None,
        language: Language | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> Specification:
        """What a document, or a text, says; a specification in JSON is taken as it is.

        Raises:
            InputError: there is neither or both, or it cannot be read.
            AnswerUnknown, AnswerUnfit: an answer has no place.
        """
        if (source is None) == (text is None):
            raise InputError(
                "Give a document or a text, one of both.", hint='Like FILE, or --text "...".'
            )
        if text is not None and not text.strip():
            raise InputError("The text is empty.", hint='Write what was agreed: --text "...".')
        if source is not None and Path(source).suffix.lower() == SPECIFICATION_SUFFIX:
            found = decode_specification(_bytes_of(Path(source)))
            return with_answers(found, answers)
        words = text if text is not None else text_of(Path(str(source)))
        return read_agreement(words, language=language, answers=answers)

    def propose(
        self, specification: Specification, *, model: str, url: str = DEFAULT_SERVER
    ) -> Specification:
        """What a model proposes for words that were not understood; each needs a yes.

        Args:
            url: of an OpenAI-compatible server; `default` is that of ASSAY_MODEL_URL.

        Raises:
            InputError: no model or server is named.
            UnavailableError: the server fails, or takes too long.
        """
        from assay.authoring.proposing.proposing import propose  # noqa: PLC0415 - rarely needed
        from assay.bootstrap.proposing import make_proposer  # noqa: PLC0415 - the same

        return propose(specification, make_proposer(self._workspace.settings, url, model))

    def build(
        self,
        specification: Specification,
        *,
        name: str = "Agreement",
        answers: Mapping[str, str] | None = None,
        folder: Path | None = None,
        seed: int = 1,
        progress: Progress = lambda _what, _done, _total: None,
    ) -> Built:
        """Code in two languages, compiled and tried; written into a folder where one is given.

        Raises:
            QuestionsOpen: something is still to be answered.
            NotBuildable, ProgramWrong: no contract can be made of it.
            UnavailableError: a compiler or the EVM is missing.
        """
        answered = answer(specification, answers) if answers else specification
        built = build(answered, name, make_workshop(), seed=seed, progress=progress)
        if folder is not None:
            save(built, folder)
        return built

    def test(
        self,
        folder: Path,
        *,
        seed: int = 1,
        progress: Progress = lambda _what, _done, _total: None,
    ) -> TestReport:
        """Try the sources in a folder again, as they are now, against its specification.

        Raises:
            InputError: the folder was not written by `build`, or a source does not compile.
            UnavailableError: a compiler or the EVM is missing.
        """
        held = read_folder(folder)
        return try_sources(
            held.specification,
            held.name,
            make_workshop(),
            solidity=held.solidity,
            vyper=held.vyper,
            seed=seed,
            progress=progress,
        )

    def explain(self, specification: Specification, *, name: str = "Agreement") -> str:
        """What the contract of a specification does, told from its rules, as Markdown.

        Raises:
            QuestionsOpen, NotBuildable, ProgramWrong: no contract can be made of it.
        """
        return describe(specification, compose(specification, make_workshop().blocks, name=name))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
