// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title CIDs of raw blocks
 * @notice Prints the IPFS name, CID version 1, of a block whose SHA-256 is known.
 */
library RawCid {
    /// @dev RFC 4648 base32 in lower case, multibase letter "b".
    bytes32 private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /// @dev CID version 1, codec raw, hash function SHA-256, 32 bytes.
    bytes4 private constant PREFIX = 0x01551220;

    /// @dev 36 bytes are 58 groups of five bits, with two bits of padding, after the multibase letter.
    uint256 private constant LENGTH = 59;

    /// @notice The `ipfs://` address of the raw block with this SHA-256 `digest`.
    function uri(bytes32 digest) internal pure returns (string memory) {
        return string.concat("ipfs://", toString(digest));
    }

    /// @notice The CID of the raw block with this SHA-256 `digest`, 59 characters that begin with "bafkrei".
    function toString(bytes32 digest) internal pure returns (string memory) {
        return encode(PREFIX, digest);
    }

    /// @notice The same of a block of any codec: `prefix` is version, codec, hash function and length of the hash.
    function encode(bytes4 prefix, bytes32 digest) internal pure returns (string memory) {
        bytes memory text = new bytes(LENGTH);
        text[0] = "b";
        // The 288 bits go through in two words: all but the digest's last 8 bytes, 28 bytes, then those 8 bytes.
        uint256 head = (uint256(uint32(prefix)) << 192) | (uint256(digest) >> 64);
        uint256 tail = uint256(uint64(uint256(digest))) << 2;
        // 224 bits are 44 groups and 4 bits; these 4 bits lead the tail's 64 bits and 2 bits of padding: 14 groups.
        tail |= (head & 0xf) << 66;
        head >>= 4;
        for (uint256 i = 44; i > 0; --i) {
            text[i] = ALPHABET[head & 31];
            head >>= 5;
        }
        for (uint256 i = LENGTH - 1; i > 44; --i) {
            text[i] = ALPHABET[tail & 31];
            tail >>= 5;
        }
        return string(text);
    }
}
