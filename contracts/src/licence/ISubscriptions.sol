// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Licences that renew themselves
 * @notice The owner of a licence agrees to pay for the next period again and again, each time at most an agreed price,
 * from an allowance. Anyone may trigger a renewal once it is due. The owner can cancel at any time; the licence then
 * ends with the period that is paid.
 *
 * A renewal is due from a little before the end of the paid period (a tenth of the period, at most a day) until a little
 * after it (a period, at most a week). After it a new period is never due yet, so that nobody can make a subscriber pay
 * two at once. A subscription whose allowance or balance does not suffice pauses, and goes on if that changes while the
 * renewal is due; a renewal after the end begins the new period when it is paid. Later the subscription is over: the
 * licence can still be renewed ({ILicences-renew}), and only its owner can subscribe again.
 *
 * A licence that changes hands takes no subscription with it: the former owner pays no longer.
 */
interface ISubscriptions {
    /**
     * @notice A subscription.
     * @param subscriber who pays: the owner of the licence; zero if the licence does not renew itself.
     * @param maximumPrice the most that the subscriber pays for a period.
     * @param dueFrom when the next renewal becomes due, in seconds since 1970.
     * @param dueUntil when it is no longer due, in seconds since 1970.
     */
    struct Subscription {
        address subscriber;
        uint96 maximumPrice;
        uint40 dueFrom;
        uint40 dueUntil;
    }

    /// @notice The owner of the licence agreed to renewals at up to `maximumPrice`.
    event SubscriptionAgreed(uint256 indexed licenceId, address indexed subscriber, uint96 maximumPrice);

    /// @notice The licence does not renew itself any more.
    event SubscriptionCancelled(uint256 indexed licenceId, address indexed subscriber);

    /// @notice A renewal among several failed, for the reason that it would have reverted with.
    event RenewalFailed(uint256 indexed licenceId, bytes reason);

    /// @notice The licence does not renew itself.
    error SubscriptionsInactive(uint256 licenceId);

    /// @notice The offer of the licence is not one of a subscription.
    error SubscriptionsNotOffered(uint32 offerId);

    /// @notice The renewal is not due: it is from `dueFrom` until `dueUntil`, in seconds since 1970.
    error SubscriptionsNotDue(uint256 licenceId, uint40 dueFrom, uint40 dueUntil);

    /// @notice Starts a subscription again, or changes the most that it costs a period. Only the licence's owner can.
    function subscribe(uint256 licenceId, uint96 maximumPrice) external;

    /// @notice Ends a subscription; what is paid stays good. Only the licence's owner can.
    function cancelSubscription(uint256 licenceId) external;

    /// @notice Pays the period that is due from the subscriber's allowance. Sent by anyone.
    function renewSubscription(uint256 licenceId) external;

    /**
     * @notice {renewSubscription} for many licences. One that fails changes nothing, is reported, and stops no other.
     * @return renewed for each licence, whether it was renewed.
     */
    function renewSubscriptions(uint256[] calldata licenceIds) external returns (bool[] memory renewed);

    /// @notice A licence's subscription; reverts if there is no such licence.
    function subscriptionOf(uint256 licenceId) external view returns (Subscription memory);
}
