"""Files to findings: pragmas, folders, other tools, and what cannot be looked at."""

import subprocess
import sys
from pathlib import Path

import pytest

from assay.authoring.audit.errors import (
    NothingToAudit,
    PragmaUnfit,
    SourceUnreadable,
    ToolFailed,
)
from assay.authoring.audit.merging import merge
from assay.authoring.audit.model import Finding
from assay.authoring.audit.slither import NAME, Slither
from assay.authoring.audit.sources.pragma import choose, pragma_of, without_pragma
from assay.authoring.audit.sources.solidity import SolidityParser
from assay.authoring.audit.sources.vyper import VyperParser
from assay.authoring.audit.tools import LineTool
from assay.authoring.audit.use_cases.auditing import Auditors, audit_code
from assay.authoring.compiling.errors import SourceRejected

KNOWN = ("0.4.26", "0.5.17", "0.6.12", "0.7.6", "0.8.37")
BANK = """pragma solidity 0.4.19;
contract Bank {
    mapping(address => uint) owed;
    function put() payable { owed[msg.sender] += msg.value; }
    function take() {
        msg.sender.call.value(owed[msg.sender])();
        owed[msg.sender] = 0;
    }
}
"""
VAULT = """# pragma version ^0.4.0
owed: HashMap[address, uint256]

@external
@payable
def put():
    self.owed[msg.sender] += msg.value

@external
def take():
    amount: uint256 = self.owed[msg.sender]
    raw_call(msg.sender, b"", value=amount)
    self.owed[msg.sender] = 0

@external
def close():
    selfdestruct(msg.sender)
"""
SHOP_OF_ONE = """// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
interface IERC20 { function transferFrom(address, address, uint256) external returns (bool); }
contract Shop {
    IERC20 immutable token;
    address immutable client;
    constructor(IERC20 token_, address client_) { token = token_; client = client_; }
    function pay() external {
        GUARD
        require(token.transferFrom(client, address(this), 5));
    }
}
"""
MODULE = """# pragma version ^0.4.0

@internal
@pure
def fee(units: uint256) -> uint256:
    return units // 100
"""
SHOP = """# pragma version ^0.4.0
import fees

@external
@pure
def price(units: uint256) -> uint256:
    return units + fees.fee(units)
"""


@pytest.mark.parametrize(
    ("pragma", "release"),
    [
        ("^0.4.0", "0.4.26"),
        ("0.4.11", "0.4.26"),
        (">=0.5.0 <0.7.0", "0.6.12"),
        ("^0.5.0 || ^0.7.0", "0.7.6"),
        ("~0.6.2", "0.6.12"),
        ("0.8", "0.8.37"),
        (">=0.4.22", "0.8.37"),
        ("", "0.8.37"),
    ],
)
def test_the_newest_compiler_that_a_pragma_admits_is_taken(pragma: str, release: str) -> None:
    assert choose(pragma, KNOWN)[0] == release


def test_older_generations_are_tried_after_the_newest_that_a_pragma_admits() -> None:
    assert choose(">=0.5.0", KNOWN) == ("0.8.37", "0.7.6", "0.6.12", "0.5.17")
    assert choose("0.4.11", KNOWN) == ("0.4.26",)


def test_a_pragma_of_no_known_generation_is_refused() -> None:
    with pytest.raises(PragmaUnfit):
        choose("^0.3.6", KNOWN)


def test_blanking_a_pragma_moves_nothing() -> None:
    blanked = without_pragma(BANK)

    assert len(blanked) == len(BANK)
    assert blanked.splitlines()[1:] == BANK.splitlines()[1:]
    assert pragma_of(BANK) == "0.4.19"
    assert pragma_of("// pragma solidity ^0.4.0;\npragma solidity ^0.8.1;") == "^0.8.1"


