pragma solidity ^0.6.8;

contract Donations {
    address payable public charity;
    uint256 public feePercent;

    constructor(address payable to) public {
        charity = to;
        feePercent = 2;
    }

    function redirect(address payable to) external {
        charity = to;
    }

    function give() external payable {
        charity.transfer((msg.value * (100 - feePercent)) / 100);
    }
}
