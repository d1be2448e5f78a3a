// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Transfers by signature, for tokens that know none
 * @notice The part of Permit2 that moves tokens once for each signature. The owner of the tokens has allowed this
 * contract to move them (ERC-20 `approve`), and signs who may have how much of them moved until when.
 * @dev Signatures are EIP-712 typed data of a domain without version, ("Permit2", chain id, this contract), by key or by
 * ERC-1271. The spender in the typed data is the caller. Errors have the names by which wallets know them.
 */
interface IPermit2 {
    /// @notice A token and the largest amount of it.
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    /// @notice What is signed, beside the spender; `deadline` in seconds since 1970.
    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice What the spender makes of it.
    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /// @notice The owner marked nonces as used: those bits of `word` that are set in `mask`.
    event UnorderedNonceInvalidation(address indexed owner, uint256 word, uint256 mask);

    /// @notice The signature was good until `signatureDeadline`.
    error SignatureExpired(uint256 signatureDeadline);

    /// @notice More was requested than `maxAmount`, which was signed.
    error InvalidAmount(uint256 maxAmount);

    /// @notice The nonce was used before, or invalidated.
    error InvalidNonce();

    /// @notice The signature is not the owner's for this transfer.
    error InvalidSigner();

    /// @notice Moves what `owner` signed for the caller.
    function permitTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes calldata signature
    )
        external;

    /**
     * @notice {permitTransferFrom} with further data that the owner signed as well.
     * @param witness the hash of the further data.
     * @param witnessTypeString how the typed data goes on after the deadline: the witness's member, `)`, and the types
     * that were used, in alphabetical order.
     */
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    )
        external;

    /// @notice Marks nonces of the caller as used, so that signatures with them are void.
    function invalidateUnorderedNonces(uint256 wordPos, uint256 mask) external;

    /// @notice The used nonces of an owner: bit `nonce % 256` of word `nonce / 256`.
    function nonceBitmap(address owner, uint256 word) external view returns (uint256);

    /// @notice The EIP-712 domain separator.
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
