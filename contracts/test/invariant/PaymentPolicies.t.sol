// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {InvariantCase} from "./InvariantCase.sol";
import {PaymentPolicyHandler} from "./handlers/PaymentPolicyHandler.sol";

contract PaymentPolicyInvariants is InvariantCase {
    PaymentPolicyHandler private _handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        _handler = new PaymentPolicyHandler();
        _target(address(_handler));
    }

    function invariant_Y1_MoneyInIsMoneyOut() public view {
        uint256 held = _handler.money().balanceOf(address(_handler.policy()));
        vm.assertEq(held + _handler.payeesMoney(), _handler.funds());
        vm.assertEq(_handler.payeesMoney(), _handler.moneyOut());
    }

    function invariant_Y2_LimitsHold() public view {
        vm.assertEq(_handler.wrongs().overspendings, 0);
    }

    function invariant_Y3_ARequestIsPaidOnceAndInTime() public view {
        vm.assertEq(_handler.wrongs().repetitions, 0);
    }

    function invariant_Y4_NobodyIsPaidAtAFreshAccountOrOffTheList() public view {
        vm.assertEq(_handler.wrongs().hastyAccounts, 0);
    }

    function invariant_Y5_ApproversAgreedAndOperatorsPaid() public view {
        vm.assertEq(_handler.wrongs().unapproved, 0);
    }
}
