pragma solidity ^0.4.25;

contract Calendar {
    mapping(address => uint256) public visits;
    mapping(address => uint256) public lastDay;

    function visit() external {
        uint256 day = now - (now % 1 days);
        require(day > lastDay[msg.sender]);
        lastDay[msg.sender] = day;
        visits[msg.sender] += 1;
    }
}
