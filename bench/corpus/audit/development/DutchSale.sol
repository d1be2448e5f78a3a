pragma solidity ^0.7.1;

contract DutchSale {
    uint256 public immutable start;
    uint256 public constant LENGTH = 3 days;
    uint256 public constant HIGH = 10 ether;
    uint256 public constant LOW = 1 ether;
    address payable public immutable seller;
    address public buyer;

    constructor() { start = block.timestamp; seller = msg.sender; }

    function price() public view returns (uint256) {
        uint256 gone = block.timestamp - start;
        if (gone >= LENGTH) return LOW;
        return HIGH - (HIGH - LOW) * gone / LENGTH;
    }

    function buy() external payable {
        require(buyer == address(0), "sold");
        uint256 p = price();
        require(msg.value >= p, "price");
        buyer = msg.sender;
        seller.transfer(p);
        if (msg.value > p) msg.sender.transfer(msg.value - p);
    }
}
