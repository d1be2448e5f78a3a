"""From two pages of Chinese to a contract that pays by milestones, and back to its words.

Two questions are answered on the way, and what no code can enforce is named; the same words find
out a source that was tampered with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from typer.testing import CliRunner, Result

import assay
from assay.authoring.checking.answers import read_answers
from assay.cli.main import app
from assay.core.address import Address

AGREEMENT = Path(__file__).parents[2] / "examples/agreements/purchase-with-milestones.zh.md"
ANSWERS = AGREEMENT.with_suffix(".answers.yaml")
BUYER, SELLER = "local-0", "local-7"  # the first has the token's supply
PRICE, FIRST_PART = 360_000 * 10**6, 72_000 * 10**6


@dataclass(frozen=True)
class Desk:
    """Somebody's terminal, on a home folder with a running chain."""

    client: assay.Client
    folder: Path

    @property
    def built(self) -> Path:
        return self.folder / "purchase"

    def run(self, *arguments: str) -> Result:
        environment = {
            "ASSAY_HOME": str(self.folder / "home"),
            "ASSAY_RPC_URL": self.client.workspace.node.url,
        }
        return CliRunner().invoke(app, list(arguments), env=environment)

    def read(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        if done.exception is not None:
            raise done.exception
        return json.loads(done.stdout)

    def call(self, account: str, contract: Address, function: str, *values: Any) -> None:
        types = ["address" if isinstance(value, str) else "uint256" for value in values]
        data = keccak(text=f"{function}({','.join(types)})")[:4] + encode(types, values)
        sender = self.client.workspace.sender(account)
        sender.wait(sender.send(contract, data))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("author")
    with assay.connect(home=folder / "home") as client:
        yield Desk(client, folder)


@pytest.fixture(scope="module")
def contract(desk: Desk) -> Address:
    built = desk.read(
        *("author", "build", str(AGREEMENT), "--answers", str(ANSWERS)),
        *("--name", "Purchase", "--out", str(desk.built)),
    )
    assert built["report"]["passed"]
    token = desk.client.workspace.deployment.token.address
    deployed = desk.read(
        *("author", "deploy", str(desk.built), "--account", "local-1", "--yes"),
        *("--party", f"甲方={BUYER}", "--party", f"乙方={SELLER}", "--token", f"USDC={token}"),
    )
    return Address(deployed["address"])


def test_two_questions_are_asked_and_nothing_is_left_unread(desk: Desk) -> None:
    found = desk.read("author", "read", str(AGREEMENT))

    asked = [one["id"] for one in found["questions"]]
    assert asked == list(read_answers(ANSWERS.read_bytes()))
    kinds = [one.partition("-")[0] for one in asked]
    assert kinds == ["vague_time", "who_confirms.13.deliver"]
    assert found["not_understood"] == []


def test_what_the_contract_cannot_enforce_is_named_in_the_description(
    desk: Desk, contract: Address
) -> None:
    told = (desk.built / "description.md").read_text(encoding="utf-8")

    people = told.partition("由当事人自行履行")[2]
    assert contract
    for words in ("使用说明书", "税费", "生产数据保密", "不可抗力持续超过60日", "转让给第三方"):
        assert words in people


def test_the_deployed_contract_pays_the_first_part_when_the_drawings_are_confirmed(
    desk: Desk, contract: Address
) -> None:
    workspace = desk.client.workspace
    token, seller = workspace.deployment.token, workspace.address(SELLER)
    before = token.read("balanceOf", seller)

    desk.call(BUYER, token.address, "approve", contract, PRICE)
    desk.call(BUYER, contract, "partyADeposit")
    held = token.read("balanceOf", contract)
    desk.call(BUYER, contract, "partyAConfirmDrawings")
    desk.call(SELLER, contract, "releaseToPartyB")

    assert held == PRICE
    assert token.read("balanceOf", seller) - before == FIRST_PART
    assert token.read("balanceOf", contract) == PRICE - FIRST_PART


def test_the_address_leads_back_to_the_words_with_every_link_checked(
    desk: Desk, contract: Address
) -> None:
    lineage = desk.read("trace", contract)

    titles = {node["title"] for node in lineage["nodes"]}
    assert lineage["verified"]
    assert {"agreement.txt", "specification.json", "Contract.sol", "test-report.json"} <= titles


def test_the_words_find_out_a_source_that_was_tampered_with(desk: Desk, contract: Address) -> None:
    source = desk.built / "Contract.sol"
    text = source.read_text(encoding="utf-8")
    tampered = text.replace("usdc.safeTransfer(partyB,", "usdc.safeTransfer(partyA,", 1)
    assert contract
    assert tampered != text
    source.write_text(tampered, encoding="utf-8")

    done = desk.run("author", "test", str(desk.built), "--json")

    report = json.loads(done.stdout)
    [shown] = report["targets"]["solidity"]["disagreements"]
    assert done.exit_code == 1
    assert not report["passed"]
    assert any("Deposit" in call for call in shown["history"])
