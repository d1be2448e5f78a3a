// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.20;

contract Pool {
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;
    uint256 private entered = 1;

    modifier guarded() {
        require(entered == 1, "entered");
        entered = 2;
        _;
        entered = 1;
    }

    function rate() public view returns (uint256) {
        return totalSupply == 0 ? 1e18 : (address(this).balance * 1e18) / totalSupply;
    }

    function add() external payable guarded returns (uint256 minted) {
        uint256 before = address(this).balance - msg.value;
        minted = totalSupply == 0 ? msg.value : (msg.value * totalSupply) / before;
        require(minted > 1000, "small");
        balanceOf[msg.sender] += minted;
        totalSupply += minted;
    }

    function remove(uint256 amount) external guarded {
        uint256 out = (amount * address(this).balance) / totalSupply;
        balanceOf[msg.sender] -= amount;
        (bool ok, ) = msg.sender.call{value: out}("");
        require(ok, "refused");
        totalSupply -= amount;
    }
}
