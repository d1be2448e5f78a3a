pragma solidity ^0.5.2;

contract Bonds {
    mapping(address => uint256) public held;
    mapping(address => mapping(address => uint256)) public lent;

    constructor() public {
        held[msg.sender] = 1000;
    }

    function lend(address to, uint256 count) public {
        require(held[msg.sender] >= count);
        require(lent[msg.sender][to] + count >= count);
        held[msg.sender] -= count;
        lent[msg.sender][to] += count;
        held[to] += count;
    }
}
