// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Permit} from "../licence/Permit.sol";
import {ICreatorSubscriptions} from "./ICreatorSubscriptions.sol";
import {Payment} from "./Payment.sol";
import {Plans} from "./Plans.sol";

/// @dev Implementation of {ICreatorSubscriptions}.
contract CreatorSubscriptions is ICreatorSubscriptions, Plans {
    uint256 private constant LONGEST_GRACE_S = 7 days;

    mapping(address creator => mapping(address subscriber => Subscription)) private _subscriptions;

    /// @inheritdoc ICreatorSubscriptions
    function subscribe(uint32 planId, uint96 maximumPrice) external {
        _subscribe(planId, _openPlan(planId), maximumPrice);
    }

    /// @inheritdoc ICreatorSubscriptions
    function subscribeWithPermit(uint32 planId, uint96 maximumPrice, Permit calldata permit) external {
        Plan memory plan = _openPlan(planId);
        Payment.submit(plan.currency, permit);
        _subscribe(planId, plan, maximumPrice);
    }

    /// @inheritdoc ICreatorSubscriptions
    function acceptPrice(address creator, uint96 maximumPrice) external {
        Subscription storage subscription = _requireActive(creator, _msgSender());
        uint32 planId = subscription.planId;
        uint96 price = _openPlan(planId).price;
        _checkPrice(price, maximumPrice);
        subscription.price = price;
        emit Subscribed(creator, _msgSender(), planId, price);
    }

    /// @inheritdoc ICreatorSubscriptions
    function unsubscribe(address creator) external {
        Subscription storage subscription = _requireActive(creator, _msgSender());
        subscription.active = false;
        emit Unsubscribed(creator, _msgSender(), subscription.paidUntil);
    }

    /// @inheritdoc ICreatorSubscriptions
    function renewMany(address creator, address[] calldata subscribers) external returns (bool[] memory renewed) {
        renewed = new bool[](subscribers.length);
        for (uint256 i = 0; i < subscribers.length; ++i) {
            // A call of its own, so that a failure undoes this renewal only.
            try this.renew(creator, subscribers[i]) {
                renewed[i] = true;
            } catch (bytes memory reason) {
                emit SubscriptionRenewalFailed(creator, subscribers[i], reason);
            }
        }
    }

    /// @inheritdoc ICreatorSubscriptions
    function renew(address creator, address subscriber) external {
        Subscription storage subscription = _requireActive(creator, subscriber);
        uint32 planId = subscription.planId;
        Plan memory plan = _openPlan(planId);
        uint40 dueFrom = subscription.paidUntil;
        uint40 dueUntil = _dueUntil(dueFrom, plan.period);
        if (block.timestamp < dueFrom || block.timestamp > dueUntil) {
            revert CreatorSubscriptionsNotDue(creator, subscriber, dueFrom, dueUntil);
        }
        _payPeriod(subscription, plan, subscriber);
    }

    /// @inheritdoc ICreatorSubscriptions
    function isSubscribed(address creator, address subscriber) external view returns (bool) {
        return block.timestamp < _subscriptions[creator][subscriber].paidUntil;
    }

    /// @inheritdoc ICreatorSubscriptions
    function subscriptionOf(address creator, address subscriber) external view returns (Subscription memory) {
        return _subscriptions[creator][subscriber];
    }

    /// @inheritdoc ICreatorSubscriptions
    function dueTimes(address creator, address subscriber) external view returns (uint40 dueFrom, uint40 dueUntil) {
        Subscription memory subscription = _subscriptions[creator][subscriber];
        if (!subscription.active) return (0, 0);
        dueFrom = subscription.paidUntil;
        dueUntil = _dueUntil(dueFrom, _requirePlan(subscription.planId).period);
    }

    function _subscribe(uint32 planId, Plan memory plan, uint96 maximumPrice) private {
        _checkPrice(plan.price, maximumPrice);
        Subscription storage subscription = _subscriptions[plan.creator][_msgSender()];
        bool isPaid = block.timestamp < subscription.paidUntil;
        if (subscription.active && !_isOver(subscription)) {
            revert CreatorSubscriptionsRunning(plan.creator, _msgSender(), subscription.paidUntil);
        }
        (subscription.planId, subscription.price, subscription.active) = (planId, plan.price, true);
        emit Subscribed(plan.creator, _msgSender(), planId, plan.price);
        if (!isPaid) _payPeriod(subscription, plan, _msgSender());
    }

    /// @dev Pays one period from now on. The end is kept before the money moves, so a currency that calls back finds
    /// nothing due.
    function _payPeriod(Subscription storage subscription, Plan memory plan, address subscriber) private {
        uint256 paidUntil = block.timestamp + plan.period;
        if (paidUntil > type(uint40).max) revert CreatorSubscriptionsTooLong(paidUntil);
        subscription.paidUntil = uint40(paidUntil);
        uint96 price = subscription.price;
        Payment.transfer(plan.currency, subscriber, plan.creator, price);
        emit SubscriptionPaid(plan.creator, subscriber, subscription.planId, price, uint40(paidUntil));
    }

    /// @dev Whether nobody can renew the subscription any more: its grace is over, or its plan closed.
    function _isOver(Subscription memory subscription) private view returns (bool) {
        Plan storage plan = _requirePlan(subscription.planId);
        return plan.closed || block.timestamp > _dueUntil(subscription.paidUntil, plan.period);
    }

    function _requireActive(
        address creator,
        address subscriber
    )
        private
        view
        returns (Subscription storage subscription)
    {
        subscription = _subscriptions[creator][subscriber];
        if (!subscription.active) revert CreatorSubscriptionsInactive(creator, subscriber);
    }

    function _checkPrice(uint96 price, uint96 maximumPrice) private pure {
        if (price > maximumPrice) revert CreatorSubscriptionsAboveMaximum(price, maximumPrice);
    }

    function _dueUntil(uint40 dueFrom, uint32 period) private pure returns (uint40) {
        uint256 end = dueFrom + Math.min(period, LONGEST_GRACE_S);
        return uint40(Math.min(end, type(uint40).max));
    }
}
