// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors, IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IFees} from "../../src/licence/IFees.sol";
import {ILicences} from "../../src/licence/ILicences.sol";
import {IOffers} from "../../src/licence/IOffers.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {IAssayToken} from "../../src/token/IAssayToken.sol";
import {Licensing} from "./Licensing.sol";

/// @dev Buying and renewing.
contract LicencesTest is Licensing {
    function testFuzz_RevertGiven_NoSuchOffer(uint32 offerId) public {
        vm.expectRevert(abi.encodeWithSelector(IOffers.OffersUnknown.selector, offerId));

        _licences.buy(offerId, PRICE);
    }

    function test_RevertGiven_AClosedOffer() public {
        uint32 withdrawn = _perpetualOffer();
        vm.prank(CREATOR);
        _licences.withdrawOffer(withdrawn);
        uint32 formerOwners = _perpetualOffer();
        vm.prank(CREATOR);
        _registry.transferFrom(CREATOR, THIEF, _assetId);

        _expectBuyRevert(withdrawn, PRICE, abi.encodeWithSelector(IOffers.OffersClosed.selector, withdrawn));
        _expectBuyRevert(formerOwners, PRICE, abi.encodeWithSelector(IOffers.OffersClosed.selector, formerOwners));
    }

    function testFuzz_RevertWhen_ThePriceRoseOnTheWay(uint96 price) public {
        price = uint96(_bound(price, PRICE + 1, type(uint96).max));
        uint32 offerId = _perpetualOffer();
        _allow(_buyer, type(uint256).max);
        vm.prank(CREATOR);
        _licences.changePrice(offerId, price);

        _expectBuyRevert(offerId, PRICE, abi.encodeWithSelector(IFees.FeesAboveMaximum.selector, price, PRICE));
    }

    function test_RevertGiven_NoAllowanceOrNoMoney() public {
        uint32 offerId = _offer(2000e6, 0, false, true);
        _expectBuyRevert(
            offerId,
            2000e6,
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(_licences), 0, 50e6)
        );
        _allow(_buyer, 2000e6);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);

        vm.prank(_buyer);
        _licences.buy(offerId, 2000e6);
    }

    function testFuzz_BuyMakesANewLicence(uint96 price, uint32 duration, bool transferable) public {
        price = uint96(_bound(price, 0, 1000e6));
        uint32 offerId = _offer(price, duration, false, transferable);
        uint256 expected = uint256(uint160(_buyer)) << 64;
        uint40 expiresAt = duration == 0 ? 0 : uint40(block.timestamp) + duration;
        uint96 fee = price * FEE_BPS / 10_000;
        _allow(_buyer, price);

        vm.expectEmit(address(_licences));
        emit ILicences.LicenceBought(expected, _assetId, _buyer, offerId, price, fee, expiresAt);
        vm.prank(_buyer);
        uint256 licenceId = _licences.buy(offerId, price);

        ILicences.Licence memory licence = _licences.licenceOf(licenceId);
        vm.assertEq(licenceId, expected);
        vm.assertEq(licence.owner, _buyer);
        vm.assertEq(licence.assetId, _assetId);
        vm.assertEq(licence.offerId, offerId);
        vm.assertEq(licence.expiresAt, expiresAt);
        vm.assertTrue(licence.transferable == transferable);
        vm.assertEq(licence.user, address(0));
        vm.assertEq(_token.balanceOf(_buyer), 1000e6 - price);
        vm.assertEq(_token.balanceOf(PLATFORM), fee);
        vm.assertEq(_token.balanceOf(CREATOR), price - fee);
        vm.assertEq(_token.balanceOf(address(_licences)), 0);
    }

    function test_BuyingAgainExtendsNothing() public {
        uint32 offerId = _monthlyOffer();
        uint256 first = _bought(offerId);
        vm.warp(block.timestamp + 1 days);

        uint256 second = _bought(offerId);

        vm.assertEq(_licences.licenceOf(first).expiresAt + 1 days, _licences.licenceOf(second).expiresAt);
        vm.assertEq(second, first + 1);
        vm.assertEq(_licences.balanceOf(_buyer), 2);
    }

    function test_TheNewOwnerOfTheAssetIsPaid() public {
        uint32 offerId = _perpetualOffer();
        vm.prank(CREATOR);
        _registry.transferFrom(CREATOR, THIEF, _assetId);
        vm.prank(THIEF);
        _licences.changePrice(offerId, PRICE);

        _bought(offerId);

        vm.assertEq(_token.balanceOf(CREATOR), 0);
        vm.assertEq(_token.balanceOf(THIEF), 1000e6 + PRICE - PRICE * FEE_BPS / 10_000);
    }

    function test_BuyWithPermitNeedsOneTransaction() public {
        uint32 offerId = _perpetualOffer();
        Permit memory permit = _permit(PRICE);

        vm.prank(_buyer);
        uint256 licenceId = _licences.buyWithPermit(offerId, PRICE, permit);

        vm.assertEq(_licences.ownerOf(licenceId), _buyer);
        vm.assertEq(_token.allowance(_buyer, address(_licences)), 0);
    }

    function test_BuyWithPermitGiven_ThePermitWasSubmittedBefore() public {
        uint32 offerId = _perpetualOffer();
        Permit memory permit = _permit(PRICE);
        vm.prank(THIEF);
        _token.permit(_buyer, address(_licences), permit.value, permit.deadline, permit.v, permit.r, permit.s);

        vm.prank(_buyer);
        uint256 licenceId = _licences.buyWithPermit(offerId, PRICE, permit);

        vm.assertEq(_licences.ownerOf(licenceId), _buyer);
    }

    function test_RevertGiven_ThePermitOfAnother() public {
        uint32 offerId = _perpetualOffer();
        Permit memory permit = _permit(PRICE);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);

        vm.prank(THIEF);
        _licences.buyWithPermit(offerId, PRICE, permit);
    }

    function test_BuyWithAuthorizationWhen_AnyoneSendsIt() public {
        uint32 offerId = _monthlyOffer();
        ILicences.Authorization memory authorization = _authorization(offerId, PRICE);

        vm.prank(THIEF);
        uint256 licenceId = _licences.buyWithAuthorization(offerId, authorization);

        vm.assertEq(_licences.ownerOf(licenceId), _buyer);
        vm.assertEq(_token.balanceOf(_buyer), 1000e6 - PRICE);
        vm.assertEq(_token.balanceOf(CREATOR) + _token.balanceOf(PLATFORM), PRICE);
        vm.assertEq(_token.balanceOf(address(_licences)), 0);
    }

    function test_RevertWhen_TheAuthorizationIsForAnotherOfferOrPrice() public {
        uint32 offerId = _perpetualOffer();
        uint32 other = _perpetualOffer();
        ILicences.Authorization memory authorization = _authorization(offerId, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IAssayToken.AssayTokenSignerMismatch.selector, _buyer));
        _licences.buyWithAuthorization(other, authorization);

        vm.prank(CREATOR);
        _licences.changePrice(offerId, PRICE - 1);
        vm.expectRevert(abi.encodeWithSelector(ILicences.LicencesWrongValue.selector, PRICE, PRICE - 1));
        _licences.buyWithAuthorization(offerId, authorization);
    }

    function test_RevertWhen_TheAuthorizationIsSentAgain() public {
        uint32 offerId = _perpetualOffer();
        ILicences.Authorization memory authorization = _authorization(offerId, PRICE);
        _licences.buyWithAuthorization(offerId, authorization);
        vm.expectPartialRevert(IAssayToken.AssayTokenAuthorizationUsedOrCanceled.selector);

        _licences.buyWithAuthorization(offerId, authorization);
    }

    function test_RevertWhen_RenewingWhatCannotBe() public {
        uint256 unknown = 7;
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, unknown));
        _licences.renew(unknown, PRICE);

        uint256 perpetual = _bought(_perpetualOffer());
        vm.expectRevert(abi.encodeWithSelector(ILicences.LicencesPerpetual.selector, perpetual));
        _licences.renew(perpetual, PRICE);

        uint32 offerId = _monthlyOffer();
        uint256 licenceId = _bought(offerId);
        vm.expectRevert(abi.encodeWithSelector(IFees.FeesAboveMaximum.selector, PRICE, PRICE - 1));
        _licences.renew(licenceId, PRICE - 1);

        vm.prank(CREATOR);
        _licences.withdrawOffer(offerId);
        vm.expectRevert(abi.encodeWithSelector(IOffers.OffersClosed.selector, offerId));
        _licences.renew(licenceId, PRICE);
    }

    function testFuzz_RenewingARunningLicenceAddsThePeriod(uint32 elapsed) public {
        uint256 licenceId = _bought(_monthlyOffer());
        uint40 expiresAt = _licences.licenceOf(licenceId).expiresAt;
        vm.warp(block.timestamp + elapsed % MONTH);
        _allow(THIEF, PRICE);

        vm.expectEmit(address(_licences));
        emit ILicences.LicenceRenewed(licenceId, _assetId, THIEF, PRICE, PRICE * FEE_BPS / 10_000, expiresAt + MONTH);
        vm.prank(THIEF);
        _licences.renew(licenceId, PRICE);

        vm.assertEq(_licences.licenceOf(licenceId).expiresAt, expiresAt + MONTH);
        vm.assertEq(_licences.ownerOf(licenceId), _buyer);
        vm.assertEq(_token.balanceOf(THIEF), 1000e6 - PRICE);
    }

    function testFuzz_RenewingAnExpiredLicenceBeginsNow(uint32 elapsed) public {
        uint256 licenceId = _bought(_monthlyOffer());
        vm.warp(uint256(block.timestamp) + MONTH + elapsed);
        Permit memory permit = _permit(PRICE);

        vm.prank(_buyer);
        _licences.renewWithPermit(licenceId, PRICE, permit);

        vm.assertEq(_licences.licenceOf(licenceId).expiresAt, block.timestamp + MONTH);
    }

    function test_RevertWhen_TheLicenceWouldOutlastTime() public {
        uint256 licenceId = _bought(_offer(0, type(uint32).max, false, true));
        vm.warp(type(uint40).max - 1);
        vm.expectRevert(
            abi.encodeWithSelector(ILicences.LicencesTooLong.selector, uint256(type(uint40).max) - 1 + type(uint32).max)
        );

        _licences.renew(licenceId, 0);
    }

    function _expectBuyRevert(uint32 offerId, uint96 maximumPrice, bytes memory revertData) private {
        vm.expectRevert(revertData);
        vm.prank(_buyer);
        _licences.buy(offerId, maximumPrice);
    }
}
