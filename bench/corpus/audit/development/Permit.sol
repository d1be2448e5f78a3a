// SPDX-License-Identifier: MIT
pragma solidity ^0.8.14;

contract Permit {
    bytes32 private constant TYPE = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 public immutable domain;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => uint256) public nonces;

    constructor() {
        balanceOf[msg.sender] = 1e24;
        domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(uint256 chainId,address verifyingContract)"),
                block.chainid,
                address(this)
            )
        );
    }

    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        require(block.timestamp <= deadline, "late");
        bytes32 inner = keccak256(abi.encode(TYPE, owner, spender, value, nonces[owner]++, deadline));
        address who = ecrecover(keccak256(abi.encodePacked("\x19\x01", domain, inner)), v, r, s);
        require(who != address(0) && who == owner, "signature");
        allowance[owner][spender] = value;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        balanceOf[from] -= value;
        balanceOf[to] += value;
        return true;
    }
}
