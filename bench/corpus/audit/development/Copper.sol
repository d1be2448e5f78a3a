pragma solidity ^0.4.11;

contract Copper {
    mapping(address => uint256) balances;
    event Transfer(address indexed from, address indexed to, uint256 value);

    modifier whole(uint256 size) {
        require(msg.data.length >= size + 4);
        _;
    }

    function Copper() {
        balances[tx.origin] = 10000;
    }

    function sendCoin(address to, uint256 amount) whole(64) returns (bool sufficient) {
        if (balances[msg.sender] < amount) return false;
        balances[msg.sender] -= amount;
        balances[to] += amount;
        Transfer(msg.sender, to, amount);
        return true;
    }
}
