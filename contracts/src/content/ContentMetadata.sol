// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {RawCid} from "../core/RawCid.sol";

/**
 * @title The ERC-721 metadata of a content token
 * @notice Made from what the chain holds, so it needs no server; field names as in ERC-7007.
 */
library ContentMetadata {
    /// @notice A `data:` address of the JSON object that describes the content.
    /// @param contentDigest SHA-256 of the content's bytes.
    /// @param mintedAt in seconds since 1970.
    function uri(bytes32 contentDigest, uint256 mintedAt) internal pure returns (string memory) {
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json(contentDigest, mintedAt))));
    }

    /// @notice The JSON object itself.
    function json(bytes32 contentDigest, uint256 mintedAt) internal pure returns (string memory) {
        string memory digest = Strings.toHexString(uint256(contentDigest), 32);
        return string.concat(
            '{"name":"Assay content ',
            digest,
            '","description":"AI-generated content, named by the SHA-256 of its bytes.","content_digest":"',
            digest,
            '","aigc_data":"',
            RawCid.uri(contentDigest),
            '","minted_at":',
            Strings.toString(mintedAt),
            "}"
        );
    }
}
