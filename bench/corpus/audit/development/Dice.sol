pragma solidity ^0.4.23;

contract Dice {
    function roll() public payable {
        require(msg.value == 1 ether);
        uint256 face = uint256(keccak256(abi.encodePacked(blockhash(block.number - 1), msg.sender))) % 6;
        if (face == 5) {
            msg.sender.transfer(address(this).balance > 5 ether ? 5 ether : address(this).balance);
        }
    }

    function() external payable {}
}
