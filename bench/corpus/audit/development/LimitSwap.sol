pragma solidity ^0.8.0;

contract CarefulSwap {
    mapping(address => uint256) public tokensOf;
    uint256 public reserveEth;
    uint256 public reserveTok = 1e24;

    constructor() payable { reserveEth = msg.value; }

    function buy(uint256 least, uint256 until) external payable {
        require(block.timestamp <= until, "late");
        uint256 out = msg.value * reserveTok / (reserveEth + msg.value);
        require(out >= least, "slip");
        reserveEth += msg.value;
        reserveTok -= out;
        tokensOf[msg.sender] += out;
    }

    function sell(uint256 amount, uint256 least, uint256 until) external {
        require(block.timestamp <= until, "late");
        uint256 out = amount * reserveEth / (reserveTok + amount);
        if (out < least) revert("slip");
        tokensOf[msg.sender] -= amount;
        reserveTok += amount;
        reserveEth -= out;
        (bool ok, ) = msg.sender.call{value: out}("");
        require(ok, "pay");
    }
}
