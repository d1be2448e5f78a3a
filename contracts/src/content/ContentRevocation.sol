// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";

import {ContentRecords} from "./ContentRecords.sol";
import {IContentRevocation} from "./IContentRevocation.sol";

/// @dev Implementation of {IContentRevocation}; a revocation changes the metadata, as ERC-4906 announces.
abstract contract ContentRevocation is IContentRevocation, IERC4906, ContentRecords {
    struct Revocation {
        Reason reason;
        uint40 revokedAt;
        bytes32 textDigest;
    }

    mapping(uint256 tokenId => Revocation) private _revocations;

    /// @inheritdoc IContentRevocation
    function burn(uint256 tokenId) external {
        address owner = _update(address(0), tokenId, _msgSender());
        emit ContentBurnt(tokenId, owner);
    }

    /// @inheritdoc IContentRevocation
    function revoke(uint256 tokenId, Provenance calldata provenance, Reason reason, bytes32 textDigest) external {
        if (!verifyProvenance(tokenId, provenance)) revert ContentTokenWrongProvenance(tokenId);
        if (provenance.creator != _msgSender()) {
            revert ContentRevocationNotCreator(tokenId, _msgSender(), provenance.creator);
        }
        if (reason == Reason.None) revert ContentRevocationWithoutReason(tokenId);
        uint40 before = _revocations[tokenId].revokedAt;
        if (before != 0) revert ContentRevocationRepeated(tokenId, before);
        _revocations[tokenId] = Revocation(reason, uint40(block.timestamp), textDigest);
        emit ContentRevoked(tokenId, provenance.creator, reason, textDigest);
        emit MetadataUpdate(tokenId);
    }

    /// @inheritdoc IContentRevocation
    function revocationOf(uint256 tokenId) public view returns (Reason reason, bytes32 textDigest, uint40 revokedAt) {
        Revocation memory revocation = _revocations[tokenId];
        return (revocation.reason, revocation.textDigest, revocation.revokedAt);
    }

    /// @dev Content that is reclaimed has another creator, whose word a thief's revocation is not.
    function _forgetRevocation(uint256 tokenId) internal {
        delete _revocations[tokenId];
    }
}
