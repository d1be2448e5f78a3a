// SPDX-License-Identifier: MIT
pragma solidity ^0.8.16;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
}

contract AirLeak {
    IERC20 public immutable token;
    bytes32 public root;
    address public curator;
    mapping(address => bool) public claimed;

    constructor(IERC20 token_) {
        token = token_;
        curator = msg.sender;
    }

    function setRoot(bytes32 next) external {
        root = next;
    }

    function retire() external {
        require(msg.sender == curator, "curator");
        curator = address(0);
    }

    function claim(uint256 amount, bytes32[] calldata proof) external {
        require(!claimed[msg.sender], "claimed");
        bytes32 node = keccak256(abi.encode(msg.sender, amount));
        for (uint256 i = 0; i < proof.length; i++) {
            bytes32 other = proof[i];
            node = node < other ? keccak256(abi.encode(node, other)) : keccak256(abi.encode(other, node));
        }
        require(node == root, "proof");
        claimed[msg.sender] = true;
        require(token.transfer(msg.sender, amount), "transfer");
    }
}
