pragma solidity ^0.5.4;

contract Payroll {
    address public boss;
    mapping(address => uint256) public wages;

    constructor() public payable {
        boss = msg.sender;
    }

    function setWage(address who, uint256 amount) external {
        require(msg.sender == boss);
        wages[who] = amount;
    }

    function payday(address payable who) external {
        require(msg.sender == boss);
        uint256 amount = wages[who];
        wages[who] = 0;
        who.send(amount);
    }
}
