pragma solidity ^0.6.1;

contract Slots {
    uint256 private seed;

    receive() external payable {}

    function pull() external payable {
        require(msg.value == 0.01 ether, "coin");
        seed = uint256(keccak256(abi.encodePacked(seed, block.timestamp, msg.sender, block.number)));
        if (seed % 100 < 3) {
            msg.sender.transfer(0.2 ether);
        }
    }
}
