// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title ERC-4907: tokens that can be rented out, https://eips.ethereum.org/EIPS/eip-4907
interface IERC4907 {
    /// @notice The token has another user until `expires`, in seconds since 1970; no user if `user` is zero.
    event UpdateUser(uint256 indexed tokenId, address indexed user, uint64 expires);

    /// @notice Sets who uses a token, and until when, in seconds since 1970.
    function setUser(uint256 tokenId, address user, uint64 expires) external;

    /// @notice Who uses the token now; zero if nobody but the owner does.
    function userOf(uint256 tokenId) external view returns (address);

    /// @notice Until when the user that was set last uses the token, in seconds since 1970.
    function userExpires(uint256 tokenId) external view returns (uint256);
}
