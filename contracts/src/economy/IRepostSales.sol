// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../licence/Permit.sol";

/**
 * @title Sales of reposts
 * @notice The owner of a repost can list it. A sale is split as every other payment to the repost: the authors of its root
 * have their rate. Other markets learn the same from ERC-2981.
 */
interface IRepostSales {
    /// @notice The owner sells the repost for `price`.
    event RepostListed(uint256 indexed repostId, address indexed seller, uint256 price);

    /// @notice The owner no longer sells the repost.
    event RepostListingWithdrawn(uint256 indexed repostId, address indexed seller);

    /// @notice The repost was sold; of the price the authors of the root had `authorAmount`, the seller the rest.
    event RepostSold(
        uint256 indexed repostId,
        uint256 indexed root,
        address indexed seller,
        address buyer,
        uint256 authorAmount,
        uint256 sellerAmount
    );

    /// @notice Only the owner can do this.
    error RepostSalesNotOwner(uint256 repostId, address caller, address owner);

    /// @notice The repost is not for sale.
    error RepostSalesNotListed(uint256 repostId);

    /// @notice A price is from one unit to 2**96 - 1.
    error RepostSalesWrongPrice(uint256 price);

    /// @notice The price is above what the buyer agreed to.
    error RepostSalesAboveMaximum(uint256 price, uint256 maximumPrice);

    /// @notice Offers the caller's repost for sale, or changes its price. A transfer ends it.
    function list(uint256 repostId, uint256 price) external;

    /// @notice No longer offers the caller's repost.
    function withdrawListing(uint256 repostId) external;

    /// @notice Buys a listed repost from the caller's allowance, for at most `maximumPrice`.
    function buy(uint256 repostId, uint256 maximumPrice) external;

    /// @notice {buy} with an allowance by signature.
    function buyWithPermit(uint256 repostId, uint256 maximumPrice, Permit calldata permit) external;

    /// @notice What a repost is sold for; 0 if it is not for sale.
    function priceOf(uint256 repostId) external view returns (uint256 price);
}
