"""Reports of audits on a real chain: attested, checked, and whatever was changed since is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assay.authoring.audit.reports.document import ReportUnreadable
from assay.authoring.audit.rule_errors import (
    NotRevocable,
    NotTheOwner,
    RulesUnchanged,
    VersionUnknown,
)
from assay.authoring.use_cases.deploying import Deployed
from assay.client.audit_reports import beside
from assay.errors import AssayError
from assay.service.app import create_app
from tests.integration.authoring.conftest import Sale

EXAMPLES = Path(__file__).parents[3] / "examples" / "audit"
BANK = """pragma solidity ^0.8.0;
contract Bank {
    mapping(address => uint) owed;
    function put() external payable { owed[msg.sender] += msg.value; }
    function take() external {
        (bool sent,) = msg.sender.call{value: owed[msg.sender]}("");
        require(sent);
        owed[msg.sender] = 0;
    }
}
"""
RULES = "name: House rules\nthreshold: medium\nrules:\n  state-after-call: medium\n"
AUDITOR = "local-3"


@dataclass(frozen=True)
class Desk:
    """An auditor's desk on the chain of the sale: a source, and the attested report of it."""

    sale: Sale
    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / "audit" / "report.json"

    def states(self, report: Path, **given: str) -> dict[str, str]:
        checked = self.sale.client.audit.check(report, sources=self.folder / "src", **given)
        return {line.name: line.state for line in checked.lines}


