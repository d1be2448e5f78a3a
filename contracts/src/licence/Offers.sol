// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

import {IOffers} from "./IOffers.sol";

/// @dev Implementation of {IOffers}.
abstract contract Offers is IOffers {
    /// @dev An offer, in three slots of storage.
    struct StoredOffer {
        uint256 assetId;
        address seller;
        uint96 price;
        uint32 duration;
        bool subscription;
        bool transferable;
        bool withdrawn;
    }

    address internal immutable _registry;

    uint32 private _offerCount;
    mapping(uint32 offerId => StoredOffer) internal _offers;

    constructor(address registry_) {
        _registry = registry_;
    }

    /// @inheritdoc IOffers
    function makeOffer(uint256 assetId, Terms calldata terms) external returns (uint32 offerId) {
        _checkAssetOwner(assetId);
        if (terms.subscription && terms.duration == 0) revert OffersEndlessSubscription();
        offerId = ++_offerCount;
        _offers[offerId] = StoredOffer({
            assetId: assetId,
            seller: msg.sender,
            price: terms.price,
            duration: terms.duration,
            subscription: terms.subscription,
            transferable: terms.transferable,
            withdrawn: false
        });
        emit OfferMade(offerId, assetId, msg.sender, terms);
    }

    /// @inheritdoc IOffers
    function changePrice(uint32 offerId, uint96 price) external {
        StoredOffer storage offer = _requireOffer(offerId);
        _checkAssetOwner(offer.assetId);
        if (offer.withdrawn) revert OffersClosed(offerId);
        offer.seller = msg.sender;
        offer.price = price;
        emit OfferPriceChanged(offerId, offer.assetId, msg.sender, price);
    }

    /// @inheritdoc IOffers
    function withdrawOffer(uint32 offerId) external {
        StoredOffer storage offer = _requireOffer(offerId);
        _checkAssetOwner(offer.assetId);
        if (offer.withdrawn) revert OffersClosed(offerId);
        offer.withdrawn = true;
        emit OfferWithdrawn(offerId, offer.assetId, msg.sender);
    }

    /// @inheritdoc IOffers
    function offerOf(uint32 offerId) external view returns (Offer memory) {
        StoredOffer memory offer = _requireOffer(offerId);
        return Offer({
            assetId: offer.assetId,
            seller: offer.seller,
            open: _isOpen(offer),
            terms: Terms(offer.price, offer.duration, offer.subscription, offer.transferable)
        });
    }

    /// @inheritdoc IOffers
    function offerCount() external view returns (uint32) {
        return _offerCount;
    }

    /// @inheritdoc IOffers
    function registry() external view returns (address) {
        return _registry;
    }

    /// @dev The offer, if licences can be bought and renewed by it.
    function _openOffer(uint32 offerId) internal view returns (StoredOffer memory offer) {
        offer = _requireOffer(offerId);
        if (!_isOpen(offer)) revert OffersClosed(offerId);
    }

    function _isOpen(StoredOffer memory offer) private view returns (bool) {
        return !offer.withdrawn && IERC721(_registry).ownerOf(offer.assetId) == offer.seller;
    }

    function _requireOffer(uint32 offerId) private view returns (StoredOffer storage offer) {
        offer = _offers[offerId];
        if (offer.seller == address(0)) revert OffersUnknown(offerId);
    }

    function _checkAssetOwner(uint256 assetId) private view {
        address owner = IERC721(_registry).ownerOf(assetId);
        if (owner != msg.sender) revert OffersNotAssetOwner(assetId, msg.sender, owner);
    }
}
