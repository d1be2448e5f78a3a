// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Offers of licences
 * @notice The owner of an asset offers licences of it, on as many different terms as the owner likes. Only the price of
 * an offer can change. An offer is open until it is withdrawn or the asset has another owner; the new owner reopens an
 * offer of the former one by setting its price.
 */
interface IOffers {
    /**
     * @notice What is offered.
     * @param price of a licence, or of each period, in the smallest unit of the currency; may be 0.
     * @param duration of a period in seconds; 0 for a perpetual licence.
     * @param subscription whether licences renew themselves from the buyer's allowance.
     * @param transferable whether licences can be sold, given away and rented out.
     */
    struct Terms {
        uint96 price;
        uint32 duration;
        bool subscription;
        bool transferable;
    }

    /// @notice An offer; `seller` set the price last, and was the asset's owner then.
    struct Offer {
        uint256 assetId;
        address seller;
        bool open;
        Terms terms;
    }

    /// @notice The owner of the asset made an offer.
    event OfferMade(uint32 indexed offerId, uint256 indexed assetId, address indexed seller, Terms terms);

    /// @notice The owner of the asset set another price.
    event OfferPriceChanged(uint32 indexed offerId, uint256 indexed assetId, address indexed seller, uint96 price);

    /// @notice The owner of the asset withdrew the offer, for ever.
    event OfferWithdrawn(uint32 indexed offerId, uint256 indexed assetId, address indexed seller);

    /// @notice No offer has this number.
    error OffersUnknown(uint32 offerId);

    /// @notice The offer was withdrawn, or its seller no longer owns the asset.
    error OffersClosed(uint32 offerId);

    /// @notice Only the owner of the asset can do this.
    error OffersNotAssetOwner(uint256 assetId, address caller, address owner);

    /// @notice A subscription needs periods.
    error OffersEndlessSubscription();

    /// @notice Offers licences of an asset of the caller.
    /// @return offerId counted from 1.
    function makeOffer(uint256 assetId, Terms calldata terms) external returns (uint32 offerId);

    /// @notice Sets the price of an offer, and reopens one of the asset's former owner. Only the asset's owner can.
    function changePrice(uint32 offerId, uint96 price) external;

    /// @notice Ends an offer for ever: no licence is sold or renewed by it. Only the asset's owner can.
    function withdrawOffer(uint32 offerId) external;

    /// @notice An offer, open or not; reverts if there is none.
    function offerOf(uint32 offerId) external view returns (Offer memory);

    /// @notice How many offers there are; the number of the latest.
    function offerCount() external view returns (uint32);

    /// @notice The register of the assets that licences are for.
    function registry() external view returns (address);
}
