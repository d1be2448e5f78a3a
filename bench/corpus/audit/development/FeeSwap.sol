pragma solidity ^0.7.0;

contract FeeSwap {
    mapping(address => uint256) public tokensOf;
    uint256 public reserveEth;
    uint256 public reserveTok = 1e24;
    address public owner;

    constructor() payable { owner = msg.sender; reserveEth = msg.value; }

    function buy() external payable {
        uint256 out = msg.value * reserveTok / (reserveEth + msg.value);
        reserveEth += msg.value;
        reserveTok -= out;
        tokensOf[msg.sender] += out;
    }

    function sell(uint256 amount, uint256 least) external {
        require(tokensOf[msg.sender] >= amount, "balance");
        uint256 out = amount * reserveEth / (reserveTok + amount);
        require(out >= least, "slip");
        tokensOf[msg.sender] -= amount;
        reserveTok += amount;
        reserveEth -= out;
        msg.sender.transfer(out);
    }
}
