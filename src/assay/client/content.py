"""`client.content`: mint, verify, search and show generated content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assay.bootstrap import Workspace
from assay.bootstrap.content_index import refresh_content
from assay.client.overlays import write_overlay
from assay.client.tokens import parse_authors
from assay.content.model import Authentication, Token
from assay.content.use_cases.mint import Minted, NewContent, mint_content
from assay.content.use_cases.search import SearchResult, search_content
from assay.content.use_cases.show import ShownContent, list_content, show_content
from assay.content.use_cases.verify import verify_content
from assay.core.amount import parse_amount
from assay.core.cid import Cid
from assay.core.digest import Digest


class ContentClient:
    """The content area's use cases on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def mint(
        self,
        data: bytes | str,
        *,
        call: str | None = None,
        recipe: str | None = None,
        title: str = "",
        model: str | None = None,
        prompt_digest: str | None = None,
        royalty_percent: str = "0",
        authors: Sequence[str] = (),
        allow_copy: bool = False,
        account: str | None = None,
    ) -> Minted:
        """Make a text or a picture a token; see `NewContent` for the fields.

        Args:
            call: CID of the record of the paid call that returned it; gives model and prompt.
            authors: who earns, `WHO` or `WHO:WEIGHT` each, by address or account; the minter alone
                if empty. The owners of the model and its datasets have their part as well
                (`lineage_shares`).
            account: who mints; the configured account if None.

        Raises:
            AlreadyMinted: the bytes are a token already, whoever minted it.
            CopyRefused: it reads the same as somebody else's token.
            InputError: a value is malformed, or the bytes are no text, picture or document.
        """
        new = NewContent(
            data=data.encode("utf-8") if isinstance(data, str) else data,
            prompt_digest=Digest.parse(prompt_digest) if prompt_digest else None,
            model=Digest.parse(model) if model else None,
            call=Cid.parse(call) if call else None,
            recipe=Cid.parse(recipe) if recipe else None,
            title=title,
            royalty_bps=parse_amount(royalty_percent, decimals=2),
            authors=parse_authors(authors, self._workspace),
            allow_copy=allow_copy,
        )
        self._refresh()
        return mint_content(
            new,
            blobs=self._workspace.store,
            contract=self._workspace.content_contract(account),
            folders=self._workspace.tokens.folders,
            matchers=self._workspace.content_matchers,
            lineage=self._workspace.tokens.lineage,
        )

    def verify(self, data: bytes | str, *, sidecar: bytes | None = None) -> Authentication:
        """Hold a text or a picture against every minted one: identical, altered or unknown.

        Args:
            sidecar: content credentials that lie beside the file, as those of texts do.
        """
        self._refresh()
        return verify_content(
            data.encode("utf-8") if isinstance(data, str) else data,
            contract=self._workspace.content_contract(),
            index=self._workspace.content_index,
            matchers=self._workspace.content_matchers,
            reviews=self._workspace.review.reader,
            trust=self._workspace.credentials.trust,
            sidecar=sidecar,
        )

    @property
    def overlay_folder(self) -> Path:
        """Where overlays are kept; all of it can be deleted at any time."""
        return self._workspace.settings.home / "overlays"

    def save_overlay(self, authentication: Authentication, path: Path | None = None) -> Path | None:
        """Write the picture that shows what `verify` recognised; None if there is none.

        Args:
            path: a file; by default one in `overlays` of Assay's folder, named by its content.

        Raises:
            InputError: `path` cannot be written.
            UnavailableError: Assay's folder cannot be.
        """
        if authentication.overlay is None:
            return None
        return write_overlay(authentication.overlay, self.overlay_folder, path)

    def search(self, data: bytes | str, limit: int = 10) -> SearchResult:
        """The minted contents that come nearest, the nearest first."""
        self._refresh()
        return search_content(
            data.encode("utf-8") if isinstance(data, str) else data,
            limit,
            contract=self._workspace.content_contract(),
            index=self._workspace.content_index,
            matchers=self._workspace.content_matchers,
        )

    def tokens(self, limit: int = 100) -> list[Token]:
        """The newest tokens, the newest first."""
        self._workspace.sync()
        return list_content(
            limit,
            contract=self._workspace.content_contract(),
            index=self._workspace.content_index,
        )

    def show(self, content_id: str) -> ShownContent:
        """One token, as chain and store have it.

        Raises:
            UnknownContent: not minted.
        """
        self._refresh()
        return show_content(
            Digest.parse(content_id),
            blobs=self._workspace.store,
            contract=self._workspace.content_contract(),
            index=self._workspace.content_index,
        )

    def _refresh(self) -> None:
        refresh_content(self._workspace)
