"""The page about licences: its commands, run in their order, by a seller and a buyer apart."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.scripted_server import scripted_server
from tests.e2e.site import Ran, Service, Site

PAGE = Path(__file__).parents[2] / "docs" / "licences.md"
WRITTEN_URL = "http://127.0.0.1:8000"
USER = ("local-4", "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65")
DATA = b"year,value\n" + b"2026,secret\n" * 20_000
BUYERS = ("buy", "list", "renew", "cancel", "resell", "rent", "pull", "rate", "trace")


def written_commands() -> list[list[str]]:
    """The lines of the page's shell blocks, in order, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    text = "\n".join(blocks).replace("\\\n", " ")
    return [words for line in text.splitlines() if (words := shlex.split(line, comments=True))]


class Guide:
    """Runs the page's commands with the values that earlier ones have printed."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        (folder / "data.csv").write_bytes(DATA)
        self.folder = folder
        self.server = opened.enter_context(scripted_server(0.0))
        self.seller = Site(folder / "seller")
        self.buyer = Site(folder / "buyer")
        self.service: Service | None = None
        self.values: dict[str, str] = {}
        self.licences: list[str] = []
        self._opened = opened

    def run(self, words: list[str]) -> Any:
        if words == ["assay", "up"]:
            self.start()
            return None
        ran = self._command(words[1:])
        assert ran.code == 0, f"{' '.join(words)}: {ran.err}{ran.out}"
        result = ran.json
        if words[1:3] == ["asset", "publish"]:
            self.values["ASSET"] = result["asset_id"]
        if words[2] == "buy":
            self.licences.append(result["licence"])
        return result

    def start(self) -> None:
        self.service = self._opened.enter_context(self.seller.service(**self._shared()))
        funded = self.seller.run("account", "fund", "local-2", "--json", **self._shared())
        assert funded.code == 0, funded.err

    def _shared(self) -> dict[str, str]:
        return {"ASSAY_MODEL_URL": self.server.url}

    def _command(self, words: list[str]) -> Ran:
        verb = words[1] if len(words) > 1 else words[0]
        bought = (verb in BUYERS and "--sold" not in words) or words[0] == "trace"
        more = dict(self._shared())
        if self.service is not None:
            more["ASSAY_RPC_URL"] = self.service.rpc
        if "--end" in words:
            more["ASSAY_BUYER"] = USER[0]
        return (self.buyer if bought else self.seller).run(
            *(self._value(word, verb) for word in words), "--json", **more
        )

    def _value(self, word: str, verb: str) -> str:
        if word == "LICENCE":  # what is for ever is resold and rented out, the other renewed
            return self.licences[1 if verb in {"renew", "cancel"} else 0]
        for name, value in {**self.values, "ADDRESS": USER[1]}.items():
            word = value if word == name else word.replace(f":{name}", f":{value}")
        if self.service is not None:
            word = word.replace(WRITTEN_URL, self.service.url)
        return {"data.csv": str(self.folder / "data.csv"), "./copy": str(self.folder / "copy")}.get(
            word, word
        )


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guide]:
    with ExitStack() as opened:
        yield Guide(tmp_path_factory.mktemp("guide"), opened)


def test_every_command_of_the_page_does_what_it_says(guide: Guide) -> None:
    commands = written_commands()
    about_licences = [words for words in commands if words[1] != "service"]
    assert len(about_licences) > 15

    results = {" ".join(words[1:3]): guide.run(words) for words in about_licences}

    assert (guide.folder / "copy").read_bytes() == DATA
    assert [release["licence"] for release in guide.run(["assay", "licence", "releases"])] == [
        guide.licences[0]
    ]
    assert results["licence cancel"]["renews"] is False
    assert results["licence resell"]["listed_price"] == 3_000_000
    assert results["licence rent"]["user"] is None
    kinds = {link["kind"] for link in results["trace asset:ASSET"]["links"]}
    assert {"sealed in", "used under", "bought in"} <= kinds
    assert results["trace asset:ASSET"]["verified"]
    publish_service(guide)
    for words in commands:
        if words[1] == "service" and "CHANNEL" not in words:
            guide.run(words)
    shown = guide.run(["assay", "service", "show", "1"])
    assert shown["feedback"]["count"] == 1
    assert shown["feedback"]["latest"][0]["proof"]["verified"]


def publish_service(guide: Guide) -> None:
    """A service, and a call of it that the buyer has paid."""
    assert guide.service is not None
    model = guide.folder / "model"
    model.mkdir()
    (model / "README.md").write_text("---\nlicense: mit\n---\n# A model\n")
    (guide.folder / "service.json").write_text('{"name": "talker"}')
    published = _ok(guide, "asset", "publish", str(model), "--kind", "model")
    description = str(guide.folder / "service.json")
    terms = ("--name", "talker", "--licence", "MIT", "--price", "0.01")
    parent = ("--parent", published["asset_id"])
    service = _ok(guide, "asset", "publish", description, "--kind", "service", *terms, *parent)
    guide.values["SERVICE"] = service["asset_id"]
    called = guide.buyer.run(
        *("call", "talker", "Hello", "--url", guide.service.url, "--scheme", "exact", "--json"),
        ASSAY_RPC_URL=guide.service.rpc,
    )
    assert called.code == 0, called.err
    guide.values["CID"] = called.json["record"]


def _ok(guide: Guide, *words: str) -> Any:
    assert guide.service is not None
    ran = guide.seller.run(*words, "--json", ASSAY_RPC_URL=guide.service.rpc)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)
