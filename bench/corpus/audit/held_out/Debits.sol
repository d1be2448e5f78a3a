pragma solidity ^0.6.9;

contract Debits {
    mapping(address => uint256) private credits;

    constructor() public {
        credits[msg.sender] = 1e9;
    }

    function pass(address to, uint256 count) external {
        _move(msg.sender, to, count);
    }

    function _move(address from, address to, uint256 count) private {
        require(credits[from] >= count);
        credits[from] -= count;
        credits[to] += count;
    }
}
