pragma solidity ^0.4.21;

contract Medal {
    mapping(address => uint256) balances;
    uint256 public supply;

    constructor(uint256 first) public {
        balances[msg.sender] = supply = first;
    }

    function send(uint256 value, address to) public returns (bool) {
        require(balances[msg.sender] >= value);
        balances[msg.sender] -= value;
        balances[to] += value;
        return true;
    }

    function balanceOf(address who) public constant returns (uint256) {
        return balances[who];
    }
}
