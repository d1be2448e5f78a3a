// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";

/**
 * @title The payment token
 * @notice An ERC-20 token with six decimals that can be moved by signed permits (ERC-2612) and signed authorizations
 * (ERC-3009), and whose holders can vote (ERC-5805). Its whole supply exists from the start.
 * @dev Besides the (v, r, s) form of ERC-3009, every authorization can be given as `bytes`, and both forms accept the
 * signatures of smart accounts (ERC-1271).
 */
interface IAssayToken is IERC3009, IERC3009Cancel {
    /// @notice The authorization is good only after the time `validAfter`, in seconds since 1970.
    error AssayTokenAuthorizationNotYetValid(uint256 validAfter);

    /// @notice The authorization was good only before the time `validBefore`, in seconds since 1970.
    error AssayTokenAuthorizationExpired(uint256 validBefore);

    /// @notice The authorization has been used or cancelled.
    error AssayTokenAuthorizationUsedOrCanceled(address authorizer, bytes32 nonce);

    /// @notice The signature is not one of `authorizer` for this authorization.
    error AssayTokenSignerMismatch(address authorizer);

    /// @notice A receive authorization can only be used by its payee.
    error AssayTokenCallerNotPayee(address caller, address payee);

    /// @notice {IERC3009-transferWithAuthorization} with the signature in one piece, for smart accounts as well.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    )
        external;

    /// @notice {IERC3009-receiveWithAuthorization} with the signature in one piece, for smart accounts as well.
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

    /// @notice {IERC3009Cancel-cancelAuthorization} with the signature in one piece, for smart accounts as well.
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external;

    /// @notice The version in the EIP-712 domain that permits and authorizations are signed for.
    function version() external view returns (string memory);
}
