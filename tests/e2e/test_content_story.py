"""A picture from its making to a stranger's cropped copy, with what survives and what lies."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from PIL import Image

import assay
from assay.client import Client
from assay.content.model import Verdict
from tests.e2e.guides import script_of
from tests.e2e.site import Service, Site

ROOT = Path(__file__).parents[2]
GUIDE_S = 600
CROP = """
import sys
from PIL import Image

picture = Image.open(sys.argv[1]).convert("RGB")
width, height = picture.size
picture.crop((width // 10, height // 10, width, height)).save(sys.argv[2], quality=70)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("creator") / ".assay")


@pytest.fixture(scope="module")
def said(home: Site) -> str:
    """What the guide's commands print, run in their order in an empty folder."""
    folder = home.home.parent / "reader"
    folder.mkdir()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script_of(ROOT / "docs" / "content.md", {})],
        cwd=folder,
        env={**home.environment(), "PATH": path},
        capture_output=True,
        text=True,
        timeout=GUIDE_S,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-5000:]}"
    return done.stdout


def test_the_guide_draws_signs_crops_and_finds_again(said: str, home: Site) -> None:
    folder = home.home.parent / "reader"

    seen = Image.open(folder / "seen.png")

    assert "identical" in said
    assert "altered" in said
    assert "crop" in said
    assert "recognised  paraphrase" in said
    assert seen.width > Image.open(folder / "copy.jpg").width


@pytest.fixture
def service(said: str, home: Site) -> object:
    assert said
    with home.service() as service:
        yield service


@pytest.fixture
def stranger(service: Service, home: Site, tmp_path: Path) -> object:
    """Somebody with nothing but the chain, the gateway, and the contracts' addresses."""
    own = tmp_path / "stranger" / ".assay"
    (own / "deployments").mkdir(parents=True)
    manifest = home.home / "deployments" / "31337.json"
    (own / "deployments" / "31337.json").write_bytes(manifest.read_bytes())
    with assay.connect(home=own, rpc_url=service.rpc, gateway_url=service.url) as client:
        yield client


def test_a_stranger_learns_where_a_cropped_copy_comes_from(
    stranger: Client, service: Service, tmp_path: Path
) -> None:
    [_text, token] = stranger.content.tokens(limit=2)
    shown = stranger.content.show(token.content_id.hex)
    assert shown.metadata is not None
    picture = httpx.get(f"{service.url}/ipfs/{shown.metadata.content}").content
    (tmp_path / "picture.png").write_bytes(picture)
    program = [sys.executable, "-c", CROP, "picture.png", "copy.jpg"]
    subprocess.run(program, cwd=tmp_path, check=True)

    verdict = stranger.content.verify((tmp_path / "copy.jpg").read_bytes())

    assert verdict.verdict == Verdict.ALTERED
    assert verdict.token is not None
    assert verdict.token.content_id == token.content_id
    assert any("crop" in one for one in verdict.transforms)
    assert verdict.overlay is not None
    assert Image.open(io.BytesIO(verdict.overlay)).format == "PNG"
    assert verdict.credentials is not None
    assert [one.kind for one in verdict.credentials.disagreements] == ["stripped"]


def with_manifest_of(signed: bytes, picture: bytes) -> bytes:
    """A PNG with the manifest of another one: its chunk, put behind the header."""
    start = signed.index(b"caBX") - 4
    length = int.from_bytes(signed[start : start + 4], "big")
    chunk = signed[start : start + 12 + length]
    header = 8 + 25
    return picture[:header] + chunk + picture[header:]


def test_credentials_are_believed_in_their_file_and_in_no_other(
    stranger: Client, home: Site
) -> None:
    signed = (home.home.parent / "reader" / "year.signed.png").read_bytes()
    other = io.BytesIO()
    Image.effect_mandelbrot((320, 200), (-2, -1, 1, 1), 60).save(other, "PNG")
    forged = with_manifest_of(signed, other.getvalue())

    own, lying = stranger.content.verify(signed), stranger.content.verify(forged)

    assert own.verdict == Verdict.IDENTICAL
    assert own.credentials is not None
    assert own.credentials.credentials.trusted
    assert lying.verdict == Verdict.UNKNOWN
    assert lying.credentials is not None
    assert lying.credentials.credentials.state == "invalid"
    assert [one.kind for one in lying.credentials.disagreements] == ["copied"]


def test_the_service_draws_what_it_recognised(service: Service, home: Site) -> None:
    copy = (home.home.parent / "reader" / "copy.jpg").read_bytes()

    answer = httpx.post(
        f"{service.url}/content/verify",
        content=copy,
        headers={"content-type": "image/jpeg"},
        timeout=60,
    ).json()
    overlay = httpx.get(service.url + answer["overlay"])

    assert answer["verdict"] == "altered"
    assert answer["transform"]
    assert overlay.headers["content-type"] == "image/png"


def test_a_signed_file_is_traced_to_its_recipe_model_and_dataset(said: str, home: Site) -> None:
    assert said
    signed = home.home.parent / "reader" / "year.signed.png"

    traced = home.run("trace", str(signed), "--json")

    assert traced.code == 0, traced.err
    assert {"drawn by", "model", "made from"} <= {link["kind"] for link in traced.json["links"]}
