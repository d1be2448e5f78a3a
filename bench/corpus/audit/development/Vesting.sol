pragma solidity ^0.8.9;

contract Vesting {
    address payable public immutable worker;
    uint256 public immutable start;
    uint256 public constant LENGTH = 365 days;
    uint256 public paid;
    uint256 public immutable whole;

    constructor(address payable who) payable {
        worker = who;
        start = block.timestamp;
        whole = msg.value;
    }

    function release() external {
        uint256 passed = block.timestamp - start;
        uint256 earned = passed >= LENGTH ? whole : (whole * passed) / LENGTH;
        uint256 due = earned - paid;
        paid = earned;
        worker.transfer(due);
    }
}
