// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../../src/content/IContentToken.sol";
import {FolderCid} from "../../src/core/FolderCid.sol";
import {ICommitments} from "../../src/core/ICommitments.sol";
import {Minting} from "./Minting.sol";

contract BatchTest is Minting {
    bytes32 private constant FOLDER = keccak256("folder");

    function testFuzz_ABatchMintsAllToTheCaller(uint8 size) public {
        IContentToken.Content[] memory contents = _contents(_bound(size, 1, 20));
        uint256 claimedAt = block.number;

        _mintBatch(CREATOR, contents);

        vm.assertEq(_token.balanceOf(CREATOR), contents.length);
        for (uint256 i = 0; i < contents.length; ++i) {
            uint256 tokenId = uint256(contents[i].contentDigest);
            IContentToken.TokenState memory state = _token.stateOf(tokenId);
            vm.assertEq(_token.ownerOf(tokenId), CREATOR);
            vm.assertEq(state.owner, CREATOR);
            vm.assertEq(state.mintedAt, block.timestamp);
            vm.assertEq(state.claimedAt, claimedAt);
            vm.assertEq(state.royaltyBps, contents[i].royaltyBps);
            vm.assertTrue(_token.verifyProvenance(tokenId, _provenance(CREATOR, contents[i])));
        }
    }

    function test_ABatchIsMetadataInAFolder() public {
        IContentToken.Content[] memory contents = _contents(2);
        contents[1].contentDigest = bytes32(uint256(0xabc));
        string memory name = "0x0000000000000000000000000000000000000000000000000000000000000abc";

        _mintBatch(CREATOR, contents);

        vm.assertEq(_token.tokenURI(0xabc), string.concat(FolderCid.uri(FOLDER), "/", name));
    }

    function test_ATokenOfABatchMovesLikeAnyOther() public {
        IContentToken.Content[] memory contents = _contents(3);
        _mintBatch(CREATOR, contents);
        uint256 tokenId = uint256(contents[1].contentDigest);

        vm.prank(CREATOR);
        _token.transferFrom(CREATOR, BUYER, tokenId);

        vm.assertEq(_token.ownerOf(tokenId), BUYER);
        vm.assertEq(_token.balanceOf(CREATOR), 2);
        vm.assertEq(_token.balanceOf(BUYER), 1);
        vm.assertEq(_token.stateOf(tokenId).mintedAt, block.timestamp);
        vm.assertTrue(_token.verifyProvenance(tokenId, _provenance(CREATOR, contents[1])));
        vm.assertEq(_token.ownerOf(uint256(contents[2].contentDigest)), CREATOR);
    }

    function test_RevertGiven_TheCommitmentOfAnother() public {
        IContentToken.Content[] memory contents = _contents(2);
        _commit(_token, CREATOR, _token.batchDigest(_digests(contents)));
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(THIEF);
        _token.mintBatch(contents, FOLDER, SALT);
    }

    function test_RevertWhen_TheBatchIsNotTheOneCommittedTo() public {
        IContentToken.Content[] memory contents = _contents(2);
        _commit(_token, CREATOR, _token.batchDigest(_digests(contents)));
        (contents[0], contents[1]) = (contents[1], contents[0]);
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(CREATOR);
        _token.mintBatch(contents, FOLDER, SALT);
    }

    function testFuzz_RevertGiven_OneIsMintedOrTwice(bool twice) public {
        IContentToken.Content[] memory contents = _contents(3);
        if (twice) contents[2] = contents[0];
        else _minted(BUYER, contents[0]);
        address owner = twice ? address(0) : BUYER;
        _commit(_token, CREATOR, _token.batchDigest(_digests(contents)));
        vm.expectRevert(
            abi.encodeWithSelector(IContentToken.ContentTokenAlreadyMinted.selector, contents[0].contentDigest, owner)
        );

        vm.prank(CREATOR);
        _token.mintBatch(contents, FOLDER, SALT);
    }

    function test_RevertWhen_TheBatchOrItsFolderIsEmpty() public {
        IContentToken.Content[] memory contents = _contents(1);

        vm.expectPartialRevert(IContentToken.ContentTokenEmptyBatch.selector);
        _token.mintBatch(new IContentToken.Content[](0), FOLDER, SALT);
        vm.expectPartialRevert(IContentToken.ContentTokenEmptyBatch.selector);
        _token.mintBatch(contents, 0, SALT);
    }

    function _mintBatch(address creator, IContentToken.Content[] memory contents) private {
        _commit(_token, creator, _token.batchDigest(_digests(contents)));
        vm.prank(creator);
        _token.mintBatch(contents, FOLDER, SALT);
    }

    function _contents(uint256 count) private view returns (IContentToken.Content[] memory contents) {
        contents = new IContentToken.Content[](count);
        for (uint256 i = 0; i < count; ++i) {
            contents[i] = _content();
            contents[i].contentDigest = keccak256(abi.encode(i));
            contents[i].royaltyBps = uint16(i);
        }
    }

    function _digests(IContentToken.Content[] memory contents) private pure returns (bytes32[] memory digests) {
        digests = new bytes32[](contents.length);
        for (uint256 i = 0; i < contents.length; ++i) {
            digests[i] = contents[i].contentDigest;
        }
    }
}
