// SPDX-License-Identifier: MIT
pragma solidity ^0.8.18;

contract TicketOffice {
    address public immutable organiser;
    uint256 public price = 0.1 ether;
    mapping(address => uint256) public tickets;

    constructor() {
        organiser = msg.sender;
    }

    function setPrice(uint256 next) external {
        require(msg.sender == organiser, "organiser");
        price = next;
    }

    function buy() external payable {
        require(msg.value >= price, "pay more");
        tickets[msg.sender] += msg.value / price;
    }

    function collect() external {
        require(msg.sender == organiser, "organiser");
        (bool ok, ) = organiser.call{value: address(this).balance}("");
        require(ok, "collect");
    }
}
