pragma solidity ^0.8.10;

contract Feed {
    address public immutable reporter;
    uint256 public value;
    uint256 public updated;

    constructor(address r) { reporter = r; }

    function report(uint256 v) external {
        require(msg.sender == reporter, "reporter");
        value = v;
        updated = block.timestamp;
    }

    function read() external view returns (uint256) {
        require(block.timestamp - updated < 1 hours, "stale");
        return value;
    }
}
