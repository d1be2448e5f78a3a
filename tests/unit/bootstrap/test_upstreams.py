from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assay.bootstrap.upstreams import UpstreamDamaged, Upstreams, UpstreamServer
from assay.core.digest import Digest

SERVICE = Digest.of(b"service")
SERVER = UpstreamServer("http://10.0.0.7:8000/v1", "qwen3-8b")


def test_the_server_behind_a_service_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    upstreams = Upstreams(tmp_path / "upstreams")

    upstreams.keep(SERVICE, SERVER)

    assert upstreams.find(SERVICE) == SERVER
    assert upstreams.find(Digest.of(b"other")) is None
    (kept,) = (tmp_path / "upstreams").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_another_server_takes_the_place_of_the_first(tmp_path: Path) -> None:
    upstreams = Upstreams(tmp_path)
    upstreams.keep(SERVICE, SERVER)

    upstreams.keep(SERVICE, UpstreamServer("http://10.0.0.8:8000/v1", "qwen3-8b"))

    found = upstreams.find(SERVICE)
    assert found is not None
    assert found.url == "http://10.0.0.8:8000/v1"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"url": "http://a"}'])
def test_a_damaged_file_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    (tmp_path / f"{SERVICE.raw.hex()}.json").write_text(text)

    with pytest.raises(UpstreamDamaged):
        Upstreams(tmp_path).find(SERVICE)
