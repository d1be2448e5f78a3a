// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
}

contract MerkleGift {
    IERC20 public immutable token;
    address public immutable signer;

    constructor(IERC20 token_, address signer_) {
        token = token_;
        signer = signer_;
    }

    function redeem(uint256 amount, uint8 v, bytes32 r, bytes32 s) external {
        bytes32 digest = keccak256(abi.encodePacked(msg.sender, amount));
        address who = ecrecover(digest, v, r, s);
        require(who != address(0) && who == signer, "signature");
        require(token.transfer(msg.sender, amount), "transfer");
    }
}
