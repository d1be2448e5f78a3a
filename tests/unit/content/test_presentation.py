"""What wallets and marketplaces read of a token's metadata."""

import json
from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

from assay.content.model import ContentMetadata
from assay.content.presentation import presented
from assay.core.cid import Cid
from assay.core.digest import Digest
from tests.unit.content.conftest import World
from tests.unit.content.texts.test_fingerprint import PARAGRAPH

CID, DIGEST, CREATOR = Cid.raw(b"bytes"), Digest.of(b"bytes"), "0x" + "aa" * 20


def shown(title: str, media_type: str, model: Digest | None = None) -> dict[str, object]:
    return presented(title, media_type, CID, content_digest=DIGEST, model=model, creator=CREATOR)


def test_a_picture_is_its_own_image() -> None:
    facts = shown("A seven", "image/png", DIGEST)

    traits = {one["trait_type"]: one["value"] for one in facts["attributes"]}  # type: ignore[attr-defined]
    assert facts["name"] == "A seven"
    assert facts["image"] == f"ipfs://{CID}"
    assert traits == {
        "AI-generated": "yes",
        "Media type": "image/png",
        "Creator": CREATOR,
        "Model": DIGEST.hex,
    }


@pytest.mark.parametrize("title", ["", "A story", "<script>alert('&')</script>", "七" * 200])
def test_a_text_has_a_card_that_is_well_formed_and_safe(title: str) -> None:
    image = str(shown(title, "text/plain; charset=utf-8")["image"])

    head, _, body = image.partition(",")
    card = ET.fromstring(b64decode(body))
    assert head == "data:image/svg+xml;base64"
    assert {one.tag.rpartition("}")[2] for one in card.iter()} == {"svg", "rect", "text"}


def test_the_stored_metadata_are_both_what_wallets_and_what_assay_read(world: World) -> None:
    minted = world.mint(PARAGRAPH)
    assert minted.token.provenance is not None

    data = world.blobs.read_bytes(minted.token.provenance.metadata)

    assert {"name", "description", "image", "external_url", "attributes"} <= json.loads(data).keys()
    assert ContentMetadata.decode(data) == minted.metadata
