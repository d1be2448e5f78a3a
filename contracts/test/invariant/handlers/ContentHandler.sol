// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ContentToken} from "../../../src/content/ContentToken.sol";
import {IContentToken} from "../../../src/content/IContentToken.sol";
import {Cast} from "./Cast.sol";

/// @dev Honest creators mint what they made, while a thief reads each reveal before it is mined and tries to be first.
contract ContentHandler is Cast {
    uint256 public constant CONTENTS = 12;

    ContentToken private immutable _token;

    mapping(uint256 tokenId => uint256 times) public mints;
    mapping(uint256 tokenId => IContentToken.Provenance) private _provenances;

    /// @dev Reveals of unminted content that failed although the creator's commitment was good.
    uint256 public blockedReveals;
    uint256 public minted;

    constructor(ContentToken token) {
        _token = token;
    }

    function digestOf(uint256 seed) public pure returns (bytes32) {
        return keccak256(abi.encode("content", seed % CONTENTS));
    }

    function provenanceOf(uint256 tokenId) external view returns (IContentToken.Provenance memory) {
        return _provenances[tokenId];
    }

    /// @dev The creator commits, waits and sends the reveal; the thief sees it and has `delay` blocks to use it.
    function mint(uint256 creatorSeed, uint256 contentSeed, bytes32 salt, uint256 delay) external {
        address creator = member(creatorSeed);
        IContentToken.Content memory content = _contentOf(creatorSeed, contentSeed);
        uint256 minimumAge = _token.minimumAgeBlocks();
        _token.commit(_token.commitmentOf(creator, content.contentDigest, salt));
        vm.roll(block.number + minimumAge);

        _steal(content, salt);
        _token.commit(_token.commitmentOf(THIEF, content.contentDigest, salt));
        _steal(content, salt);
        vm.roll(block.number + _bound(delay, 0, minimumAge - 1));
        _steal(content, salt);

        _reveal(creator, content, salt);
    }

    function transfer(uint256 contentSeed, uint256 buyer) external {
        uint256 tokenId = uint256(digestOf(contentSeed));
        if (mints[tokenId] == 0) return;
        address owner = _token.ownerOf(tokenId);
        vm.prank(owner);
        _token.transferFrom(owner, member(buyer), tokenId);
    }

    function _reveal(address creator, IContentToken.Content memory content, bytes32 salt) private {
        vm.prank(creator);
        try _token.mint(content, salt) returns (uint256 tokenId) {
            minted += 1;
            mints[tokenId] += 1;
            _provenances[tokenId] =
                IContentToken.Provenance(content.promptDigest, content.model, creator, content.metadataDigest, 0);
        } catch {
            if (mints[uint256(content.contentDigest)] == 0) blockedReveals += 1;
        }
    }

    function _steal(IContentToken.Content memory content, bytes32 salt) private {
        vm.prank(THIEF);
        try _token.mint(content, salt) {} catch {}
    }

    function _contentOf(uint256 creatorSeed, uint256 contentSeed) private pure returns (IContentToken.Content memory) {
        return IContentToken.Content({
            contentDigest: digestOf(contentSeed),
            promptDigest: keccak256(abi.encode("prompt", creatorSeed)),
            model: contentSeed,
            metadataDigest: keccak256(abi.encode("metadata", creatorSeed)),
            sharesDigest: 0,
            royaltyBps: uint16(creatorSeed % 10_001)
        });
    }
}
