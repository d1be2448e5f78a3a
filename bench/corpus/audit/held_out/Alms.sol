pragma solidity ^0.6.8;

contract Alms {
    address payable public charity;
    uint256 public feePercent;

    constructor(address payable to) public {
        charity = to;
        feePercent = 2;
    }

    function redirect(address payable to) external {
        require(msg.sender == charity, "charity only");
        charity = to;
    }

    function give() external payable {
        charity.transfer((msg.value * (100 - feePercent)) / 100);
    }
}
