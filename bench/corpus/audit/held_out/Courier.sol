pragma solidity ^0.8.17;

interface IERC20 {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract Courier {
    IERC20 public immutable token;
    mapping(address => uint256) public stored;

    constructor(IERC20 with) {
        token = with;
    }

    function put(uint256 value) external {
        stored[msg.sender] += value;
        token.transferFrom(msg.sender, address(this), value);
    }

    function take(uint256 value) external {
        stored[msg.sender] -= value;
        require(token.transfer(msg.sender, value), "failed");
    }
}
