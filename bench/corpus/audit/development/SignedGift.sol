// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
}

contract SignedGift {
    IERC20 public immutable token;
    address public immutable signer;
    mapping(bytes32 => bool) public spent;

    constructor(IERC20 token_, address signer_) {
        token = token_;
        signer = signer_;
    }

    function redeem(uint256 amount, uint256 nonce, uint8 v, bytes32 r, bytes32 s) external {
        bytes32 digest = keccak256(abi.encode(block.chainid, address(this), msg.sender, amount, nonce));
        require(!spent[digest], "spent");
        address who = ecrecover(digest, v, r, s);
        require(who != address(0) && who == signer, "signature");
        spent[digest] = true;
        require(token.transfer(msg.sender, amount), "transfer");
    }
}
