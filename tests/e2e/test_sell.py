"""`assay sell` from real weights, and strangers' clients in Python and JavaScript as buyers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

import assay
from assay.cli.demo.material import bundled_weights
from assay.market.purse.wire import read_terms
from tests.e2e.scripted_server import scripted_server, scripted_text
from tests.e2e.shop import (
    Shop,
    buy_in_javascript,
    buy_in_python,
    fund,
    install_javascript,
    selling,
)
from tests.e2e.site import Site

CALLS = 1000
PRICE = 100
DEPOSIT = 40_000

Buy = Callable[[dict[str, Any]], Any]
CLIENTS = {"python": ("local-4", buy_in_python), "javascript": ("local-5", buy_in_javascript)}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    install_javascript()
    site = Site(tmp_path_factory.mktemp("shop") / ".assay")
    settings = {"ASSAY_CLAIM_MINIMUM": "1000000000"}  # `assay settle` does it, in the test
    arguments = [str(bundled_weights()), "--name", "smollm2", "--price", "0.0001"]
    with selling(site, *arguments, **settings) as shop:
        fund(site, "local-2", "local-4", "local-5", "local-6")
        yield shop


@pytest.fixture(params=list(CLIENTS))
def client(request: pytest.FixtureRequest) -> tuple[str, Buy]:
    return CLIENTS[request.param]


def period() -> list[str]:
    now = datetime.now(UTC)
    return ["--from", f"{now - timedelta(days=1):%F}", "--to", f"{now + timedelta(days=1):%F}"]


def statements(shop: Shop, folder: Path, account: str) -> tuple[Any, Any]:
    """The provider's, and the payer's on a machine of its own."""
    address = shop.site.run("account", "show", account, "--json").json["address"]
    home = folder / "payer" / ".assay"
    (home / "deployments").mkdir(parents=True)
    manifest = f"{shop.said['chain_id']}.json"
    shutil.copy(shop.site.home / "deployments" / manifest, home / "deployments" / manifest)
    theirs = shop.site.run("statement", *period(), "--payer", address, "--json")
    assert theirs.code == 0, theirs.err
    ours = Site(home).run(
        "statement",
        *period(),
        "--url",
        shop.url,
        "--account",
        account,
        "--json",
        ASSAY_RPC_URL=shop.rpc,
        ASSAY_GATEWAY_URL=shop.url,
    )
    assert ours.code == 0, ours.err
    return theirs.json, ours.json


def test_a_stranger_buys_a_thousand_calls_and_the_worker_settles_them(
    shop: Shop, client: tuple[str, Buy], tmp_path: Path
) -> None:
    account, buy = client
    before, earned = shop.tokens(account), shop.tokens("local-1")
    order = shop.buyer(account, CALLS, channels=4, salt=1_000, deposit=str(DEPOSIT))

    bought = buy(order)
    settled = shop.site.run("settle", "--json")
    theirs, ours = statements(shop, tmp_path, account)
    refunded = buy({**order, "calls": 0, "refund": True})

    assert bought["served"] == CALLS
    assert [one["charged"] for one in bought["bought"]] == [str(CALLS * PRICE // 4)] * 4
    assert settled.code == 0, settled.err
    assert shop.tokens("local-1") == earned + CALLS * PRICE
    names = {one["channel"] for one in bought["bought"]}
    claimed = {
        line["channel"]: line["claimed"]
        for line in settled.json["channels"]
        if line["channel"] in names
    }
    assert claimed == dict.fromkeys(names, CALLS * PRICE // 4)
    assert len(theirs["lines"]) == CALLS
    assert theirs["total"] == ours["total"] == str(CALLS * PRICE)
    assert ours["lines"] == theirs["lines"]
    assert all(one["refund"] for one in refunded["bought"])
    assert shop.tokens(account) == before - CALLS * PRICE
    print(f"{account}: {CALLS} calls in {bought['seconds']:.0f} s")


def test_two_requests_at_once_on_one_channel_are_both_answered(
    shop: Shop, client: tuple[str, Buy]
) -> None:
    account, buy = client
    before = shop.tokens(account)

    bought = buy(shop.buyer(account, 9, salt=2_000, pairs=True, refund=True))

    assert [one["charged"] for one in bought["bought"]] == [str(9 * PRICE)]
    assert shop.tokens(account) == before - 9 * PRICE


def test_a_stranger_pays_by_transfer_as_well(shop: Shop, client: tuple[str, Buy]) -> None:
    account, buy = client
    before = shop.tokens(account)

    bought = buy(shop.buyer(account, 2, scheme="exact"))

    assert len(set(bought["bought"])) == 2
    assert shop.tokens(account) == before - 2 * PRICE


def test_a_deposit_may_come_by_permit2(shop: Shop) -> None:
    before = shop.tokens("local-6")
    with assay.connect(home=shop.site.home, rpc_url=shop.rpc) as client:
        deployment = client.workspace.deployment
        client.workspace.sender("local-6").transact(
            deployment.token, "approve", deployment.permit2.address, 10**9
        )

    bought = buy_in_python(shop.buyer("local-6", 3, salt=3_000, permit2=True, refund=True))

    assert [one["charged"] for one in bought["bought"]] == [str(3 * PRICE)]
    assert shop.tokens("local-6") == before - 3 * PRICE


def test_our_own_buyer_opens_pays_tops_up_and_closes_a_channel(shop: Shop) -> None:
    run, link = shop.site.run, shop.said["url"]
    before = shop.tokens("local-2")

    opened = run("channel", "open", link, "--deposit", "0.01", "--json")
    again = run("channel", "open", link, "--deposit", "0.01")
    call = run("call", shop.model, "Hi", "--url", link, "--max-tokens", "1", "--json")
    topped = run("channel", "topup", "--deposit", "0.005", "--json")
    shown = run("channel", "show", opened.json["channel"][:10], "--json")
    incoming = run("channel", "list", "--provider", "--json")
    closed = run("channel", "close", "--json")
    listed = run("channel", "list", "--json")

    assert (opened.code, opened.json["balance"]) == (0, "10000")
    assert again.code == 1
    assert "is open" in again.err
    assert call.json["channel"] == opened.json["channel"]
    assert topped.json["balance"] == "15000"
    assert (shown.json["charged"], shown.json["left"]) == ("100", "14900")
    assert opened.json["channel"] in {line["channel"] for line in incoming.json}
    assert (closed.json["closed"], closed.json["returned"]) == (True, "14900")
    assert [line["state"] for line in listed.json] == ["closed"]
    assert shop.tokens("local-2") == before - PRICE


def test_the_link_without_a_payment_says_what_a_call_costs(shop: Shop) -> None:
    response = httpx.get(shop.said["url"])

    (offer,) = read_terms(response.headers["PAYMENT-REQUIRED"]).offers
    assert response.status_code == 402
    assert (offer.price, shop.said["price"]) == (PRICE, "0.0001")


def test_selling_again_changes_the_price_alone(shop: Shop, tmp_path: Path) -> None:
    site = Site(shop.site.home)

    with selling(site, str(bundled_weights()), "--name", "smollm2", "--price", "0.0002") as again:
        response = httpx.get(again.said["url"])
    with selling(site, str(bundled_weights()), "--name", "smollm2", "--price", "0.0001"):
        pass

    (offer,) = read_terms(response.headers["PAYMENT-REQUIRED"]).offers
    assert offer.price == 2 * PRICE
    assert again.said["service"] == shop.said["service"]
    assert again.said["model"] == shop.said["model"]


def test_a_servers_model_is_sold_without_a_word_of_the_server(tmp_path: Path) -> None:
    site = Site(tmp_path / ".assay")
    with scripted_server(0.0) as server:
        arguments = [server.url, "--upstream-model", "scripted", "--price", "0.001"]
        unlicensed = site.run("sell", *arguments)
        with selling(site, *arguments, "--licence", "MIT") as shop:
            fund(site, "local-2")
            call = site.run("call", "scripted", "Hello", "--url", shop.url, "--seed", "5", "--json")
            public = [
                httpx.get(f"{shop.url}{path}").text
                for path in ("/v1/models", f"/assets/{shop.said['service']}",
                             f"/assets/{shop.said['model']}", "/openapi.json")
            ]  # fmt: skip
        with selling(site, *arguments, "--licence", "MIT") as shop:
            again = shop.said

    assert unlicensed.code == 2
    assert "--licence" in unlicensed.err
    assert call.json["text"] == scripted_text("Hello", 5)
    assert again["model"] == shop.said["model"]
    port = server.url.split(":")[2].split("/")[0]
    assert not any(port in text for text in public)


def test_what_cannot_be_sold_is_refused_with_what_to_do(tmp_path: Path) -> None:
    site = Site(tmp_path / ".assay")
    (tmp_path / "text.gguf").write_text("not weights")

    for arguments, says in (
        (["nowhere.gguf", "--price", "1"], "no file or folder"),
        ([str(tmp_path / "text.gguf"), "--price", "1"], "cannot be read"),
        (["http://127.0.0.1:9/v1", "--price", "1"], "--upstream-model"),
        ([str(bundled_weights()), "--price", "0"], "price above 0"),
        ([str(bundled_weights()), "--price", "cheap"], "not an amount"),
    ):
        ran = site.run("sell", *arguments)
        assert (ran.code, says in ran.err) == (2, True), ran.err
