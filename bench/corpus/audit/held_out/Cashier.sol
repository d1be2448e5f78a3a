pragma solidity ^0.4.13;

contract Cashier {
    address public till;
    uint256 public sum;

    function Cashier(address to) {
        till = to;
    }

    function pay() public payable {
        sum += msg.value;
        till.call.value(msg.value)();
    }
}
