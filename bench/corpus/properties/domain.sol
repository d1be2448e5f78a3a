// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC20 {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract DomainTransfer {
    IERC20 public immutable usdc;
    address public immutable buyer;
    address public immutable seller;
    address public immutable mediator;
    uint256 public immutable sum;
    bool public funded;
    bool public settled;

    constructor(IERC20 usdc_, address buyer_, address seller_, address mediator_, uint256 sum_) {
        usdc = usdc_;
        buyer = buyer_;
        seller = seller_;
        mediator = mediator_;
        sum = sum_;
    }

    function lockFunds() external {
        require(msg.sender == buyer, "buyer only");
        require(!funded, "already");
        funded = true;
        require(usdc.transferFrom(buyer, address(this), sum), "transfer");
    }

    function approveRelease() external {
        require(msg.sender == mediator, "mediator only");
        close(seller);
    }

    function rejectAndRefund() external {
        require(msg.sender == mediator, "mediator only");
        close(buyer);
    }

    function close(address to) private {
        require(funded && !settled, "nothing to settle");
        settled = true;
        require(usdc.transfer(to, sum), "transfer");
    }
}
