"""Credentials on one home folder with a real chain: signed by the creator, read by anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.content.credentials.certificates import Authority
from assay.content.credentials.containers.formats import strip_credentials
from assay.content.credentials.errors import ContentMismatch, NotTheCreator, TokenWithdrawn
from assay.content.credentials.weighing import Kind, Weighed
from assay.content.credentials.writing import write_credentials
from assay.content.errors import UnknownContent
from assay.content.model import Provenance
from assay.content.onchain import opening
from assay.core.digest import Digest
from tests.unit.content.credentials.conftest import encoded, photograph

_MAIN = "from assay.cli.main import main; main()"
OWNER, BUYER, FORGER = "local-1", "local-4", "local-6"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[assay.Client]:
    with assay.connect(home=tmp_path_factory.mktemp("home") / ".assay") as client:
        yield client


def provenance(client: assay.Client) -> Provenance:
    metadata = client.store.add_bytes(b'{"what":"no description"}')
    creator = client.workspace.address(OWNER)
    return Provenance(Digest.of(b"prompt"), None, creator, metadata)


def minted(client: assay.Client, seed: int) -> bytes:
    """A picture with a token of the owner's."""
    picture = encoded("PNG", photograph(40, 30, seed))
    contract = client.workspace.content_contract(OWNER)
    contract.mint(Digest.of(picture), provenance(client), 0)
    return picture


def send(client: assay.Client, function: str, *arguments: Any) -> None:
    content = client.workspace.deployment.content
    client.workspace.sender(OWNER).transact(content, function, *arguments)


def kinds(weighed: Weighed) -> list[Kind]:
    return [one.kind for one in weighed.disagreements]


def test_a_stranger_trusts_the_creator_without_any_authority(client: assay.Client) -> None:
    picture = minted(client, 1)
    written = client.credentials.write(picture, generator="digits 1")
    authorities = list((client.settings.home / "credentials").glob("*.authority.pem"))

    for path in authorities:  # a stranger has none of ours
        path.rename(path.with_suffix(".away"))
    read = client.credentials.read(written.rendition.data)
    for path in authorities:
        path.with_suffix(".away").rename(path)

    assert strip_credentials(written.rendition.data) == picture
    assert not read.credentials.anchored
    assert read.credentials.trusted
    assert kinds(read) == []
    assert read.credentials.claim == written.claim


def test_a_forger_with_an_authority_that_is_trusted_here_is_exposed(client: assay.Client) -> None:
    picture = minted(client, 2)
    forger = client.workspace.credentials.signer(FORGER)
    genuine = client.credentials.write(picture)

    forged = write_credentials(picture, "", genuine.claim, forger)
    read = client.credentials.read(forged.data)

    assert read.credentials.anchored
    assert not read.credentials.trusted
    assert kinds(read) == [Kind.NOT_VOUCHED_FOR]


def test_a_sold_token_keeps_its_credentials(client: assay.Client) -> None:
    picture = minted(client, 3)
    written = client.credentials.write(picture)
    owner, buyer = client.workspace.address(OWNER), client.workspace.address(BUYER)
    send(client, "transferFrom", owner, buyer, Digest.of(picture).token_id)

    read = client.credentials.read(written.rendition.data)

    assert read.credentials.trusted
    assert kinds(read) == [Kind.OWNED_BY_ANOTHER]


def test_a_revoked_token_takes_the_trust_and_gets_no_new_credentials(client: assay.Client) -> None:
    picture = minted(client, 4)
    written = client.credentials.write(picture)
    token_id = Digest.of(picture).token_id
    send(client, "revoke", token_id, opening(provenance(client)), 3, bytes(32))

    read = client.credentials.read(written.rendition.data)

    assert not read.credentials.trusted
    assert kinds(read) == [Kind.REVOKED]
    assert "consent" in read.disagreements[0].text
    with pytest.raises(TokenWithdrawn):
        client.credentials.write(picture)


def test_a_burnt_token_takes_the_trust(client: assay.Client) -> None:
    picture = minted(client, 5)
    written = client.credentials.write(picture)
    send(client, "burn", Digest.of(picture).token_id)

    read = client.credentials.read(written.rendition.data)

    assert not read.credentials.trusted
    assert kinds(read) == [Kind.BURNT]


