pragma solidity ^0.6.0;

contract Counter {
    mapping(address => uint256) private held;
    uint256 public payments;

    function fund() external payable {
        held[msg.sender] += msg.value;
    }

    function cashOut() external {
        uint256 amount = held[msg.sender];
        held[msg.sender] = 0;
        (bool done, ) = msg.sender.call{value: amount}("");
        require(done, "failed");
        payments += 1;
    }
}
