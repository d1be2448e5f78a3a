// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../licence/Permit.sol";

/**
 * @title Tips for content
 * @notice A tip goes whole to the royalty account of a content token, whose authors share it like a royalty
 * ({IContentToken-releaseRoyalty}). Content that is burnt or revoked takes none.
 */
interface ITips {
    /// @notice Content was tipped; `note` is the SHA-256 of what the giver says, 0 for nothing.
    event Tipped(uint256 indexed tokenId, address indexed giver, uint256 amount, bytes32 note);

    /// @notice A tip is of one unit at least.
    error TipsNothingGiven();

    /// @notice Tips content from the caller's allowance; `note` is the SHA-256 of a message, or 0.
    function tip(uint256 tokenId, uint256 amount, bytes32 note) external;

    /// @notice {tip} with an allowance by signature.
    function tipWithPermit(uint256 tokenId, uint256 amount, bytes32 note, Permit calldata permit) external;

    /// @notice The ERC-20 token that tips are given in.
    function currency() external view returns (address);

    /// @notice The register of the content that is tipped.
    function content() external view returns (address);
}
