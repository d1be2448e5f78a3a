pragma solidity ^0.8.0;

contract Points {
    mapping(address => uint256) public points;
    mapping(address => uint256) public debts;

    function earn() external {
        points[msg.sender] += 10;
    }

    function spend(uint256 amount) external {
        unchecked {
            points[msg.sender] -= amount;
        }
    }

    function borrow(uint256 amount) external {
        require(amount <= points[msg.sender], "too much");
        debts[msg.sender] += amount;
    }
}
