// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ContentToken} from "../../src/content/ContentToken.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {Committing} from "../support/Committing.sol";
import {Deploying} from "./Deploying.sol";

/// @dev A content contract, and a text that was generated from a prompt.
abstract contract Minting is Committing, Deploying {
    bytes internal constant PROMPT = '{"messages":[{"content":"Say hello.","role":"user"}]}';
    bytes internal constant TEXT = "hello";

    ContentToken internal _token;

    /// @dev Computed beforehand: SHA-256 is a call of its own, which a cheat code for the next call would hit.
    bytes32 internal _textDigest = sha256(TEXT);
    bytes32 internal _promptDigest = sha256(PROMPT);

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        _token = _deployContent(MINIMUM_AGE);
    }

    function _minted(address creator, IContentToken.Content memory given) internal returns (uint256) {
        _commit(_token, creator, given.contentDigest);
        vm.prank(creator);
        return _token.mint(given, SALT);
    }

    function _content() internal view returns (IContentToken.Content memory) {
        return IContentToken.Content({
            contentDigest: _textDigest,
            promptDigest: _promptDigest,
            model: uint256(keccak256("model")),
            metadataDigest: keccak256("metadata"),
            sharesDigest: 0,
            royaltyBps: 250
        });
    }

    function _provenance(
        address creator,
        IContentToken.Content memory given
    )
        internal
        pure
        returns (IContentToken.Provenance memory)
    {
        return
            IContentToken.Provenance(given.promptDigest, given.model, creator, given.metadataDigest, given.sharesDigest);
    }
}
