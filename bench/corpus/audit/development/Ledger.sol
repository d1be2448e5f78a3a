pragma solidity ^0.5.10;

contract Ledger {
    mapping(address => uint256) public since;
    mapping(address => uint256) public staked;
    uint256 constant DELAY = 5000;

    function stake() external payable {
        staked[msg.sender] += msg.value;
        since[msg.sender] = block.number;
    }

    function leave() external {
        require(block.number >= since[msg.sender] + DELAY);
        uint256 amount = staked[msg.sender];
        staked[msg.sender] = 0;
        msg.sender.transfer(amount);
    }
}
