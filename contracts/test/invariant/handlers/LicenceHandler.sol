// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ILicences} from "../../../src/licence/ILicences.sol";
import {IOffers} from "../../../src/licence/IOffers.sol";
import {ISubscriptions} from "../../../src/licence/ISubscriptions.sol";
import {Licences} from "../../../src/licence/Licences.sol";
import {AssetRegistry} from "../../../src/market/AssetRegistry.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {Cast} from "./Cast.sol";

/// @dev Buys, renews, rents out, resells and moves licences of two assets, and keeps accounts of its own.
contract LicenceHandler is Cast {
    uint96 private constant HIGHEST_PRICE = 1000;
    uint32 private constant LONGEST_PERIOD = 10 days;
    uint256 private constant BASIS_POINTS = 10_000;

    /// @dev What a licence should be, by this handler's own reckoning.
    struct Model {
        address owner;
        uint32 offerId;
        uint256 paidUntil;
        bool listed;
    }

    Licences private immutable _licences;
    AssetRegistry private immutable _registry;
    AssayToken private immutable _token;
    address public immutable PLATFORM;
    uint256[2] private _assets;

    uint256[] public licenceIds;
    mapping(uint256 licenceId => Model) public models;
    mapping(address account => uint256 balance) public money;
    uint256 private _feeBps;

    /// @dev Things that must never happen, counted when they do.
    uint256 public undueRenewals;
    uint256 public overcharges;
    uint256 public improperMoves;
    uint256 public highFees;

    constructor(Licences licences, AssetRegistry registry, AssayToken token, uint256[2] memory assets) {
        (_licences, _registry, _token, _assets) = (licences, registry, token, assets);
        (uint16 feeBps, address platform) = licences.fee();
        _feeBps = feeBps;
        PLATFORM = platform;
    }

    function remember(address account) external {
        money[account] = _token.balanceOf(account);
    }

    function count() external view returns (uint256) {
        return licenceIds.length;
    }

    function passTime(uint32 elapsed) external {
        vm.warp(block.timestamp + elapsed % LONGEST_PERIOD);
    }

    function allow(uint256 account, uint32 amount) external {
        vm.prank(member(account));
        _token.approve(address(_licences), amount % (4 * HIGHEST_PRICE));
    }

    function setFee(uint256 caller, uint16 feeBps) external {
        if (caller % 2 == 0) vm.prank(PLATFORM);
        try _licences.setFee(feeBps, PLATFORM) {
            if (feeBps > 1000 || caller % 2 == 1) highFees += 1;
            _feeBps = feeBps;
        } catch {}
    }

    function sellAsset(uint256 which, uint256 buyer) external {
        address owner = _registry.ownerOf(_assets[which % 2]);
        vm.prank(owner);
        _registry.transferFrom(owner, member(buyer), _assets[which % 2]);
    }

    function makeOffer(uint256 which, IOffers.Terms memory terms) external {
        uint256 assetId = _assets[which % 2];
        terms.price %= HIGHEST_PRICE;
        terms.duration %= LONGEST_PERIOD;
        if (terms.duration == 0) terms.subscription = false;
        vm.prank(_registry.ownerOf(assetId));
        _licences.makeOffer(assetId, terms);
    }

    function changePrice(uint32 offer, uint96 price) external {
        if (_licences.offerCount() == 0) return;
        uint32 offerId = offer % _licences.offerCount() + 1;
        vm.prank(_registry.ownerOf(_licences.offerOf(offerId).assetId));
        _licences.changePrice(offerId, price % HIGHEST_PRICE);
    }

    function buy(uint256 account, uint32 offer, uint96 maximumPrice) external {
        if (_licences.offerCount() == 0) return;
        uint32 offerId = offer % _licences.offerCount() + 1;
        IOffers.Offer memory given = _licences.offerOf(offerId);
        address buyer = member(account);
        maximumPrice %= 2 * HIGHEST_PRICE;
        vm.prank(buyer);
        try _licences.buy(offerId, maximumPrice) returns (uint256 licenceId) {
            licenceIds.push(licenceId);
            uint256 paidUntil = given.terms.duration == 0 ? 0 : block.timestamp + given.terms.duration;
            models[licenceId] = Model(buyer, offerId, paidUntil, false);
            _paid(buyer, given, maximumPrice);
        } catch {}
    }

    function renew(uint256 account, uint256 which, uint96 maximumPrice) external {
        if (licenceIds.length == 0) return;
        uint256 licenceId = _pick(which);
        IOffers.Offer memory given = _licences.offerOf(models[licenceId].offerId);
        maximumPrice %= 2 * HIGHEST_PRICE;
        vm.prank(member(account));
        try _licences.renew(licenceId, maximumPrice) {
            _extend(licenceId, given.terms.duration);
            _paid(member(account), given, maximumPrice);
        } catch {}
    }

    function renewSubscriptions(uint256 first, uint256 second) external {
        if (licenceIds.length == 0) return;
        uint256[] memory chosen = new uint256[](2);
        (chosen[0], chosen[1]) = (_pick(first), _pick(second));
        ISubscriptions.Subscription[2] memory before =
            [_licences.subscriptionOf(chosen[0]), _licences.subscriptionOf(chosen[1])];
        bool[] memory renewed = _licences.renewSubscriptions(chosen);
        if (chosen[0] == chosen[1] && renewed[0] && renewed[1]) undueRenewals += 1;
        for (uint256 i = 0; i < 2; ++i) {
            if (!renewed[i]) continue;
            Model memory model = models[chosen[i]];
            IOffers.Offer memory given = _licences.offerOf(model.offerId);
            if (!_due(model, given.terms.duration) || before[i].subscriber != model.owner) undueRenewals += 1;
            _extend(chosen[i], given.terms.duration);
            _paid(model.owner, given, before[i].maximumPrice);
        }
    }

    function subscribe(uint256 account, uint256 which, uint96 maximumPrice, bool cancel) external {
        if (licenceIds.length == 0) return;
        vm.startPrank(_ownerOrOther(account, which));
        try _licences.cancelSubscription(_pick(which)) {} catch {}
        if (!cancel) try _licences.subscribe(_pick(which), maximumPrice % (2 * HIGHEST_PRICE)) {} catch {}
        vm.stopPrank();
    }

    function rentOut(uint256 account, uint256 which, uint256 user, uint32 duration) external {
        if (licenceIds.length == 0) return;
        vm.prank(_ownerOrOther(account, which));
        try _licences.setUser(_pick(which), member(user), uint64(block.timestamp + duration % LONGEST_PERIOD)) {}
            catch {}
    }

    function list(uint256 account, uint256 which, uint96 price) external {
        if (licenceIds.length == 0) return;
        vm.prank(_ownerOrOther(account, which));
        try _licences.list(_pick(which), price % HIGHEST_PRICE) {
            models[_pick(which)].listed = true;
        } catch {}
    }

    function buyListed(uint256 account, uint256 which, uint96 maximumPrice) external {
        if (licenceIds.length == 0) return;
        uint256 licenceId = _pick(which);
        address buyer = member(account);
        (, uint96 price) = _licences.listingOf(licenceId);
        (address creator, uint256 royalty) = _licences.royaltyInfo(licenceId, price);
        bool movable = _movable(licenceId);
        maximumPrice %= 2 * HIGHEST_PRICE;
        vm.prank(buyer);
        try _licences.buyListed(licenceId, maximumPrice) {
            if (!movable || !models[licenceId].listed) improperMoves += 1;
            if (price > maximumPrice) overcharges += 1;
            _resold(licenceId, buyer, price, creator, royalty);
        } catch {}
    }

    function give(uint256 account, uint256 which, uint256 receiver) external {
        if (licenceIds.length == 0) return;
        uint256 licenceId = _pick(which);
        bool movable = _movable(licenceId);
        address owner = models[licenceId].owner;
        address caller = _ownerOrOther(account, which);
        vm.prank(caller);
        try _licences.transferFrom(owner, member(receiver), licenceId) {
            if (!movable || owner != caller) improperMoves += 1;
            (models[licenceId].owner, models[licenceId].listed) = (member(receiver), false);
        } catch {}
    }

    function _resold(uint256 licenceId, address buyer, uint256 price, address creator, uint256 royalty) private {
        uint256 rest = price - royalty;
        uint256 fee = price * _feeBps / BASIS_POINTS;
        if (fee > rest) fee = rest;
        address seller = models[licenceId].owner;
        (models[licenceId].owner, models[licenceId].listed) = (buyer, false);
        money[buyer] -= price;
        money[creator] += royalty;
        money[PLATFORM] += fee;
        money[seller] += rest - fee;
    }

    function _paid(address payer, IOffers.Offer memory offer, uint256 maximumPrice) private {
        uint256 price = offer.terms.price;
        if (price > maximumPrice || !offer.open) overcharges += 1;
        uint256 fee = price * _feeBps / BASIS_POINTS;
        money[payer] -= price;
        money[PLATFORM] += fee;
        money[_registry.ownerOf(offer.assetId)] += price - fee;
    }

    function _extend(uint256 licenceId, uint32 duration) private {
        Model storage model = models[licenceId];
        uint256 begins = model.paidUntil > block.timestamp ? model.paidUntil : block.timestamp;
        model.paidUntil = begins + duration;
    }

    /// @dev From a tenth of the period, at most a day, before the end, until a period, at most a week, after it.
    function _due(Model memory model, uint256 duration) private view returns (bool) {
        uint256 lead = duration < 10 days ? duration / 10 : 1 days;
        uint256 grace = duration < 7 days ? duration : 7 days;
        return block.timestamp + lead >= model.paidUntil && block.timestamp <= model.paidUntil + grace;
    }

    function _movable(uint256 licenceId) private view returns (bool) {
        ILicences.Licence memory licence = _licences.licenceOf(licenceId);
        return licence.transferable && licence.user == address(0);
    }

    /// @dev The licence's owner three times in four, so that much happens.
    function _ownerOrOther(uint256 account, uint256 which) private view returns (address) {
        return account % 4 == 0 ? member(account / 4) : models[_pick(which)].owner;
    }

    function _pick(uint256 which) private view returns (uint256) {
        return licenceIds[which % licenceIds.length];
    }
}
