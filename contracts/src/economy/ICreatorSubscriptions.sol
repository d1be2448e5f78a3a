// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../licence/Permit.sol";

/**
 * @title Subscriptions to creators
 * @notice Who subscribes to a creator pays the first period of a plan ({IPlans}) at once, and each later one from an
 * allowance. Anyone may trigger a renewal once the paid period has ended, until a grace of a period, at most a week, is
 * over; later the subscription is over too, and only the subscriber can begin again. A renewal pays one period, which
 * begins when it is paid: time that was not paid for is never charged afterwards.
 *
 * Subscribers keep the price that they agreed to until they accept another, and can cancel at any time; what is paid
 * stays good until its end. All income goes to the creator within the transaction. An account has one subscription to a
 * creator at a time.
 */
interface ICreatorSubscriptions {
    /**
     * @notice A subscription.
     * @param planId the plan that the next period is paid by; what is paid already may have been paid by another.
     * @param price of each period.
     * @param paidUntil the end of what is paid, in seconds since 1970.
     * @param active it is renewed when that is due.
     */
    struct Subscription {
        uint32 planId;
        uint96 price;
        uint40 paidUntil;
        bool active;
    }

    /// @notice The subscriber agreed to pay `price` a period by a plan.
    event Subscribed(address indexed creator, address indexed subscriber, uint32 indexed planId, uint96 price);

    /// @notice A period was paid; `paidUntil` is in seconds since 1970.
    event SubscriptionPaid(
        address indexed creator, address indexed subscriber, uint32 indexed planId, uint96 price, uint40 paidUntil
    );

    /// @notice The subscription is not renewed any more; what is paid stays good until `paidUntil`.
    event Unsubscribed(address indexed creator, address indexed subscriber, uint40 paidUntil);

    /// @notice A renewal among several failed, for the reason that it would have reverted with.
    event SubscriptionRenewalFailed(address indexed creator, address indexed subscriber, bytes reason);

    /// @notice The price is above what the subscriber agreed to.
    error CreatorSubscriptionsAboveMaximum(uint96 price, uint96 maximumPrice);

    /// @notice The account's subscription to this creator runs already.
    error CreatorSubscriptionsRunning(address creator, address subscriber, uint40 paidUntil);

    /// @notice The account has no subscription to this creator that is renewed.
    error CreatorSubscriptionsInactive(address creator, address subscriber);

    /// @notice The next period is not due: it is from `dueFrom` until `dueUntil`, in seconds since 1970.
    error CreatorSubscriptionsNotDue(address creator, address subscriber, uint40 dueFrom, uint40 dueUntil);

    /// @notice The period would end after the year 36812.
    error CreatorSubscriptionsTooLong(uint256 paidUntil);

    /**
     * @notice Subscribes the caller by a plan at its price, and pays the first period from the allowance. Who cancelled
     * and has paid time left pays when that ends.
     */
    function subscribe(uint32 planId, uint96 maximumPrice) external;

    /// @notice {subscribe} with an allowance by signature.
    function subscribeWithPermit(uint32 planId, uint96 maximumPrice, Permit calldata permit) external;

    /// @notice The caller agrees to the present price of its plan, at most `maximumPrice`, from the next period on.
    function acceptPrice(address creator, uint96 maximumPrice) external;

    /// @notice Ends the caller's subscription to a creator.
    function unsubscribe(address creator) external;

    /// @notice Pays the period that is due from the subscriber's allowance. Sent by anyone.
    function renew(address creator, address subscriber) external;

    /**
     * @notice {renew} for many subscribers. One that fails changes nothing, is reported, and stops no other.
     * @return renewed for each subscriber, whether it was renewed.
     */
    function renewMany(address creator, address[] calldata subscribers) external returns (bool[] memory renewed);

    /// @notice Whether an account has paid a creator for the present time.
    function isSubscribed(address creator, address subscriber) external view returns (bool);

    /// @notice An account's subscription to a creator; all zero if there never was one.
    function subscriptionOf(address creator, address subscriber) external view returns (Subscription memory);

    /// @notice When the next period can be paid, in seconds since 1970; zero if the subscription is not active.
    function dueTimes(address creator, address subscriber) external view returns (uint40 dueFrom, uint40 dueUntil);
}
