// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IOffers} from "../../src/licence/IOffers.sol";
import {Licensing} from "./Licensing.sol";

contract OffersTest is Licensing {
    function test_RevertWhen_TheCallerDoesNotOwnTheAsset() public {
        uint32 offerId = _perpetualOffer();
        bytes memory foreign = abi.encodeWithSelector(IOffers.OffersNotAssetOwner.selector, _assetId, THIEF, CREATOR);

        vm.startPrank(THIEF);
        vm.expectRevert(foreign);
        _licences.makeOffer(_assetId, IOffers.Terms(PRICE, 0, false, true));
        vm.expectRevert(foreign);
        _licences.changePrice(offerId, 0);
        vm.expectRevert(foreign);
        _licences.withdrawOffer(offerId);
    }

    function test_RevertWhen_ASubscriptionHasNoPeriods() public {
        vm.expectRevert(abi.encodeWithSelector(IOffers.OffersEndlessSubscription.selector));

        vm.prank(CREATOR);
        _licences.makeOffer(_assetId, IOffers.Terms(PRICE, 0, true, true));
    }

    function testFuzz_MakeOfferKeepsEveryTerm(IOffers.Terms memory terms, uint8 before) public {
        if (terms.subscription && terms.duration == 0) terms.duration = 1;
        for (uint256 i = 0; i < before % 4; ++i) {
            _perpetualOffer();
        }
        uint32 expected = before % 4 + 1;

        vm.expectEmit(address(_licences));
        emit IOffers.OfferMade(expected, _assetId, CREATOR, terms);
        vm.prank(CREATOR);
        uint32 offerId = _licences.makeOffer(_assetId, terms);

        IOffers.Offer memory offer = _licences.offerOf(offerId);
        vm.assertEq(offerId, expected);
        vm.assertEq(_licences.offerCount(), expected);
        vm.assertEq(offer.assetId, _assetId);
        vm.assertEq(offer.seller, CREATOR);
        vm.assertTrue(offer.open);
        vm.assertEq(keccak256(abi.encode(offer.terms)), keccak256(abi.encode(terms)));
    }

    function testFuzz_ChangePriceChangesThePriceOnly(uint96 price) public {
        uint32 offerId = _subscriptionOffer();

        vm.expectEmit(address(_licences));
        emit IOffers.OfferPriceChanged(offerId, _assetId, CREATOR, price);
        vm.prank(CREATOR);
        _licences.changePrice(offerId, price);

        IOffers.Offer memory offer = _licences.offerOf(offerId);
        vm.assertEq(
            keccak256(abi.encode(offer)),
            keccak256(abi.encode(IOffers.Offer(_assetId, CREATOR, true, IOffers.Terms(price, MONTH, true, true))))
        );
    }

    function test_TheNewOwnerReopensAnOffer() public {
        uint32 offerId = _perpetualOffer();
        vm.prank(CREATOR);
        _registry.transferFrom(CREATOR, BUYER, _assetId);
        vm.assertFalse(_licences.offerOf(offerId).open);

        vm.prank(BUYER);
        _licences.changePrice(offerId, 7);

        vm.assertTrue(_licences.offerOf(offerId).open);
        vm.assertEq(_licences.offerOf(offerId).seller, BUYER);
    }

    function test_AWithdrawnOfferIsClosedForEver() public {
        uint32 offerId = _perpetualOffer();
        vm.startPrank(CREATOR);
        vm.expectEmit(address(_licences));
        emit IOffers.OfferWithdrawn(offerId, _assetId, CREATOR);
        _licences.withdrawOffer(offerId);
        bytes memory closed = abi.encodeWithSelector(IOffers.OffersClosed.selector, offerId);

        vm.expectRevert(closed);
        _licences.changePrice(offerId, 0);
        vm.expectRevert(closed);
        _licences.withdrawOffer(offerId);

        vm.assertFalse(_licences.offerOf(offerId).open);
    }

    function testFuzz_RevertGiven_NoSuchOffer(uint32 offerId) public {
        bytes memory unknown = abi.encodeWithSelector(IOffers.OffersUnknown.selector, offerId);

        vm.expectRevert(unknown);
        _licences.offerOf(offerId);
        vm.expectRevert(unknown);
        _licences.changePrice(offerId, 0);
        vm.expectRevert(unknown);
        _licences.withdrawOffer(offerId);
    }
}
