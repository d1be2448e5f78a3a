"""From what a user names - a file, CID, digest or id - to its verified lineage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from assay.bootstrap import Workspace
from assay.content.credentials.containers.formats import strip_credentials
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import AssayError, InputError
from assay.ledger.errors import UnknownSubjectError
from assay.ledger.lineage import Lineage, Node, trace


def trace_subject(subject: str, workspace: Workspace) -> Lineage:
    """Find what `subject` names and verify everything that it came from.

    Raises:
        UnknownSubjectError: nothing known has this name.
        InputError: a file that cannot be read.
    """
    workspace.sync()
    return trace(_find(subject, workspace), workspace.lineage_sources)


def _find(subject: str, workspace: Workspace) -> Node:
    for name in _names(subject, workspace):
        for source in workspace.lineage_sources:
            node = source.resolve(name)
            if node is not None:
                return node
    raise UnknownSubjectError(subject)


def _names(subject: str, workspace: Workspace) -> Iterator[str]:
    """What sources may know the subject by: a file's digest, the name as given, a CID's digest."""
    path = Path(subject)
    if len(subject) < 4096 and path.is_file():
        yield _file_digest(path).hex
        if path.stat().st_size <= CONTENT_LIMIT_BYTES:  # content with credentials in it
            yield Digest.of(strip_credentials(path.read_bytes())).hex
    yield subject
    try:
        yield workspace.store.digest_of(Cid.parse(subject)).hex
    except AssayError:
        return


def _file_digest(path: Path) -> Digest:
    try:
        with path.open("rb") as stream:
            return Digest(hashlib.file_digest(stream, "sha256").digest())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
