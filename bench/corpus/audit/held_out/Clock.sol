pragma solidity ^0.5.5;

contract Clock {
    address public owner = msg.sender;

    function() external payable {}

    function tick() external payable {
        require(msg.value == 0.1 ether, "a tenth");
        uint256 second = block.timestamp % 60;
        if (second == 7) {
            msg.sender.transfer(1 ether);
        }
    }
}
