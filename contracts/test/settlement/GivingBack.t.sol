// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {Channels} from "./Channels.sol";

/// @dev Refunds, which the receiver's side allows, and withdrawals, which the payer takes after a delay.
contract GivingBackTest is Channels {
    uint128 private constant AMOUNT = 1e6;

    bytes32 private _id;

    function setUp() public override {
        super.setUp();
        _id = _deposit(_config(), AMOUNT);
    }

    function testFuzz_ARefundGivesBackUpToWhatIsNotClaimed(uint128 claimed, uint128 amount) public {
        claimed = uint128(_bound(claimed, 0, AMOUNT - 1));
        amount = uint128(_bound(amount, 1, 2 * AMOUNT));
        if (claimed > 0) _claim(_config(), claimed);
        uint128 given = amount < AMOUNT - claimed ? amount : AMOUNT - claimed;
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.Refunded(_id, given, AMOUNT - given);

        _refundSigned(_config(), amount);

        _assertChannel(_id, AMOUNT - given, claimed);
        vm.assertEq(_token.balanceOf(_payer), SUPPLY - AMOUNT + given);
        vm.assertEq(SETTLEMENT.refundNonce(_id), 1);
    }

    function testFuzz_TheReceiversSideRefundsWithoutASignature(bool byAuthorizer) public {
        vm.prank(byAuthorizer ? _authorizer : RECEIVER);
        SETTLEMENT.refund(_config(), 5);

        _assertChannel(_id, AMOUNT - 5, 0);
        vm.assertEq(SETTLEMENT.refundNonce(_id), 0);
    }

    function test_RevertWhen_SomebodyElseRefunds() public {
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementCallerNotReceiver.selector, _payer, _id));

        vm.prank(_payer);
        SETTLEMENT.refund(_config(), 5);
    }

    function test_RevertWhen_NothingIsLeftToRefund() public {
        _claim(_config(), AMOUNT);
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementZeroAmount.selector));

        vm.prank(RECEIVER);
        SETTLEMENT.refund(_config(), 5);
    }

    function testFuzz_RevertWhen_TheNonceIsNotTheNext(uint256 nonce) public {
        vm.assume(nonce != 0);
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getRefundDigest(_id, nonce, 5));
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementWrongNonce.selector, _id, 0, nonce));

        SETTLEMENT.refundWithSignature(_config(), 5, nonce, signature);
    }

    function test_RevertWhen_ARefundIsSentAgain() public {
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getRefundDigest(_id, 0, 5));
        SETTLEMENT.refundWithSignature(_config(), 5, 0, signature);
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementWrongNonce.selector, _id, 1, 0));

        SETTLEMENT.refundWithSignature(_config(), 5, 0, signature);
    }

    function testFuzz_RevertWhen_AnotherThingWasSigned(uint128 amount, bool byPayer) public {
        vm.assume(amount != 5);
        uint256 key = byPayer ? PAYER_KEY : AUTHORIZER_KEY;
        bytes memory signature = _sign(key, SETTLEMENT.getRefundDigest(_id, 0, byPayer ? 5 : amount));
        vm.expectPartialRevert(IBatchSettlement.BatchSettlementInvalidSignature.selector);

        SETTLEMENT.refundWithSignature(_config(), 5, 0, signature);
    }

    function testFuzz_AWithdrawalIsPaidAfterItsDelay(uint128 amount, uint40 delay, bool byAuthorizer) public {
        amount = uint128(_bound(amount, 1, AMOUNT));
        delay = uint40(_bound(delay, 15 minutes, 30 days));
        IBatchSettlement.ChannelConfig memory config = _configWith("slow");
        (config.withdrawDelay, config.payerAuthorizer) = (delay, BUYER);
        bytes32 id = _deposit(config, AMOUNT);
        uint40 readyAt = uint40(block.timestamp) + delay;
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.WithdrawInitiated(id, amount, readyAt);
        vm.prank(byAuthorizer ? BUYER : _payer);
        SETTLEMENT.initiateWithdraw(config, amount);
        _assertAnnounced(id, amount, uint40(block.timestamp));

        vm.warp(readyAt - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IBatchSettlement.BatchSettlementWithdrawalNotReady.selector, id, readyAt)
        );
        SETTLEMENT.finalizeWithdraw(config);
        vm.warp(readyAt);
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.Withdrawn(id, amount, AMOUNT - amount);
        SETTLEMENT.finalizeWithdraw(config);

        _assertChannel(id, AMOUNT - amount, 0);
        _assertAnnounced(id, 0, 0);
        vm.assertEq(_token.balanceOf(_payer), SUPPLY - 2 * AMOUNT + amount);
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementNoWithdrawal.selector, id));
        SETTLEMENT.finalizeWithdraw(config);
    }

    function test_RevertWhen_SomebodyElseAnnouncesAWithdrawal() public {
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementCallerNotPayer.selector, RECEIVER, _id));

        vm.prank(RECEIVER);
        SETTLEMENT.initiateWithdraw(_config(), 5);
    }

    function testFuzz_RevertWhen_MoreIsAnnouncedThanIsThere(uint128 claimed, uint128 amount) public {
        claimed = uint128(_bound(claimed, 1, AMOUNT));
        amount = uint128(_bound(amount, uint256(AMOUNT) - claimed + 1, type(uint128).max));
        _claim(_config(), claimed);
        vm.expectRevert(
            abi.encodeWithSelector(IBatchSettlement.BatchSettlementOverBalance.selector, _id, amount, AMOUNT - claimed)
        );

        vm.prank(_payer);
        SETTLEMENT.initiateWithdraw(_config(), amount);
    }

    function test_RevertWhen_NothingIsAnnounced() public {
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementZeroAmount.selector));

        vm.prank(_payer);
        SETTLEMENT.initiateWithdraw(_config(), 0);
    }

    function testFuzz_WhatIsClaimedInsideTheDelayIsNotWithdrawn(uint128 claimed, uint256 wait) public {
        claimed = uint128(_bound(claimed, 1, AMOUNT));
        _announce(AMOUNT);
        vm.warp(block.timestamp + _bound(wait, 0, 60 days)); // late is in time as well, until it is executed

        _claim(_config(), claimed);
        vm.warp(block.timestamp + DELAY);
        SETTLEMENT.finalizeWithdraw(_config());
        SETTLEMENT.settle(RECEIVER, address(_token));

        _assertChannel(_id, claimed, claimed);
        vm.assertEq(_token.balanceOf(RECEIVER), claimed);
        vm.assertEq(_token.balanceOf(_payer), SUPPLY - claimed);
    }

    function test_AWithdrawalOfWhatIsAllClaimedEndsWithoutATransfer() public {
        _announce(AMOUNT);
        _claim(_config(), AMOUNT);
        vm.warp(block.timestamp + DELAY);

        SETTLEMENT.finalizeWithdraw(_config());

        _assertChannel(_id, AMOUNT, AMOUNT);
        _assertAnnounced(_id, 0, 0);
    }

    function test_AnnouncingAgainReplacesSumAndTime() public {
        _announce(AMOUNT);
        vm.warp(block.timestamp + DELAY - 1);

        _announce(7);

        _assertAnnounced(_id, 7, uint40(block.timestamp));
        vm.warp(block.timestamp + 1);
        vm.expectPartialRevert(IBatchSettlement.BatchSettlementWithdrawalNotReady.selector);
        SETTLEMENT.finalizeWithdraw(_config());
    }

    function testFuzz_ARefundShrinksTheAnnouncedWithdrawal(uint128 announced, uint128 refunded) public {
        announced = uint128(_bound(announced, 1, AMOUNT));
        refunded = uint128(_bound(refunded, 1, AMOUNT));
        uint40 announcedAt = uint40(block.timestamp);
        _announce(announced);
        vm.warp(block.timestamp + 60);

        _refundSigned(_config(), refunded);

        if (announced > refunded) _assertAnnounced(_id, announced - refunded, announcedAt);
        else _assertAnnounced(_id, 0, 0);
    }

    function test_ASmallRefundDoesNotHoldUpTheWithdrawal() public {
        _announce(AMOUNT);
        vm.warp(block.timestamp + DELAY);
        _refundSigned(_config(), 1);

        SETTLEMENT.finalizeWithdraw(_config());

        _assertChannel(_id, 0, 0);
        vm.assertEq(_token.balanceOf(_payer), SUPPLY);
    }

    function test_AnEmptiedChannelIsOpenedAgainWithItsNonceAndItsSums() public {
        _claim(_config(), 5);
        _refundSigned(_config(), AMOUNT);
        _assertChannel(_id, 5, 5);

        _deposit(_config(), AMOUNT);

        _assertChannel(_id, AMOUNT + 5, 5);
        vm.assertEq(SETTLEMENT.refundNonce(_id), 1);
        _claim(_config(), AMOUNT + 5);
    }

    function _announce(uint128 amount) private {
        vm.prank(_payer);
        SETTLEMENT.initiateWithdraw(_config(), amount);
    }

    function _assertAnnounced(bytes32 id, uint128 expectedAmount, uint40 expectedAt) private view {
        (uint128 amount, uint40 initiatedAt) = SETTLEMENT.pendingWithdrawals(id);
        vm.assertEq(amount, expectedAmount);
        vm.assertEq(initiatedAt, expectedAt);
    }
}
