pragma solidity ^0.6.6;

contract Pyramid {
    address payable public latest;
    uint256 public latestTime;
    uint256 public pot;

    function bet() external payable {
        require(msg.value >= 1 ether, "one at least");
        if (latest != address(0) && latestTime + 12 hours < block.timestamp) {
            uint256 prize = pot;
            pot = 0;
            latest.transfer(prize);
        }
        pot += msg.value;
        latest = msg.sender;
        latestTime = block.timestamp;
    }
}
