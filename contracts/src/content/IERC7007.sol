// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/**
 * @title Verifiable AI-generated content, ERC-7007
 * @notice https://eips.ethereum.org/EIPS/eip-7007; the ERC-165 identifier is 0x702c55a6.
 */
interface IERC7007 is IERC721 {
    /// @notice The data of the token were shown on chain.
    event AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, bytes proof);

    /// @notice Shows the prompt and the content of a token, with the proof that they belong together.
    function addAigcData(
        uint256 tokenId,
        bytes calldata prompt,
        bytes calldata aigcData,
        bytes calldata proof
    )
        external;

    /// @notice Whether `proof` shows that `aigcData` was generated from `prompt`.
    function verify(
        bytes calldata prompt,
        bytes calldata aigcData,
        bytes calldata proof
    )
        external
        view
        returns (bool success);
}
