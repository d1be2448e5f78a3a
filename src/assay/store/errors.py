"""What can go wrong with stored blobs.

InputError        UnknownCidError, UnknownPathError, NotAFolderError, NotAFileError, TooLargeError,
                  RefusedEntryError, DestinationExistsError
UnavailableError  StoreFullError, StoreUnavailableError, RemoteStoreError
                  ContentChanged, KeyNotKept
IntegrityError    DamagedBlockError, MissingBlockError, MalformedBlockError, DamagedFileError,
                  HostileGatewayError, EnvelopeMalformed, EnvelopeDamaged, ArchiveMalformed,
                  KeyDamaged, SealedOtherwise
"""

from __future__ import annotations

from pathlib import Path

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, UnavailableError


class UnknownCidError(InputError):
    """The store has no block of this CID."""

    http_status = 404

    def __init__(self, cid: Cid) -> None:
        super().__init__(
            f"The store does not have {cid}.",
            hint="Add the file (`assay store add`) or fetch it from a gateway first.",
        )
        self.cid = cid


class NotAFolderError(InputError):
    """The CID names something other than a folder."""

    http_status = 404

    def __init__(self, cid: Cid) -> None:
        super().__init__(f"{cid} is not a folder.")
        self.cid = cid


class NotAFileError(InputError):
    """The CID names a folder or a symbolic link where a file's bytes are asked for."""

    def __init__(self, cid: Cid) -> None:
        super().__init__(
            f"{cid} is not a file.", hint="List a folder with `assay store ls`, then name a file."
        )
        self.cid = cid


class UnknownPathError(InputError):
    """A folder has no entry of this name."""

    http_status = 404

    def __init__(self, cid: Cid, name: str) -> None:
        super().__init__(f"The folder {cid} has no entry {name[:80]!r}.")
        self.cid = cid
        self.name = name


class TooLargeError(InputError):
    """More bytes than the caller allowed, or than a block may have."""

    def __init__(self, what: str, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(f"{what} has {size_bytes} bytes, more than the {limit_bytes} allowed.")
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class RefusedEntryError(InputError):
    """A folder holds an entry that the store does not take in or give out."""

    def __init__(self, name: str, reason: str, *, hint: str = "") -> None:
        super().__init__(f"The entry {name[:200]!r} is refused: {reason}.", hint=hint)
        self.name = name
        self.reason = reason


class DestinationExistsError(InputError):
    """Something else is already where the content should go."""

    def __init__(self, destination: Path) -> None:
        super().__init__(
            f"{destination} exists already and holds something else.",
            hint="Name another destination, or move the old one away.",
        )
        self.destination = destination


class StoreFullError(UnavailableError):
    """The disk, or the quota on it, is full. What was being written has been taken back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"No space is left for {folder}.",
            hint="Free space there (`assay store gc` drops what is not pinned) and try again.",
        )
        self.folder = folder


class StoreUnavailableError(UnavailableError):
    """The file system refuses an operation (permission, input/output error)."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The store cannot use {path}: {reason}.")
        self.path = path


class RemoteStoreError(UnavailableError):
    """A Kubo node or a gateway does not answer, or answers with an error."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url} failed: {reason}.", hint="Check that it runs and that the URL is right."
        )
        self.url = url
        self.reason = reason


class DamagedBlockError(IntegrityError):
    """The stored bytes are not those that the CID names."""

    def __init__(self, cid: Cid, place: str) -> None:
        super().__init__(
            f"The bytes of {cid} in {place} are damaged.",
            hint="Add or fetch the content again: the good copy replaces the damaged one.",
        )
        self.cid = cid
        self.place = place


class DamagedFileError(IntegrityError):
    """A file of the store itself does not carry its own checksum, or should not be there."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The store's file {path} is damaged: {reason}.",
            hint="`assay store verify` lists what is lost; move the file away, then add it again.",
        )
        self.path = path
        self.reason = reason


class MissingBlockError(IntegrityError):
    """A block that the content needs is not there."""

    def __init__(self, cid: Cid, root: Cid) -> None:
        super().__init__(
            f"The block {cid} of {root} is missing.", hint="Add or fetch the content again."
        )
        self.cid = cid
        self.root = root


class MalformedBlockError(IntegrityError):
    """A block has the right hash but is not what its codec or UnixFS allows."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Malformed block: {reason}.")
        self.reason = reason


class HostileGatewayError(IntegrityError):
    """A gateway sent something other than what was asked for."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} sent {reason}.", hint="Try another gateway.")
        self.url = url
        self.reason = reason


class EnvelopeMalformed(IntegrityError):
    """The bytes are not an envelope of sealed content."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is not sealed content: {reason}.",
            hint="Fetch it again; if it stays so, the publisher's metadata is wrong.",
        )
        self.reason = reason


class EnvelopeDamaged(IntegrityError):
    """A chunk of sealed content does not open: another key, or other bytes than were sealed."""

    def __init__(self, chunk: int) -> None:
        super().__init__(
            f"Chunk {chunk} of the sealed content does not open: "
            "the key is another asset's, or the bytes were changed or cut.",
            hint="Fetch the content again; nothing of it was given out.",
        )
        self.chunk = chunk


class ArchiveMalformed(IntegrityError):
    """The sealed archive of a folder holds what a folder of ours never does."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The sealed folder is malformed: {reason}.")
        self.reason = reason


class ContentChanged(UnavailableError):
    """Somebody wrote to a file or folder while it was being sealed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} changed while it was read. Nothing of it is kept.",
            hint="Wait until nothing writes to it, and publish again.",
        )
        self.path = path


class KeyNotKept(UnavailableError):
    """The disk refuses to keep a content key; the content was not published."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The content key cannot be kept in {path}: {reason}.")
        self.path = path
        self.reason = reason


class KeyDamaged(IntegrityError):
    """The file of a content key does not open with the account that should have sealed it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The content key in {path} cannot be read: {reason}.",
            hint="Use the account that published the asset, or bring the file back from a backup.",
        )
        self.path = path
        self.reason = reason


class SealedOtherwise(IntegrityError):
    """An envelope opens with the right key, but holds other content than was registered."""

    def __init__(self, asset_id: Digest, found: Digest) -> None:
        super().__init__(
            f"The sealed content opens to {found}, but {asset_id} is registered.",
            hint="The publisher sealed other content: do not use this asset. Nothing is kept.",
        )
        self.asset_id = asset_id
        self.found = found
