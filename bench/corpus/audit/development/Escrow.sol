pragma solidity ^0.6.6;

contract Escrow {
    address payable public immutable buyer;
    address payable public immutable seller;
    uint256 public immutable deadline;

    constructor(address payable to) public payable {
        buyer = msg.sender;
        seller = to;
        deadline = block.timestamp + 30 days;
    }

    function confirm() external {
        require(msg.sender == buyer, "buyer only");
        seller.transfer(address(this).balance);
    }

    function refund() external {
        require(msg.sender == buyer, "buyer only");
        require(block.timestamp > deadline, "too early");
        buyer.transfer(address(this).balance);
    }
}
