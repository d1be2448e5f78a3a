// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract AntiqueSale {
    enum Stage { Open, Funded, Done }

    address public immutable purchaser;
    address payable public immutable vendor;
    uint256 public immutable price;
    uint256 private immutable born;
    Stage public stage;

    error NotAllowed(address who);
    error WrongMoment();
    error WrongSum(uint256 sent);

    constructor(address purchaser_, address payable vendor_, uint256 price_) {
        purchaser = purchaser_;
        vendor = vendor_;
        price = price_;
        born = block.timestamp;
    }

    function fund() external payable {
        if (msg.sender != purchaser) revert NotAllowed(msg.sender);
        if (stage != Stage.Open || block.timestamp > born + 10 days) revert WrongMoment();
        if (msg.value != price) revert WrongSum(msg.value);
        stage = Stage.Funded;
    }

    function acknowledgeReceipt() external {
        if (msg.sender != purchaser) revert NotAllowed(msg.sender);
        if (stage != Stage.Funded) revert WrongMoment();
        stage = Stage.Done;
        vendor.transfer(price);
    }

    function reclaim() external {
        if (msg.sender != purchaser) revert NotAllowed(msg.sender);
        if (stage != Stage.Funded || block.timestamp <= born + 45 days) revert WrongMoment();
        stage = Stage.Done;
        payable(purchaser).transfer(price);
    }
}
