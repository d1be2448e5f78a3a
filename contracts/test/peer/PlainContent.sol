// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";

/// @dev The peer of ContentToken in the gas table: OpenZeppelin's ERC-721 with the address of each token's metadata.
contract PlainContent is ERC721URIStorage {
    constructor() ERC721("Plain content", "PLAIN") {}

    /// @dev Mints for the caller; whoever names an id first has it.
    function mint(uint256 tokenId, string calldata uri) external {
        _mint(msg.sender, tokenId);
        _setTokenURI(tokenId, uri);
    }

    /// @dev Mints many.
    function mintMany(uint256[] calldata tokenIds, string[] calldata uris) external {
        for (uint256 i = 0; i < tokenIds.length; ++i) {
            _mint(msg.sender, tokenIds[i]);
            _setTokenURI(tokenIds[i], uris[i]);
        }
    }
}