@pytest.fixture(scope="module")
def desk(sale: Sale, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("audits")
    (folder / "src").mkdir()
    (folder / "src" / "Bank.sol").write_text(BANK)
    (folder / "rules.yaml").write_text(RULES)
    audit = sale.client.audit
    audit.rules.publish(folder / "rules.yaml")
    found = audit.run(folder / "src" / "Bank.sol")
    audit.write(audit.report(found), folder / "audit", ("json", "sarif", "html"))
    audit.attest(folder / "audit", AUDITOR)
    return Desk(sale, folder)


def copied(desk: Desk, folder: Path) -> Path:
    """The report with all that stands beside it, elsewhere."""
    for one in desk.report.parent.iterdir():
        (folder / one.name).write_bytes(one.read_bytes())
    return folder / "report.json"


def test_an_audit_goes_by_the_newest_version_and_names_it(desk: Desk) -> None:
    report = json.loads(desk.report.read_bytes())
    published, book = desk.sale.client.audit.rules.show()

    assert report["rule_book"]["version"] == published.version == 1
    assert report["rule_book"]["digest"] == published.digest.hex == book.digest.hex
    severities = {one["rule"]: one["severity"] for one in report["findings"]}
    assert severities["state-after-call"] == "medium"
    assert report["verdict"] == "failed"


def test_an_attested_report_holds_in_every_line(desk: Desk) -> None:
    checked = desk.sale.client.audit.check(
        desk.report, sources=desk.folder / "src", attester=AUDITOR
    )

    assert [line for line in checked.lines if line.state != "ok"] == []
    assert {line.name for line in checked.lines} == {
        "report",
        "attestation",
        "rule book",
        "source Bank.sol",
        "sarif",
        "html",
    }
    assert checked.verified


def test_without_its_uid_the_attestation_is_found_on_the_chain(desk: Desk, tmp_path: Path) -> None:
    report = copied(desk, tmp_path)
    beside(report).unlink()

    assert desk.states(report)["attestation"] == "ok"


def test_attesting_again_finds_the_same_attestation(desk: Desk) -> None:
    client = desk.sale.client
    before = client.workspace.node.block_number()

    again = client.audit.attest(desk.report, AUDITOR)

    assert again.already
    assert again.attestation.uid == json.loads(beside(desk.report).read_bytes())["uid"]
    assert client.workspace.node.block_number() == before


@pytest.mark.parametrize("with_uid", [True, False])
def test_a_tampered_report_that_agrees_with_itself_fails_by_its_attestation(
    with_uid: bool, desk: Desk, tmp_path: Path
) -> None:
    report = copied(desk, tmp_path)
    data = report.read_bytes()
    report.write_bytes(data.replace(b"Bank.take", b"Bank.tame"))
    if not with_uid:
        beside(report).unlink()

    states = desk.states(report)

    assert data != report.read_bytes()
    assert (states["report"], states["attestation"]) == ("ok", "failed")
    assert states["html"] == "failed"


@pytest.mark.parametrize("place", range(0, 2000, 401))
def test_any_flipped_bit_fails(place: int, desk: Desk, tmp_path: Path) -> None:
    report = copied(desk, tmp_path)
    data = bytearray(report.read_bytes())
    data[place % len(data)] ^= 1
    report.write_bytes(data)

    assert not desk.sale.client.audit.check(report).ok


def test_a_reformatted_report_fails_and_is_not_attested(desk: Desk, tmp_path: Path) -> None:
    report = copied(desk, tmp_path)
    report.write_text(json.dumps(json.loads(report.read_bytes()), indent=2))

    assert desk.states(report)["report"] == "failed"
    with pytest.raises(ReportUnreadable, match="not canonical"):
        desk.sale.client.audit.attest(report)


def test_a_changed_source_fails_and_one_that_is_away_is_not_checked(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "Bank.sol").write_text(BANK + "\n")
    check = desk.sale.client.audit.check

    changed = {one.name: one.state for one in check(desk.report, sources=tmp_path).lines}
    away = check(desk.report, sources=tmp_path / "nowhere")

    assert changed["source Bank.sol"] == "failed"
    assert {one.name: one.state for one in away.lines}["source Bank.sol"] == "not_checked"
    assert away.ok


def test_an_attestation_by_somebody_else_does_not_count_for_the_auditor(desk: Desk) -> None:
    states = desk.states(desk.report, attester="local-4")

    assert states["attestation"] == "failed"


def test_an_attestation_of_another_kind_fails(desk: Desk) -> None:
    states = desk.states(desk.report, attestation="0x" + "ab" * 32)

    assert states["attestation"] == "failed"


def test_a_revoked_attestation_fails_and_only_its_attester_revokes(
    desk: Desk, tmp_path: Path
) -> None:
    audit = desk.sale.client.audit
    found = audit.run(desk.folder / "src" / "Bank.sol")
    report = audit.report(found).model_copy(update={"made_at": "2026-01-01T00:00:00Z"})
    audit.write(report, tmp_path / "report.json")
    uid = audit.attest(tmp_path, AUDITOR).attestation.uid
    assert audit.check(tmp_path).ok

    with pytest.raises(NotRevocable):
        audit.revoke(uid, "local-4")
    audit.revoke(uid, AUDITOR)

    [line] = [one for one in audit.check(tmp_path).lines if one.name == "attestation"]
    assert line.state == "failed"
    assert "revoked" in line.detail


@pytest.mark.parametrize(
    ("field", "value"),
    [("digest", "0x" + "12" * 32), ("version", 7), ("address", "0x" + "34" * 20)],
)
def test_a_report_that_names_other_rules_fails(
    field: str, value: object, desk: Desk, tmp_path: Path
) -> None:
    audit = desk.sale.client.audit
    found = audit.run(desk.folder / "src" / "Bank.sol")
    report = audit.report(found)
    assert report.rule_book is not None
    book = report.rule_book.model_copy(update={field: value})
    audit.write(report.model_copy(update={"rule_book": book}), tmp_path / "report.json")

    lines = {one.name: one for one in audit.check(tmp_path).lines}

    assert lines["rule book"].state == "failed"


def test_rules_are_published_by_their_owner_alone_and_not_twice(desk: Desk, tmp_path: Path) -> None:
    rules = desk.sale.client.audit.rules

    (tmp_path / "other.yaml").write_text("name: Others\n")
    with pytest.raises(NotTheOwner, match="Only the owner"):
        rules.publish(tmp_path / "other.yaml", "local-4")
    with pytest.raises(RulesUnchanged):
        rules.publish(desk.folder / "rules.yaml")
    with pytest.raises(VersionUnknown):
        rules.show(99)
    assert len(rules.versions()) == 1


def test_an_audit_of_deployed_code_is_part_of_its_trace(
    desk: Desk, sale: Sale, deployed: Deployed, tmp_path: Path
) -> None:
    audit = sale.client.audit
    found = audit.run(str(deployed.address), source=sale.folder / "Contract.sol")
    audit.write(audit.report(found), tmp_path / "report.json")
    audit.attest(tmp_path, AUDITOR)

    checked = audit.check(tmp_path, sources=sale.folder)
    of_contract = sale.client.trace(deployed.address)
    of_report = sale.client.trace(str(tmp_path / "report.json"))

    assert [line for line in checked.lines if line.state != "ok"] == []
    assert f"code at {deployed.address}" in {line.name for line in checked.lines}
    assert {"audited in", "attested in", "made by rules"} <= {one.kind for one in of_contract.links}
    assert of_contract.verified
    assert of_report.start.kind == "audit report"
    assert of_report.verified


def test_a_chain_that_has_another_service_says_what_it_has_not(desk: Desk, tmp_path: Path) -> None:
    report = copied(desk, tmp_path)
    kept = json.loads(beside(report).read_bytes())
    beside(report).write_text(json.dumps({**kept, "chain_id": 5}))

    checked = desk.sale.client.audit.check(report)

    assert checked.ok
    assert not checked.verified


def test_the_routes_check_and_show(desk: Desk) -> None:
    with TestClient(create_app(desk.sale.client)) as http:
        given = {"report": desk.report.read_text(), "sources": {"Bank.sol": BANK}}
        good = http.post("/audit/check", json=given).json()
        bad = http.post("/audit/check", json={"report": "{}"}).json()
        rules = http.get("/audit/rules").json()
        first = http.get("/audit/rules/1").json()
        missing = http.get("/audit/rules/9")

    assert good["verified"]
    assert (bad["ok"], bad["checks"][0]["state"]) == (False, "failed")
    assert [one["version"] for one in rules["versions"]] == [1]
    assert first["rules"] == {"state-after-call": "medium"}
    assert missing.status_code == 400


def test_code_is_audited_over_http_and_reads_nothing_of_the_host(desk: Desk) -> None:
    escrow = (EXAMPLES / "Escrow.sol").read_text(encoding="utf-8")
    late = escrow.replace("> started + 30 days", "> started + 60 days")
    prose = (EXAMPLES / "escrow.md").read_text(encoding="utf-8")
    with TestClient(create_app(desk.sale.client)) as http:
        found = http.post("/audit/run", json={"sources": {"Bank.sol": BANK}}).json()
        given = {"sources": {"a/Escrow.sol": late}, "text": prose}
        held = http.post("/audit/run", json=given).json()
        spying = {"sources": {"A.sol": 'import "/etc/hostname";', "B.sol": ""}}
        empty = http.post("/audit/run", json=spying)
        spying["sources"].pop("B.sol")
        spied = http.post("/audit/run", json=spying)
        names = [
            http.post("/audit/run", json={"sources": {name: BANK}}).status_code
            for name in ("../Bank.sol", "/tmp/Bank.sol", "a/../Bank.sol", "Bank.txt", ".sol")
        ]
        odd = [
            http.post("/audit/run", content=body, headers={"content-type": "application/json"})
            for body in (
                b'{"sources": {"A.sol": "contract A { string s = \\"\\ud800\\"; }"}}',
                b'{"sources": {"A.sol": "contract A {}", "A.sol/B.sol": "contract B {}"}}',
            )
        ]
        unnamed = http.post("/audit/run", json={"sources": {"A.sol": BANK}, "main": "B.sol"})

    assert {one["file"] for one in found["findings"]} == set(found["files"]) == {"Bank.sol"}
    assert "reentrancy" in {one["class"] for one in found["findings"]}
    assert [one["name"] for one in held["properties"] if one["verdict"] == "violated"] == [
        "when_due"
    ]
    assert (empty.status_code, spied.status_code, unnamed.status_code) == (422, 400, 400)
    assert "/tmp" not in spied.text
    assert names == [422] * 5
    assert [one.status_code for one in odd] == [422, 400]
    assert odd[0].json()["error"]["type"] == "RequestMalformed"
    assert "string s" not in odd[0].text


def test_what_is_no_file_is_an_error(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(AssayError, match="cannot be read"):
        desk.sale.client.audit.check(tmp_path / "nothing.json")
