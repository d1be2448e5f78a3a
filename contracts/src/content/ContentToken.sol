// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {Commitments} from "../core/Commitments.sol";
import {IFees} from "../licence/IFees.sol";
import {ContentMetadata} from "./ContentMetadata.sol";
import {ContentProofs} from "./ContentProofs.sol";
import {ContentRoyalties} from "./ContentRoyalties.sol";
import {ContentSales} from "./ContentSales.sol";
import {ContentVouchers} from "./ContentVouchers.sol";
import {IContentToken} from "./IContentToken.sol";
import {IERC7007} from "./IERC7007.sol";
import {LazyContent} from "./LazyContent.sol";

/// @dev Implementation of {IContentToken}; what tokens earn, prove and are sold for is in the contracts above.
contract ContentToken is LazyContent, ContentVouchers, ContentProofs {
    ContentMetadata private immutable _metadata = new ContentMetadata();

    constructor(
        address registry,
        IFees fees,
        uint256 minimumAgeBlocks_
    )
        ERC721("Assay Content", "CONTENT")
        EIP712("Assay Content", "1")
        Commitments(minimumAgeBlocks_)
        ContentRoyalties(registry)
        ContentSales(fees)
    {}

    /// @inheritdoc IContentToken
    function mint(Content calldata content, bytes32 salt) external returns (uint256 tokenId) {
        address creator = _msgSender();
        uint256 claimedAt = _reveal(creator, content.contentDigest, salt);
        tokenId = _create(content, creator, creator, claimedAt);
    }

    /// @inheritdoc IContentToken
    function mintBatch(Content[] calldata contents, bytes32 folderDigest, bytes32 salt) external {
        if (contents.length == 0 || folderDigest == 0) revert ContentTokenEmptyBatch();
        address creator = _msgSender();
        bytes32[] memory digests = new bytes32[](contents.length);
        uint40 number = _nextBatch();
        for (uint256 i = 0; i < contents.length; ++i) {
            digests[i] = contents[i].contentDigest;
            _createInBatch(contents[i], creator, number);
        }
        uint256 claimedAt = _reveal(creator, keccak256(abi.encodePacked(digests)), salt);
        _closeBatch(number, creator, contents.length, folderDigest, claimedAt);
        emit BatchMinted(number, creator, folderDigest, contents.length);
    }

    /// @inheritdoc IContentToken
    function stateOf(uint256 tokenId) external view returns (TokenState memory state) {
        TokenRecord memory record = _requireMinted(tokenId);
        (Reason reason,, uint40 revokedAt) = revocationOf(tokenId);
        return TokenState({
            owner: _ownerOf(tokenId),
            provenance: record.provenance,
            mintedAt: _mintedAt(record),
            royaltyBps: record.royaltyBps,
            claimedAt: _claimedAt(tokenId),
            revokedAt: revokedAt,
            revocationReason: uint8(reason)
        });
    }

    /// @inheritdoc IContentToken
    function batchDigest(bytes32[] calldata contentDigests) external pure returns (bytes32) {
        return keccak256(abi.encodePacked(contentDigests));
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        (bytes32 folder, bool inBatch) = _folderOf(tokenId);
        (Reason reason,, uint40 revokedAt) = revocationOf(tokenId);
        return _metadata.uri(tokenId, folder, inBatch, reason, revokedAt, _mintedAt(_requireMinted(tokenId)));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == type(IERC7007).interfaceId || interfaceId == type(IERC2981).interfaceId
            || interfaceId == bytes4(0x49064906) || super.supportsInterface(interfaceId);
    }
}
