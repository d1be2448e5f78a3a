pragma solidity ^0.8.0;

contract Marks {
    mapping(address => uint256) public points;

    function earn() external {
        points[msg.sender] += 10;
    }

    function spend(uint256 amount) external {
        uint256 mine = points[msg.sender];
        if (amount > mine) revert("too much");
        unchecked {
            points[msg.sender] = mine - amount;
        }
    }

    function sum(uint256[] calldata numbers) external pure returns (uint256 total) {
        for (uint256 i = 0; i < numbers.length; ) {
            total += numbers[i];
            unchecked {
                ++i;
            }
        }
    }
}
