// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "./IContentToken.sol";

/**
 * @title The end of a content token
 * @notice Its owner can burn a token: the content can never be minted again, and where it came from stays readable. Its
 * creator can revoke the content: a public statement, for good, that the creator no longer stands behind it. A revocation
 * takes nothing from the owner, and is possible after the token was sold or burnt as well.
 */
interface IContentRevocation {
    /// @notice Why a creator revokes content; details are in the text.
    enum Reason {
        None,
        Mistake,
        Rights,
        Consent,
        Superseded,
        Unlawful,
        Other
    }

    /// @notice The creator revoked the content; `textDigest` is the SHA-256 of an explanation, 0 for none.
    event ContentRevoked(uint256 indexed tokenId, address indexed creator, Reason reason, bytes32 textDigest);

    /// @notice The token was burnt by its owner, or by whom the owner approved.
    event ContentBurnt(uint256 indexed tokenId, address indexed owner);

    /// @notice Only the creator can revoke.
    error ContentRevocationNotCreator(uint256 tokenId, address caller, address creator);

    /// @notice The content is revoked already, and for good.
    error ContentRevocationRepeated(uint256 tokenId, uint40 revokedAt);

    /// @notice A revocation needs a reason.
    error ContentRevocationWithoutReason(uint256 tokenId);

    /// @notice Burns a token that the caller owns or is approved for.
    function burn(uint256 tokenId) external;

    /**
     * @notice Revokes content that the caller created.
     * @param provenance the opening that names the creator.
     * @param textDigest SHA-256 of an explanation in the store; 0 for none.
     */
    function revoke(
        uint256 tokenId,
        IContentToken.Provenance calldata provenance,
        Reason reason,
        bytes32 textDigest
    )
        external;

    /// @notice Why and when content was revoked; `revokedAt`, in seconds since 1970, is 0 if it was not.
    function revocationOf(uint256 tokenId) external view returns (Reason reason, bytes32 textDigest, uint40 revokedAt);
}
