pragma solidity ^0.8.6;

contract Trust {
    address public executor;
    bool private initialized;
    mapping(address => uint256) public parts;

    function initialize(address who) external {
        require(!initialized, "done before");
        initialized = true;
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
