pragma solidity ^0.4.11;

contract Silver {
    mapping(address => uint256) balances;
    event Transfer(address indexed from, address indexed to, uint256 value);

    function Silver() {
        balances[tx.origin] = 10000;
    }

    function sendCoin(address to, uint256 amount) returns (bool sufficient) {
        if (balances[msg.sender] < amount) return false;
        balances[msg.sender] -= amount;
        balances[to] += amount;
        Transfer(msg.sender, to, amount);
        return true;
    }

    function getBalance(address who) constant returns (uint256) {
        return balances[who];
    }
}
