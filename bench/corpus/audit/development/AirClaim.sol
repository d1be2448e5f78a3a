// SPDX-License-Identifier: MIT
pragma solidity ^0.8.16;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
}

contract AirClaim {
    IERC20 public immutable token;
    bytes32 public immutable root;
    mapping(uint256 => uint256) private bits;

    constructor(IERC20 token_, bytes32 root_) {
        token = token_;
        root = root_;
    }

    function isClaimed(uint256 index) public view returns (bool) {
        return (bits[index >> 8] >> (index & 255)) & 1 == 1;
    }

    function claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof) external {
        require(!isClaimed(index), "claimed");
        bytes32 node = keccak256(abi.encode(index, account, amount));
        for (uint256 i = 0; i < proof.length; i++) {
            bytes32 other = proof[i];
            node = node < other ? keccak256(abi.encode(node, other)) : keccak256(abi.encode(other, node));
        }
        require(node == root, "proof");
        bits[index >> 8] |= 1 << (index & 255);
        require(token.transfer(account, amount), "transfer");
    }
}
