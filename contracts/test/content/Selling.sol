// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {IContentToken} from "../../src/content/IContentToken.sol";
import {Terms} from "../../src/content/Terms.sol";
import {Minting} from "./Minting.sol";

/// @dev Contents on sale: a list of two, of which the first is the usual one.
abstract contract Selling is Minting {
    uint96 internal constant PRICE = 2_000_003;

    function setUp() public virtual override {
        super.setUp();
        _currency.transfer(BUYER, 1_000_000e6);
        vm.prank(BUYER);
        _currency.approve(address(_token), type(uint256).max);
    }

    function _terms() internal view returns (Terms memory) {
        return Terms(IERC20(address(_currency)), PRICE, uint40(block.timestamp + 1 days));
    }

    /// @dev A root over the usual content and another, and the proof of the usual one.
    function _rooted(
        address creator,
        IContentToken.Content memory content,
        Terms memory terms
    )
        internal
        pure
        returns (bytes32 root, bytes32[] memory proof)
    {
        proof = new bytes32[](1);
        proof[0] = keccak256("another leaf");
        root = Hashes.commutativeKeccak256(_leaf(creator, content, terms), proof[0]);
    }

    function _leaf(
        address creator,
        IContentToken.Content memory content,
        Terms memory terms
    )
        internal
        pure
        returns (bytes32)
    {
        return keccak256(bytes.concat(keccak256(abi.encode(creator, content, terms))));
    }

    function _fee(uint256 price) internal pure returns (uint256) {
        return price * FEE_BPS / 10_000;
    }
}
