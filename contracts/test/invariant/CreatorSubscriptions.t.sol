// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {CreatorSubscriptions} from "../../src/economy/CreatorSubscriptions.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {CreatorSubscriptionHandler} from "./handlers/CreatorSubscriptionHandler.sol";

contract CreatorSubscriptionInvariants is InvariantCase {
    AssayToken private _money;
    CreatorSubscriptions private _subscriptions;
    CreatorSubscriptionHandler private _handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        _subscriptions = new CreatorSubscriptions();
        _handler = new CreatorSubscriptionHandler(_subscriptions);
        _money = _handler.currency();
        _target(address(_handler));
    }

    function invariant_E6_CreatorsHaveWhatSubscribersPaid() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            vm.assertEq(_money.balanceOf(_handler.member(i)), _handler.money(_handler.member(i)));
        }
        vm.assertEq(_money.balanceOf(address(_subscriptions)), 0);
    }

    function invariant_E7_NothingIsPaidEarlyTwiceOrInArrears() public view {
        vm.assertEq(_handler.undueRenewals(), 0);
    }

    function invariant_E8_NobodyPaysMoreThanItAgreedTo() public view {
        vm.assertEq(_handler.overcharges(), 0);
    }

    function invariant_E9_ASubscriptionLastsAsLongAsWasPaid() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            for (uint256 j = 0; j < _handler.CAST_SIZE(); ++j) {
                (address creator, address subscriber) = (_handler.member(i), _handler.member(j));
                uint256 until = _handler.paidUntil(creator, subscriber);
                vm.assertEq(_subscriptions.subscriptionOf(creator, subscriber).paidUntil, until);
                vm.assertTrue(_subscriptions.isSubscribed(creator, subscriber) == (block.timestamp < until));
            }
        }
    }
}
