// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Payment} from "../../src/economy/Payment.sol";
import {ITrainingRewards} from "../../src/training/ITrainingRewards.sol";
import {TrainingTerms} from "../../src/training/TrainingTerms.sol";
import {HostileCurrency} from "../economy/HostileCurrency.sol";
import {Training} from "./Training.sol";

contract HostileTrainingTest is Training {
    HostileCurrency private _hostile;

    function setUp() public override {
        super.setUp();
        _hostile = new HostileCurrency(address(this));
        _hostile.approve(address(_tasks), type(uint256).max);
    }

    function test_RevertGiven_ACurrencyThatKeepsAFee() public {
        _hostile.keepFee(100);
        vm.expectPartialRevert(Payment.PaymentInexact.selector);
        _tasks.open(_terms());

        _hostile.keepFee(0);
        uint256 task = _tasks.open(_terms());
        _hostile.keepFee(100);
        vm.expectPartialRevert(Payment.PaymentInexact.selector);
        _tasks.join(task, TRAINER, STAKE, KEY);
    }

    function test_RevertWhen_AStakeIsWithdrawnWithinAWithdrawal() public {
        uint256 task = _tasks.open(_terms());
        _tasks.join(task, TRAINER, STAKE, KEY);
        _tasks.quit(task);
        vm.warp(block.timestamp + _terms().unbondingSeconds);
        _hostile.callBack(address(_tasks), abi.encodeCall(_tasks.withdraw, (task)));
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
        _tasks.withdraw(task);
    }

    function test_RevertWhen_ABudgetIsReclaimedWithinAReclaim() public {
        uint256 task = _tasks.open(_terms());
        _pass(task);
        _hostile.callBack(address(_tasks), abi.encodeCall(ITrainingRewards.reclaim, (task)));
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
        _tasks.reclaim(task);
    }

    function test_ACurrencyThatBlocksOneHoldsNobodyElseUp() public {
        uint256 task = _tasks.open(_terms());
        _hostile.transfer(BUYER, STAKE);
        _tasks.join(task, TRAINER, STAKE, KEY);
        vm.startPrank(BUYER);
        _hostile.approve(address(_tasks), STAKE);
        _tasks.join(task, TRAINER, STAKE, KEY);
        _tasks.quit(task);
        vm.stopPrank();
        _tasks.quit(task);
        vm.warp(block.timestamp + _terms().unbondingSeconds);
        _hostile.blockAccount(address(this));
        vm.expectPartialRevert(HostileCurrency.HostileCurrencyBlocked.selector);
        _tasks.withdraw(task);

        vm.prank(BUYER);
        _tasks.withdraw(task);

        vm.assertEq(_hostile.balanceOf(BUYER), STAKE);
        _hostile.blockAccount(address(0));
        _tasks.withdraw(task);
    }

    function _terms() internal view override returns (TrainingTerms memory terms) {
        terms = super._terms();
        terms.token = address(_hostile);
    }
}
