pragma solidity ^0.7.5;

contract Burner {
    mapping(address => uint256) public balances;
    uint256 public supply;

    constructor() {
        balances[msg.sender] = 5000;
        supply = 5000;
    }

    function burn(uint256 amount) external {
        balances[msg.sender] -= amount;
        supply -= amount;
    }
}
