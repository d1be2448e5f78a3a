"""What can go wrong in the market; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError


class MetadataMalformed(IntegrityError):
    """The metadata of an asset is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The asset's metadata is malformed: {detail}.")
        self.detail = detail


class CardMalformed(InputError):
    """A model card's front matter cannot be read."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The model card cannot be read: {detail}.",
            hint="Start README.md with YAML between two lines of ---, with at least `license:`.",
        )
        self.detail = detail


class UnknownAsset(InputError):
    """No asset with this id is registered."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"No asset {subject} is registered on this chain.",
            hint="`assay asset list` shows the known ones.",
        )
        self.subject = subject


class AlreadyRegistered(RefusedError):
    """Somebody registered these bytes first."""

    def __init__(self, asset_id: Digest, owner: Address) -> None:
        super().__init__(
            f"These bytes are registered already, as asset {asset_id}, owned by {owner}.",
            hint=f"See `assay asset show {asset_id}`; a new version needs its own bytes and "
            "`--parent`.",
        )
        self.asset_id = asset_id
        self.owner = owner


class LicenceMissing(InputError):
    """An asset is about to be published without a licence."""

    def __init__(self) -> None:
        super().__init__(
            "An asset needs a licence.",
            hint="Give --licence with an SPDX identifier, or `license:` in the model card.",
        )
