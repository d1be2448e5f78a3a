// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IFees} from "../../src/licence/IFees.sol";
import {ILicences} from "../../src/licence/ILicences.sol";
import {IResale} from "../../src/licence/IResale.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {Licensing} from "./Licensing.sol";

contract ResaleTest is Licensing {
    /// @dev Who sells in these tests; the account with the key buys.
    address private constant SELLER = THIEF;

    function test_RevertWhen_AnotherListsOrWithdraws() public {
        uint256 licenceId = _sellersLicence(_perpetualOffer());
        bytes memory foreign = abi.encodeWithSelector(ILicences.LicencesNotOwner.selector, licenceId, _buyer, SELLER);

        vm.startPrank(_buyer);
        vm.expectRevert(foreign);
        _licences.list(licenceId, 0);
        vm.expectRevert(foreign);
        _licences.withdrawListing(licenceId);
    }

    function testFuzz_AListingCanBeReadAndWithdrawn(uint96 price) public {
        uint256 licenceId = _sellersLicence(_perpetualOffer());
        vm.expectEmit(address(_licences));
        emit IResale.LicenceListed(licenceId, SELLER, price);
        vm.prank(SELLER);
        _licences.list(licenceId, price);
        (bool listed, uint96 listedPrice) = _licences.listingOf(licenceId);
        vm.assertTrue(listed);
        vm.assertEq(listedPrice, price);

        vm.expectEmit(address(_licences));
        emit IResale.ListingWithdrawn(licenceId, SELLER);
        vm.prank(SELLER);
        _licences.withdrawListing(licenceId);

        (listed, listedPrice) = _licences.listingOf(licenceId);
        vm.assertFalse(listed);
        vm.assertEq(listedPrice, 0);
        _expectNotListed(licenceId);
        vm.expectRevert(abi.encodeWithSelector(IResale.ResaleNotListed.selector, licenceId));
        vm.prank(SELLER);
        _licences.withdrawListing(licenceId);
    }

    function test_RevertGiven_TheLicenceChangedHandsSince() public {
        uint256 licenceId = _listed(_perpetualOffer(), PRICE);
        vm.prank(SELLER);
        _licences.transferFrom(SELLER, RENTER, licenceId);
        _expectNotListed(licenceId);

        vm.prank(RENTER);
        _licences.transferFrom(RENTER, SELLER, licenceId);
        _expectNotListed(licenceId);
    }

    function test_RevertGiven_TheLicenceExpired() public {
        uint256 licenceId = _listed(_monthlyOffer(), PRICE);
        uint40 end = _licences.licenceOf(licenceId).expiresAt;
        vm.warp(end);
        vm.expectRevert(abi.encodeWithSelector(IResale.ResaleExpired.selector, licenceId, end));

        vm.prank(_buyer);
        _licences.buyListed(licenceId, PRICE);
    }

    function test_RevertGiven_TheSellerRentedItOutMeanwhile() public {
        uint256 licenceId = _listed(_perpetualOffer(), PRICE);
        uint64 expires = uint64(block.timestamp) + 1;
        vm.prank(SELLER);
        _licences.setUser(licenceId, RENTER, expires);
        vm.expectRevert(abi.encodeWithSelector(ILicences.LicencesRented.selector, licenceId, RENTER, expires));

        vm.prank(_buyer);
        _licences.buyListed(licenceId, PRICE);
    }

    function test_RevertWhen_ThePriceRoseOnTheWay() public {
        uint256 licenceId = _listed(_perpetualOffer(), PRICE);
        vm.prank(SELLER);
        _licences.list(licenceId, PRICE + 1);
        vm.expectRevert(abi.encodeWithSelector(IFees.FeesAboveMaximum.selector, PRICE + 1, PRICE));

        vm.prank(_buyer);
        _licences.buyListed(licenceId, PRICE);
    }

    function testFuzz_TheSharesAddUpToThePrice(uint96 price, uint16 royaltyBps, uint16 feeBps) public {
        price = uint96(_bound(price, 0, 1000e6));
        royaltyBps = uint16(_bound(royaltyBps, 0, 10_000));
        feeBps = uint16(_bound(feeBps, 0, 1000));
        _licences.setFee(feeBps, PLATFORM);
        _assetId = _registered("an asset of its own royalty", royaltyBps);
        uint256 licenceId = _listed(_offer(0, 0, false, true), price);
        uint96 royalty = uint96(uint256(price) * royaltyBps / 10_000);
        uint96 fee = uint96(uint256(price) * feeBps / 10_000);
        if (fee > price - royalty) fee = price - royalty;
        _allow(_buyer, price);

        vm.expectEmit(address(_licences));
        emit IResale.LicenceResold(licenceId, SELLER, _buyer, price, royalty, fee);
        vm.prank(_buyer);
        _licences.buyListed(licenceId, price);

        vm.assertEq(_licences.ownerOf(licenceId), _buyer);
        vm.assertEq(_token.balanceOf(CREATOR), royalty);
        vm.assertEq(_token.balanceOf(PLATFORM), fee);
        vm.assertEq(_token.balanceOf(SELLER), 1000e6 + price - royalty - fee);
        vm.assertEq(_token.balanceOf(_buyer), 1000e6 - price);
        vm.assertEq(_token.balanceOf(address(_licences)), 0);
        _expectNotListed(licenceId);
    }

    function test_BuyListedWithPermitNeedsOneTransaction() public {
        uint256 licenceId = _listed(_perpetualOffer(), PRICE);
        Permit memory permit = _permit(PRICE);

        vm.prank(_buyer);
        _licences.buyListedWithPermit(licenceId, PRICE, permit);

        vm.assertEq(_licences.ownerOf(licenceId), _buyer);
    }

    function testFuzz_RevertWhen_TheFeeIsTooHigh(uint16 feeBps) public {
        feeBps = uint16(_bound(feeBps, 1001, type(uint16).max));
        vm.expectRevert(abi.encodeWithSelector(IFees.FeesTooHigh.selector, feeBps, 1000));

        _licences.setFee(feeBps, PLATFORM);
    }

    function test_RevertWhen_AnotherSetsTheFeeOrNobodyGetsIt() public {
        vm.expectRevert(abi.encodeWithSelector(IFees.FeesWithoutRecipient.selector));
        _licences.setFee(1, address(0));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, THIEF));

        vm.prank(THIEF);
        _licences.setFee(1, THIEF);
    }

    function test_OwnershipMovesInTwoSteps() public {
        _licences.transferOwnership(CREATOR);
        vm.assertEq(_licences.owner(), address(this));

        vm.prank(CREATOR);
        _licences.acceptOwnership();
        vm.expectEmit(address(_licences));
        emit IFees.FeeChanged(7, CREATOR);
        vm.prank(CREATOR);
        _licences.setFee(7, CREATOR);

        (uint16 feeBps, address recipient) = _licences.fee();
        vm.assertEq(feeBps, 7);
        vm.assertEq(recipient, CREATOR);
        vm.assertEq(_licences.maximumFeeBps(), 1000);
    }

    function _listed(uint32 offerId, uint96 price) private returns (uint256 licenceId) {
        licenceId = _sellersLicence(offerId);
        vm.prank(SELLER);
        _licences.list(licenceId, price);
    }

    function _sellersLicence(uint32 offerId) private returns (uint256) {
        vm.prank(CREATOR);
        _licences.changePrice(offerId, 0);
        vm.prank(SELLER);
        return _licences.buy(offerId, 0);
    }

    function _expectNotListed(uint256 licenceId) private {
        vm.expectRevert(abi.encodeWithSelector(IResale.ResaleNotListed.selector, licenceId));
        vm.prank(_buyer);
        _licences.buyListed(licenceId, type(uint96).max);
    }
}
