// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title The first sale of content that is minted when it is bought
 * @notice The buyer pays the price: the platform's fee, the same as on licences, to its recipient, the rest to the token's
 * account, which splits it among the creator's shares. This contract never holds money.
 */
interface IContentSales {
    /// @notice Content was minted for its buyer; `fee` is the part of the price that went to the platform.
    event ContentSold(
        uint256 indexed tokenId,
        address indexed creator,
        address indexed buyer,
        IERC20 currency,
        uint256 price,
        uint256 fee
    );

    /// @notice The ether that was sent is not the price, or not asked for.
    error ContentSalesWrongValue(uint256 sent, uint256 expected);

    /// @notice The terms were good until `validUntil`.
    error ContentSalesExpired(uint256 tokenId, uint40 validUntil);
}
