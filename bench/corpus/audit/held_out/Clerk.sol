pragma solidity ^0.4.13;

contract Clerk {
    address public till;
    uint256 public sum;

    function Clerk(address to) {
        till = to;
    }

    function pay() public payable {
        sum += msg.value;
        if (!till.call.value(msg.value)()) revert();
    }
}
