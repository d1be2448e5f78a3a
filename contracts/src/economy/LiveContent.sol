// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IContentRevocation} from "../content/IContentRevocation.sol";

/**
 * @title Content that its creator stands behind
 * @notice What is burnt or revoked starts nothing new: it is neither reposted nor tipped.
 */
library LiveContent {
    /// @notice The creator revoked the content, in seconds since 1970.
    error LiveContentRevoked(uint256 tokenId, uint40 revokedAt);

    /// @notice Reverts if the content was never minted, is burnt, or is revoked.
    function check(address content, uint256 tokenId) internal view {
        // Reverts by itself where there is no owner.
        IERC721(content).ownerOf(tokenId);
        (,, uint40 revokedAt) = IContentRevocation(content).revocationOf(tokenId);
        if (revokedAt != 0) revert LiveContentRevoked(tokenId, revokedAt);
    }
}
