"""Services as agents on a real chain: registered by their owners, rated by those who paid."""

from __future__ import annotations

import secrets
from dataclasses import replace
from itertools import count

import httpx
import pytest

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.market.calls import CallRecord, SignedCallRecord, sign_record
from assay.market.errors import RecordForged
from assay.market.identity.errors import (
    NoProofOfPayment,
    NotAService,
    NotTheAgentsOwner,
    OwnFeedback,
    ScoreMalformed,
    UnknownAgent,
)
from assay.market.identity.model import Standing
from assay.market.identity.ports import Rating
from assay.market.identity.use_cases.register import Registered
from assay.market.model import Asset
from assay.market.purse.model import OwnChannel, PurseState
from tests.integration.licences.scene import BUYER, OTHER, PROVIDER, Scene, serving
from tests.integration.market.channels.scene import Scene as ChannelScene

URL = "http://provider.example"
PRICE = 10_000
TRANSFER = {
    "TransferWithAuthorization": [
        {"name": "from", "type": "address"},
        {"name": "to", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "validAfter", "type": "uint256"},
        {"name": "validBefore", "type": "uint256"},
        {"name": "nonce", "type": "bytes32"},
    ]
}
_numbers = count(1)


def service(scene: Scene) -> Asset:
    """A service of the provider, with the model that it sells."""
    number = next(_numbers)
    model = scene.asset()
    path = scene.folder / f"service-{number}.json"
    path.write_text(f'{{"service": {number}}}')
    return scene.provider.market.publish(
        path,
        kind="service",
        name=f"service-{number}",
        description="Answers questions.",
        licence="MIT",
        parent=model.asset_id.hex,
        price="0.01",
    ).asset


def registered(scene: Scene) -> Registered:
    return scene.provider.services.register(service(scene).asset_id.hex, url=URL)


def paid_call(scene: Scene, of: Registered, payer: str = BUYER) -> SignedCallRecord:
    """A call that was paid on chain by authorization, with its provider's record."""
    workspace = scene.provider.workspace
    token = workspace.deployment.token
    nonce = secrets.token_bytes(32)
    message = {
        "from": scene.address(payer),
        "to": scene.address(PROVIDER),
        "value": PRICE,
        "validAfter": 0,
        "validBefore": 2**40,
        "nonce": nonce,
    }
    domain = {
        "name": "Assay",
        "version": "1",
        "chainId": 31337,
        "verifyingContract": token.address,
    }
    signature = scene.account(payer).sign_typed_data(
        domain, TRANSFER, "TransferWithAuthorization", message
    )
    scene.sender("local-3").transact(
        token,
        "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)",
        *message.values(),
        signature,
    )
    record = CallRecord(
        provider=scene.address(PROVIDER),
        payer=scene.address(payer),
        service=of.card.service,
        model=Digest.of(b"model"),
        prompt_digest=Digest.of(b"prompt"),
        output_digest=Digest.of(b"output"),
        token=token.address,
        amount=PRICE,
        payment_nonce=Digest(nonce),
        started_at=1,
        finished_at=2,
    )
    return sign_record(record, workspace.market.record_domain, workspace.account(PROVIDER))


def keep(scene: Scene, record: SignedCallRecord) -> str:
    return str(scene.buyer.store.add_bytes(record.encode()))


def shown(scene: Scene, of: Registered) -> Standing:
    return scene.provider.services.show(str(of.agent.id))


def test_a_registered_service_can_be_found_by_number_id_and_name(scene: Scene) -> None:
    asset = service(scene)

    made = scene.provider.services.register(asset.asset_id.hex, url=URL)

    for subject in (str(made.agent.id), asset.asset_id.hex, asset.metadata.name):
        standing = scene.provider.services.show(subject)
        assert standing.agent == made.agent
    assert standing.is_linked
    assert standing.price == PRICE
    assert standing.card == made.card.as_json()
    assert made.agent.uri == f"ipfs://{made.card_cid}"
    assert made.agent.service == asset.asset_id
    assert made.agent.wallet == scene.address(PROVIDER)
    endpoints = {item["name"]: item["endpoint"] for item in made.card.as_json()["services"]}
    assert endpoints["x402"] == f"{URL}/v1/chat/completions"


def test_registering_again_mints_nothing_and_another_url_changes_the_card(scene: Scene) -> None:
    first = registered(scene)
    asset = first.card.service.hex

    again = scene.provider.services.register(asset, url=URL)
    moved = scene.provider.services.register(asset, url="http://elsewhere.example")

    assert again.transactions == ()
    assert again.agent == first.agent
    assert len(moved.transactions) == 1
    assert moved.agent.id == first.agent.id
    assert moved.agent.uri != first.agent.uri


def test_only_the_owner_of_a_service_registers_it_and_only_services_are(scene: Scene) -> None:
    asset = service(scene)

    with pytest.raises(NotTheAgentsOwner):
        scene.provider.services.register(asset.asset_id.hex, url=URL, account=OTHER)
    with pytest.raises(NotAService):
        scene.provider.services.register(scene.asset().asset_id.hex, url=URL)
    with pytest.raises(UnknownAgent):
        scene.provider.services.show("4000")


def test_somebody_elses_claim_to_be_the_service_does_not_count(scene: Scene) -> None:
    asset = service(scene)
    account = scene.buyer.workspace.identity.account(OTHER)
    number, _ = account.register(asset.asset_id)

    standing = scene.provider.services.show(str(number))

    assert not standing.is_linked
    with pytest.raises(UnknownAgent):
        scene.provider.services.show(asset.metadata.name)


