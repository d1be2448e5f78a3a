"""The whole path of a text on a real chain: mint, refuse, resume, verify, trace."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from assay.chain.commitment import claim_salt
from assay.chain.errors import ContractRevert
from assay.content.errors import AlreadyMinted, CopyRefused
from assay.content.lineage import ContentSource
from assay.content.model import Provenance, Verdict
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.ledger.lineage import find, trace
from assay.store.disk import DiskStore
from tests.integration.content.conftest import Machine
from tests.unit.content.texts.test_fingerprint import CHINESE, OTHER_CHINESE, PARAGRAPH

MODEL = Digest.of(b"some model")
PROMPT = Digest.of(b"some prompt")


@pytest.fixture
def english() -> str:
    """A text that no earlier test has minted."""
    return f"{PARAGRAPH} This is note number {uuid4().int}."


@pytest.fixture
def chinese() -> str:
    return f"{CHINESE}编号{uuid4().int}。"


def test_a_mint_is_confirmed_by_the_chain(machine: Machine, english: str) -> None:
    minted = machine.mint(english, model=MODEL, prompt_digest=PROMPT, royalty_bps=250)

    contract, token_id = machine.chain.deployment.content, Digest.of(english.encode()).token_id
    assert contract.read("ownerOf", token_id) == machine.chain.account("local-1").address
    assert minted.token.state.opens
    assert minted.token.state.royalty_bps == 250
    assert minted.token.transaction is not None
    receipt = machine.chain.node.receipt(minted.token.transaction)
    assert receipt is not None
    assert receipt.succeeded


@pytest.mark.parametrize("account", ["local-1", "local-4"])
def test_a_second_mint_is_refused_with_token_owner_and_time(
    machine: Machine, english: str, account: str
) -> None:
    minted = machine.mint(english)

    with pytest.raises(AlreadyMinted) as refusal:
        machine.mint(english, account)

    assert refusal.value.owner == machine.chain.account("local-1").address
    assert refusal.value.minted_at == minted.token.state.minted_at


def test_the_contract_refuses_a_second_mint_that_passed_every_check_before(
    machine: Machine, english: str
) -> None:
    other = machine.chain.contract("local-4")
    provenance = Provenance(PROMPT, None, other.account, Cid.raw(b"metadata"))
    minted = machine.mint(english)

    with pytest.raises(AlreadyMinted) as refusal:
        other.mint(minted.token.content_id, provenance, 0)

    assert refusal.value.owner == minted.token.state.owner
    assert refusal.value.minted_at == minted.token.state.minted_at


def test_a_reveal_copied_from_the_mempool_is_refused(machine: Machine, english: str) -> None:
    chain, content_id = machine.chain, Digest.of(english.encode())
    contract, creator = chain.deployment.content, chain.sender("local-1")
    salt = claim_salt(creator, contract, content_id)
    commitment = contract.read("commitmentOf", creator.account.address, content_id.raw, salt)
    creator.transact(contract, "commit", commitment)
    chain.node.request("anvil_mine", ["0x2"])
    copied = (content_id.raw, PROMPT.raw, 0, Digest.of(b"metadata").raw, bytes(32), 0)

    with pytest.raises(ContractRevert, match="CommitmentsUnknown"):
        chain.sender("local-4").transact(contract, "mint", copied, salt)
    minted = machine.mint(english)

    assert minted.token.state.owner == creator.account.address


def test_a_mint_killed_between_commit_and_reveal_goes_on_from_there(
    machine: Machine, english: str, tmp_path: Path
) -> None:
    chain = machine.chain
    before = chain.node.request(
        "eth_getTransactionCount", [chain.account("local-1").address, "latest"]
    )
    program = str(Path(__file__).parent / "dying_mint.py")
    command = [sys.executable, program, chain.node.url, str(chain.folder), str(tmp_path), english]
    environment = {"PYTHONPATH": str(Path(__file__).parents[3])}

    died = subprocess.run(command, env=environment, check=False, timeout=120, capture_output=True)
    minted = machine.mint(english)

    after = chain.node.request(
        "eth_getTransactionCount", [chain.account("local-1").address, "latest"]
    )
    assert died.returncode == 9, died.stderr.decode()
    assert minted.token.state.owner == chain.account("local-1").address
    assert int(after, 16) - int(before, 16) == 2


def test_the_three_verdicts_in_english(machine: Machine, english: str) -> None:
    minted = machine.mint(english, model=MODEL)
    altered = english.replace("question", "riddle").replace("licence", "contract")

    same, near, other = (machine.verify(text) for text in (english, altered, OTHER_CHINESE))

    assert (same.verdict, same.similarity) == (Verdict.IDENTICAL, 1.0)
    assert same.token is not None
    assert same.token.as_json() == minted.token.as_json()
    assert near.verdict == Verdict.ALTERED
    assert 0.7 < near.similarity < 1.0
    assert near.token is not None
    assert near.token.content_id == minted.token.content_id
    assert (other.verdict, other.token) == (Verdict.UNKNOWN, None)


def test_the_three_verdicts_in_chinese(machine: Machine, chinese: str) -> None:
    minted = machine.mint(chinese)
    altered = chinese.replace("问题", "谜语").replace("许可", "合同")

    same, near, other = (machine.verify(text) for text in (chinese, altered, OTHER_CHINESE))

    assert same.verdict == Verdict.IDENTICAL
    assert near.verdict == Verdict.ALTERED
    assert near.token is not None
    assert near.token.content_id == minted.token.content_id
    assert other.verdict == Verdict.UNKNOWN


def test_a_disguised_copy_is_refused_to_others(machine: Machine, english: str) -> None:
    machine.mint(english)

    with pytest.raises(CopyRefused) as refusal:
        machine.mint(english.upper() + "!", "local-4")

    assert refusal.value.creator == machine.chain.account("local-1").address


def test_a_fresh_machine_rebuilds_the_index_from_chain_and_store(
    machine: Machine, english: str, tmp_path: Path
) -> None:
    machine.mint(english)
    engine = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    fresh = Machine(machine.chain, DiskStore(tmp_path / "store"), engine)

    found = fresh.verify(english + " And more.")

    assert found.verdict == Verdict.ALTERED
    engine.dispose()


def test_a_machine_without_the_store_still_knows_identical_bytes(
    machine: Machine, english: str, tmp_path: Path
) -> None:
    machine.mint(english)
    engine = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    bare = Machine(machine.chain, DiskStore(tmp_path / "empty"), engine)

    same, near = bare.verify(english), bare.verify(english + " And more.")

    assert same.verdict == Verdict.IDENTICAL
    assert same.token is not None
    assert same.token.provenance is not None
    assert near.verdict == Verdict.UNKNOWN
    engine.dispose()


def test_the_lineage_of_a_minted_text_verifies(machine: Machine, english: str) -> None:
    minted = machine.mint(english, model=MODEL)
    machine.sync()
    source = ContentSource(machine.chain.contract("local-5"), machine.blobs, machine.index)

    lineage = trace(find(minted.token.content_id.hex, [source]), [source])

    assert lineage.verified
    assert {link.kind for link in lineage.links} == {
        "minted as",
        "recorded by",
        "described by",
        "bytes of",
        "model",
    }
