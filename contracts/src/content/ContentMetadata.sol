// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {FolderCid} from "../core/FolderCid.sol";
import {IContentRevocation} from "./IContentRevocation.sol";

/**
 * @title The ERC-721 metadata of a content token
 * @notice Normally a file in a folder whose digest the chain holds; of revoked content, what the chain knows. Neither needs
 * a server of ours. {ContentToken} makes this contract for itself, whose own code has no room for it.
 */
contract ContentMetadata {
    /**
     * @notice The address of a token's metadata.
     * @param folderDigest of the token's own folder, or of that of its batch, where its file is named by its id.
     * @param revokedAt in seconds since 1970, as is `mintedAt`; 0 if it is not revoked.
     */
    function uri(
        uint256 tokenId,
        bytes32 folderDigest,
        bool inBatch,
        IContentRevocation.Reason reason,
        uint256 revokedAt,
        uint256 mintedAt
    )
        external
        pure
        returns (string memory)
    {
        string memory original = string.concat(
            FolderCid.uri(folderDigest), "/", inBatch ? Strings.toHexString(tokenId, 32) : "metadata.json"
        );
        return revokedAt == 0 ? original : _revoked(tokenId, _word(reason), revokedAt, mintedAt, original);
    }

    /// @dev A `data:` address of a JSON object that says that the content is revoked, and where the metadata were.
    function _revoked(
        uint256 tokenId,
        string memory reason,
        uint256 revokedAt,
        uint256 mintedAt,
        string memory original
    )
        private
        pure
        returns (string memory)
    {
        bytes memory json = abi.encodePacked(
            '{"name":"Revoked content ',
            Strings.toHexString(tokenId, 32),
            '","description":"Its creator has revoked this AI-generated content: ',
            reason,
            '.","external_url":"',
            original,
            '","attributes":[{"trait_type":"Revoked","value":"',
            reason,
            '"},',
            _date("Revoked at", revokedAt),
            ",",
            _date("Minted", mintedAt),
            ',{"trait_type":"AI-generated","value":"yes"}]}'
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function _date(string memory name, uint256 time) private pure returns (bytes memory) {
        return
            abi.encodePacked('{"trait_type":"', name, '","display_type":"date","value":', Strings.toString(time), "}");
    }

    function _word(IContentRevocation.Reason reason) private pure returns (string memory) {
        if (reason == IContentRevocation.Reason.Mistake) return "mistake";
        if (reason == IContentRevocation.Reason.Rights) return "rights";
        if (reason == IContentRevocation.Reason.Consent) return "consent";
        if (reason == IContentRevocation.Reason.Superseded) return "superseded";
        if (reason == IContentRevocation.Reason.Unlawful) return "unlawful";
        return "other";
    }
}
