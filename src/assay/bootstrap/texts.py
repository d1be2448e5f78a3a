"""The parts that find texts by their meaning: the embedder, and the index of what it embedded."""

# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assay.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.content.texts.ports import TextEmbedder
    from assay.content.use_cases.document_matching import DocumentMatcher
    from assay.content.use_cases.matching import Matcher
    from assay.content.use_cases.text_matching import TextMatcher
    from assay.content.use_cases.text_paraphrases import Meanings, Paraphrases


class ParaphrasesOff(UnavailableError):
    """Texts are not compared by their meaning, as somebody chose."""

    def __init__(self) -> None:
        super().__init__(
            "Comparing texts by their meaning is switched off.",
            hint="Set ASSAY_PARAPHRASES to true.",
        )


class EmbeddingModelUnnamed(InputError):
    """A server of embeddings is set, but not which of its models to ask."""

    def __init__(self) -> None:
        super().__init__(
            "ASSAY_EMBEDDING_URL is set, and ASSAY_EMBEDDING_MODEL is not.",
            hint="Name the model as the server does.",
        )


class TextParts:
    """What `workspace.texts` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def matchers(self) -> tuple[Matcher, ...]:
        """What describes and matches documents and texts."""
        documents, texts = self.indexing_matchers
        return (documents, replace(texts, paraphrases=lambda: self.paraphrases))

    @cached_property
    def indexing_matchers(self) -> tuple[DocumentMatcher, TextMatcher]:
        """The same without meanings, for the index: many texts cannot wait for an embedder."""
        from assay.content.use_cases.document_matching import DocumentMatcher
        from assay.content.use_cases.text_matching import TextMatcher

        return (
            DocumentMatcher(),
            TextMatcher(self._workspace.content_index, self._workspace.store),
        )

    @cached_property
    def paraphrases(self) -> Paraphrases:
        """What finds paraphrases; it opens the embedder when it first needs one."""
        from assay.content.use_cases.text_paraphrases import Paraphrases

        workspace = self._workspace
        return Paraphrases(self._open, workspace.content_index, workspace.store)

    def _open(self) -> Meanings:
        from assay.content.texts.calibration import calibrate
        from assay.content.texts.stored import StoredMeaningIndex
        from assay.content.use_cases.text_paraphrases import Meanings

        embedder = self.embedder
        calibration = calibrate(embedder)
        workspace = self._workspace
        index = StoredMeaningIndex(
            workspace.engine, workspace.pictures.vectors, embedder.name, embedder.dimensions
        )
        return Meanings(embedder, calibration, index)

    @cached_property
    def embedder(self) -> TextEmbedder:
        """The server where one is set, else the model in this process.

        Raises:
            ParaphrasesOff: neither is wanted.
            EmbedderMissing: the extra `paraphrase` is not installed.
            EmbeddingModelUnnamed: nobody said which model of the server.
        """
        settings = self._workspace.settings
        if not settings.paraphrases:
            raise ParaphrasesOff
        if not settings.embedding_url:
            from assay.generation.embeddings.multilingual_e5 import MultilingualE5

            return MultilingualE5()
        if not settings.embedding_model:
            raise EmbeddingModelUnnamed
        from assay.generation.embeddings.openai_compatible import OpenAIEmbedder

        embedder = OpenAIEmbedder(
            settings.embedding_url,
            settings.embedding_key.get_secret_value() if settings.embedding_key else None,
            settings.embedding_model,
            timeout_s=settings.embedding_timeout_s,
        )
        self._workspace.close_with(embedder)
        return embedder
