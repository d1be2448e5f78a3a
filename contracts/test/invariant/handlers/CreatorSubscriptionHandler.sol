// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {CreatorSubscriptions} from "../../../src/economy/CreatorSubscriptions.sol";
import {ICreatorSubscriptions} from "../../../src/economy/ICreatorSubscriptions.sol";
import {IPlans} from "../../../src/economy/IPlans.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {Cast} from "./Cast.sol";

/// @dev Subscribes, renews and cancels, and keeps accounts of its own: who paid whom, and until when.
contract CreatorSubscriptionHandler is Cast {
    uint256 private constant FUNDS = 1_000_000;
    uint96 private constant HIGHEST_PRICE = 1000;
    uint32 private constant LONGEST_PERIOD = 10 days;

    CreatorSubscriptions private immutable _subscriptions;
    AssayToken private immutable _money;

    mapping(address account => uint256 balance) public money;
    mapping(address creator => mapping(address subscriber => uint256)) public paidUntil;
    mapping(address creator => mapping(address subscriber => uint256)) public agreed;

    /// @dev Things that must never happen, counted when they do.
    uint256 public undueRenewals;
    uint256 public overcharges;

    constructor(CreatorSubscriptions subscriptions) {
        _subscriptions = subscriptions;
        _money = new AssayToken(address(this), CAST_SIZE * FUNDS);
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            money[member(i)] = FUNDS;
            _money.transfer(member(i), FUNDS);
        }
    }

    function currency() external view returns (AssayToken) {
        return _money;
    }

    function passTime(uint32 elapsed) external {
        vm.warp(block.timestamp + elapsed % LONGEST_PERIOD);
    }

    function allow(uint256 account, uint32 amount) external {
        vm.prank(member(account));
        _money.approve(address(_subscriptions), amount % (4 * HIGHEST_PRICE));
    }

    function makePlan(uint256 account, uint96 price, uint32 period) external {
        vm.prank(member(account));
        _subscriptions.makePlan(price % HIGHEST_PRICE, period % LONGEST_PERIOD + 1, _money);
    }

    function changePlan(uint32 which, uint96 price, bool closes) external {
        if (_subscriptions.planCount() == 0) return;
        uint32 planId = _pick(which);
        IPlans.Plan memory plan = _subscriptions.planOf(planId);
        if (plan.closed) return;
        vm.prank(plan.creator);
        if (closes && price % 8 == 0) _subscriptions.closePlan(planId);
        else _subscriptions.changePlanPrice(planId, price % HIGHEST_PRICE);
    }

    function subscribe(uint256 account, uint32 which, uint96 maximumPrice) external {
        if (_subscriptions.planCount() == 0) return;
        address subscriber = member(account);
        uint32 planId = _pick(which);
        IPlans.Plan memory plan = _subscriptions.planOf(planId);
        maximumPrice %= 2 * HIGHEST_PRICE;
        vm.prank(subscriber);
        try _subscriptions.subscribe(planId, maximumPrice) {
            if (plan.closed || plan.price > maximumPrice) overcharges += 1;
            agreed[plan.creator][subscriber] = plan.price;
            if (block.timestamp >= paidUntil[plan.creator][subscriber]) _paid(plan, subscriber);
        } catch {}
    }

    function acceptPrice(uint256 account, uint256 creator, uint96 maximumPrice) external {
        address subscriber = member(account);
        maximumPrice %= 2 * HIGHEST_PRICE;
        vm.prank(subscriber);
        try _subscriptions.acceptPrice(member(creator), maximumPrice) {
            uint96 price = _planOf(member(creator), subscriber).price;
            if (price > maximumPrice) overcharges += 1;
            agreed[member(creator)][subscriber] = price;
        } catch {}
    }

    function unsubscribe(uint256 account, uint256 creator) external {
        vm.prank(member(account));
        try _subscriptions.unsubscribe(member(creator)) {} catch {}
    }

    function renew(uint256 account, uint256 creator, uint256 caller) external {
        _renewed(member(account), member(creator), member(caller), false);
    }

    function renewTwice(uint256 account, uint256 creator, uint256 caller) external {
        _renewed(member(account), member(creator), member(caller), true);
    }

    function _renewed(address subscriber, address creator, address caller, bool twice) private {
        address[] memory subscribers = new address[](twice ? 2 : 1);
        subscribers[0] = subscriber;
        if (twice) subscribers[1] = subscriber;
        ICreatorSubscriptions.Subscription memory before = _subscriptions.subscriptionOf(creator, subscriber);
        vm.prank(caller);
        bool[] memory renewed = _subscriptions.renewMany(creator, subscribers);
        if (twice && renewed[1]) undueRenewals += 1;
        if (!renewed[0]) return;
        IPlans.Plan memory plan = _planOf(creator, subscriber);
        if (!before.active || plan.closed || block.timestamp < paidUntil[creator][subscriber]) undueRenewals += 1;
        uint256 grace = plan.period < 7 days ? plan.period : 7 days;
        if (block.timestamp > paidUntil[creator][subscriber] + grace) undueRenewals += 1;
        _paid(plan, subscriber);
    }

    /// @dev One period from now on, at the price that was agreed.
    function _paid(IPlans.Plan memory plan, address subscriber) private {
        uint256 price = agreed[plan.creator][subscriber];
        money[subscriber] -= price;
        money[plan.creator] += price;
        paidUntil[plan.creator][subscriber] = block.timestamp + plan.period;
    }

    function _planOf(address creator, address subscriber) private view returns (IPlans.Plan memory) {
        return _subscriptions.planOf(_subscriptions.subscriptionOf(creator, subscriber).planId);
    }

    function _pick(uint32 which) private view returns (uint32) {
        return which % _subscriptions.planCount() + 1;
    }
}
