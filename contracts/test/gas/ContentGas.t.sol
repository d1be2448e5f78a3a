// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IContentRevocation} from "../../src/content/IContentRevocation.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {Share} from "../../src/content/Share.sol";
import {Selling} from "../content/Selling.sol";

/// @dev What batches, lists and shares cost, kept in snapshots/ and held below the goals.
contract ContentGasTest is Selling {
    uint256 private constant BATCH = 100;
    uint256 private constant EACH_GOAL = 35_000;
    uint256 private constant MINT_GOAL = 100_000;

    function test_Batch() public {
        IContentToken.Content[] memory contents = new IContentToken.Content[](BATCH);
        bytes32[] memory digests = new bytes32[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            contents[i] = _content();
            contents[i].contentDigest = keccak256(abi.encode("content", i));
            contents[i].promptDigest = keccak256(abi.encode("prompt", i));
            contents[i].metadataDigest = keccak256(abi.encode("metadata", i));
            contents[i].sharesDigest = keccak256("shares");
            digests[i] = contents[i].contentDigest;
        }
        _commit(_token, CREATOR, _token.batchDigest(digests));
        vm.prank(CREATOR);
        _token.mintBatch(contents, keccak256("folder"), SALT);
        uint256 used = vm.snapshotGasLastCall("ContentToken", "mint a batch of 100, the creator's first");
        vm.assertTrue(used <= BATCH * EACH_GOAL);

        vm.prank(CREATOR);
        _token.transferFrom(CREATOR, BUYER, uint256(digests[0]));
        vm.snapshotGasLastCall("ContentToken", "first transfer of a token of a batch");
    }

    function test_Sales() public {
        (bytes32 root, bytes32[] memory proof) = _rooted(CREATOR, _content(), _terms());
        vm.prank(CREATOR);
        _token.list(root, 10_000, keccak256("catalogue"));
        vm.snapshotGasLastCall("ContentToken", "list any number of contents");
        vm.roll(block.number + MINIMUM_AGE);
        vm.prank(BUYER);
        _token.buy(CREATOR, _content(), _terms(), proof);
        vm.snapshotGasLastCall("ContentToken", "buy a listed content");

        uint256 tokenId = uint256(_content().contentDigest);
        vm.prank(CREATOR);
        _token.revoke(tokenId, _provenance(CREATOR, _content()), IContentRevocation.Reason.Rights, keccak256("text"));
        vm.snapshotGasLastCall("ContentToken", "revoke");
        vm.prank(BUYER);
        _token.burn(tokenId);
        vm.snapshotGasLastCall("ContentToken", "burn");
    }

    function test_Shares() public {
        Share[] memory shares = new Share[](3);
        shares[0] = Share(address(0xA1), 0, 3333);
        shares[1] = Share(address(0xA2), 0, 3333);
        shares[2] = Share(CREATOR, 0, 3334);
        IContentToken.Content memory content = _content();
        content.sharesDigest = keccak256(abi.encode(shares));
        _minted(CREATOR, content);
        uint256 used = vm.snapshotGasLastCall("ContentToken", "mint the creator's first content with shares");
        vm.assertTrue(used <= MINT_GOAL);
        content.contentDigest = keccak256("shared");
        uint256 tokenId = _minted(CREATOR, content);
        vm.snapshotGasLastCall("ContentToken", "mint with shares");

        _currency.transfer(_token.royaltyAccountOf(tokenId), 1000);
        _token.releaseRoyalty(tokenId, _provenance(CREATOR, content), shares, IERC20(address(_currency)));
        vm.snapshotGasLastCall("ContentToken", "first release to three payees");
    }
}
