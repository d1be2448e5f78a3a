// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IBatchSettlement} from "./IBatchSettlement.sol";

/// @dev The EIP-712 hashes of {IBatchSettlement}, for a domain that is given, so that a batch computes it once.
library SettlementHashes {
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant CONFIG_TYPEHASH = keccak256(
        "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
    );
    bytes32 internal constant VOUCHER_TYPEHASH = keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
    bytes32 private constant REFUND_TYPEHASH = keccak256("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");
    bytes32 private constant BATCH_TYPEHASH = keccak256(
        "ClaimBatch(ClaimEntry[] claims)ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
    );
    bytes32 internal constant ENTRY_TYPEHASH =
        keccak256("ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");
    bytes32 private constant NAME_HASH = keccak256("x402 Batch Settlement");
    bytes32 private constant VERSION_HASH = keccak256("1");

    /// @dev The domain of the contract that runs this, on the chain that it runs on.
    function domainSeparator() internal view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, block.chainid, address(this)));
    }

    function channelId(bytes32 domain, IBatchSettlement.ChannelConfig calldata config) internal pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(CONFIG_TYPEHASH, config)));
    }

    function voucher(bytes32 domain, bytes32 channel, uint128 maxClaimable) internal pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(VOUCHER_TYPEHASH, channel, maxClaimable)));
    }

    function refund(bytes32 domain, bytes32 channel, uint256 nonce, uint128 amount) internal pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(REFUND_TYPEHASH, channel, nonce, amount)));
    }

    /// @dev The digest of a batch, from the hashes of its entries, {ClaimLines-entryHash}.
    function claimBatch(bytes32 domain, bytes32[] memory entries) internal pure returns (bytes32) {
        bytes32 listHash;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            listHash := keccak256(add(entries, 0x20), shl(5, mload(entries)))
        }
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(BATCH_TYPEHASH, listHash)));
    }
}