def test_slither_and_our_detectors_speak_once_of_one_bug(
    tmp_path: Path, parser: SolidityParser
) -> None:
    (tmp_path / "Bank.sol").write_text(BANK)
    slither = Slither()
    auditors = Auditors(parser, VyperParser(), ((NAME, slither),))

    found = audit_code(tmp_path / "Bank.sol", auditors)
    slither.close()

    assert found.gaps == ()
    places = [(one.bug_class, one.line) for one in found.findings]
    assert sorted(places) == [("reentrancy", 6), ("unchecked_calls", 6)]


@pytest.mark.parametrize(("guard", "taken"), [("require(msg.sender == client);", 0), ("", 1)])
def test_who_is_compared_with_the_caller_pays_for_himself(
    tmp_path: Path, parser: SolidityParser, guard: str, taken: int
) -> None:
    path = tmp_path / "Shop.sol"
    path.write_text(SHOP_OF_ONE.replace("GUARD", guard))
    slither = Slither()

    found = audit_code(path, Auditors(parser, VyperParser(), ((NAME, slither),))).findings
    slither.close()

    payers = [one for one in found if one.rule == "slither-arbitrary-send-erc20"]
    assert len(payers) == taken


def test_a_function_of_the_same_name_that_takes_from_others_is_told(
    tmp_path: Path, parser: SolidityParser
) -> None:
    path = tmp_path / "Shop.sol"
    guarded = SHOP_OF_ONE.replace("GUARD", "require(msg.sender == client);").rstrip("}\n")
    other = "function pay(uint256 sum) external { token.transferFrom(client, address(this), sum); }"
    path.write_text(f"{guarded}\n    }}\n    {other}\n}}\n")
    slither = Slither()

    found = audit_code(path, Auditors(parser, VyperParser(), ((NAME, slither),))).findings
    slither.close()

    assert "slither-arbitrary-send-erc20" in {one.rule for one in found}


@pytest.mark.parametrize("source", ["def f(:\n  \x00", "x: uint256 = " + "+".join(["1"] * 4_000)])
def test_a_vyper_file_that_breaks_the_compiler_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(SourceRejected):
        VyperParser().parse(tmp_path / "broken.vy", source)


def test_a_vyper_file_that_takes_too_long_is_a_gap_and_the_others_are_audited(
    tmp_path: Path, parser: SolidityParser
) -> None:
    (tmp_path / "bank.vy").write_text("x: uint256")
    (tmp_path / "Bank.sol").write_text(BANK)

    found = audit_code(tmp_path, Auditors(parser, VyperParser(timeout_s=0.01)))

    assert [(Path(gap.file).name, gap.tool) for gap in found.gaps] == [("bank.vy", "compiler")]
    assert "nothing within" in found.gaps[0].reason
    assert found.findings


def test_vyper_is_looked_at_by_the_same_detectors(tmp_path: Path, parser: SolidityParser) -> None:
    (tmp_path / "vault.vy").write_text(VAULT)

    found = audit_code(tmp_path, Auditors(parser, VyperParser()))

    assert {(one.rule, one.line) for one in found.findings} == {
        ("state-after-call", 12),
        ("open-selfdestruct", 17),
    }


def test_a_folder_with_a_broken_file_is_audited_and_names_it(
    tmp_path: Path, parser: SolidityParser
) -> None:
    (tmp_path / "Bank.sol").write_text(BANK)
    (tmp_path / "Broken.sol").write_text("pragma solidity ^0.8.0; contract {")

    found = audit_code(tmp_path, Auditors(parser, VyperParser()))

    assert [Path(gap.file).name for gap in found.gaps] == ["Broken.sol"]
    assert {Path(one.file).name for one in found.findings} == {"Bank.sol"}


def test_a_broken_file_alone_is_an_error(tmp_path: Path, parser: SolidityParser) -> None:
    path = tmp_path / "Broken.sol"
    path.write_text("pragma solidity ^0.8.0; contract {")

    with pytest.raises(SourceRejected):
        audit_code(path, Auditors(parser, VyperParser()))


