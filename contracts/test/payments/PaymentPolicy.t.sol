// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

import {IPaymentPolicy} from "../../src/payments/IPaymentPolicy.sol";
import {Treasury} from "./Treasury.sol";

contract PaymentPolicyTest is Treasury {
    function test_RevertGiven_NoRules() public {
        _policy = _newPolicy(address(_money));
        vm.startPrank(OWNER);
        _policy.setPayee("acme", PAYEE, LIMIT, 0);
        IPaymentPolicy.Request memory request = _request(1, "first");
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyAboveTotal.selector);

        _policy.pay(request);
    }

    function test_RevertGiven_ARemovedPayee() public {
        vm.prank(OWNER);
        _policy.removePayee(ID);
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyUnknownPayee.selector, ID));

        _pay(_request(1, "first"));
    }

    function testFuzz_RevertWhen_NobodysOperatorPays(address caller) public {
        vm.assume(caller != OWNER && caller != OPERATOR);
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyNotOperator.selector, caller));

        vm.prank(caller);
        _policy.pay(_request(1, "first"));
    }

    function testFuzz_RevertWhen_AnybodyButTheOwnerSets(address caller) public {
        vm.assume(caller != OWNER);
        vm.startPrank(caller);
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller);

        vm.expectRevert(refusal);
        _policy.setRules(IPaymentPolicy.Rules(1, 1, 1 days, 0));
        vm.expectRevert(refusal);
        _policy.setPayee("thief", THIEF, 1, 0);
        vm.expectRevert(refusal);
        _policy.setOperator(THIEF, true);
        vm.expectRevert(refusal);
        _policy.setApprover(THIEF, true);
        vm.expectRevert(refusal);
        _policy.withdraw(THIEF, 1);
        vm.expectRevert(refusal);
        _policy.pause();
    }

    function testFuzz_APaymentMovesExactlyTheAmount(uint128 amount) public {
        amount = uint128(_bound(amount, 1, THRESHOLD));
        IPaymentPolicy.Request memory request = _request(amount, "first");
        vm.expectEmit(address(_policy));
        emit IPaymentPolicy.RequestPaid(request.digest, ID, PAYEE, amount);

        _pay(request);

        vm.assertEq(_money.balanceOf(PAYEE), amount);
        vm.assertEq(_policy.paidAt(request.digest), block.timestamp);
        (uint128 payeeLeft,, uint128 totalLeft,) = _policy.left(ID);
        vm.assertEq(payeeLeft, LIMIT - amount);
        vm.assertEq(totalLeft, TOTAL - amount);
    }

    function testFuzz_ARequestIsPaidOnce(uint128 amount, uint32 later) public {
        IPaymentPolicy.Request memory request = _request(10e6, "first");
        _pay(request);
        uint256 paidAt = block.timestamp;
        vm.warp(block.timestamp + later);
        request.amount = uint128(_bound(amount, 1, THRESHOLD));
        request.expiry = type(uint64).max;
        vm.expectRevert(
            abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyAlreadyPaid.selector, request.digest, paidAt)
        );

        _pay(request);
    }

    function test_RevertWhen_ItIsTooLateOrNothing() public {
        IPaymentPolicy.Request memory request = _request(0, "first");
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyNothingPaid.selector);
        _pay(request);

        request.amount = 1;
        vm.warp(request.expiry + 1);
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyExpired.selector);
        _pay(request);
    }

    function test_NothingIsPaidWhilePaymentsAreStopped() public {
        vm.prank(OWNER);
        _policy.pause();
        vm.expectPartialRevert(Pausable.EnforcedPause.selector);
        _pay(_request(1, "first"));

        vm.prank(OWNER);
        _policy.unpause();
        _pay(_request(1, "first"));
        vm.assertEq(_money.balanceOf(PAYEE), 1);
    }

    function test_ThePayeesLimitHoldsUntilThePeriodEnds() public {
        _pay(_request(400e6, "1"));
        uint64 end = uint64(block.timestamp + PERIOD);
        vm.warp(block.timestamp + 1 days);
        _pay(_request(400e6, "2"));
        vm.expectRevert(
            abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyAbovePayeeLimit.selector, ID, 201e6, 200e6, end)
        );
        _pay(_request(201e6, "3"));

        vm.warp(end);
        _pay(_request(201e6, "3"));
        vm.assertEq(_money.balanceOf(PAYEE), 1001e6);
    }

    function test_TheTotalHoldsOverAllPayees() public {
        vm.startPrank(OWNER);
        _policy.setPayee("other", BUYER, type(uint128).max, 0);
        _policy.setRules(IPaymentPolicy.Rules(TOTAL, TOTAL, PERIOD, 2));
        vm.stopPrank();
        _pay(_request(1000e6, "1"));
        IPaymentPolicy.Request memory other = _request(501e6, "2");
        (other.payee, other.account) = (keccak256("other"), BUYER);
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyAboveTotal.selector);

        _pay(other);
    }

    function test_AboveTheThresholdTwoApprove() public {
        IPaymentPolicy.Request memory request = _request(THRESHOLD + 1, "large");
        _approve(request, FIRST);
        _approve(request, FIRST);
        bytes32 name = _policy.hashOf(request);
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyApprovalsMissing.selector, name, 1, 2));
        _pay(request);

        _approve(request, SECOND);
        _pay(request);
        vm.assertEq(_money.balanceOf(PAYEE), THRESHOLD + 1);
    }

    function test_AnApprovalIsOfExactlyThisRequest() public {
        IPaymentPolicy.Request memory request = _request(THRESHOLD + 1, "large");
        _approve(request, FIRST);
        _approve(request, SECOND);
        request.amount += 1;
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyApprovalsMissing.selector);

        _pay(request);
    }

    function test_ADismissedApproversApprovalCountsNoLonger() public {
        IPaymentPolicy.Request memory request = _request(THRESHOLD + 1, "large");
        _approve(request, FIRST);
        _approve(request, SECOND);
        vm.prank(OWNER);
        _policy.setApprover(SECOND, false);
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyApprovalsMissing.selector);
        _pay(request);

        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyNotApprover.selector, SECOND));
        _approve(request, SECOND);
    }

    function testFuzz_AnotherAccountCountsOnlyAfterTheDelay(uint32 elapsed, bool isRemoved) public {
        elapsed = uint32(_bound(elapsed, 0, 2 * DELAY));
        vm.startPrank(OWNER);
        if (isRemoved) _policy.removePayee(ID);
        _policy.setPayee("acme", BUYER, LIMIT, 0);
        vm.stopPrank();

        vm.warp(block.timestamp + elapsed);
        address current = elapsed < DELAY ? PAYEE : BUYER;
        vm.assertEq(_policy.accountOf(ID), current);
        IPaymentPolicy.Request memory request = _request(5, "first");
        request.account = elapsed < DELAY ? BUYER : PAYEE;
        vm.expectRevert(
            abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyOtherAccount.selector, ID, request.account, current)
        );
        _pay(request);
    }

    function test_ThePresentAccountCallsAChangeOff() public {
        vm.startPrank(OWNER);
        _policy.setPayee("acme", THIEF, LIMIT, 0);
        _policy.setPayee("acme", PAYEE, LIMIT, 0);
        vm.stopPrank();

        vm.warp(block.timestamp + 2 * DELAY);
        vm.assertEq(_policy.accountOf(ID), PAYEE);
    }

    function test_RevertWhen_APayeeCannotBe() public {
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyAccountTaken.selector, PAYEE, ID));
        _policy.setPayee("acme ltd", PAYEE, LIMIT, 0);
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyBadPayee.selector);
        _policy.setPayee("", BUYER, LIMIT, 0);
        vm.expectPartialRevert(IPaymentPolicy.PaymentPolicyBadPayee.selector);
        _policy.setPayee("nobody", address(0), LIMIT, 0);
    }

    function test_RevertWhen_RulesCannotBe() public {
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyImpossibleRules.selector, 3599, 0));
        _policy.setRules(IPaymentPolicy.Rules(1, 1, 3599, 0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyImpossibleRules.selector, 1 days, 17));
        _policy.setRules(IPaymentPolicy.Rules(1, 1, 1 days, 17));
        for (uint160 i = 1; i <= 14; ++i) {
            _policy.setApprover(address(i), true);
        }
        vm.expectRevert(abi.encodeWithSelector(IPaymentPolicy.PaymentPolicyTooManyApprovers.selector, 16));
        _policy.setApprover(address(99), true);
    }

    function test_TheOwnerTakesMoneyOut() public {
        vm.prank(OWNER);
        _policy.withdraw(BUYER, 7);

        vm.assertEq(_money.balanceOf(BUYER), 7);
    }
}
