// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IBatchSettlement} from "./IBatchSettlement.sol";
import {SettlementHashes} from "./SettlementHashes.sol";

/**
 * @dev One line of a batch in memory, laid out so that each of its hashes is taken over memory as it is. The same space
 * serves all lines of a batch in turn.
 *
 * The first eight words are the channel's configuration as EIP-712 encodes it. `prefix`, `domain` and `structHash` are what
 * a digest is taken over. The four words from `entryType` on are an entry of `ClaimBatch`, the first three of them a
 * voucher. `signatureAt` is where the length of the line's signature stands in the call data.
 *
 * All are whole words, as they were given. Call data that is cut short reads as zeros. Unused bits of an address or a delay
 * make the name of a channel that does not exist, as a deposit decodes its configuration and refuses them.
 */
struct ClaimLine {
    bytes32 configType;
    uint256 payer;
    uint256 payerAuthorizer;
    uint256 receiver;
    uint256 receiverAuthorizer;
    uint256 token;
    uint256 withdrawDelay;
    bytes32 salt;
    uint256 prefix;
    bytes32 domain;
    bytes32 structHash;
    bytes32 entryType;
    bytes32 channelId;
    uint256 maxClaimable;
    uint256 total;
    uint256 signatureAt;
}

/// @dev Reading, hashing and recovering for little more than the hashes: compiled from plain Solidity this costs as much
/// as all storage of a claim.
library ClaimLines {
    /// @dev Half of the order of secp256k1: above it lie the malleable twins of signatures.
    uint256 private constant LARGEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @dev Room for a line, under a domain.
    function space(bytes32 domain) internal pure returns (ClaimLine memory line) {
        line.configType = SettlementHashes.CONFIG_TYPEHASH;
        line.prefix = 0x1901;
        line.domain = domain;
    }

    /// @dev Fills the space with the line at `index`, and names its channel.
    function read(ClaimLine memory line, IBatchSettlement.VoucherClaim[] calldata lines, uint256 index) internal pure {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let start := add(lines.offset, calldataload(add(lines.offset, shl(5, index))))
            calldatacopy(add(line, 0x20), start, 0xe0)
            mstore(add(line, 0x140), keccak256(line, 0x100))
            mstore(add(line, 0x180), keccak256(add(line, 0x11e), 0x42))
            mstore(add(line, 0x1a0), calldataload(add(start, 0xe0)))
            mstore(add(line, 0x1c0), calldataload(add(start, 0x120)))
            mstore(add(line, 0x1e0), add(start, calldataload(add(start, 0x100))))
        }
    }

    /// @dev The line's hash as an entry of the batch that the receiver's authorizer signs.
    function entryHash(ClaimLine memory line) internal pure returns (bytes32 hash) {
        bytes32 typehash = SettlementHashes.ENTRY_TYPEHASH;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let entry := add(line, 0x160)
            mstore(entry, typehash)
            hash := keccak256(entry, 0x80)
        }
    }

    /// @dev What the line's signature has to sign.
    function voucherDigest(ClaimLine memory line) internal pure returns (bytes32 digest) {
        bytes32 typehash = SettlementHashes.VOUCHER_TYPEHASH;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let voucher := add(line, 0x160)
            mstore(voucher, typehash)
            mstore(add(line, 0x140), keccak256(voucher, 0x60))
            digest := keccak256(add(line, 0x11e), 0x42)
        }
    }

    /// @dev The address whose key made the line's signature of `digest`; zero if it is not 65 bytes with a lower `s`.
    function signer(ClaimLine memory line, bytes32 digest) internal view returns (uint256 key) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let place := mload(add(line, 0x1e0))
            mstore(0x00, 0)
            if and(eq(calldataload(place), 65), iszero(gt(calldataload(add(place, 0x40)), LARGEST_S))) {
                let input := mload(0x40)
                mstore(input, digest)
                mstore(add(input, 0x20), byte(0, calldataload(add(place, 0x60))))
                calldatacopy(add(input, 0x40), add(place, 0x20), 0x40)
                pop(staticcall(gas(), 1, input, 0x80, 0x00, 0x20))
            }
            key := mload(0x00)
        }
    }

    /// @dev The line's signature as it is in the call data.
    function signature(ClaimLine memory line) internal pure returns (bytes calldata given) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let place := mload(add(line, 0x1e0))
            given.offset := add(place, 0x20)
            given.length := calldataload(place)
        }
    }
}
