// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IPermit2} from "./IPermit2.sol";

/// @dev Implementation of {IPermit2} for development chains, which lack the original. Without constructor and
/// immutables, so that the code can be put at the known address.
contract Permit2 is IPermit2 {
    using SafeERC20 for IERC20;

    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)");
    bytes32 private constant NAME_HASH = keccak256("Permit2");
    bytes32 private constant PERMISSIONS_TYPEHASH = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant TRANSFER_TYPEHASH = keccak256(
        "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)TokenPermissions(address token,uint256 amount)"
    );
    string private constant WITNESS_TRANSFER_TYPE =
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";

    mapping(address owner => mapping(uint256 word => uint256 bits)) private _usedNonces;

    /// @inheritdoc IPermit2
    function permitTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes calldata signature
    )
        external
    {
        bytes32 structHash =
            keccak256(abi.encode(TRANSFER_TYPEHASH, _permissions(permit), msg.sender, permit.nonce, permit.deadline));
        _transfer(permit, transferDetails, owner, structHash, signature);
    }

    /// @inheritdoc IPermit2
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    )
        external
    {
        bytes32 typehash = keccak256(abi.encodePacked(WITNESS_TRANSFER_TYPE, witnessTypeString));
        bytes32 structHash =
            keccak256(abi.encode(typehash, _permissions(permit), msg.sender, permit.nonce, permit.deadline, witness));
        _transfer(permit, transferDetails, owner, structHash, signature);
    }

    /// @inheritdoc IPermit2
    function invalidateUnorderedNonces(uint256 wordPos, uint256 mask) external {
        _usedNonces[msg.sender][wordPos] |= mask;
        emit UnorderedNonceInvalidation(msg.sender, wordPos, mask);
    }

    /// @inheritdoc IPermit2
    function nonceBitmap(address owner, uint256 word) external view returns (uint256) {
        return _usedNonces[owner][word];
    }

    /// @inheritdoc IPermit2
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() public view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPEHASH, NAME_HASH, block.chainid, address(this)));
    }

    /// @dev Spends the nonce, then moves the tokens; reverts unless the owner signed `structHash` in time.
    function _transfer(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata details,
        address owner,
        bytes32 structHash,
        bytes calldata signature
    )
        private
    {
        // solhint-disable-next-line not-rely-on-time
        if (block.timestamp > permit.deadline) revert SignatureExpired(permit.deadline);
        if (details.requestedAmount > permit.permitted.amount) revert InvalidAmount(permit.permitted.amount);
        _spendNonce(owner, permit.nonce);
        bytes32 digest = MessageHashUtils.toTypedDataHash(DOMAIN_SEPARATOR(), structHash);
        if (!SignatureChecker.isValidSignatureNowCalldata(owner, digest, signature)) revert InvalidSigner();
        IERC20(permit.permitted.token).safeTransferFrom(owner, details.to, details.requestedAmount);
    }

    function _spendNonce(address owner, uint256 nonce) private {
        uint256 bit = 1 << (nonce % 256);
        uint256 used = _usedNonces[owner][nonce / 256];
        if (used & bit != 0) revert InvalidNonce();
        _usedNonces[owner][nonce / 256] = used | bit;
    }

    function _permissions(PermitTransferFrom calldata permit) private pure returns (bytes32) {
        return keccak256(abi.encode(PERMISSIONS_TYPEHASH, permit.permitted));
    }
}
