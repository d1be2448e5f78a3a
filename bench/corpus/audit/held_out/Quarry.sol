pragma solidity ^0.4.20;

contract Quarry {
    mapping(address => uint256) stones;
    uint256 opened = block.number;

    function dig() public payable {
        stones[msg.sender] += msg.value / 1 finney;
    }

    function shut() public {
        require(block.number > opened + 100);
        selfdestruct(msg.sender);
    }
}
