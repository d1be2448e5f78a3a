pragma solidity ^0.5.7;

contract Bounty {
    uint256 public product = 1000036000099;
    bool public solved;

    function() external payable {}

    function factor(uint256 p, uint256 q) external {
        require(!solved, "over");
        require(p > 1 && p < 1 << 64 && q > 1 && q < 1 << 64, "trivial");
        require(p * q == product, "wrong");
        solved = true;
        msg.sender.transfer(address(this).balance);
    }
}
