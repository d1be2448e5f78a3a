"""What content tokens cost in bulk: a batch of 100, a list of 1000, a purchase from it, and a peer.

`content_gas.py` shows these rows. The commitment of a batch counts as part of it. The peer, mints
of OpenZeppelin's ERC-721 with a metadata address each, is compiled and used in the same run;
it has no commitment, so that whoever copies a mint can be first, and no royalties.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from eth_utils.crypto import keccak

from assay.chain.codec import encode_values, selector
from assay.chain.create2 import FACTORY, create2_address, creation_data
from assay.chain.deployment import Deployment
from assay.chain.transaction import Sender
from assay.content.model import Provenance
from assay.content.tokens.model import Catalogue, Entry, Statement, Terms
from assay.core.cid import Cid
from assay.core.digest import Digest
from gas import CONTRACTS, Creator, Row

BATCH = 100
LISTED = 1000
BATCH_GOAL = 35_000
LAZY_GOAL = 200
YEAR_S = 31_536_000


def token_rows(deployment: Deployment, payer: Sender, creator: Sender) -> list[Row]:
    """Every figure, beside the peer's."""
    single, together = peer_gas(creator)
    plain = f"{together:,} ERC-721 with an address, in a batch of {BATCH}"
    listed, bought = lazy_gas(deployment, payer, creator)
    return [
        Row(
            "batch_each",
            f"mint in a batch of {BATCH}, the commitment included",
            batch_gas(deployment, creator) // BATCH,
            BATCH_GOAL,
            plain,
        ),
        Row("lazy_each", f"list for sale, of {LISTED}", listed // LISTED, LAZY_GOAL, plain),
        Row("lazy_buy", "buy a listed content, which mints it", bought),
        Row("peer_mint", "mint one with the peer, measured here", single),
        Row("peer_batch_each", "one of a batch with the peer, measured here", together),
    ]


def batch_gas(deployment: Deployment, creator: Sender) -> int:
    """Commit to a batch and mint it; contents of a registered model, with shares."""
    statements = [_statement(creator, "batch", number) for number in range(BATCH)]
    digest = Digest(keccak(b"".join(one.content_id.raw for one in statements)))
    salt = keccak(text="salt")
    committed = Creator(creator, deployment).commit(deployment.content, digest, salt)
    contents = [_content(one) for one in statements]
    folder = keccak(text="folder")
    minted = creator.transact(deployment.content, "mintBatch", contents, folder, salt)
    return committed + minted.gas_used


def lazy_gas(deployment: Deployment, payer: Sender, creator: Sender) -> tuple[int, int]:
    """List contents; buy one of them with tokens that were allowed before."""
    contract, token = deployment.content, deployment.token
    now = contract.node.block("latest").timestamp
    terms = Terms(token.address, 1_000_000, now + YEAR_S)
    entries = tuple(Entry(_statement(creator, "list", n), terms) for n in range(LISTED))
    account = creator.account.address
    catalogue = Catalogue(account, contract.address, contract.node.chain_id, entries)
    listed = creator.transact(
        contract, "list", catalogue.root.raw, LISTED, Digest.of(catalogue.encode()).raw
    )
    entry, proof = catalogue.find(entries[LISTED // 2].statement.content_id)
    payer.transact(token, "approve", contract.address, terms.price)
    price = (terms.currency, terms.price, terms.valid_until)
    bought = payer.transact(contract, "buy", account, _content(entry.statement), price, proof)
    return listed.gas_used, bought.gas_used


def peer_gas(sender: Sender) -> tuple[int, int]:
    """A mint with the peer, and one of a batch; the account has a token of it before.

    Raises:
        CalledProcessError: the peer does not compile.
    """
    forge = ["node", str(CONTRACTS / "forge.mjs"), "build", "test/peer"]
    subprocess.run(forge, check=True, capture_output=True)
    artefact = json.loads((CONTRACTS / "out/PlainContent.sol/PlainContent.json").read_text())
    init_code = bytes.fromhex(artefact["bytecode"]["object"][2:])
    sender.wait(sender.send(FACTORY, creation_data(init_code)))
    entries = {entry["name"]: entry for entry in artefact["abi"] if entry["type"] == "function"}

    def call(name: str, *arguments: Any) -> int:
        data = selector(entries[name]) + encode_values(entries[name]["inputs"], arguments)
        return sender.wait(sender.send(create2_address(init_code), data)).gas_used

    def named(label: str) -> tuple[int, str]:
        return Digest.of(label.encode()).token_id, f"ipfs://{Cid.raw(label.encode())}"

    call("mint", *named("first"))
    ids, addresses = zip(*(named(f"peer {number}") for number in range(BATCH)), strict=True)
    return call("mint", *named("second")), call("mintMany", ids, addresses) // BATCH


def _statement(creator: Sender, label: str, number: int) -> Statement:
    provenance = Provenance(
        prompt_digest=Digest.of(f"{label} prompt {number}".encode()),
        model=Digest.of(b"model"),
        creator=creator.account.address,
        metadata=Cid.raw(f"{label} metadata {number}".encode()),
        shares_digest=Digest.of(b"shares"),
    )
    return Statement(Digest.of(f"{label} content {number}".encode()), provenance, 500)


def _content(statement: Statement) -> tuple[Any, ...]:
    *words, royalty = statement.words()
    content, prompt, model, metadata, shares = words
    return content, prompt, int.from_bytes(model), metadata, shares, int.from_bytes(royalty)
