pragma solidity ^0.8.0;

contract Halving {
    uint256 public immutable start = block.timestamp;
    mapping(address => uint256) public lastMined;
    mapping(address => uint256) public mined;

    function mine() external {
        require(block.timestamp - lastMined[msg.sender] >= 1 days, "wait");
        lastMined[msg.sender] = block.timestamp;
        uint256 era = (block.timestamp - start) / 365 days;
        mined[msg.sender] += 1e18 >> era;
    }

    function give(address to, uint256 amount) external {
        mined[msg.sender] -= amount;
        mined[to] += amount;
    }
}
