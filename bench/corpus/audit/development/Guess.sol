pragma solidity ^0.5.10;

contract Guess {
    bytes32 private answer;

    constructor() public payable {
        require(msg.value == 1 ether);
        answer = keccak256(abi.encodePacked(blockhash(block.number - 1), now));
    }

    function play(uint8 number) external payable {
        require(msg.value == 1 ether);
        if (number == uint8(uint256(blockhash(block.number - 1)) & 15)) {
            msg.sender.transfer(2 ether);
        }
    }
}
