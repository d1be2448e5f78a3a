"""Keys of sealed assets over HTTP: to holders of a licence that is good now, and to nobody else."""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from assay.chain.account import Account
from assay.core.address import Address
from assay.core.digest import Digest
from assay.core.sign_in import personal_digest
from assay.market.licences.errors import (
    KeyServiceFailed,
    KeyServiceUnknown,
    LicenceNeeded,
)
from assay.market.licences.model import licence_text
from assay.market.licences.wrapping import KeyReceiver, key_purpose
from assay.market.model import Asset
from assay.market.sign_in.errors import ChallengeSuspicious
from assay.store.dag import walk
from tests.integration.licences.scene import (
    BUYER,
    OTHER,
    PROVIDER,
    THIRD,
    Scene,
    open_scene,
    serving,
)

DAY_S = 86_400


@dataclass
class Caller:
    """Somebody who speaks to the service by hand."""

    url: str
    address: Address
    account: Account

    def challenge(self, purpose: str) -> str:
        parameters = {"address": self.address, "purpose": purpose}
        answer = httpx.get(f"{self.url}/sign-in/challenge", params=parameters)
        return str(answer.json()["message"])

    def body(self, asset: Digest, licence: int | None, receiver: KeyReceiver) -> dict[str, Any]:
        purpose = key_purpose(asset, receiver.public)
        return self.signed(self.challenge(purpose), purpose, licence)

    def signed(self, text: str, purpose: str, licence: int | None) -> dict[str, Any]:
        return {
            "message": text,
            "signature": "0x" + self.account.sign_digest(personal_digest(text)).hex(),
            "receiver": purpose.rpartition("/")[2],
            "licence": None if licence is None else licence_text(licence),
        }

    def post(self, asset: Digest, body: dict[str, Any]) -> httpx.Response:
        return httpx.post(f"{self.url}/v1/assets/{asset}/key", json=body, timeout=30)

    def ask(self, asset: Digest, licence: int | None) -> httpx.Response:
        return self.post(asset, self.body(asset, licence, KeyReceiver()))


def caller(scene: Scene, url: str, name: str = BUYER) -> Caller:
    return Caller(url, scene.address(name), scene.account(name))


def licensed(scene: Scene, url: str | None, **terms: Any) -> tuple[Asset, int]:
    """A sealed asset, and a licence of it that the buyer has bought."""
    asset = scene.asset(sealed=True, url=url)
    offer = scene.provider.licences.offer(asset.asset_id.hex, price="1", **terms)
    return asset, scene.buyer.licences.buy(str(offer.id), max_price="1").licence


