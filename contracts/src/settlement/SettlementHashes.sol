// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IBatchSettlement} from "./IBatchSettlement.sol";

/// @dev The EIP-712 hashes of {IBatchSettlement}, for a domain that is given, so that a batch computes it once.
library SettlementHashes {
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant CONFIG_TYPEHASH = keccak256(
        "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
    );
    bytes32 private constant VOUCHER_TYPEHASH = keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
    bytes32 private constant REFUND_TYPEHASH = keccak256("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");
    bytes32 private constant BATCH_TYPEHASH = keccak256(
        "ClaimBatch(ClaimEntry[] claims)ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
    );
    bytes32 private constant ENTRY_TYPEHASH =
        keccak256("ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");
    bytes32 private constant NAME_HASH = keccak256("x402 Batch Settlement");
    bytes32 private constant VERSION_HASH = keccak256("1");

    /// @dev The domain of the contract that runs this, on the chain that it runs on.
    function domainSeparator() internal view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, block.chainid, address(this)));
    }

    /**
     * @dev Hashes the seven words of the configuration as they are in the call data, without a look at unused bits. A
     * name made from such bits belongs to no channel, since a deposit decodes the configuration and refuses them.
     */
    function channelId(bytes32 domain, IBatchSettlement.ChannelConfig calldata config) internal pure returns (bytes32) {
        bytes32 typehash = CONFIG_TYPEHASH;
        bytes32 structHash;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typehash)
            calldatacopy(add(words, 0x20), config, 0xe0)
            structHash := keccak256(words, 0x100)
        }
        return MessageHashUtils.toTypedDataHash(domain, structHash);
    }

    function voucher(bytes32 domain, bytes32 channel, uint128 maxClaimable) internal pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(VOUCHER_TYPEHASH, channel, maxClaimable)));
    }

    function refund(bytes32 domain, bytes32 channel, uint256 nonce, uint128 amount) internal pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(REFUND_TYPEHASH, channel, nonce, amount)));
    }

    /// @dev One line of a batch; {claimBatch} signs all of them.
    function claimEntry(bytes32 channel, uint128 maxClaimable, uint128 total) internal pure returns (bytes32) {
        return keccak256(abi.encode(ENTRY_TYPEHASH, channel, maxClaimable, total));
    }

    function claimBatch(bytes32 domain, bytes32[] memory entries) internal pure returns (bytes32) {
        bytes32 listHash = keccak256(abi.encodePacked(entries));
        return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(BATCH_TYPEHASH, listHash)));
    }
}