def test_who_has_not_paid_cannot_rate_and_sends_nothing(scene: Scene) -> None:
    of = registered(scene)
    before = scene.request("eth_getTransactionCount", scene.address(BUYER), "latest")

    with pytest.raises(NoProofOfPayment) as refused:
        scene.buyer.services.rate(str(of.agent.id), "90")

    assert "--record" in refused.value.hint
    assert scene.request("eth_getTransactionCount", scene.address(BUYER), "latest") == before


def test_a_paid_call_proves_one_rating(scene: Scene) -> None:
    of = registered(scene)
    record = keep(scene, paid_call(scene, of))

    scene.buyer.services.rate(str(of.agent.id), "87.5", comment="Quick, and right.", record=record)

    with pytest.raises(NoProofOfPayment):
        scene.buyer.services.rate(str(of.agent.id), "10", record=record)
    standing = scene.buyer.services.show(str(of.agent.id))
    assert (standing.count, standing.mean) == (1, "87.5")
    [feedback] = standing.latest
    assert feedback.client == scene.address(BUYER)
    assert feedback.comment == "Quick, and right."
    assert feedback.proof is not None
    assert (feedback.proof.kind, feedback.proof.amount) == ("call", PRICE)
    assert feedback.proof.problem == ""
    assert standing.as_json()["feedback"]["latest"][0]["proof"]["verified"]


def test_a_comment_that_is_not_here_is_left_out(scene: Scene) -> None:
    of = registered(scene)
    record = keep(scene, paid_call(scene, of))
    scene.buyer.services.rate(str(of.agent.id), "50", comment="Only there.", record=record)

    standing = shown(scene, of)

    assert standing.count == 1
    assert standing.latest[0].comment is None


@pytest.mark.parametrize("change", ["payer", "service", "unpaid", "signature"])
def test_a_record_that_proves_no_payment_of_ours_is_refused(scene: Scene, change: str) -> None:
    of = registered(scene)
    signed = paid_call(scene, of, OTHER if change == "payer" else BUYER)
    workspace = scene.provider.workspace
    changed = {
        "payer": signed.record,
        "service": replace(signed.record, service=Digest.of(b"another")),
        "unpaid": replace(signed.record, payment_nonce=Digest.of(b"never")),
        "signature": signed.record,
    }[change]
    signer = workspace.account(PROVIDER)
    signed = sign_record(changed, workspace.market.record_domain, signer)
    if change == "signature":
        signed = SignedCallRecord(replace(changed, amount=999_999), signed.signature)

    with pytest.raises((NoProofOfPayment, RecordForged)):
        scene.buyer.services.rate(str(of.agent.id), "90", record=keep(scene, signed))

    assert shown(scene, of).count == 0


def test_the_registry_itself_refuses_a_forged_record(scene: Scene) -> None:
    of = registered(scene)
    signed = paid_call(scene, of)
    forged = SignedCallRecord(replace(signed.record, amount=999_999), signed.signature)
    account = scene.buyer.workspace.identity.account(BUYER)

    with pytest.raises(NoProofOfPayment):
        account.rate(of.agent.id, Rating(90, 0, "starred", "", "", bytes(32)), forged)


def test_a_channel_that_was_claimed_from_proves_payment_without_a_word(scene: Scene) -> None:
    of = registered(scene)
    workspace = scene.provider.workspace
    channels = ChannelScene(scene.folder, workspace.node, workspace.deployment)
    config = channels.open(next(_numbers) + 1000)
    own = OwnChannel(
        config.channel_id(channels.domain), 31337, config, URL, 1, state=PurseState.OPEN
    )
    scene.buyer.workspace.purse.book.add(own)

    with pytest.raises(NoProofOfPayment):
        scene.buyer.services.rate(str(of.agent.id), "90")
    channels.chain().claim([channels.claim(config, 70_000)])
    scene.buyer.services.rate(str(of.agent.id), "90")

    standing = shown(scene, of)
    [feedback] = standing.latest
    assert feedback.proof is not None
    assert (feedback.proof.kind, feedback.proof.amount) == ("channel", 70_000)
    assert feedback.proof.problem == ""


def test_nobody_rates_an_own_service(scene: Scene) -> None:
    of = registered(scene)

    with pytest.raises(OwnFeedback):
        scene.provider.services.rate(str(of.agent.id), "100", account=PROVIDER)


@pytest.mark.parametrize("score", ["-1", "100.5", "nan", "good", "1.00001", ""])
def test_what_is_no_score_is_refused(scene: Scene, score: str) -> None:
    of = registered(scene)

    with pytest.raises(ScoreMalformed):
        scene.buyer.services.rate(str(of.agent.id), score)


def test_the_domain_proves_that_it_runs_its_agents(scene: Scene) -> None:
    of = registered(scene)

    with serving(scene.provider) as url:
        answer = httpx.get(f"{url}/.well-known/agent-registration.json").json()
        single = httpx.get(f"{url}/services/{of.agent.id}").json()

    wanted = {"agentId": of.agent.id, "agentRegistry": of.card.registry}
    assert wanted in answer["registrations"]
    assert single["card"]["registrations"] == [wanted]


def test_a_card_that_names_another_agent_is_shown_as_wrong(scene: Scene) -> None:
    mine, other = registered(scene), registered(scene)
    account = scene.provider.workspace.identity.account(PROVIDER)

    account.set_uri(mine.agent.id, other.agent.uri)

    standing = shown(scene, mine)
    assert standing.card is None
    assert "does not name agent" in standing.card_problem
    assert Cid.parse(other.agent.uri) == other.card_cid


def test_the_digest_that_is_signed_is_the_anchors_own(scene: Scene) -> None:
    of = registered(scene)
    signed = paid_call(scene, of)
    anchor = scene.provider.workspace.deployment.anchor
    market = scene.provider.workspace.market

    on_chain = anchor.read("recordDigest", tuple(signed.record.message().values()))

    assert on_chain == market.record_digest(signed.record)
