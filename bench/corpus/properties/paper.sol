// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC20 {
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract PaperSubscription {
    IERC20 public immutable dai;
    address public immutable reader;
    address public immutable publisher;
    uint256 public constant FEE = 12e18;
    uint256 public constant PERIOD = 30 days;
    uint256 public paidUntil;

    constructor(IERC20 dai_, address reader_, address publisher_) {
        dai = dai_;
        reader = reader_;
        publisher = publisher_;
        paidUntil = block.timestamp;
    }

    function charge() external {
        require(msg.sender == reader || msg.sender == publisher, "neither");
        require(block.timestamp >= paidUntil, "paid already");
        paidUntil = block.timestamp + PERIOD;
        require(dai.transferFrom(reader, publisher, FEE), "transfer");
    }
}
