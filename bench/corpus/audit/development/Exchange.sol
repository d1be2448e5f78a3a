pragma solidity ^0.6.0;

contract Exchange {
    mapping(address => uint256) private held;
    bool private entered;

    function fund() external payable {
        held[msg.sender] += msg.value;
    }

    function move(address to, uint256 amount) external {
        require(held[msg.sender] >= amount, "too little");
        held[msg.sender] -= amount;
        require(held[to] + amount >= amount, "too much");
        held[to] += amount;
    }

    function cashOut() external {
        require(!entered, "entered");
        entered = true;
        uint256 amount = held[msg.sender];
        (bool done, ) = msg.sender.call{value: amount}("");
        require(done, "failed");
        held[msg.sender] = 0;
        entered = false;
    }
}
