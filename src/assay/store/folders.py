"""Small folders made from bytes: the same root that Kubo gives the same files.

>>> blocks = folder_blocks({"a.txt": b"hello"})
>>> str(blocks[-1].cid)[:4], len(blocks)
('bafy', 2)
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from assay.core.cid import Cid
from assay.store.dag_pb import Link
from assay.store.importer import Importer, collect
from assay.store.port import Block
from assay.store.unixfs import folder_node


def folder_blocks(files: Mapping[str, bytes]) -> list[Block]:
    """All blocks of a folder of files by name, children first, its root last."""
    importer = Importer(with_digests=False)
    blocks: list[Block] = []
    links = []
    for name in sorted(files, key=str.encode):
        link, of_file = collect(importer.file(io.BytesIO(files[name])))
        blocks += of_file
        links.append(Link(link.cid, name, link.total_bytes))
    data = folder_node(links)
    return [*blocks, Block(Cid.dag_pb(data), data)]
