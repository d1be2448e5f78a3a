// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract DroughtCover {
    address payable public farmer; address payable public insurer; address public oracle; bool public premiumPaid; bool public paid;
    constructor(address payable farmer_, address payable insurer_, address oracle_) { farmer = farmer_; insurer = insurer_; oracle = oracle_; }
    function fund() external payable { require(msg.sender == insurer && msg.value == 10 ether); }
    function payPremium() external payable { require(msg.sender == farmer && msg.value == 0.5 ether && !premiumPaid); premiumPaid = true; insurer.transfer(0.5 ether); }
    function reportRainfall(uint256 millimetres) external {
        require(msg.sender == oracle && premiumPaid && !paid);
        if (millimetres < 50) { paid = true; farmer.transfer(10 ether); }
    }
}
