pragma solidity ^0.8.6;

contract Estate {
    address public executor;
    mapping(address => uint256) public parts;

    function initialize(address who) external {
        executor = who;
    }

    receive() external payable {}

    function assign(address heir, uint256 part) external {
        require(msg.sender == executor, "executor only");
        parts[heir] = part;
    }

    function collect() external {
        uint256 part = parts[msg.sender];
        parts[msg.sender] = 0;
        payable(msg.sender).transfer(part);
    }
}
