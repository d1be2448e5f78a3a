// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "./IContentToken.sol";

/**
 * @title The hash of a provenance, which is an IPFS folder
 * @notice The hash is the SHA-256 of a dag-pb block: a folder of two raw files, `metadata.json`, and `provenance`, which
 * holds abi.encode(promptDigest, model, creator, sharesDigest). So the 32 bytes that commit a token to where it came from
 * are at the same time the address of its metadata.
 * @dev https://ipld.io/specs/codecs/dag-pb/spec/: links as field 2 in the order of their names, each with its CID as field
 * 1, its name as field 2 and, as field 3, a size that nobody needs, 0; then the data as field 1. A UnixFS folder's data are 08 01.
 */
library ProvenanceHash {
    /// @dev A link of 0x37 bytes with a CID of 0x24: version 1, codec raw, hash function SHA-256 of 0x20 bytes.
    bytes8 private constant BEFORE_METADATA = 0x12370a2401551220;

    /// @dev That link's name, "metadata.json", its size, and the beginning of a link of 0x34 bytes.
    bytes25 private constant BEFORE_PROVENANCE = 0x120d6d657461646174612e6a736f6e180012340a2401551220;

    /// @dev The second link's name, "provenance", its size, and the data of a folder.
    bytes18 private constant END = 0x120a70726f76656e616e636518000a020801;

    /// @notice The hash of the provenance with these values.
    function digestOf(
        bytes32 promptDigest,
        uint256 model,
        address creator,
        bytes32 metadataDigest,
        bytes32 sharesDigest
    )
        internal
        pure
        returns (bytes32)
    {
        return sha256(
            abi.encodePacked(
                BEFORE_METADATA,
                metadataDigest,
                BEFORE_PROVENANCE,
                sha256(abi.encode(promptDigest, model, creator, sharesDigest)),
                END
            )
        );
    }

    /// @notice The same of a struct.
    function digestOf(IContentToken.Provenance calldata provenance) internal pure returns (bytes32) {
        return digestOf(
            provenance.promptDigest,
            provenance.model,
            provenance.creator,
            provenance.metadataDigest,
            provenance.sharesDigest
        );
    }
}
