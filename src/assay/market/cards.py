"""Model cards as Hugging Face writes them: README.md with YAML front matter.

>>> read_card(b"---\\nlicense: apache-2.0\\nbase_model: a/b\\n---\\n# Hi\\n").licence
'Apache-2.0'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from assay.market.errors import CardMalformed

CARD_LIMIT_BYTES = 1_000_000
# The hub writes licence names in lower case; SPDX has one right spelling.
_SPDX = {
    name.lower(): name
    for name in (
        "AGPL-3.0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-NC-4.0",
        "CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", "CC0-1.0", "GPL-2.0", "GPL-3.0", "ISC", "LGPL-3.0",
        "MIT", "MPL-2.0", "ODbL-1.0", "Unlicense",
    )
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What a card's front matter says; None where it is silent."""

    licence: str | None
    base_model: str | None
    title: str | None


def read_card(data: bytes) -> Card:
    """Read a card's front matter.

    Raises:
        CardMalformed: too large, not UTF-8, or front matter that is not a YAML mapping.
    """
    if len(data) > CARD_LIMIT_BYTES:
        raise CardMalformed(f"it has {len(data)} bytes, more than {CARD_LIMIT_BYTES}")
    try:
        lines = data.decode("utf-8").splitlines()
        front = yaml.safe_load("\n".join(_front_matter(lines))) or {}
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise CardMalformed(" ".join(str(error).split())) from None
    if not isinstance(front, dict):
        raise CardMalformed("its front matter is not a mapping")
    title = next((line[2:].strip() for line in lines if line.startswith("# ")), None)
    licence = _first_text(front.get("license"))
    return Card(
        licence=spdx_name(licence) if licence else None,
        base_model=_first_text(front.get("base_model")),
        title=title,
    )


def spdx_name(name: str) -> str:
    """The SPDX spelling of a licence name, or the name itself where it is not a known one."""
    return _SPDX.get(name.lower(), name)


def _front_matter(lines: list[str]) -> list[str]:
    if not lines or lines[0].strip() != "---":
        return []
    for end, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return lines[1:end]
    raise CardMalformed("its front matter does not end")


def _first_text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else None
