pragma solidity ^0.5.7;

contract Reward {
    uint256 public product = 1000036000099;
    bool public solved;
    mapping(bytes32 => uint256) private sealedAt;

    function() external payable {}

    function seal(bytes32 digest) external {
        require(sealedAt[digest] == 0, "sealed");
        sealedAt[digest] = block.number;
    }

    function factor(uint256 p, uint256 q, bytes32 salt) external {
        require(!solved, "over");
        uint256 at = sealedAt[keccak256(abi.encode(msg.sender, p, q, salt))];
        require(at != 0 && at + 5 < block.number, "not sealed");
        require(p > 1 && p < 1 << 64 && q > 1 && q < 1 << 64, "trivial");
        require(p * q == product, "wrong");
        solved = true;
        msg.sender.transfer(address(this).balance);
    }
}
