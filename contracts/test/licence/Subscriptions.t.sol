// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IFees} from "../../src/licence/IFees.sol";
import {ILicences} from "../../src/licence/ILicences.sol";
import {ISubscriptions} from "../../src/licence/ISubscriptions.sol";
import {Licensing} from "./Licensing.sol";

contract SubscriptionsTest is Licensing {
    uint256 private constant LEAD = 1 days;
    uint256 private constant GRACE = 7 days;

    uint32 private _offerId;
    uint256 private _licenceId;
    uint40 private _end;

    function setUp() public override {
        super.setUp();
        _offerId = _subscriptionOffer();
        _licenceId = _bought(_offerId);
        _end = _licences.licenceOf(_licenceId).expiresAt;
        _allow(_buyer, type(uint256).max);
    }

    function test_BuyingSubscribes() public {
        uint256 next = (uint256(uint160(_buyer)) << 64) + 1;
        vm.expectEmit(address(_licences));
        emit ISubscriptions.SubscriptionAgreed(next, _buyer, PRICE + 5);

        vm.prank(_buyer);
        uint256 licenceId = _licences.buy(_offerId, PRICE + 5);

        ISubscriptions.Subscription memory subscription = _licences.subscriptionOf(licenceId);
        vm.assertEq(subscription.subscriber, _buyer);
        vm.assertEq(subscription.maximumPrice, PRICE + 5);
        vm.assertEq(subscription.dueFrom, _end - LEAD);
        vm.assertEq(subscription.dueUntil, _end + GRACE);
    }

    function testFuzz_RevertWhen_ItIsNotDue(uint40 time) public {
        time = uint40(_bound(time, block.timestamp, type(uint40).max));
        vm.assume(time < _end - LEAD || time > _end + GRACE);
        vm.warp(time);
        vm.expectRevert(
            abi.encodeWithSelector(ISubscriptions.SubscriptionsNotDue.selector, _licenceId, _end - LEAD, _end + GRACE)
        );

        _licences.renewSubscription(_licenceId);
    }

    function testFuzz_AnyoneRenewsWhatIsDueOnce(uint40 time, address anyone) public {
        vm.warp(_bound(time, _end - LEAD, _end + GRACE));
        uint256 expected = (block.timestamp < _end ? _end : block.timestamp) + MONTH;

        vm.prank(anyone);
        _licences.renewSubscription(_licenceId);

        vm.assertEq(_licences.licenceOf(_licenceId).expiresAt, expected);
        vm.assertEq(_token.balanceOf(_buyer), 1000e6 - 2 * PRICE);
        vm.assertEq(_token.balanceOf(CREATOR) + _token.balanceOf(PLATFORM), 2 * PRICE);
        vm.expectPartialRevert(ISubscriptions.SubscriptionsNotDue.selector);
        _licences.renewSubscription(_licenceId);
    }

    function testFuzz_NoPeriodIsSoShortThatTwoAreDue(uint32 duration, uint32 late) public {
        uint32 offerId = _offer(1, uint32(_bound(duration, 1, type(uint32).max)), true, true);
        vm.prank(_buyer);
        uint256 licenceId = _licences.buy(offerId, 1);
        ISubscriptions.Subscription memory subscription = _licences.subscriptionOf(licenceId);
        vm.warp(_bound(late, subscription.dueFrom, subscription.dueUntil));
        _licences.renewSubscription(licenceId);
        vm.expectPartialRevert(ISubscriptions.SubscriptionsNotDue.selector);

        _licences.renewSubscription(licenceId);
    }

    function test_RevertWhen_ThePriceIsAboveWhatWasAgreed() public {
        vm.prank(CREATOR);
        _licences.changePrice(_offerId, PRICE + 1);
        vm.warp(_end);
        vm.expectRevert(abi.encodeWithSelector(IFees.FeesAboveMaximum.selector, PRICE + 1, PRICE));
        _licences.renewSubscription(_licenceId);

        vm.prank(_buyer);
        _licences.subscribe(_licenceId, PRICE + 1);
        _licences.renewSubscription(_licenceId);

        vm.assertEq(_licences.licenceOf(_licenceId).expiresAt, _end + MONTH);
    }

    function test_ManyAreRenewedAndFailuresReported() public {
        vm.prank(_buyer);
        uint256 other = _licences.buy(_offerId, PRICE);
        _allow(THIEF, PRICE);
        vm.prank(THIEF);
        uint256 poor = _licences.buy(_offerId, PRICE);
        uint256[] memory licenceIds = new uint256[](4);
        (licenceIds[0], licenceIds[1], licenceIds[2], licenceIds[3]) = (poor, _licenceId, 99, other);
        vm.warp(_end);

        vm.expectEmit(address(_licences));
        emit ISubscriptions.RenewalFailed(
            poor,
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(_licences),
                0,
                uint256(PRICE) * FEE_BPS / 10_000
            )
        );
        bool[] memory renewed = _licences.renewSubscriptions(licenceIds);

        vm.assertFalse(renewed[0] || renewed[2]);
        vm.assertTrue(renewed[1] && renewed[3]);
        vm.assertEq(_licences.licenceOf(poor).expiresAt, _end);
        vm.assertEq(_licences.licenceOf(_licenceId).expiresAt, _end + MONTH);
        vm.assertEq(_licences.licenceOf(other).expiresAt, _end + MONTH);
        vm.assertEq(_token.balanceOf(THIEF), 1000e6 - PRICE);
    }

    function test_APausedSubscriptionGoesOnWhenThereIsMoney() public {
        vm.prank(_buyer);
        _token.transfer(THIEF, 1000e6 - PRICE);
        vm.warp(_end + 1 days);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        _licences.renewSubscription(_licenceId);
        vm.assertFalse(_licences.mayUse(_licenceId, _assetId, _buyer));

        vm.prank(THIEF);
        _token.transfer(_buyer, PRICE);
        _licences.renewSubscription(_licenceId);

        vm.assertTrue(_licences.mayUse(_licenceId, _assetId, _buyer));
        vm.assertEq(_licences.licenceOf(_licenceId).expiresAt, block.timestamp + MONTH);
    }

    function test_ACancelledSubscriptionRunsOut() public {
        vm.expectEmit(address(_licences));
        emit ISubscriptions.SubscriptionCancelled(_licenceId, _buyer);
        vm.prank(_buyer);
        _licences.cancelSubscription(_licenceId);

        vm.warp(_end - 1);
        vm.assertTrue(_licences.mayUse(_licenceId, _assetId, _buyer));
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.SubscriptionsInactive.selector, _licenceId));
        _licences.renewSubscription(_licenceId);
        vm.warp(_end);
        vm.assertFalse(_licences.mayUse(_licenceId, _assetId, _buyer));
    }

    function test_RevertWhen_AnotherDecides() public {
        bytes memory foreign = abi.encodeWithSelector(ILicences.LicencesNotOwner.selector, _licenceId, THIEF, _buyer);
        vm.prank(_buyer);
        _licences.approve(THIEF, _licenceId);

        vm.startPrank(THIEF);
        vm.expectRevert(foreign);
        _licences.cancelSubscription(_licenceId);
        vm.expectRevert(foreign);
        _licences.subscribe(_licenceId, 1000e6);
    }

    function test_RevertWhen_ThereIsNothingToCancelOrToSubscribeTo() public {
        vm.startPrank(_buyer);
        _licences.cancelSubscription(_licenceId);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.SubscriptionsInactive.selector, _licenceId));
        _licences.cancelSubscription(_licenceId);
        vm.stopPrank();

        uint32 offerId = _monthlyOffer();
        uint256 monthly = _bought(offerId);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.SubscriptionsNotOffered.selector, offerId));
        vm.prank(_buyer);
        _licences.subscribe(monthly, PRICE);
    }

    function test_TheNewOwnerSubscribesAndPays() public {
        vm.prank(_buyer);
        _licences.transferFrom(_buyer, THIEF, _licenceId);
        vm.warp(_end);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.SubscriptionsInactive.selector, _licenceId));
        _licences.renewSubscription(_licenceId);
        vm.prank(THIEF);
        _licences.subscribe(_licenceId, PRICE);
        _allow(THIEF, PRICE);

        _licences.renewSubscription(_licenceId);

        vm.assertEq(_token.balanceOf(THIEF), 1000e6 - PRICE);
        vm.assertEq(_token.balanceOf(_buyer), 1000e6 - PRICE);
    }

    function test_ARunningSubscriptionThatSomebodyRenewsStaysOne() public {
        vm.warp(_end + GRACE);
        _allow(THIEF, PRICE);

        vm.prank(THIEF);
        _licences.renew(_licenceId, PRICE);

        vm.assertEq(_licences.subscriptionOf(_licenceId).subscriber, _buyer);
    }

    function test_AForgottenSubscriptionIsNotRevivedByAnother() public {
        vm.warp(_end + GRACE + 1);
        _allow(THIEF, PRICE);

        vm.expectEmit(address(_licences));
        emit ISubscriptions.SubscriptionCancelled(_licenceId, _buyer);
        vm.prank(THIEF);
        _licences.renew(_licenceId, PRICE);

        vm.assertEq(_licences.subscriptionOf(_licenceId).subscriber, address(0));
        vm.assertTrue(_licences.mayUse(_licenceId, _assetId, _buyer));
    }
}
