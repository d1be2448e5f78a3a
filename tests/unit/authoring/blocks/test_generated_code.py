"""What an independent analyser says of the code that is generated."""

from __future__ import annotations

from bench.generated import heard_of

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.program.solidity import write_solidity
from tests.unit.authoring.blocks.agreements import AGREEMENTS
from tests.unit.authoring.blocks.open_agreements import OPEN_AGREEMENTS

CARELESS = """// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

contract Careless {
    mapping(address who => uint256 sum) public sums;

    function put() external payable {
        sums[msg.sender] += msg.value;
    }

    function take() external {
        (bool sent, ) = msg.sender.call{value: sums[msg.sender]}("");
        require(sent);
        sums[msg.sender] = 0;
    }
}
"""


def test_slither_finds_nothing_of_medium_weight_in_generated_contracts() -> None:
    agreements = {**AGREEMENTS, **OPEN_AGREEMENTS}
    composed = {name: compose(make(), BLOCKS, name=name) for name, make in agreements.items()}
    sources = {name: write_solidity(one.program) for name, one in composed.items()}

    found = heard_of({**sources, "Careless": CARELESS})

    careless = found.pop("Careless")
    assert any("reentrancy" in one for one in careless)
    assert found == {name: [] for name in sources}
