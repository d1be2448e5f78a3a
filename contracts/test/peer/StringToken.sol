// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @dev What gas figures are compared with: a token that keeps the CIDs of content, prompt and model as strings.
contract StringToken is ERC721 {
    struct Record {
        string content;
        string prompt;
        string model;
    }

    mapping(uint256 tokenId => Record) private _records;

    uint256 private _minted;

    constructor() ERC721("String Token", "STRING") {}

    function mint(
        string calldata content,
        string calldata prompt,
        string calldata model
    )
        external
        returns (uint256 tokenId)
    {
        tokenId = ++_minted;
        _records[tokenId] = Record(content, prompt, model);
        _mint(msg.sender, tokenId);
    }

    function recordOf(uint256 tokenId) external view returns (Record memory) {
        return _records[tokenId];
    }
}
