"""The index of minted content, brought up to date with chain and store."""

from __future__ import annotations

from assay.bootstrap.workspace import Workspace
from assay.content.use_cases.indexing import index_content


def refresh_content(workspace: Workspace) -> None:
    """Index what was minted since; what texts mean is added when somebody looks for paraphrases."""
    workspace.sync()
    index_content(
        index=workspace.content_index,
        blobs=workspace.store,
        matchers=(workspace.pictures.when_needed, *workspace.texts.indexing_matchers),
    )
