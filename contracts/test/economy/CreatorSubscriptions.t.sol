// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICreatorSubscriptions} from "../../src/economy/ICreatorSubscriptions.sol";
import {IPlans} from "../../src/economy/IPlans.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {Earning} from "./Earning.sol";

contract CreatorSubscriptionsTest is Earning {
    uint96 private constant PRICE = 10e6;
    uint32 private constant MONTH = 30 days;
    uint256 private constant GRACE = 7 days;

    uint32 private _planId;
    uint256 private _end;

    function setUp() public override {
        super.setUp();
        _planId = _plan(PRICE, MONTH);
        _allow(address(_subscriptions), type(uint256).max);
        _end = block.timestamp + MONTH;
    }

    function test_RevertGiven_AnIncompletePlan() public {
        vm.expectRevert(abi.encodeWithSelector(IPlans.PlansIncomplete.selector, 0, _money));
        _subscriptions.makePlan(PRICE, 0, _money);
        vm.expectRevert(abi.encodeWithSelector(IPlans.PlansIncomplete.selector, MONTH, BUYER));
        _subscriptions.makePlan(PRICE, MONTH, IERC20(BUYER));
    }

    function test_PlansAreNumbered() public {
        vm.expectEmit(address(_subscriptions));
        emit IPlans.PlanMade(2, CREATOR, _money, 1, 5);

        uint32 planId = _plan(1, 5);

        IPlans.Plan memory plan = _subscriptions.planOf(planId);
        vm.assertEq(plan.creator, CREATOR);
        vm.assertEq(plan.period, 5);
        vm.assertEq(plan.price, 1);
        vm.assertEq(address(plan.currency), address(_money));
        vm.assertEq(_subscriptions.planCount(), 2);
    }

    function test_RevertWhen_AnotherChangesThePlan() public {
        bytes memory refused = abi.encodeWithSelector(IPlans.PlansNotCreator.selector, _planId, THIEF, CREATOR);
        vm.startPrank(THIEF);

        vm.expectRevert(refused);
        _subscriptions.changePlanPrice(_planId, 0);
        vm.expectRevert(refused);
        _subscriptions.closePlan(_planId);
        vm.expectRevert(abi.encodeWithSelector(IPlans.PlansUnknown.selector, 9));
        _subscriptions.closePlan(9);
    }

    function test_AClosedPlanTakesNoPayment() public {
        _subscribe();
        bytes memory closed = abi.encodeWithSelector(IPlans.PlansClosed.selector, _planId);
        vm.prank(CREATOR);
        _subscriptions.closePlan(_planId);
        vm.warp(_end);

        vm.expectRevert(closed);
        _subscriptions.renew(CREATOR, _payer);
        vm.expectRevert(closed);
        _subscriptions.subscribe(_planId, PRICE);
        vm.expectRevert(closed);
        vm.prank(CREATOR);
        _subscriptions.changePlanPrice(_planId, 1);
    }

    function test_RevertWhen_ThePriceIsAboveWhatTheSubscriberAgreesTo() public {
        vm.expectRevert(
            abi.encodeWithSelector(ICreatorSubscriptions.CreatorSubscriptionsAboveMaximum.selector, PRICE, PRICE - 1)
        );

        vm.prank(_payer);
        _subscriptions.subscribe(_planId, PRICE - 1);
    }

    function test_SubscribingPaysTheFirstPeriod() public {
        vm.expectEmit(address(_subscriptions));
        emit ICreatorSubscriptions.Subscribed(CREATOR, _payer, _planId, PRICE);
        vm.expectEmit(address(_subscriptions));
        emit ICreatorSubscriptions.SubscriptionPaid(CREATOR, _payer, _planId, PRICE, uint40(_end));

        _subscribe();

        vm.assertEq(_money.balanceOf(CREATOR), PRICE);
        vm.assertEq(_money.balanceOf(_payer), SUPPLY - PRICE);
        ICreatorSubscriptions.Subscription memory made = _subscriptions.subscriptionOf(CREATOR, _payer);
        vm.assertEq(made.paidUntil, _end);
        vm.assertEq(made.price, PRICE);
        vm.assertTrue(made.active && _subscriptions.isSubscribed(CREATOR, _payer));
        (uint40 dueFrom, uint40 dueUntil) = _subscriptions.dueTimes(CREATOR, _payer);
        vm.assertEq(dueFrom, _end);
        vm.assertEq(dueUntil, _end + GRACE);
        vm.warp(_end - 1);
        vm.assertTrue(_subscriptions.isSubscribed(CREATOR, _payer));
        vm.warp(_end);
        vm.assertFalse(_subscriptions.isSubscribed(CREATOR, _payer));
    }

    function testFuzz_RevertWhen_TheSubscriptionRuns(uint256 time) public {
        _subscribe();
        vm.warp(_bound(time, block.timestamp, _end + GRACE));
        vm.expectRevert(
            abi.encodeWithSelector(
                ICreatorSubscriptions.CreatorSubscriptionsRunning.selector, CREATOR, _payer, uint40(_end)
            )
        );

        _subscribe();
    }

    function test_ComingBackInPaidTimeCostsNothingUntilItEnds() public {
        _subscribe();
        vm.prank(_payer);
        _subscriptions.unsubscribe(CREATOR);

        _subscribe();

        vm.assertEq(_money.balanceOf(CREATOR), PRICE);
        vm.assertEq(_subscriptions.subscriptionOf(CREATOR, _payer).paidUntil, _end);
        vm.warp(_end);
        _subscriptions.renew(CREATOR, _payer);
        vm.assertEq(_money.balanceOf(CREATOR), 2 * PRICE);
    }

    function test_AfterTheGraceItBeginsAgain() public {
        _subscribe();
        vm.warp(_end + GRACE + 1);

        _subscribe();

        vm.assertEq(_subscriptions.subscriptionOf(CREATOR, _payer).paidUntil, block.timestamp + MONTH);
        vm.assertEq(_money.balanceOf(CREATOR), 2 * PRICE);
    }

    function test_AClosedPlanIsLeftForAnother() public {
        _subscribe();
        uint32 another = _plan(PRICE / 2, MONTH);
        vm.prank(CREATOR);
        _subscriptions.closePlan(_planId);

        vm.prank(_payer);
        _subscriptions.subscribe(another, PRICE);

        ICreatorSubscriptions.Subscription memory made = _subscriptions.subscriptionOf(CREATOR, _payer);
        vm.assertEq(made.planId, another);
        vm.assertEq(made.price, PRICE / 2);
        vm.assertEq(made.paidUntil, _end);
        vm.assertEq(_money.balanceOf(CREATOR), PRICE);
    }

    function test_APermitNeedsNoAllowanceBefore() public {
        _allow(address(_subscriptions), 0);
        Permit memory permit = _permit(address(_subscriptions), PRICE);

        vm.prank(_payer);
        _subscriptions.subscribeWithPermit(_planId, PRICE, permit);

        vm.assertTrue(_subscriptions.isSubscribed(CREATOR, _payer));
    }

    function testFuzz_RevertWhen_ItIsNotDue(uint40 time) public {
        _subscribe();
        time = uint40(_bound(time, block.timestamp, type(uint40).max));
        vm.assume(time < _end || time > _end + GRACE);
        vm.warp(time);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICreatorSubscriptions.CreatorSubscriptionsNotDue.selector, CREATOR, _payer, _end, _end + GRACE
            )
        );

        _subscriptions.renew(CREATOR, _payer);
    }

    function testFuzz_AnyoneRenewsOnePeriodAndMissedTimeIsFree(uint40 time, address anyone) public {
        _subscribe();
        vm.warp(_bound(time, _end, _end + GRACE));

        vm.prank(anyone);
        _subscriptions.renew(CREATOR, _payer);

        vm.assertEq(_subscriptions.subscriptionOf(CREATOR, _payer).paidUntil, block.timestamp + MONTH);
        vm.assertEq(_money.balanceOf(CREATOR), 2 * PRICE);
        vm.assertEq(_money.balanceOf(_payer), SUPPLY - 2 * PRICE);
        vm.expectPartialRevert(ICreatorSubscriptions.CreatorSubscriptionsNotDue.selector);
        _subscriptions.renew(CREATOR, _payer);
    }

    function test_TheAgreedPriceStaysUntilAnotherIsAccepted() public {
        _subscribe();
        vm.prank(CREATOR);
        _subscriptions.changePlanPrice(_planId, 3 * PRICE);
        vm.warp(_end);
        _subscriptions.renew(CREATOR, _payer);
        vm.assertEq(_money.balanceOf(CREATOR), 2 * PRICE);
        vm.startPrank(_payer);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICreatorSubscriptions.CreatorSubscriptionsAboveMaximum.selector, 3 * PRICE, 3 * PRICE - 1
            )
        );
        _subscriptions.acceptPrice(CREATOR, 3 * PRICE - 1);

        _subscriptions.acceptPrice(CREATOR, 3 * PRICE);
        vm.warp(block.timestamp + MONTH);
        _subscriptions.renew(CREATOR, _payer);

        vm.assertEq(_money.balanceOf(CREATOR), 5 * PRICE);
    }

    function test_ManyAreRenewedAndFailuresReported() public {
        _subscribe();
        vm.prank(_payer);
        _money.transfer(THIEF, PRICE);
        vm.startPrank(THIEF);
        _money.approve(address(_subscriptions), PRICE);
        _subscriptions.subscribe(_planId, PRICE);
        vm.stopPrank();
        address[] memory subscribers = new address[](3);
        (subscribers[0], subscribers[1], subscribers[2]) = (THIEF, BUYER, _payer);
        vm.warp(_end);
        vm.expectEmit(address(_subscriptions));
        emit ICreatorSubscriptions.SubscriptionRenewalFailed(
            CREATOR,
            THIEF,
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(_subscriptions), 0, uint256(PRICE)
            )
        );

        bool[] memory renewed = _subscriptions.renewMany(CREATOR, subscribers);

        vm.assertTrue(renewed[2] && !renewed[0] && !renewed[1]);
        vm.assertEq(_money.balanceOf(CREATOR), 3 * PRICE);
        vm.assertEq(_subscriptions.subscriptionOf(CREATOR, THIEF).paidUntil, _end);
    }

    function test_WhoCancelsKeepsWhatIsPaid() public {
        bytes memory inactive =
            abi.encodeWithSelector(ICreatorSubscriptions.CreatorSubscriptionsInactive.selector, CREATOR, _payer);
        _subscribe();
        vm.expectEmit(address(_subscriptions));
        emit ICreatorSubscriptions.Unsubscribed(CREATOR, _payer, uint40(_end));
        vm.startPrank(_payer);
        _subscriptions.unsubscribe(CREATOR);
        vm.expectRevert(inactive);
        _subscriptions.unsubscribe(CREATOR);
        vm.expectRevert(inactive);
        _subscriptions.acceptPrice(CREATOR, PRICE);

        vm.warp(_end - 1);
        vm.assertTrue(_subscriptions.isSubscribed(CREATOR, _payer));
        vm.warp(_end);
        vm.expectRevert(inactive);
        _subscriptions.renew(CREATOR, _payer);
        (uint40 dueFrom,) = _subscriptions.dueTimes(CREATOR, _payer);
        vm.assertEq(dueFrom, 0);
    }

    function _plan(uint96 price, uint32 period) private returns (uint32) {
        vm.prank(CREATOR);
        return _subscriptions.makePlan(price, period, _money);
    }

    function _subscribe() private {
        vm.prank(_payer);
        _subscriptions.subscribe(_planId, PRICE);
    }
}
