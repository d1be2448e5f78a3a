"""The main job from end to end, each step on what the step before has made."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assay.cli.console import open_client
from assay.cli.demo import damage, ledger_table, material
from assay.cli.demo.narrator import Narrator
from assay.cli.demo.processes import Service, announced, pay_calls, running_service
from assay.client import Client
from assay.content.errors import AlreadyMinted
from assay.core.amount import format_amount
from assay.ledger import rendering
from assay.market.model import Asset

PROVIDER, BUYER, RIVAL, TREASURY = "local-1", "local-2", "local-4", "local-0"
PRICE = "0.01"
ALLOWANCE_UNITS = 1_000_000
PROMPTS = (
    "Describe a harbour town on a stormy morning in four sentences.",
    "Explain to a child, in four sentences, why the sky is blue.",
    "Give four short pieces of advice to somebody who starts a garden.",
)


@dataclass
class Story:
    """What has happened so far."""

    client: Client
    narrator: Narrator
    folder: Path
    assets: dict[str, Asset] = field(default_factory=dict)
    transactions: dict[str, list[str]] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    content_id: str = ""
    text_file: Path = Path()
    verified: bool = True

    def note(self, operation: str, transaction: str | None) -> None:
        """Remember a transaction for the table at the end."""
        if transaction:
            self.transactions.setdefault(operation, []).append(transaction)

    def check(self, holds: bool, text: str) -> None:
        """Say whether something that the demo promises holds, and remember if it does not."""
        self.narrator.verdict(holds, text)
        self.verified = self.verified and holds


def tell(narrator: Narrator) -> dict[str, Any]:
    """Run all steps; returns what `assay demo --json` prints."""
    with ExitStack() as stack:
        client = stack.enter_context(open_client(account=PROVIDER))
        folder = client.settings.home.absolute() / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        story = Story(client, narrator, folder)
        start_chain(story)
        start_seconds = narrator.elapsed_s
        process = stack.enter_context(
            running_service(client.settings.home.absolute(), PROVIDER, client.settings.rpc_url)
        )
        publish(story)
        sell(story, announced(process, client.settings.home.absolute()))
        mint(story)
        verify(story)
        anchor(story)
        trace(story)
        return finish(story, start_seconds)


def start_chain(story: Story) -> None:
    """A real EVM node, its state kept, with our contracts on it."""
    with story.narrator.step("Start the chain and deploy the contracts"):
        workspace = story.client.workspace
        node, deployment = workspace.node, workspace.deployment
        story.narrator.say(f"chain {node.chain_id} at {node.label}, block {node.block_number()}")
        for contract in deployment.contracts:
            story.narrator.good(f"{contract.name} at {contract.address}, code verified")


def publish(story: Story) -> None:
    """A real dataset, a real language model with its card, and a service that sells its calls."""
    with story.narrator.step("Publish a dataset, a language model and a service"):
        market, folder = story.client.market, story.folder
        wanted: list[tuple[str, Path, dict[str, Any]]] = [
            ("dataset", material.lay_out_dataset(folder), {}),
            ("model", material.lay_out_model(folder), {"price": "25", "royalty_percent": "5"}),
            ("service", material.lay_out_service(folder), {"price": PRICE, "licence": "CC0-1.0"}),
        ]
        for kind, path, more in wanted:
            if kind == "service":
                more |= {"parent": story.assets["model"].asset_id.hex, "name": material.MODEL_NAME}
            published = market.publish(path, kind=kind, **more)
            story.assets[kind] = published.asset
            story.note("register_asset", published.transaction)
            state = "registered" if published.transaction else "registered before"
            metadata = published.asset.metadata
            story.narrator.good(
                f"{kind} {metadata.name!r}: {state}, {metadata.content_bytes} bytes, "
                f"{metadata.licence}, {metadata.content}"
            )


def sell(story: Story, service: Service) -> None:
    """A separate process pays three calls with the unmodified x402 client library."""
    with story.narrator.step(f"Sell calls at {PRICE} ASSAY; a stranger's x402 client pays three"):
        workspace = story.client.workspace
        _fund(story)
        service.wait_until_healthy()
        story.narrator.say(f"service at {service.url}, model {material.MODEL_NAME}")
        first_seed = workspace.node.block_number()  # another run, other texts
        order = {
            "url": service.url,
            "model": material.MODEL_NAME,
            "key": bytes(workspace.account(BUYER).signer().key).hex(),
            "requests": [
                {"prompt": prompt, "seed": first_seed + number}
                for number, prompt in enumerate(PROMPTS)
            ],
        }
        for answer in pay_calls(order):
            story.answers.append(answer)
            story.note("settle_call", answer["transaction"])
            story.narrator.good(f"paid in {answer['transaction']}, record {answer['record']}")
            story.narrator.say(" ".join(answer["text"].split())[:160] + " …")
        texts = {answer["text"] for answer in story.answers}
        story.check(len(texts) == len(PROMPTS), f"{len(texts)} different texts")


def _fund(story: Story) -> None:
    """Give the buyer tokens to spend, once."""
    workspace = story.client.workspace
    token, buyer = workspace.deployment.token, workspace.account(BUYER).address
    if token.read("balanceOf", buyer) < ALLOWANCE_UNITS:
        receipt = workspace.sender(TREASURY).transact(token, "transfer", buyer, ALLOWANCE_UNITS)
        story.note("transfer_token", receipt.transaction_hash)


def mint(story: Story) -> None:
    """One text becomes a token; nobody can mint it again."""
    with story.narrator.step("Mint one answer as a content token"):
        answer = max(story.answers, key=lambda one: len(one["text"]))
        minted = story.client.content.mint(
            answer["text"], call=answer["record"], royalty_percent="5", account=BUYER
        )
        story.content_id = minted.token.content_id.hex
        story.note("mint_content", minted.token.transaction)
        story.text_file = story.folder / f"text-{story.content_id[2:12]}.txt"
        for path in (story.text_file, story.folder / "text.txt"):
            path.write_bytes(answer["text"].encode("utf-8"))
        story.narrator.good(f"token {story.content_id}, owner {minted.token.state.owner}")
        for account in (BUYER, RIVAL):
            try:
                story.client.content.mint(answer["text"], account=account)
                story.check(holds=False, text=f"{account} minted it again")
            except AlreadyMinted as refusal:
                story.check(holds=True, text=f"again by {account}: refused. {refusal}")


def verify(story: Story) -> None:
    """The same bytes, a copy with two words changed, and another text."""
    with story.narrator.step("Verify: the same text, an altered copy, another text"):
        text = story.text_file.read_text(encoding="utf-8")
        other = next(a["text"] for a in story.answers if a["text"] != text)
        for wanted, candidate in (
            ("identical", text),
            ("altered", damage.change_two_words(text)),
            ("unknown", other),
        ):
            found = story.client.content.verify(candidate)
            token = f", token {found.token.content_id.hex[:18]}…" if found.token else ""
            story.check(
                found.verdict.value == wanted,
                f"{found.verdict.value}, similarity {found.similarity:.3f}{token}",
            )
            story.narrator.say(found.evidence[-1])


def anchor(story: Story) -> None:
    """One Merkle root for all call records, and the proof of one call."""
    with story.narrator.step("Anchor the call records, and prove one call"):
        batch = story.client.market.anchor(account=PROVIDER)
        if batch:
            story.note("anchor_batch", batch.transaction)
            story.narrator.good(f"batch {batch.number}: {batch.calls} calls, 0x{batch.root.hex()}")
        proof = story.client.market.make_call_proof(story.answers[0]["record"])
        for check in story.client.market.check_call_proof(proof):
            story.check(check.ok, f"{check.name}: {check.detail}")


def trace(story: Story) -> None:
    """Every link from the text back to where it came from; then a damaged copy of the store."""
    with story.narrator.step("Trace the text to its origin"):
        lineage = story.client.trace(str(story.text_file))
        story.narrator.draw(rendering.tree(lineage))
        story.check(lineage.verified, f"{len(lineage.links)} links checked")
    with story.narrator.step("Damage one byte in a copy of the store, and trace again"):
        damaged = damage.trace_damaged_copy(story.client, story.text_file)
        story.narrator.say(f"changed byte {damaged.offset} of {damaged.file}")
        for link in damaged.lineage.faults:
            story.narrator.bad(f"{link.kind}: {link.reason}")
        caught = [link.kind for link in damaged.lineage.faults] == ["bytes of"]
        story.check(caught, "the damaged link is caught, and no other")


def finish(story: Story, start_seconds: float) -> dict[str, Any]:
    """The table at the end, and the same for programs."""
    summary = ledger_table.summarise(story.client, story.transactions, (PROVIDER, BUYER))
    seconds = round(story.narrator.elapsed_s, 2)
    for table in ledger_table.tables(summary, story.narrator.seconds, seconds):
        story.narrator.draw(table)
    story.narrator.say("")
    story.narrator.say(f"Try: assay trace {story.text_file} --html trace.html")
    price = format_amount(story.assets["service"].registered.price, decimals=6)
    return {
        "text_file": str(story.text_file),
        "content_id": story.content_id,
        "asset_id": story.assets["model"].asset_id.hex,
        "dataset_id": story.assets["dataset"].asset_id.hex,
        "service_id": story.assets["service"].asset_id.hex,
        "price": price,
        "calls": story.answers,
        **asdict(summary),
        "verified": story.verified,
        "start_seconds": round(start_seconds, 2),
        "seconds": seconds,
    }
