// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {RawCid} from "./RawCid.sol";

/**
 * @title CIDs of folders
 * @notice Prints the IPFS name, CID version 1, of a folder whose root block has a known SHA-256.
 */
library FolderCid {
    /// @dev CID version 1, codec dag-pb, hash function SHA-256, 32 bytes.
    bytes4 private constant PREFIX = 0x01701220;

    /// @notice The `ipfs://` address of the folder, without a slash at its end.
    function uri(bytes32 digest) internal pure returns (string memory) {
        return string.concat("ipfs://", RawCid.encode(PREFIX, digest));
    }
}
