pragma solidity ^0.7.5;

contract Furnace {
    mapping(address => uint256) public balances;
    uint256 public supply;

    constructor() {
        balances[msg.sender] = 5000;
        supply = 5000;
    }

    function burn(uint256 amount) external {
        uint256 before = balances[msg.sender];
        require(before >= amount, "too much");
        require(supply >= amount, "too much");
        balances[msg.sender] = before - amount;
        supply -= amount;
    }
}
