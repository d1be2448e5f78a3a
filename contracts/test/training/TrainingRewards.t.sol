// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {ITrainingRewards} from "../../src/training/ITrainingRewards.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {Training} from "./Training.sol";

contract TrainingRewardsTest is Training {
    uint128 private constant ROUND = 3_333_333;

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: ci.fuzz.runs = 500
    function testFuzz_ANodeIsPaidWhatItEarnedSinceItsLastClaim(uint128 first, uint128 second) public {
        first = uint128(_bound(first, 1, ROUND));
        second = uint128(_bound(second, first + 1, 2 * ROUND));
        uint256 task = _started();
        _finalised(task, _leaf(_trainer(0), first));
        _claims(task, 0, first);
        _finalised(task, _leaf(_trainer(0), second));
        vm.expectEmit(address(_tasks));
        emit ITrainingRewards.RewardClaimed(task, _trainer(0), second - first, second);

        _claims(task, 0, second);

        vm.assertEq(_token.balanceOf(_trainer(0)), second);
        vm.assertEq(_tasks.claimedBy(task, _trainer(0)), second);
        vm.assertEq(_tasks.accountOf(task).claimed, second);
    }

    function test_SeveralNodesClaimByProof() public {
        uint256 task = _started();
        (bytes32 first, bytes32 second) = (_leaf(_trainer(0), 1000), _leaf(_trainer(1), 2000));
        _finalised(task, Hashes.commutativeKeccak256(first, second));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = second;
        _tasks.claim(task, _trainer(0), 1000, proof);
        proof[0] = first;
        _tasks.claim(task, _trainer(1), 2000, proof);

        vm.assertEq(_token.balanceOf(_trainer(1)), 2000);
        vm.expectRevert(_wrongProof(task, _trainer(1), 3000));
        _tasks.claim(task, _trainer(1), 3000, proof);
    }

    function test_RevertWhen_ClaimingTwice() public {
        uint256 task = _started();
        _finalised(task, _leaf(_trainer(0), 1000));
        _claims(task, 0, 1000);
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingRewards.TrainingRewardsNothingToClaim.selector, task, _trainer(0), 1000)
        );
        _claims(task, 0, 1000);
    }

    function test_RevertWhen_TheRootIsNotFinalYet() public {
        uint256 task = _revealed();
        _certified(task, _leaf(_trainer(0), 1000));
        vm.expectRevert(_wrongProof(task, _trainer(0), 1000));
        _claims(task, 0, 1000);
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: ci.fuzz.runs = 500
    function testFuzz_RevertWhen_TheRootPromisesMoreThanWasReleased(uint256 cumulative) public {
        cumulative = _bound(cumulative, uint256(ROUND) + 1, type(uint256).max);
        uint256 task = _started();
        _finalised(task, _leaf(_trainer(0), cumulative));
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingRewards.TrainingRewardsOverReleased.selector, task, cumulative, ROUND)
        );
        _claims(task, 0, cumulative);
    }

    function test_RevertWhen_ReclaimingBeforeTheEnd() public {
        uint256 task = _started();
        vm.expectPartialRevert(ITrainingRounds.TrainingRoundsWrongPhase.selector);
        _tasks.reclaim(task);
    }

    function test_TheSponsorOfAnAbandonedTaskHasAllBack() public {
        uint256 task = _started();
        _abandoned(task);

        vm.prank(THIEF);
        _tasks.reclaim(task);

        vm.assertEq(_token.balanceOf(SPONSOR), _terms().budget);
        vm.expectRevert(abi.encodeWithSelector(ITrainingRewards.TrainingRewardsNothingToReclaim.selector, task));
        _tasks.reclaim(task);
    }

    function test_TheSponsorHasBackWhatFailedRoundsDidNotEarnAndWhatWasSlashed() public {
        uint256 task = _started();
        _finalised(task, _leaf(_trainer(0), 1000));
        _commits(task, 0);
        _pass(task);
        _pass(task);
        _tasks.slashSilence(task, _trainer(0));
        _abandoned(task);

        uint128 amount = _tasks.reclaim(task);

        uint96 slashed = STAKE / 10;
        vm.assertEq(amount, _terms().budget - ROUND + slashed - slashed / 10);
        // What was earned can still be claimed.
        _claims(task, 0, 1000);
        vm.assertEq(_token.balanceOf(_trainer(0)), 1000);
    }

    function test_WhatNobodyClaimsGoesToTheSponsorAfter180Days() public {
        uint256 task = _started();
        for (uint256 i = 0; i < 3; ++i) {
            _finalised(task, _leaf(_trainer(0), 1000));
        }
        vm.expectPartialRevert(ITrainingRewards.TrainingRewardsNothingToReclaim.selector);
        _tasks.reclaim(task);
        vm.warp(block.timestamp + 180 days);

        _tasks.reclaim(task);

        vm.assertEq(_token.balanceOf(SPONSOR), _terms().budget);
        vm.expectPartialRevert(ITrainingRewards.TrainingRewardsOverReleased.selector);
        _claims(task, 0, 1000);
    }

    function test_AfterTheEndNothingStaysBehind() public {
        uint256 task = _started();
        for (uint256 i = 0; i < 3; ++i) {
            _finalised(task, _leaf(_trainer(0), _terms().budget));
        }
        _claims(task, 0, _terms().budget);
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _leaves(task, _trainer(i));
        }
        for (uint256 i = 0; i < SEATS; ++i) {
            _leaves(task, _validator(i));
        }

        vm.assertEq(_token.balanceOf(address(_tasks)), 0);
    }

    function _leaves(uint256 task, address member) private {
        vm.startPrank(member);
        _tasks.quit(task);
        vm.warp(block.timestamp + _terms().unbondingSeconds);
        _tasks.withdraw(task);
        vm.stopPrank();
    }

    function _claims(uint256 task, uint256 number, uint256 cumulative) private {
        _tasks.claim(task, _trainer(number), cumulative, new bytes32[](0));
    }

    function _wrongProof(uint256 task, address node, uint256 cumulative) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITrainingRewards.TrainingRewardsWrongProof.selector, task, node, cumulative);
    }
}
