// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Curve {
    uint256 public supply;
    mapping(address => uint256) public held;

    function priceAt(uint256 at) public pure returns (uint256) {
        return 1e12 + at * 1e9;
    }

    function buy() external payable {
        uint256 amount = msg.value / priceAt(supply);
        require(amount > 0, "small");
        supply += amount;
        held[msg.sender] += amount;
    }

    function sell(uint256 amount, uint256 least) external {
        held[msg.sender] -= amount;
        supply -= amount;
        uint256 out = amount * priceAt(supply);
        require(out >= least, "slippage");
        (bool ok, ) = msg.sender.call{value: out}("");
        require(ok, "pay");
    }
}