def test_a_folder_without_sources_is_refused(tmp_path: Path, parser: SolidityParser) -> None:
    with pytest.raises(NothingToAudit):
        audit_code(tmp_path, Auditors(parser, VyperParser()))


def test_an_empty_file_and_one_that_is_not_there_are_no_clean_audits(
    tmp_path: Path, parser: SolidityParser
) -> None:
    (tmp_path / "Empty.sol").write_text("\n")

    for name in ("Empty.sol", "Missing.sol"):
        with pytest.raises(SourceUnreadable, match=name):
            audit_code(tmp_path / name, Auditors(parser, VyperParser()))


def test_a_module_beside_a_vyper_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "fees.vy").write_text(MODULE)
    path = tmp_path / "shop.vy"
    path.write_text(SHOP)

    anywhere = VyperParser().build(path, SHOP)
    within = VyperParser(tmp_path).build(path, SHOP)

    assert len(anywhere) == 1
    assert anywhere == within


@pytest.mark.parametrize("name", ["../Secret.sol", "{folder}/Secret.sol", "link/Secret.sol"])
def test_nothing_outside_of_its_folder_is_imported_where_it_is_to_stay_within(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "Secret.sol").write_text(
        "pragma solidity ^0.8.0;\ncontract Secret { uint256 s; }\n"
    )
    inside = tmp_path / "given"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path)
    path = inside / "Spy.sol"
    spy = f'import "{name.format(folder=tmp_path)}";\ncontract Spy is Secret {{}}\n'
    kept, free = SolidityParser(within=inside), SolidityParser()

    try:
        with pytest.raises(SourceRejected, match="not found") as refused:
            kept.parse(path, spy)
        assert "uint256 s" not in str(refused.value)
        assert free.parse(path, spy).trees
    finally:
        kept.close()
        free.close()


def test_a_vyper_file_that_is_to_stay_within_its_folder_imports_nothing_above(
    tmp_path: Path,
) -> None:
    (tmp_path / "fees.vy").write_text(MODULE)
    inside = tmp_path / "given"
    inside.mkdir()
    path = inside / "shop.vy"
    above = SHOP.replace("import fees", "from .. import fees")

    with pytest.raises(SourceRejected, match="fees"):
        VyperParser(inside).build(path, above)


def test_a_missing_tool_is_a_gap(tmp_path: Path, parser: SolidityParser) -> None:
    (tmp_path / "Bank.sol").write_text(BANK)
    absent = Slither(tmp_path / "no-environment")

    found = audit_code(tmp_path, Auditors(parser, VyperParser(), ((NAME, absent),)))

    assert [(gap.tool, "make audit-tools" in gap.reason) for gap in found.gaps] == [(NAME, True)]
    assert found.findings


def test_a_tool_that_hangs_is_given_up_and_starts_anew() -> None:
    script = "import sys, time\nfor line in sys.stdin:\n time.sleep(len(line) > 3 and 9)\n print(1)"
    tool = LineTool("Sleeper", (sys.executable, "-uc", script), timeout_s=2.0)

    with pytest.raises(ToolFailed, match="within 2 s"):
        tool.ask("long")
    answer = tool.ask("a")
    tool.close()

    assert answer.strip() == "1"


def test_duplicates_are_merged_and_the_gravest_comes_first() -> None:
    def finding(rule: str, line: int, severity: str) -> Finding:
        return Finding(rule, "reentrancy", severity, "high", "a.sol", line, "m", "f", "A.b")  # type: ignore[arg-type]

    merged = merge([finding("slither-x", 4, "medium"), finding("ours", 5, "high")])

    assert [one.rule for one in merged] == ["ours"]


def test_the_command_prints_the_published_shape(tmp_path: Path) -> None:
    (tmp_path / "Bank.sol").write_text(BANK)
    command = [sys.executable, "-m", "assay.cli.main", "audit", "run", str(tmp_path), "--json"]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    for key in ('"findings"', '"class": "reentrancy"', '"properties": []', '"rule_book": null'):
        assert key in ran.stdout
