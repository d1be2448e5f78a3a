// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../../src/licence/Permit.sol";
import {Earning} from "../economy/Earning.sol";

/// @dev What reposts, tips and subscriptions cost, kept in snapshots/ and held below the goal.
contract EconomyGasTest is Earning {
    uint256 private constant PAY_GOAL = 90_000;
    uint256 private constant DEPTH = 8;

    function test_Reposts() public {
        uint256 first = _reposted(BUYER, _contentId);
        vm.snapshotGasLastCall("Reposts", "repost, the reposter's first");
        uint256 deepest = first;
        for (uint256 i = 1; i < DEPTH; ++i) {
            deepest = _reposted(BUYER, deepest);
        }
        vm.snapshotGasLastCall("Reposts", "repost a repost");
        _setRate(1000);
        vm.snapshotGasLastCall("Reposts", "set the rate");

        _allow(address(_reposts), 100e6);
        _pay(first);
        vm.snapshotGasLastCall("Reposts", "pay, the first that owner and authors ever get");
        _pay(first);
        uint256 shallow = vm.snapshotGasLastCall("Reposts", "pay at depth 1");
        _pay(deepest);
        uint256 deep = vm.snapshotGasLastCall("Reposts", "pay at depth 8");
        vm.assertTrue(shallow <= PAY_GOAL && deep <= PAY_GOAL);
        // Only the number in the call data differs: a repost costs the same at any depth.
        vm.assertTrue(deep - shallow < 100);

        Permit memory permit = _permit(address(_reposts), 10e6);
        vm.prank(_payer);
        _reposts.payWithPermit(deepest, 10e6, NOTE, permit);
        vm.snapshotGasLastCall("Reposts", "pay with permit, the payer's first permit");
        permit = _permit(address(_reposts), 10e6);
        vm.prank(_payer);
        _reposts.payWithPermit(deepest, 10e6, NOTE, permit);
        vm.snapshotGasLastCall("Reposts", "pay with permit");
    }

    function test_Sales() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        vm.prank(BUYER);
        _reposts.list(repostId, 10e6);
        vm.snapshotGasLastCall("Reposts", "list");
        _allow(address(_reposts), 100e6);
        vm.prank(_payer);
        _reposts.buy(repostId, 10e6);
        vm.snapshotGasLastCall("Reposts", "buy a listed repost, the first that owner and authors ever get");
    }

    function test_Tips() public {
        _allow(address(_tips), 100e6);
        _tip();
        vm.snapshotGasLastCall("Tips", "the content's first tip");
        _tip();
        vm.snapshotGasLastCall("Tips", "tip");
        Permit memory permit = _permit(address(_tips), 1e6);
        vm.prank(_payer);
        _tips.tipWithPermit(_contentId, 1e6, NOTE, permit);
        vm.snapshotGasLastCall("Tips", "tip with permit, the giver's first permit");
    }

    function test_Subscriptions() public {
        vm.prank(CREATOR);
        uint32 planId = _subscriptions.makePlan(10e6, 30 days, _money);
        vm.snapshotGasLastCall("CreatorSubscriptions", "make a plan");
        _allow(address(_subscriptions), 100e6);
        vm.prank(_payer);
        _subscriptions.subscribe(planId, 10e6);
        vm.snapshotGasLastCall("CreatorSubscriptions", "subscribe, the first that the creator ever gets");
        vm.warp(block.timestamp + 30 days);
        _subscriptions.renew(CREATOR, _payer);
        vm.snapshotGasLastCall("CreatorSubscriptions", "renew");
        vm.prank(_payer);
        _subscriptions.unsubscribe(CREATOR);
        vm.snapshotGasLastCall("CreatorSubscriptions", "unsubscribe");
    }

    function _pay(uint256 repostId) private {
        vm.prank(_payer);
        _reposts.pay(repostId, 10e6, NOTE);
    }

    function _tip() private {
        vm.prank(_payer);
        _tips.tip(_contentId, 1e6, NOTE);
    }
}
