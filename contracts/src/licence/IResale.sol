// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "./Permit.sol";

/**
 * @title The resale of licences
 * @notice The owner of a transferable licence lists it at a price and keeps it until somebody pays. The price is split
 * into the asset's royalty (ERC-2981), the platform's fee and the seller's rest. A listing ends when the licence changes
 * hands, for ever. While a licence is rented out or expired it can be listed, but not bought.
 */
interface IResale {
    /// @notice The owner offers the licence for sale.
    event LicenceListed(uint256 indexed licenceId, address indexed seller, uint96 price);

    /// @notice The owner no longer offers the licence for sale.
    event ListingWithdrawn(uint256 indexed licenceId, address indexed seller);

    /// @notice The licence was sold; `price` is what the buyer paid, `royalty` and `fee` are parts of it.
    event LicenceResold(
        uint256 indexed licenceId,
        address indexed seller,
        address indexed buyer,
        uint96 price,
        uint96 royalty,
        uint96 fee
    );

    /// @notice The licence is not for sale.
    error ResaleNotListed(uint256 licenceId);

    /// @notice Nobody buys an expired licence.
    error ResaleExpired(uint256 licenceId, uint40 expiresAt);

    /// @notice Lists a licence, or changes the price. Only the licence's owner can.
    function list(uint256 licenceId, uint96 price) external;

    /// @notice Ends a listing. Only the licence's owner can.
    function withdrawListing(uint256 licenceId) external;

    /// @notice Buys a listed licence for the caller, who allowed this contract the price before.
    /// @param maximumPrice the most that the caller pays.
    function buyListed(uint256 licenceId, uint96 maximumPrice) external;

    /// @notice {buyListed} with the allowance by signature; one that somebody submitted before does no harm.
    function buyListedWithPermit(uint256 licenceId, uint96 maximumPrice, Permit calldata permit) external;

    /// @notice At what price the owner sells a licence; reverts if there is no such licence.
    function listingOf(uint256 licenceId) external view returns (bool listed, uint96 price);
}