def error(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["type"]


def pull(scene: Scene, asset: Asset, path: Path, url: str, account: str = BUYER) -> bytes:
    scene.buyer.market.pull(asset.asset_id.hex, path, url=url, account=account)
    return path.read_bytes()


def test_a_pull_by_a_licence_opens_the_asset_and_each_release_is_logged(
    scene: Scene, url: str, tmp_path: Path
) -> None:
    asset, licence = licensed(scene, url)

    plain = pull(scene, asset, tmp_path / "copy", url)

    assert plain == scene.plain(asset)
    [release] = scene.provider.licences.releases(asset.asset_id.hex)
    assert (release.licence, release.address) == (licence, scene.address(BUYER))
    header = scene.provider.workspace.node.block(release.block.number)
    assert header.hash == release.block.hash
    assert scene.buyer.licences.releases() == []


def test_in_the_home_that_keeps_the_key_a_named_account_needs_its_licence_all_the_same(
    scene: Scene, url: str, tmp_path: Path
) -> None:
    asset, _ = licensed(scene, url)
    market, name = scene.provider.market, asset.asset_id.hex

    market.pull(name, tmp_path / "mine", url=url)
    market.pull(name, tmp_path / "licensed", url=url, account=BUYER)
    with pytest.raises(LicenceNeeded):
        market.pull(name, tmp_path / "other", url=url, account=OTHER)

    assert (tmp_path / "mine").read_bytes() == (tmp_path / "licensed").read_bytes()
    [release] = scene.provider.licences.releases(name)
    assert release.address == scene.address(BUYER)


def test_without_a_licence_nothing_is_asked_and_nothing_written(
    scene: Scene, url: str, tmp_path: Path
) -> None:
    asset, _ = licensed(scene, url)

    with pytest.raises(LicenceNeeded):
        pull(scene, asset, tmp_path / "copy", url, account=OTHER)

    assert list(tmp_path.iterdir()) == []
    assert scene.provider.licences.releases(asset.asset_id.hex) == []


def test_what_is_served_by_ipfs_is_the_ciphertext(scene: Scene, url: str) -> None:
    asset, _ = licensed(scene, url)

    served = httpx.get(f"{url}/ipfs/{asset.metadata.content}").content

    assert served[:8] == b"ASSAYSLD"
    assert b"secret" not in served
    assert httpx.get(f"{url}/ipfs/bafkreib{'a' * 51}").status_code in {400, 404}


@pytest.mark.parametrize("claim", ["another's licence", "another asset's", "no such", "as owner"])
def test_a_key_is_not_released_without_an_own_licence_of_the_asset(
    scene: Scene, url: str, claim: str
) -> None:
    asset, licence = licensed(scene, url)
    other_asset, _ = licensed(scene, url)
    asking, wanted, named = {
        "another's licence": (OTHER, asset, licence),
        "another asset's": (BUYER, other_asset, licence),
        "no such": (BUYER, asset, 12345),
        "as owner": (BUYER, asset, None),
    }[claim]

    response = caller(scene, url, asking).ask(wanted.asset_id, named)

    assert error(response) == (403, "LicenceNeeded")
    assert all(
        release.address == scene.address(PROVIDER)
        for release in scene.provider.licences.releases(wanted.asset_id.hex)
    )


def test_the_owner_of_the_asset_needs_no_licence(scene: Scene, url: str) -> None:
    asset, _ = licensed(scene, url)
    receiver = KeyReceiver()
    provider = caller(scene, url, PROVIDER)

    answer = provider.post(asset.asset_id, provider.body(asset.asset_id, None, receiver)).json()

    wrapped = base64.b64decode(answer["key"])
    own = scene.provider.workspace.licences.sealer().key(asset.asset_id)
    assert receiver.unwrap(wrapped, asset.asset_id) == own


def test_a_sign_in_is_good_for_one_release(scene: Scene, url: str) -> None:
    asset, licence = licensed(scene, url)
    buyer = caller(scene, url)
    body = buyer.body(asset.asset_id, licence, KeyReceiver())

    first, again = buyer.post(asset.asset_id, body), buyer.post(asset.asset_id, body)

    assert first.status_code == 200
    assert error(again) == (401, "SignInReplayed")
    assert len(scene.provider.licences.releases(asset.asset_id.hex)) == 1


def test_a_sign_in_cannot_be_turned_to_another_asset_or_receiver(scene: Scene, url: str) -> None:
    asset, licence = licensed(scene, url)
    other, _ = licensed(scene, url)
    buyer = caller(scene, url)
    body = buyer.body(asset.asset_id, licence, KeyReceiver())
    thief = key_purpose(asset.asset_id, KeyReceiver().public).rpartition("/")[2]

    elsewhere = buyer.post(other.asset_id, body)
    diverted = buyer.post(asset.asset_id, {**body, "receiver": thief})

    assert error(elsewhere) == (401, "SignInForeign")
    assert error(diverted) == (401, "SignInForeign")
    assert scene.provider.licences.releases(asset.asset_id.hex) == []


@pytest.mark.parametrize("change", ["chain", "domain", "signature", "nonce"])
def test_a_sign_in_for_elsewhere_or_by_another_is_refused(
    scene: Scene, url: str, change: str
) -> None:
    asset, licence = licensed(scene, url)
    buyer = caller(scene, url)
    purpose = key_purpose(asset.asset_id, KeyReceiver().public)
    text = buyer.challenge(purpose)
    host = url.removeprefix("http://")
    if change == "chain":
        text = text.replace("Chain ID: 31337", "Chain ID: 1")
    elif change == "domain":
        text = text.replace(f"{host} wants", "evil.example wants")
    elif change == "nonce":
        old = text.partition("Nonce: ")[2].partition("\n")[0]
        text = text.replace(old, "0" * len(old))
    signer = caller(scene, url, OTHER) if change == "signature" else buyer

    response = buyer.post(asset.asset_id, signer.signed(text, purpose, licence))

    expected = "SignInForged" if change == "signature" else "SignInForeign"
    assert error(response) == (401, expected)
    assert scene.provider.licences.releases(asset.asset_id.hex) == []


def test_after_a_resale_the_new_owner_gets_the_key_and_the_old_one_not(
    scene: Scene, url: str, tmp_path: Path
) -> None:
    asset, licence = licensed(scene, url)
    scene.buyer.licences.resell(licence_text(licence), price="1")
    scene.buyer.licences.buy(licence_text(licence), max_price="1", account=OTHER)

    assert error(caller(scene, url).ask(asset.asset_id, licence)) == (403, "LicenceNeeded")
    with pytest.raises(LicenceNeeded):
        pull(scene, asset, tmp_path / "old", url)
    assert pull(scene, asset, tmp_path / "new", url, account=OTHER) == scene.plain(asset)


def test_while_it_is_rented_out_the_user_gets_the_key_and_the_owner_not(
    scene: Scene, url: str, tmp_path: Path
) -> None:
    asset, licence = licensed(scene, url)
    block_time_s = scene.buyer.licences.show(licence_text(licence)).block_time_s
    scene.buyer.licences.rent(
        licence_text(licence), to=scene.address(THIRD), until_s=block_time_s + DAY_S
    )

    assert error(caller(scene, url).ask(asset.asset_id, licence)) == (403, "LicenceNeeded")
    assert pull(scene, asset, tmp_path / "rented", url, account=THIRD) == scene.plain(asset)


def test_a_smart_account_signs_by_erc_1271(scene: Scene, url: str) -> None:
    asset, licence = licensed(scene, url)
    wallet = Address("0x00000000000000000000000000000000000A11cE")
    # Called with 32 bytes it approves that digest; else it answers for the digest it is asked for.
    approving = "36602014601c576004355463 1626ba7e 60e01b0260005260206000f3 5b60016000355500"
    scene.request("anvil_setCode", wallet, "0x" + approving.replace(" ", ""))
    licences = scene.buyer.workspace.deployment.licences
    owner = scene.address(BUYER)
    scene.sender(BUYER).transact(licences, "transferFrom", owner, wallet, licence)
    receiver = KeyReceiver()
    asking = Caller(url, wallet, scene.account(OTHER))
    refused = asking.body(asset.asset_id, licence, receiver)
    approved = asking.body(asset.asset_id, licence, receiver)
    sender = scene.sender(OTHER)
    sender.wait(sender.send(wallet, personal_digest(approved["message"])))

    assert error(asking.post(asset.asset_id, refused)) == (401, "SignInForged")
    assert asking.post(asset.asset_id, approved).status_code == 200


def test_an_asset_that_was_sealed_elsewhere_has_no_key_here(scene: Scene, url: str) -> None:
    asset = scene.asset()

    response = caller(scene, url).ask(asset.asset_id, None)

    assert error(response) == (404, "KeyNotHere")


def test_neither_answers_nor_logs_nor_the_database_show_a_key(
    scene: Scene, url: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    asset, licence = licensed(scene, url)
    key = scene.provider.workspace.licences.sealer().key(asset.asset_id)
    assert key is not None
    secrets = {key.reveal().hex(), base64.b64encode(key.reveal()).decode()}

    with caplog.at_level(logging.DEBUG):
        response = caller(scene, url).ask(asset.asset_id, licence)

    printed = "".join(capfd.readouterr())
    shown = [response.text, caplog.text, printed, json.dumps(dict(response.headers))]
    assert response.status_code == 200
    assert not [secret for secret in secrets for text in shown if secret in text]
    for path in (scene.folder / "provider").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert key.reveal() not in data
            assert key.reveal().hex().encode() not in data


def test_a_pull_says_where_no_service_is_named_or_it_is_down(scene: Scene, tmp_path: Path) -> None:
    unnamed, _ = licensed(scene, None)
    gone, _ = licensed(scene, "http://127.0.0.1:9")
    scene.buyer.store.put_blocks(_blocks(scene, unnamed))
    scene.buyer.store.put_blocks(_blocks(scene, gone))

    with pytest.raises(KeyServiceUnknown):
        scene.buyer.market.pull(unnamed.asset_id.hex, tmp_path / "a")
    with pytest.raises(KeyServiceFailed):
        scene.buyer.market.pull(gone.asset_id.hex, tmp_path / "b")


@contextmanager
def hostile(challenge: Callable[[str], str], received: list[Any]) -> Iterator[str]:
    """A service that hands out challenges of its own making, and keeps what comes back."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer({"message": challenge(self.path)})

        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.answer({})

        def answer(self, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()


def test_a_challenge_of_the_real_service_is_not_signed_for_a_service_between(
    scene: Scene, url: str
) -> None:
    asset, licence = licensed(scene, url)
    received: list[Any] = []

    def pass_on(path: str) -> str:
        return str(httpx.get(url + path).json()["message"])

    with hostile(pass_on, received) as between, pytest.raises(ChallengeSuspicious) as refused:
        scene.buyer.workspace.licences.remote_keys(BUYER).obtain(asset.asset_id, licence, between)

    assert refused.value.field == "domain"
    assert received == []


def test_a_challenge_that_names_another_receiver_is_not_signed(scene: Scene, url: str) -> None:
    asset, licence = licensed(scene, url)
    received: list[Any] = []
    thief = key_purpose(asset.asset_id, KeyReceiver().public)

    def divert(path: str) -> str:
        text = caller(scene, url).challenge(thief)
        return text.replace(url.removeprefix("http://"), between.removeprefix("http://"))

    with hostile(divert, received) as between, pytest.raises(ChallengeSuspicious) as refused:
        scene.buyer.workspace.licences.remote_keys(BUYER).obtain(asset.asset_id, licence, between)

    assert refused.value.field == "resource"
    assert received == []


def test_an_expired_licence_gets_no_key(scene: Scene, url: str, tmp_path: Path) -> None:
    asset, licence = licensed(scene, url, period_s=DAY_S)
    assert pull(scene, asset, tmp_path / "before", url) == scene.plain(asset)

    scene.later(DAY_S + 1)

    assert error(caller(scene, url).ask(asset.asset_id, licence)) == (403, "LicenceNeeded")
    with pytest.raises(LicenceNeeded):
        pull(scene, asset, tmp_path / "after", url)
    scene.buyer.licences.renew(licence_text(licence), max_price="1")
    assert pull(scene, asset, tmp_path / "renewed", url) == scene.plain(asset)


def test_a_licence_counts_only_once_blocks_are_on_top_of_it(tmp_path: Path) -> None:
    with (
        open_scene(tmp_path / "scene", key_confirmations=3) as scene,
        serving(scene.provider) as url,
    ):
        asset, licence = licensed(scene, url)

        early = caller(scene, url).ask(asset.asset_id, licence)
        scene.request("anvil_mine", "0x3")
        late = caller(scene, url).ask(asset.asset_id, licence)

        assert error(early) == (403, "LicenceNeeded")
        assert "confirmations" in early.json()["error"]["message"]
        assert late.status_code == 200


def test_a_licence_that_a_reorganisation_removed_gets_no_key(tmp_path: Path) -> None:
    with open_scene(tmp_path / "scene") as scene, serving(scene.provider) as url:
        asset = scene.asset(sealed=True, url=url)
        offer = scene.provider.licences.offer(asset.asset_id.hex, price="1")
        before = scene.request("evm_snapshot")
        licence = scene.buyer.licences.buy(str(offer.id), max_price="1").licence
        good = caller(scene, url).ask(asset.asset_id, licence)
        scene.request("evm_revert", before)
        scene.request("evm_mine")

        gone = caller(scene, url).ask(asset.asset_id, licence)

        assert good.status_code == 200
        assert error(gone) == (403, "LicenceNeeded")


def _blocks(scene: Scene, asset: Asset) -> Any:
    for root in (asset.registered.metadata, asset.metadata.content):
        yield from walk(scene.provider.store, root)
