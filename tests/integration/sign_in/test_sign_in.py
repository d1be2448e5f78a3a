"""Sign-in over HTTP: real routes, real databases, keys and contracts that sign."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.testclient import TestClient

from assay.chain.account import Account, Accounts
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.signing import is_valid_signature
from assay.config import Settings
from assay.core.address import Address
from assay.core.clock import SystemClock
from assay.core.sign_in import personal_digest
from assay.errors import AssayError
from assay.ledger.database import open_database
from assay.market.sign_in import SignInDesk
from assay.market.sign_in.presenting import HEADER, sign_in_header
from assay.market.sign_in.stored import SqlSpentNonces
from assay.service.app import answer_error
from assay.service.deps import ClientDependency
from assay.service.routes import sign_in
from assay.service.sign_in import SignInBody, admit_body, admit_header

# Answers every call with the magic value of EIP-1271, and with 32 zero bytes.
AGREEABLE, DISAGREEABLE = "0x631626ba7e60e01b60005260206000f3", "0x60206000f3"
WALLET = Address("0x000000000000000000000000000000000000bEEF")

guarded = APIRouter()


@guarded.get("/secret")
def by_header(request: Request, client: ClientDependency) -> dict[str, str]:
    return {"to": admit_header(request, client, "secret").address}


@guarded.post("/secret")
def by_body(body: SignInBody, request: Request, client: ClientDependency) -> dict[str, str]:
    return {"to": admit_body(body, request, client, "secret").address}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    with (
        LocalNode.start(tmp_path_factory.mktemp("chain")) as local,
        Node(local.url) as node,
    ):
        yield node


@pytest.fixture
def caller(tmp_path: Path) -> Account:
    return Accounts(tmp_path, local_chain=True).open("local-2", None)


def make_app(node: Node, database_url: str, **settings: str) -> FastAPI:
    desk = SignInDesk(
        chain_id=node.chain_id,
        secret=b"of this service",
        spent=SqlSpentNonces(open_database(database_url)),
        valid_signature=partial(is_valid_signature, node),
        clock=SystemClock(),
    )
    app = FastAPI()
    app.state.client = SimpleNamespace(
        settings=Settings(**settings),  # type: ignore[arg-type]
        workspace=SimpleNamespace(sign_in=desk),
    )
    app.add_exception_handler(AssayError, answer_error)
    app.include_router(sign_in.router)
    app.include_router(guarded)
    return app


@pytest.fixture
def http(node: Node, database_url: str) -> TestClient:
    return TestClient(make_app(node, database_url), base_url="http://127.0.0.1:8000")


def challenge(http: TestClient, address: str, purpose: str = "secret") -> str:
    asked = http.get("/sign-in/challenge", params={"address": address, "purpose": purpose})
    assert asked.status_code == 200, asked.text
    return str(asked.json()["message"])


def present(http: TestClient, text: str, signature: bytes) -> httpx.Response:
    return http.get("/secret", headers={HEADER: sign_in_header(text, signature)})


def refusal(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["type"]


def test_a_signed_challenge_lets_its_signer_in_once(http: TestClient, caller: Account) -> None:
    text = challenge(http, caller.address)
    signature = caller.sign_digest(personal_digest(text))

    first, second = present(http, text, signature), present(http, text, signature)

    assert first.json() == {"to": caller.address}
    assert refusal(second) == (401, "SignInReplayed")


def test_a_body_carries_a_signed_challenge_as_well(http: TestClient, caller: Account) -> None:
    text = challenge(http, caller.address)
    signature = "0x" + caller.sign_digest(personal_digest(text)).hex()

    answered = http.post("/secret", json={"message": text, "signature": signature})

    assert answered.json() == {"to": caller.address}


@pytest.mark.parametrize(("code", "accepted"), [(AGREEABLE, True), (DISAGREEABLE, False)])
def test_a_contract_signs_in_by_eip_1271(
    code: str, accepted: bool, http: TestClient, node: Node
) -> None:
    node.request("anvil_setCode", [WALLET, code])
    text = challenge(http, WALLET)

    answered = present(http, text, b"whatever the contract takes")

    assert (answered.status_code == 200) is accepted
    if not accepted:
        assert refusal(answered) == (401, "SignInForged")


def test_of_many_workers_with_the_same_challenge_one_lets_in(
    node: Node, database_url: str, caller: Account
) -> None:
    workers = [
        TestClient(make_app(node, database_url), base_url="http://127.0.0.1:8000") for _ in range(4)
    ]
    text = challenge(workers[0], caller.address)
    signature = caller.sign_digest(personal_digest(text))

    with ThreadPoolExecutor(4) as pool:
        answered = list(pool.map(lambda worker: present(worker, text, signature), workers))

    assert sorted(one.status_code for one in answered) == [200, 401, 401, 401]


def test_without_a_sign_in_nobody_is_let_in(http: TestClient) -> None:
    assert refusal(http.get("/secret")) == (401, "SignInMissing")


def test_a_challenge_for_one_purpose_is_no_use_for_another(
    http: TestClient, caller: Account
) -> None:
    text = challenge(http, caller.address, "another")

    answered = present(http, text, caller.sign_digest(personal_digest(text)))

    assert refusal(answered) == (401, "SignInForeign")


@pytest.mark.parametrize("host", ["evil.example", "localhost:9999", "127.0.0.1", "localhost:x"])
def test_another_site_cannot_pass_our_challenges_on(
    host: str, http: TestClient, caller: Account
) -> None:
    asked = {"address": caller.address, "purpose": "secret"}

    text = http.get("/sign-in/challenge", params=asked, headers={"Host": host}).json()["message"]

    assert text.startswith("127.0.0.1:8000 wants you to sign in")


def test_this_machine_has_two_names(http: TestClient, caller: Account) -> None:
    asked, by_name = {"address": caller.address, "purpose": "secret"}, {"Host": "localhost:8000"}
    text = http.get("/sign-in/challenge", params=asked, headers=by_name).json()["message"]
    header = sign_in_header(text, caller.sign_digest(personal_digest(text)))

    elsewhere = http.get("/secret", headers={HEADER: header})
    here = http.get("/secret", headers={HEADER: header, **by_name})

    assert text.startswith("localhost:8000 wants")
    assert refusal(elsewhere) == (401, "SignInForeign")
    assert here.status_code == 200


def test_a_public_service_signs_in_to_its_public_name(
    node: Node, database_url: str, caller: Account
) -> None:
    app = make_app(node, database_url, public_url="https://models.example/")
    http = TestClient(app, base_url="http://127.0.0.1:8000")
    text = challenge(http, caller.address)

    answered = present(http, text, caller.sign_digest(personal_digest(text)))

    assert text.startswith("models.example wants")
    assert "URI: https://models.example\n" in text
    assert answered.status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"address": "0x12", "purpose": "secret"}, 400),
        ({"address": WALLET, "purpose": "a b"}, 400),
        ({"address": WALLET}, 422),
    ],
)
def test_a_challenge_for_nobody_or_nothing_is_refused(
    asked: dict[str, str], status: int, http: TestClient
) -> None:
    assert http.get("/sign-in/challenge", params=asked).status_code == status


@pytest.mark.parametrize("header", ["x", "e30=", "bm90IGpzb24="])
def test_a_header_that_is_none_is_refused(header: str, http: TestClient) -> None:
    answered = http.get("/secret", headers={HEADER: header})

    assert refusal(answered) == (400, "SignInMalformed")


def test_used_nonces_are_forgotten_once_they_have_expired(database_url: str) -> None:
    nonces = SqlSpentNonces(open_database(database_url))

    assert nonces.spend("a" * 56, WALLET, now_s=1_000, expires_at_s=1_300)
    assert not nonces.spend("a" * 56, WALLET, now_s=1_299, expires_at_s=1_300)
    assert nonces.spend("b" * 56, WALLET, now_s=1_361, expires_at_s=1_661)
    assert nonces.spend("a" * 56, WALLET, now_s=1_362, expires_at_s=1_300)
