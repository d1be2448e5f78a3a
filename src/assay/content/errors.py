"""What can go wrong with generated content; see `assay.errors` for the tree."""

from __future__ import annotations

from datetime import UTC, datetime

from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError, UnavailableError


class FingerprintMalformed(IntegrityError):
    """A fingerprint is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The fingerprint is malformed: {detail}.")
        self.detail = detail


class MetadataMalformed(IntegrityError):
    """The metadata of content, or a call record, is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The content's metadata is malformed: {detail}.")
        self.detail = detail


class ContentTooLarge(InputError):
    """Content is larger than Assay takes."""

    http_status = 413

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(
            f"The content has at least {size_bytes} bytes, more than {limit_bytes}.",
            hint="Split it, and mint the parts.",
        )
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class TextEmpty(InputError):
    """There is nothing to mint."""

    def __init__(self) -> None:
        super().__init__(
            "The text is empty: it has no letter, digit or symbol.",
            hint="Give a text with something to read in it.",
        )


class TextNotUtf8(InputError):
    """The bytes are no text in UTF-8, and no picture either."""

    def __init__(self, position: int) -> None:
        super().__init__(
            "The content is no picture of a known format, and not UTF-8: "
            f"byte {position} fits no character.",
            hint="Give a PNG, JPEG, WebP, GIF, TIFF, BMP or AVIF file, or a text in UTF-8; iconv "
            "converts other texts.",
        )
        self.position = position


class EmbeddingUnusable(UnavailableError):
    """An embedder gives no vectors, or not such as it gave before."""

    def __init__(self, model: str, detail: str) -> None:
        super().__init__(
            f"The embeddings of {model} cannot be used: {detail}.",
            hint="Give another model another name (ASSAY_EMBEDDING_MODEL); texts are then embedded "
            "again.",
        )
        self.model = model
        self.detail = detail


class UnknownContent(InputError):
    """No content with this id is minted."""

    http_status = 404

    def __init__(self, content_id: Digest) -> None:
        super().__init__(
            f"No content {content_id} is minted on this chain.",
            hint="`assay content verify FILE` finds altered copies too.",
        )
        self.content_id = content_id


class CallMismatch(InputError):
    """The named call did not return this text, or not from this prompt or model."""

    def __init__(self, call: Cid, detail: str) -> None:
        super().__init__(
            f"The call {call} does not fit the content: {detail}.",
            hint="Name the record of the call that returned exactly these bytes.",
        )
        self.call = call
        self.detail = detail


class RecipeMalformed(IntegrityError):
    """A recipe is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The recipe is malformed: {detail}.")
        self.detail = detail


class NoRecipe(InputError):
    """Content whose metadata tell no recipe cannot be generated again."""

    http_status = 404

    def __init__(self, content_id: Digest, detail: str) -> None:
        super().__init__(
            f"The token {content_id} has no recipe: {detail}.",
            hint="If you have the recipe's CID, give that: `assay content regenerate bafk...`.",
        )
        self.content_id = content_id
        self.detail = detail


class AlreadyMinted(RefusedError):
    """These very bytes are a token already."""

    def __init__(self, content_id: Digest, owner: Address, minted_at: int | None) -> None:
        time = f" since {_time(minted_at)}" if minted_at is not None else ""
        whose = f"owned by {owner}{time}" if int(owner, 16) else "burnt, which is for ever"
        super().__init__(
            f"These bytes are minted already: token {content_id}, {whose}.",
            hint=f"See `assay content show {content_id}`.",
        )
        self.content_id = content_id
        self.owner = owner
        self.minted_at = minted_at


class CopyRefused(RefusedError):
    """The content reads or looks the same as one that somebody else minted."""

    def __init__(self, content_id: Digest, creator: Address, minted_at: int) -> None:
        super().__init__(
            f"The content reads or looks the same as token {content_id}, which {creator} minted "
            f"at {_time(minted_at)}.",
            hint="Mint it all the same with --allow-copy; the earlier token stays on record.",
        )
        self.content_id = content_id
        self.creator = creator
        self.minted_at = minted_at


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
