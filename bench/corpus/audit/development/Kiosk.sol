pragma solidity ^0.7.4;

interface IMoney {
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract Kiosk {
    IMoney public immutable money;
    address public immutable seller;
    uint256 public price;
    mapping(address => uint256) public bought;

    constructor(IMoney with) {
        money = with;
        seller = msg.sender;
    }

    function setPrice(uint256 next) external {
        require(msg.sender == seller, "seller only");
        price = next;
    }

    function buy(uint256 most) external {
        require(price <= most, "dearer than agreed");
        require(money.transferFrom(msg.sender, seller, price), "unpaid");
        bought[msg.sender] = block.number;
    }
}
