// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";

import {Fees} from "./Fees.sol";
import {ILicences} from "./ILicences.sol";
import {IResale} from "./IResale.sol";
import {LicenceToken} from "./LicenceToken.sol";
import {Offers} from "./Offers.sol";
import {Permit} from "./Permit.sol";

/// @dev Implementation of {IResale}.
abstract contract Resale is IResale, IERC2981, LicenceToken, Offers, Fees {
    /// @dev Of a listed licence; what else is in here has no meaning.
    mapping(uint256 licenceId => uint96 price) private _listedPrices;

    /// @inheritdoc IResale
    function list(uint256 licenceId, uint96 price) external {
        Facts memory facts = _requireOwner(licenceId);
        if (!facts.transferable) revert ILicences.LicencesNotTransferable(licenceId);
        facts.listed = true;
        _setFacts(licenceId, facts);
        _listedPrices[licenceId] = price;
        emit LicenceListed(licenceId, _msgSender(), price);
    }

    /// @inheritdoc IResale
    function withdrawListing(uint256 licenceId) external {
        Facts memory facts = _requireOwner(licenceId);
        if (!facts.listed) revert ResaleNotListed(licenceId);
        facts.listed = false;
        _setFacts(licenceId, facts);
        emit ListingWithdrawn(licenceId, _msgSender());
    }

    /// @inheritdoc IResale
    function buyListed(uint256 licenceId, uint96 maximumPrice) external {
        _buyListed(licenceId, maximumPrice);
    }

    /// @inheritdoc IResale
    function buyListedWithPermit(uint256 licenceId, uint96 maximumPrice, Permit calldata permit) external {
        _permit(permit);
        _buyListed(licenceId, maximumPrice);
    }

    /// @inheritdoc IResale
    function listingOf(uint256 licenceId) external view returns (bool listed, uint96 price) {
        listed = _requireFacts(licenceId).listed;
        if (listed) price = _listedPrices[licenceId];
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(
        uint256 licenceId,
        uint256 salePrice
    )
        public
        view
        returns (address receiver, uint256 royaltyAmount)
    {
        return IERC2981(_registry).royaltyInfo(_offers[_requireFacts(licenceId).offerId].assetId, salePrice);
    }

    function _buyListed(uint256 licenceId, uint96 maximumPrice) private {
        Facts memory facts = _requireFacts(licenceId);
        if (!facts.listed) revert ResaleNotListed(licenceId);
        if (_expired(facts.expiresAt)) revert ResaleExpired(licenceId, facts.expiresAt);
        uint96 price = _listedPrices[licenceId];
        _checkPrice(price, maximumPrice);
        (address creator, uint256 royalty) = royaltyInfo(licenceId, price);
        _update(_msgSender(), licenceId, address(0));
        // A royalty is part of the price, so it fits.
        uint96 feePaid = _pay(_msgSender(), facts.owner, price, creator, uint96(royalty));
        emit LicenceResold(licenceId, facts.owner, _msgSender(), price, uint96(royalty), feePaid);
    }
}
