pragma solidity ^0.8.15;

contract Packed {
    struct Position {
        uint96 amount;
        uint32 opened;
    }
    mapping(address => Position) public positions;

    function open(uint256 amount) external {
        require(amount > 0, "nothing");
        positions[msg.sender] = Position(uint96(amount), uint32(block.timestamp));
    }
}
