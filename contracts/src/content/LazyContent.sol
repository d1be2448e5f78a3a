// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Permit} from "../licence/Permit.sol";
import {ContentRevocation} from "./ContentRevocation.sol";
import {ContentSales} from "./ContentSales.sol";
import {ILazyContent} from "./ILazyContent.sol";
import {Terms} from "./Terms.sol";

/// @dev Implementation of {ILazyContent}.
abstract contract LazyContent is ILazyContent, ContentSales, ContentRevocation {
    struct List {
        uint40 anchoredAt;
        bool closed;
    }

    /// @inheritdoc ILazyContent
    uint256 public constant CONTEST_PERIOD = 7 days;

    mapping(address creator => mapping(bytes32 root => List)) private _lists;

    /// @inheritdoc ILazyContent
    function list(bytes32 root, uint256 count, bytes32 catalogueDigest) external {
        if (_lists[_msgSender()][root].anchoredAt != 0) revert LazyContentRepeated(_msgSender(), root);
        _lists[_msgSender()][root].anchoredAt = uint40(block.number);
        emit ContentListed(_msgSender(), root, count, catalogueDigest);
    }

    /// @inheritdoc ILazyContent
    function closeList(bytes32 root) external {
        _requireList(_msgSender(), root);
        _lists[_msgSender()][root].closed = true;
        emit ListClosed(_msgSender(), root);
    }

    /// @inheritdoc ILazyContent
    function buy(
        address creator,
        Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof
    )
        external
        payable
    {
        _buy(creator, content, terms, proof);
    }

    /// @inheritdoc ILazyContent
    function buyWithPermit(
        address creator,
        Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof,
        Permit calldata permit
    )
        external
    {
        _permit(terms.currency, permit);
        _buy(creator, content, terms, proof);
    }

    /// @inheritdoc ILazyContent
    function reclaim(
        address creator,
        Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof,
        Provenance calldata claimed
    )
        external
    {
        uint256 tokenId = uint256(content.contentDigest);
        uint40 anchoredAt = _requireList(creator, _rootOf(creator, content, terms, proof)).anchoredAt;
        uint256 claimedAt = _claimedAt(tokenId);
        if (claimedAt <= anchoredAt) revert LazyContentClaimedBefore(tokenId, claimedAt, anchoredAt);
        if (!verifyProvenance(tokenId, claimed)) revert ContentTokenWrongProvenance(tokenId);
        if (claimed.creator == creator) revert LazyContentOwn(tokenId, creator);
        uint256 finalSince = _mintedAt(_requireMinted(tokenId)) + CONTEST_PERIOD;
        if (block.timestamp >= finalSince) revert LazyContentFinal(tokenId, finalSince);
        address from = _replace(content, creator, anchoredAt);
        _forgetRevocation(tokenId);
        emit ContentReclaimed(tokenId, creator, from);
        emit MetadataUpdate(tokenId);
    }

    /// @inheritdoc ILazyContent
    function listOf(address creator, bytes32 root) external view returns (uint40 anchoredAt, bool closed) {
        return (_lists[creator][root].anchoredAt, _lists[creator][root].closed);
    }

    function _buy(address creator, Content calldata content, Terms calldata terms, bytes32[] calldata proof) private {
        bytes32 root = _rootOf(creator, content, terms, proof);
        List memory found = _requireList(creator, root);
        if (found.closed) revert LazyContentClosed(creator, root);
        uint256 readyAt = found.anchoredAt + _minimumAgeBlocks;
        if (block.number < readyAt) revert LazyContentTooNew(creator, root, readyAt);
        _sell(content, terms, creator, _msgSender(), found.anchoredAt);
    }

    function _requireList(address creator, bytes32 root) private view returns (List memory found) {
        found = _lists[creator][root];
        if (found.anchoredAt == 0) revert LazyContentUnknownRoot(creator, root);
    }

    function _rootOf(
        address creator,
        Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof
    )
        private
        pure
        returns (bytes32)
    {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(creator, content, terms))));
        return MerkleProof.processProofCalldata(proof, leaf);
    }
}
