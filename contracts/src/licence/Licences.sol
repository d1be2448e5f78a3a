// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/interfaces/IERC721Metadata.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IAssetRegistry} from "../market/IAssetRegistry.sol";
import {IAssayToken} from "../token/IAssayToken.sol";
import {Fees} from "./Fees.sol";
import {ILicences} from "./ILicences.sol";
import {LicenceToken} from "./LicenceToken.sol";
import {Offers} from "./Offers.sol";
import {Permit} from "./Permit.sol";
import {Resale} from "./Resale.sol";
import {Subscriptions} from "./Subscriptions.sol";

/// @dev Implementation of {ILicences}: how licences come about, last and are used.
contract Licences is ILicences, Subscriptions, Resale {
    constructor(
        address registry_,
        address owner,
        address feeRecipient,
        uint16 feeBps
    )
        ERC721("Assay Licence", "LICENCE")
        Offers(registry_)
        Fees(IAssetRegistry(registry_).currency(), owner, feeRecipient, feeBps)
    {}

    /// @inheritdoc ILicences
    function buy(uint32 offerId, uint96 maximumPrice) external returns (uint256 licenceId) {
        return _buy(offerId, maximumPrice);
    }

    /// @inheritdoc ILicences
    function buyWithPermit(
        uint32 offerId,
        uint96 maximumPrice,
        Permit calldata permit
    )
        external
        returns (uint256 licenceId)
    {
        _permit(permit);
        return _buy(offerId, maximumPrice);
    }

    /// @inheritdoc ILicences
    function buyWithAuthorization(
        uint32 offerId,
        Authorization calldata authorization
    )
        external
        returns (uint256 licenceId)
    {
        StoredOffer memory offer = _openOffer(offerId);
        if (authorization.value != offer.price) revert LicencesWrongValue(authorization.value, offer.price);
        IAssayToken(_currency)
            .receiveWithAuthorization(
                authorization.buyer,
                address(this),
                authorization.value,
                authorization.validAfter,
                authorization.validBefore,
                purchaseNonce(offerId, authorization.buyer, authorization.salt),
                authorization.signature
            );
        return _sell(offerId, offer, authorization.buyer, address(this), authorization.value);
    }

    /// @inheritdoc ILicences
    function renew(uint256 licenceId, uint96 maximumPrice) external {
        _renewForCaller(licenceId, maximumPrice);
    }

    /// @inheritdoc ILicences
    function renewWithPermit(uint256 licenceId, uint96 maximumPrice, Permit calldata permit) external {
        _permit(permit);
        _renewForCaller(licenceId, maximumPrice);
    }

    /// @inheritdoc ILicences
    function mayUse(uint256 licenceId, uint256 assetId, address account) external view returns (bool) {
        Facts memory facts = _factsOf(licenceId);
        if (facts.owner == address(0) || _expired(facts.expiresAt)) return false;
        if (_offers[facts.offerId].assetId != assetId) return false;
        address user = userOf(licenceId);
        return account == (user == address(0) ? facts.owner : user);
    }

    /// @inheritdoc ILicences
    function licenceOf(uint256 licenceId) external view returns (Licence memory) {
        Facts memory facts = _requireFacts(licenceId);
        address user = userOf(licenceId);
        return Licence({
            owner: facts.owner,
            assetId: _offers[facts.offerId].assetId,
            offerId: facts.offerId,
            expiresAt: facts.expiresAt,
            transferable: facts.transferable,
            user: user,
            userExpiresAt: user == address(0) ? 0 : uint40(userExpires(licenceId))
        });
    }

    /// @inheritdoc ILicences
    function purchaseNonce(uint32 offerId, address buyer, bytes32 salt) public pure returns (bytes32) {
        return keccak256(abi.encode(offerId, buyer, salt));
    }

    /// @notice The metadata of the asset that the licence is for.
    function tokenURI(uint256 licenceId) public view override returns (string memory) {
        return IERC721Metadata(_registry).tokenURI(_offers[_requireFacts(licenceId).offerId].assetId);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(LicenceToken, IERC165) returns (bool) {
        return interfaceId == type(IERC2981).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @inheritdoc Subscriptions
    function _renew(uint256 licenceId, Facts memory facts, address payer, uint96 maximumPrice) internal override {
        if (facts.expiresAt == 0) revert LicencesPerpetual(licenceId);
        StoredOffer memory offer = _openOffer(facts.offerId);
        _checkPrice(offer.price, maximumPrice);
        uint40 begins = _expired(facts.expiresAt) ? uint40(block.timestamp) : facts.expiresAt;
        facts.expiresAt = _endOf(begins, offer.duration);
        _setFacts(licenceId, facts);
        uint96 feePaid = _pay(payer, offer.seller, offer.price, address(0), 0);
        emit LicenceRenewed(licenceId, offer.assetId, payer, offer.price, feePaid, facts.expiresAt);
    }

    /// @dev Ends a subscription that is over: else somebody could bring a forgotten one back to life by paying a period.
    function _renewForCaller(uint256 licenceId, uint96 maximumPrice) private {
        Facts memory facts = _requireFacts(licenceId);
        if (_isOver(facts)) {
            facts.subscribed = false;
            emit SubscriptionCancelled(licenceId, facts.owner);
        }
        _renew(licenceId, facts, _msgSender(), maximumPrice);
    }

    function _buy(uint32 offerId, uint96 maximumPrice) private returns (uint256 licenceId) {
        StoredOffer memory offer = _openOffer(offerId);
        _checkPrice(offer.price, maximumPrice);
        return _sell(offerId, offer, _msgSender(), _msgSender(), maximumPrice);
    }

    function _sell(
        uint32 offerId,
        StoredOffer memory offer,
        address buyer,
        address payer,
        uint96 maximumPrice
    )
        private
        returns (uint256 licenceId)
    {
        uint40 expiresAt = offer.duration == 0 ? 0 : _endOf(uint40(block.timestamp), offer.duration);
        licenceId = _mintLicence(
            Facts({
                owner: buyer,
                expiresAt: expiresAt,
                offerId: offerId,
                transferable: offer.transferable,
                subscribed: offer.subscription,
                listed: false
            })
        );
        if (offer.subscription) _agree(licenceId, buyer, maximumPrice);
        uint96 feePaid = _pay(payer, offer.seller, offer.price, address(0), 0);
        emit LicenceBought(licenceId, offer.assetId, buyer, offerId, offer.price, feePaid, expiresAt);
    }

    function _endOf(uint40 begins, uint32 duration) private pure returns (uint40) {
        uint256 end = uint256(begins) + duration;
        if (end > type(uint40).max) revert LicencesTooLong(end);
        return uint40(end);
    }
}
