"""Our own contracts held against the agreement that they were built from, as built and tampered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assay.authoring.audit.errors import CodeDiffers, NoCodeThere
from assay.authoring.audit.model import Property
from assay.authoring.audit.use_cases.auditing import Auditors
from assay.authoring.audit.use_cases.comparing import compare
from assay.authoring.audit.use_cases.holding import Options, hold_file
from assay.authoring.use_cases.building import Built, Workshop, build
from assay.authoring.use_cases.reading import read_agreement
from assay.bootstrap.audit import make_auditors
from assay.bootstrap.authoring import make_workshop

Hold = Callable[[str], tuple[Property, ...]]
AGREEMENT = (
    "1. 买方应在7日内向合约存入1000 USDC。\n2. 买方确认收货后,合约应将该款项释放给卖方。\n"
    "3. 如果买方在30日内未确认收货,则应将该款项退还给买方。\n"
)


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return make_workshop()


@pytest.fixture(scope="module")
def built(workshop: Workshop) -> Built:
    return build(read_agreement(AGREEMENT), "Purchase", workshop)


@pytest.fixture(scope="module")
def auditors() -> Iterator[Auditors]:
    made = make_auditors(with_slither=False)
    yield made
    made.close()


@pytest.fixture
def held(tmp_path: Path, auditors: Auditors, workshop: Workshop) -> Hold:
    def run(source: str) -> tuple[Property, ...]:
        path = tmp_path / "Purchase.sol"
        path.write_text(source, encoding="utf-8")
        options = Options({}, {}, timeout_s=60.0, histories=3)
        return hold_file(
            read_agreement(AGREEMENT), path, auditors, workshop, options=options
        ).properties

    return run


def test_a_tampered_payee_is_shown_by_the_shortest_calls(held: Hold, built: Built) -> None:
    right, wrong = "usdc.safeTransfer(seller,", "usdc.safeTransfer(buyer,"
    assert right in built.solidity

    properties = held(built.solidity.replace(right, wrong))

    broken = [one for one in properties if one.verdict == "violated" and one.obligation == 1]
    assert {one.name for one in broken} >= {"agrees_with_rules", "amount"}
    assert all(len(one.counterexample) == 3 for one in broken if one.name != "possible")
    differs = next(one for one in broken if one.name == "agrees_with_rules")
    assert "usdc of seller = +1000 USDC since the start" in differs.reason


def test_a_function_that_nobody_agreed_is_caught_though_every_clause_holds(
    held: Hold, built: Built
) -> None:
    door = (
        "    function sweep(address to) external "
        "{ usdc.safeTransfer(to, usdc.balanceOf(address(this))); }\n"
    )
    end = built.solidity.rindex("}")

    properties = held(built.solidity[:end] + door + "}\n")

    broken = [one for one in properties if one.verdict == "violated"]
    assert {one.obligation for one in properties if one.verdict == "holds"} >= {0, 1, 2}
    assert any(one.name == "only_as_agreed" for one in broken)
    assert all("sweep" in one.counterexample[-1] for one in broken)


def test_code_is_compared_with_what_its_source_compiles_to(
    tmp_path: Path, auditors: Auditors
) -> None:
    path = tmp_path / "Safe.sol"
    path.write_text(
        "pragma solidity ^0.8.20;\ncontract Safe { address public immutable owner;\n"
        "constructor() { owner = msg.sender; } }\n"
    )
    (binary,) = auditors.solidity.build(path, path.read_text(), optimizer_runs=200)
    ((start, length), *_) = binary.immutables
    deployed = binary.runtime[:start] + b"\x11" * length + binary.runtime[start + length :]

    same = compare("0x01", deployed, path, auditors)

    assert same == "Safe"
    with pytest.raises(CodeDiffers, match="is not what"):
        compare("0x01", deployed[:-60] + b"\x00" + deployed[-59:], path, auditors)
    with pytest.raises(NoCodeThere):
        compare("0x01", b"", path, auditors)
