// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {RawCid} from "../core/RawCid.sol";

/**
 * @title The ERC-721 metadata of a repost
 * @notice Made from what the chain holds, so it needs no server. The picture is the root's content.
 */
library RepostMetadata {
    /// @notice A `data:` address of the JSON object that describes the repost.
    /// @param root the content's SHA-256 digest as a number.
    /// @param rateBps the authors' part of each payment in hundredths of a per cent.
    function uri(uint256 repostId, uint256 root, uint16 rateBps) internal pure returns (string memory) {
        return string.concat("data:application/json;base64,", Base64.encode(bytes(json(repostId, root, rateBps))));
    }

    /// @notice The JSON object itself.
    function json(uint256 repostId, uint256 root, uint16 rateBps) internal pure returns (string memory) {
        return string.concat(
            '{"name":"Repost ',
            Strings.toString(repostId),
            '","description":"A repost of content, whose authors share in what it earns.","image":"',
            RawCid.uri(bytes32(root)),
            '","attributes":[{"trait_type":"original","value":"',
            Strings.toHexString(root, 32),
            '"},{"trait_type":"authors\' share in basis points","value":',
            Strings.toString(rateBps),
            "}]}"
        );
    }
}
