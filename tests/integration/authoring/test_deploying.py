"""A built contract comes onto a real chain once, with its record, or is refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.authoring.deployment_errors import SourceEdited, TokenUnfit, TrialsFailed
from assay.authoring.use_cases.deploying import Deployed, Prepared
from assay.cli.main import app
from assay.core.address import Address
from assay.errors import AssayError
from tests.integration.authoring.conftest import ISSUER, Sale

NOBODY = Address("0x000000000000000000000000000000000000dEaD")


def test_the_contract_stands_where_it_was_told_with_its_record(
    sale: Sale, prepared: Prepared, deployed: Deployed
) -> None:
    workspace = sale.client.workspace
    record, deployer, _code = workspace.deployment.contract_records.read(
        "recordOf", deployed.address
    )

    assert deployed.address == prepared.address
    assert workspace.node.code(deployed.address)
    assert record == prepared.record
    assert deployer == workspace.address("local-1")
    assert not deployed.already
    assert prepared.estimate is not None
    receipt = workspace.node.receipt(str(deployed.transaction))
    assert receipt is not None
    assert receipt.gas_used <= prepared.estimate.gas


def test_the_same_deployment_after_a_crash_is_found_and_not_made_twice(
    sale: Sale, prepared: Prepared, deployed: Deployed
) -> None:
    deployments = sale.client.authoring.deployments("local-1")

    unaware = deployments.deploy(prepared)
    aware = deployments.deploy(sale.prepared())

    assert unaware.transaction == deployed.transaction
    assert (aware.already, aware.address) == (True, deployed.address)
    assert aware.transaction == deployed.transaction


def test_tokens_that_are_not_the_agreements_are_refused(sale: Sale) -> None:
    deployments = sale.client.authoring.deployments("local-1")
    content = sale.client.workspace.deployment.content.address

    for address, words in ((NOBODY, "no contract"), (content, "decimals")):
        with pytest.raises(TokenUnfit, match=words):
            deployments.prepare(sale.folder, parties={"issuer": ISSUER}, tokens={"USDC": address})


def test_a_token_of_other_decimals_is_refused(sale: Sale, tmp_path: Path) -> None:
    folder = sale.copy(tmp_path / "sale")
    specification = folder / "specification.json"
    agreed = json.loads(specification.read_bytes())
    for asset in agreed["assets"]:
        if asset["name"] == "USDC":
            asset["decimals"] = 18
    specification.write_text(json.dumps(agreed), encoding="utf-8")

    with pytest.raises(TokenUnfit, match="has 6 decimals, and 18 were agreed"):
        sale.prepared(folder)


def test_a_changed_source_is_refused_with_the_calls_that_show_it(
    sale: Sale, tmp_path: Path
) -> None:
    folder = sale.copy(tmp_path / "sale")
    source = folder / "Contract.sol"
    text = source.read_text(encoding="utf-8")
    changed = text.replace("ISSUED_FOR_PRICE = 10e18", "ISSUED_FOR_PRICE = 11e18")
    assert changed != text
    source.write_text(changed, encoding="utf-8")

    with pytest.raises(TrialsFailed, match="buyToken"):
        sale.prepared(folder)


def test_an_edit_that_no_trial_notices_is_refused_too(sale: Sale, tmp_path: Path) -> None:
    folder = sale.copy(tmp_path / "sale")
    source = folder / "Contract.sol"
    text = source.read_text(encoding="utf-8")
    end = text.rindex("}")
    door = "    function sweep() external { _mint(address(0xbad), 1); }\n"
    source.write_text(text[:end] + door + text[end:], encoding="utf-8")

    with pytest.raises(SourceEdited):
        sale.prepared(folder)


def test_without_a_yes_nothing_is_sent(sale: Sale) -> None:
    node = sale.client.workspace.node
    before = node.block_number()
    arguments = ["author", "deploy", str(sale.folder), "--account", "local-2"]
    arguments += ["--party", f"issuer={ISSUER}", "--token", f"USDC={sale.token}"]
    environment = {"ASSAY_HOME": str(sale.home), "ASSAY_RPC_URL": node.url}

    done = CliRunner().invoke(app, arguments, env=environment)

    assert isinstance(done.exception, AssayError)
    assert "needs your yes" in str(done.exception)
    assert "must issue 10 token to user" in done.stderr
    assert node.block_number() == before