def test_a_stripped_picture_is_told_from_an_unknown_one(client: assay.Client) -> None:
    known, unknown = minted(client, 6), encoded("PNG", photograph(seed=99))

    assert kinds(client.credentials.read(known)) == [Kind.STRIPPED]
    assert kinds(client.credentials.read(unknown)) == []


def test_only_the_creator_signs_and_only_for_what_is_minted(client: assay.Client) -> None:
    picture, other = minted(client, 7), encoded("PNG", photograph(seed=98))

    with pytest.raises(NotTheCreator):
        client.credentials.write(picture, account=BUYER)
    with pytest.raises(UnknownContent):
        client.credentials.write(other)
    with pytest.raises(ContentMismatch):
        client.credentials.write(other, token=Digest.of(picture).hex)


def test_a_given_certificate_signs_and_a_given_authority_is_trusted(
    client: assay.Client, tmp_path: Path
) -> None:
    picture = minted(client, 8)
    creator = client.workspace.address(OWNER)
    authority = Authority.of(b"a company", creator, now_s=1_700_000_000)
    chain, key = authority.issue(now_s=time.time())
    for name, content in (("chain", chain), ("key", key.decode()), ("anchor", authority.pem)):
        (tmp_path / name).write_text(content)

    with assay.connect(
        home=client.settings.home,
        credential_chain=tmp_path / "chain",
        credential_key=tmp_path / "key",
        credential_anchors=tmp_path / "anchor",
    ) as given:
        written = given.credentials.write(picture)
        read = given.credentials.read(written.rendition.data)

    assert read.credentials.anchored
    assert read.credentials.trusted


def command(client: assay.Client, *arguments: str) -> tuple[int, Any]:
    """Run `assay content ... --json`; the exit code and the JSON on either stream."""
    done = subprocess.run(
        [sys.executable, "-c", _MAIN, "content", *arguments, "--json"],
        env={**os.environ, "ASSAY_HOME": str(client.settings.home)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode, json.loads(done.stdout or done.stderr)


def test_credentials_are_written_inspected_and_taken_out_by_command(
    client: assay.Client, tmp_path: Path
) -> None:
    picture, signed, bare = (tmp_path / name for name in ("a.png", "signed.png", "bare.png"))
    picture.write_bytes(minted(client, 9))
    content_id = Digest.of(picture.read_bytes()).hex

    wrote = command(client, "credential", str(picture), "--token", content_id, "--out", str(signed))
    inspected = command(client, "inspect", str(signed))
    stripped = command(client, "strip", str(signed), "--out", str(bare))
    absent = command(client, "inspect", str(bare))

    assert wrote[0] == 0
    assert wrote[1]["claim"]["token_id"] == content_id
    assert (inspected[0], inspected[1]["state"], inspected[1]["trusted"]) == (0, "valid", True)
    assert stripped == (
        0,
        {
            "content_id": content_id,
            "taken_out_bytes": signed.stat().st_size - picture.stat().st_size,
            "out": str(bare),
        },
    )
    assert bare.read_bytes() == picture.read_bytes()
    assert (absent[0], absent[1]["state"]) == (1, "absent")


def test_a_text_gets_its_credentials_beside_it_by_command(
    client: assay.Client, tmp_path: Path
) -> None:
    text = tmp_path / "story.txt"
    text.write_text("Every ship that passed the lighthouse at night was written into one book.")
    command(client, "mint", str(text))

    code, wrote = command(client, "credential", str(text))
    beside = tmp_path / "story.txt.c2pa"

    assert code == 0
    assert (wrote["sidecar"], wrote["out"]) == (True, str(beside))
    code, inspected = command(client, "inspect", str(text), "--sidecar", str(beside))
    assert (code, inspected["trusted"]) == (0, True)
    text.write_text("Every ship that passed the lighthouse at night was written into two books.")
    code, inspected = command(client, "inspect", str(text), "--sidecar", str(beside))
    assert (code, inspected["state"]) == (1, "invalid")


def test_a_file_that_is_not_there_ends_with_exit_code_two(client: assay.Client) -> None:
    code, answer = command(client, "inspect", "nowhere.png")

    assert code == 2
    assert "cannot be read" in answer["error"]["message"]
