// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ISubscriptions} from "./ISubscriptions.sol";
import {LicenceToken} from "./LicenceToken.sol";
import {Offers} from "./Offers.sol";

/// @dev Implementation of {ISubscriptions}.
abstract contract Subscriptions is ISubscriptions, LicenceToken, Offers {
    uint256 private constant LONGEST_LEAD_S = 1 days;
    uint256 private constant LONGEST_GRACE_S = 7 days;

    mapping(uint256 licenceId => uint96 maximumPrice) private _maximumPrices;

    /// @inheritdoc ISubscriptions
    function subscribe(uint256 licenceId, uint96 maximumPrice) external {
        Facts memory facts = _requireOwner(licenceId);
        if (!_offers[facts.offerId].subscription) revert SubscriptionsNotOffered(facts.offerId);
        facts.subscribed = true;
        _setFacts(licenceId, facts);
        _agree(licenceId, _msgSender(), maximumPrice);
    }

    /// @inheritdoc ISubscriptions
    function cancelSubscription(uint256 licenceId) external {
        Facts memory facts = _requireOwner(licenceId);
        if (!facts.subscribed) revert SubscriptionsInactive(licenceId);
        facts.subscribed = false;
        _setFacts(licenceId, facts);
        emit SubscriptionCancelled(licenceId, facts.owner);
    }

    /// @inheritdoc ISubscriptions
    function renewSubscriptions(uint256[] calldata licenceIds) external returns (bool[] memory renewed) {
        renewed = new bool[](licenceIds.length);
        for (uint256 i = 0; i < licenceIds.length; ++i) {
            // A call of its own, so that a failure undoes this renewal only.
            try this.renewSubscription(licenceIds[i]) {
                renewed[i] = true;
            } catch (bytes memory reason) {
                emit RenewalFailed(licenceIds[i], reason);
            }
        }
    }

    /// @inheritdoc ISubscriptions
    function renewSubscription(uint256 licenceId) external {
        Facts memory facts = _requireFacts(licenceId);
        if (!facts.subscribed) revert SubscriptionsInactive(licenceId);
        (uint40 dueFrom, uint40 dueUntil) = _dueTimes(facts);
        if (block.timestamp < dueFrom || block.timestamp > dueUntil) {
            revert SubscriptionsNotDue(licenceId, dueFrom, dueUntil);
        }
        _renew(licenceId, facts, facts.owner, _maximumPrices[licenceId]);
    }

    /// @inheritdoc ISubscriptions
    function subscriptionOf(uint256 licenceId) external view returns (Subscription memory subscription) {
        Facts memory facts = _requireFacts(licenceId);
        if (!facts.subscribed) return subscription;
        (uint40 dueFrom, uint40 dueUntil) = _dueTimes(facts);
        return Subscription(facts.owner, _maximumPrices[licenceId], dueFrom, dueUntil);
    }

    /// @dev Whether the licence renews itself no more because nobody renewed it while that was due.
    function _isOver(Facts memory facts) internal view returns (bool) {
        if (!facts.subscribed) return false;
        (, uint40 dueUntil) = _dueTimes(facts);
        return block.timestamp > dueUntil;
    }

    /// @dev Notes what the subscriber agreed to; the caller sets {Facts-subscribed}.
    function _agree(uint256 licenceId, address subscriber, uint96 maximumPrice) internal {
        _maximumPrices[licenceId] = maximumPrice;
        emit SubscriptionAgreed(licenceId, subscriber, maximumPrice);
    }

    /// @dev Has `payer` pay another period of the licence, whose facts are kept with the new end.
    function _renew(uint256 licenceId, Facts memory facts, address payer, uint96 maximumPrice) internal virtual;

    function _dueTimes(Facts memory facts) private view returns (uint40 dueFrom, uint40 dueUntil) {
        uint256 duration = _offers[facts.offerId].duration;
        dueFrom = facts.expiresAt - uint40(Math.min(duration / 10, LONGEST_LEAD_S));
        uint256 end = facts.expiresAt + Math.min(duration, LONGEST_GRACE_S);
        dueUntil = uint40(Math.min(end, type(uint40).max));
    }
}
