// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @dev The part of a token with ERC-3009 that a collector needs, in the form that takes signatures of smart accounts.
interface IAuthorizedReceipt {
    /// @notice Moves tokens that `from` signed over to the caller, which has to be `to`; each nonce once.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    )
        external;
}
