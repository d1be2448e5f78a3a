// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IContentToken} from "./IContentToken.sol";
import {ProvenanceHash} from "./ProvenanceHash.sol";

/**
 * @dev What is stored of content tokens: OpenZeppelin's ERC721 with storage of its own. A token is a record and a holder;
 * one of a batch has a record alone, which names the batch, until it changes hands. A record is never deleted, so a
 * burnt token stays readable and its id used.
 */
abstract contract ContentRecords is IContentToken, ERC721 {
    /// @dev `mintedAt` is in seconds since 1970; with the highest bit set it is the number of a batch.
    struct TokenRecord {
        bytes25 provenance;
        uint40 mintedAt;
        uint16 royaltyBps;
    }

    /// @dev `folder` is what the provenance hash has after the record's 25 bytes; `claimedAt` a block, never 0.
    struct Holder {
        address owner;
        bytes7 folder;
        uint40 claimedAt;
    }

    struct Batch {
        address creator;
        uint40 mintedAt;
        uint40 claimedAt;
    }

    uint256 internal constant BASIS_POINTS = 10_000;
    uint40 private constant IN_BATCH = 1 << 39;

    mapping(uint256 tokenId => TokenRecord) private _records;
    mapping(uint256 tokenId => Holder) private _holders;
    mapping(address account => uint256) private _balances;
    mapping(uint256 number => Batch) private _batches;
    mapping(uint256 number => bytes32 digest) private _batchFolders;
    uint40 private _batchCount;

    /// @inheritdoc IContentToken
    function tokenRecord(uint256 tokenId)
        external
        view
        returns (bytes25 provenance, uint40 mintedAt, uint16 royaltyBps)
    {
        TokenRecord memory record = _requireMinted(tokenId);
        return (record.provenance, _mintedAt(record), record.royaltyBps);
    }

    /// @inheritdoc IContentToken
    function verifyProvenance(uint256 tokenId, Provenance calldata provenance) public view returns (bool) {
        TokenRecord memory record = _records[tokenId];
        return record.mintedAt != 0 && record.provenance == bytes25(ProvenanceHash.digestOf(provenance));
    }

    /// @inheritdoc ERC721
    function balanceOf(address owner) public view override returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _balances[owner];
    }

    /// @dev Stores a new token of `creator` for `owner`, and says so.
    function _create(
        Content calldata content,
        address creator,
        address owner,
        uint256 claimedAt
    )
        internal
        returns (uint256 tokenId)
    {
        tokenId = uint256(content.contentDigest);
        _requireUnminted(tokenId);
        _write(content, creator, owner, claimedAt);
        _count(owner, 1);
        emit Transfer(address(0), owner, tokenId);
        _announce(content, creator);
    }

    /// @dev Gives a token that somebody else minted, or burnt since, and its record, to who claimed the content before.
    function _replace(Content calldata content, address creator, uint256 claimedAt) internal returns (address from) {
        uint256 tokenId = uint256(content.contentDigest);
        from = _ownerOf(tokenId);
        _approve(address(0), tokenId, address(0), false);
        _write(content, creator, creator, claimedAt);
        if (from != address(0)) --_balances[from];
        _count(creator, 1);
        emit Transfer(from, creator, tokenId);
        _announce(content, creator);
    }

    /// @dev The number of a new batch.
    function _nextBatch() internal returns (uint40) {
        return ++_batchCount;
    }

    /// @dev Stores a token of a batch, which {_closeBatch} ends.
    function _createInBatch(Content calldata content, address creator, uint40 number) internal {
        uint256 tokenId = uint256(content.contentDigest);
        _requireUnminted(tokenId);
        _check(content);
        _records[tokenId] = TokenRecord(bytes25(_hash(content, creator)), IN_BATCH | number, content.royaltyBps);
        emit Transfer(address(0), creator, tokenId);
        _announce(content, creator);
    }

    function _closeBatch(
        uint40 number,
        address creator,
        uint256 count,
        bytes32 folderDigest,
        uint256 claimedAt
    )
        internal
    {
        _batches[number] = Batch(creator, uint40(block.timestamp), uint40(claimedAt));
        _batchFolders[number] = folderDigest;
        _count(creator, count);
    }

    /// @dev Moves or burns a token; called by all of ERC721's transfers.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = _requireOwned(tokenId);
        if (auth != address(0)) _checkAuthorized(from, auth, tokenId);
        _approve(address(0), tokenId, address(0), false);
        _holders[tokenId] = Holder(to, _holders[tokenId].folder, _claimedAt(tokenId));
        --_balances[from];
        if (to != address(0)) _count(to, 1);
        emit Transfer(from, to, tokenId);
    }

    function _requireMinted(uint256 tokenId) internal view returns (TokenRecord memory record) {
        record = _records[tokenId];
        if (record.mintedAt == 0) revert ERC721NonexistentToken(tokenId);
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        Holder memory holder = _holders[tokenId];
        // Without a block of the claim nobody but the batch's creator ever had it.
        if (holder.claimedAt != 0) return holder.owner;
        return _batches[_batchOf(_records[tokenId])].creator;
    }

    function _mintedAt(TokenRecord memory record) internal view returns (uint40) {
        uint256 number = _batchOf(record);
        return number == 0 ? record.mintedAt : _batches[number].mintedAt;
    }

    function _claimedAt(uint256 tokenId) internal view returns (uint40 claimedAt) {
        claimedAt = _holders[tokenId].claimedAt;
        if (claimedAt == 0) claimedAt = _batches[_batchOf(_records[tokenId])].claimedAt;
    }

    /// @dev The folder with the token's metadata: that of its batch, or of its own provenance.
    function _folderOf(uint256 tokenId) internal view returns (bytes32 digest, bool inBatch) {
        TokenRecord memory record = _records[tokenId];
        uint256 number = _batchOf(record);
        if (number != 0) return (_batchFolders[number], true);
        return (bytes32(record.provenance) | (bytes32(_holders[tokenId].folder) >> 200), false);
    }

    function _write(Content calldata content, address creator, address owner, uint256 claimedAt) private {
        uint256 tokenId = uint256(content.contentDigest);
        _check(content);
        if (owner == address(0)) revert ERC721InvalidReceiver(owner);
        bytes32 provenance = _hash(content, creator);
        TokenRecord storage record = _records[tokenId];
        record.provenance = bytes25(provenance);
        record.mintedAt = uint40(block.timestamp);
        record.royaltyBps = content.royaltyBps;
        Holder storage holder = _holders[tokenId];
        holder.owner = owner;
        holder.folder = bytes7(provenance << 200);
        holder.claimedAt = uint40(claimedAt);
    }

    function _announce(Content calldata content, address creator) private {
        emit ContentMinted(
            uint256(content.contentDigest),
            creator,
            content.model,
            content.promptDigest,
            content.metadataDigest,
            content.sharesDigest
        );
    }

    function _count(address account, uint256 added) private {
        // Every token is one digest that was shown; they do not reach 2**256.
        unchecked {
            _balances[account] += added;
        }
    }

    function _requireUnminted(uint256 tokenId) private view {
        if (_records[tokenId].mintedAt != 0) revert ContentTokenAlreadyMinted(tokenId, _ownerOf(tokenId));
    }

    function _check(Content calldata content) private pure {
        if (content.contentDigest == 0 || content.metadataDigest == 0) {
            revert ContentTokenZeroDigest(content.contentDigest, content.metadataDigest);
        }
        if (content.royaltyBps > BASIS_POINTS) revert ContentTokenRoyaltyTooHigh(content.royaltyBps);
    }

    function _hash(Content calldata content, address creator) private pure returns (bytes32) {
        return ProvenanceHash.digestOf(
            content.promptDigest, content.model, creator, content.metadataDigest, content.sharesDigest
        );
    }

    /// @dev The number of a record's batch; 0 for none.
    function _batchOf(TokenRecord memory record) private pure returns (uint256) {
        return record.mintedAt & IN_BATCH == 0 ? 0 : record.mintedAt ^ IN_BATCH;
    }
}
