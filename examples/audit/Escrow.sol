// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Escrow {
    address public buyer;
    address payable public seller;
    uint256 public constant PRICE = 10 ether;
    uint256 public immutable started;
    bool public paid;
    bool public confirmed;
    bool public closed;
    modifier onlyBuyer() { require(msg.sender == buyer, "not the buyer"); _; }
    constructor(address payable _seller) {
        buyer = msg.sender;
        seller = _seller;
        started = block.timestamp;
    }
    function deposit() external payable onlyBuyer {
        require(!paid && msg.value == PRICE, "wrong");
        require(block.timestamp <= started + 7 days, "late");
        paid = true;
    }
    function confirmDelivery() external onlyBuyer {
        require(paid && !closed, "nothing to confirm");
        require(block.timestamp <= started + 30 days, "late");
        confirmed = true;
        closed = true;
        (bool ok, ) = seller.call{value: PRICE}("");
        require(ok);
    }
    function refund() external {
        require(paid && !closed && block.timestamp > started + 30 days, "not yet");
        closed = true;
        (bool ok, ) = payable(buyer).call{value: PRICE}("");
        require(ok);
    }
}
