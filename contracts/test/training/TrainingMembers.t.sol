// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingMembers} from "../../src/training/ITrainingMembers.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {Training} from "./Training.sol";

contract TrainingMembersTest is Training {
    function testFuzz_JoiningTakesTheStakeAndTheRoles(uint8 roles, uint96 stake) public {
        uint256 task = _opened();
        roles = uint8(_bound(roles, 1, 15));
        stake = uint96(_bound(stake, STAKE, 1e15));

        _joins(task, BUYER, roles, stake);

        ITrainingMembers.Member memory member = _tasks.memberOf(task, BUYER);
        vm.assertEq(member.roles, roles);
        vm.assertEq(member.stake, stake);
        vm.assertTrue(member.isActive && member.hasSeat == (roles & VERIFIER != 0));
        vm.assertEq(member.sealingKey, KEY);
        vm.assertEq(_tasks.totalStakeOf(task), stake);
        vm.assertEq(_tasks.membersOf(task)[0], BUYER);
        vm.assertEq(_token.balanceOf(address(_tasks)), uint256(_terms().budget) + stake);
    }

    function test_RevertWhen_TheStakeIsTooSmall() public {
        uint256 task = _opened();
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingMembers.TrainingMembersStakeTooSmall.selector, task, STAKE - 1, STAKE)
        );
        _tasks.join(task, TRAINER, STAKE - 1, KEY);
    }

    function test_RevertWhen_ThereAreNoSuchRolesOrNoKey() public {
        uint256 task = _opened();
        vm.expectRevert(abi.encodeWithSelector(ITrainingMembers.TrainingMembersUnknownRoles.selector, 0));
        _tasks.join(task, 0, STAKE, KEY);
        vm.expectRevert(abi.encodeWithSelector(ITrainingMembers.TrainingMembersUnknownRoles.selector, 16));
        _tasks.join(task, 16, STAKE, KEY);
        vm.expectRevert(abi.encodeWithSelector(ITrainingMembers.TrainingMembersZeroKey.selector));
        _tasks.join(task, TRAINER, STAKE, 0);
    }

    function test_RevertGiven_ThatTheAccountJoinedBefore() public {
        uint256 task = _joined();
        vm.prank(_trainer(0));
        _tasks.quit(task);
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingMembers.TrainingMembersAlreadyJoined.selector, task, _trainer(0))
        );
        vm.prank(_trainer(0));
        _tasks.join(task, TRAINER, STAKE, KEY);
    }

    function test_TrainersJoinLaterButVerifiersDoNot() public {
        uint256 task = _started();
        vm.expectRevert(abi.encodeWithSelector(ITrainingMembers.TrainingMembersCommitteeClosed.selector, task));
        _tasks.join(task, VERIFIER, STAKE, KEY);

        _joins(task, _trainer(TRAINERS), TRAINER, STAKE);
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        _requirePhase(task, ITrainingRounds.Phase.Committing);
    }

    function test_RevertWhen_JoiningATaskThatHasEnded() public {
        uint256 task = _started();
        _abandoned(task);
        vm.expectPartialRevert(ITrainingRounds.TrainingRoundsWrongPhase.selector);
        _tasks.join(task, TRAINER, STAKE, KEY);
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: ci.fuzz.runs = 500
    function testFuzz_SeatsGoToTheLargestStakes(uint96[7] memory stakes) public {
        uint256 task = _opened();
        for (uint256 i = 0; i < stakes.length; ++i) {
            stakes[i] = uint96(STAKE + stakes[i] % 1e12);
            _joins(task, _validator(i), VERIFIER, stakes[i]);
        }

        uint256 seated = 0;
        uint256 weight = 0;
        uint256 largest = 0;
        for (uint256 i = 0; i < stakes.length; ++i) {
            if (!_tasks.memberOf(task, _validator(i)).hasSeat) continue;
            ++seated;
            weight += stakes[i];
        }
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            largest += _takeLargest(stakes);
        }
        vm.assertEq(seated, SEATS);
        vm.assertEq(weight, largest);
    }

    function test_TheCommitteeIsInTheOrderOfItsAddresses() public {
        ITrainingMembers.Seat[] memory seats = _tasks.committeeOf(_started());

        vm.assertEq(seats.length, SEATS);
        for (uint256 i = 1; i < SEATS; ++i) {
            vm.assertTrue(seats[i - 1].validator < seats[i].validator);
        }
    }

    function test_RotatingAKeyBeginsAnEpoch() public {
        uint256 task = _started();
        (uint32 before,) = _tasks.sealingKeysOf(task);

        vm.prank(_validator(0));
        _tasks.rotateKey(task, SALT);

        (uint32 epoch, ITrainingMembers.SealingKey[] memory keys) = _tasks.sealingKeysOf(task);
        vm.assertEq(epoch, uint256(before) + 1);
        for (uint256 i = 0; i < keys.length; ++i) {
            vm.assertEq(keys[i].key, keys[i].validator == _validator(0) ? SALT : KEY);
        }
        vm.expectPartialRevert(ITrainingMembers.TrainingMembersNotActive.selector);
        _tasks.rotateKey(task, SALT);
    }

    function test_AStakeIsPaidBackAfterTheUnbondingPeriodOnce() public {
        uint256 task = _started();
        address member = _trainer(0);
        vm.startPrank(member);
        _tasks.quit(task);
        uint40 withdrawableAt = uint40(block.timestamp + _terms().unbondingSeconds);
        vm.warp(withdrawableAt - 1);
        vm.expectRevert(_notWithdrawable(task, member, withdrawableAt));
        _tasks.withdraw(task);
        vm.warp(withdrawableAt);

        _tasks.withdraw(task);

        vm.assertEq(_token.balanceOf(member), STAKE);
        vm.expectRevert(_notWithdrawable(task, member, withdrawableAt));
        _tasks.withdraw(task);
        vm.stopPrank();
    }

    function test_RevertWhen_WithdrawingWithoutHavingLeft() public {
        uint256 task = _started();
        vm.expectRevert(_notWithdrawable(task, _trainer(0), 0));
        vm.prank(_trainer(0));
        _tasks.withdraw(task);
    }

    function test_WhoLeavesIsNotWaitedForAndHasNoVote() public {
        uint256 task = _started();
        _commits(task, 0);
        vm.prank(_trainer(2));
        _tasks.quit(task);
        vm.prank(_validator(1));
        _tasks.quit(task);

        _commits(task, 1);

        _requirePhase(task, ITrainingRounds.Phase.Revealing);
        (, ITrainingMembers.SealingKey[] memory keys) = _tasks.sealingKeysOf(task);
        vm.assertEq(keys.length, SEATS - 1);
        vm.assertFalse(_tasks.memberOf(task, _validator(1)).hasSeat);
        vm.assertEq(_tasks.totalStakeOf(task), uint256(STAKE) * (TRAINERS + SEATS - 2));
    }

    function test_WhoCommittedAndLeavesEndsNobodyElsesTime() public {
        uint256 task = _started();
        _commits(task, 0);
        vm.prank(_trainer(0));
        _tasks.quit(task);

        _commits(task, 1);

        _requirePhase(task, ITrainingRounds.Phase.Committing);
        _commits(task, 2);
        // What it committed to is due all the same.
        _requirePhase(task, ITrainingRounds.Phase.Revealing);
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _reveals(task, i);
        }
        _requirePhase(task, ITrainingRounds.Phase.Certifying);
    }

    function test_ALateTrainerCanLeaveInAnyPhase() public {
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        _joins(task, _trainer(TRAINERS), TRAINER, STAKE);

        vm.prank(_trainer(TRAINERS));
        _tasks.quit(task);

        vm.assertEq(_tasks.taskOf(task).trainers, TRAINERS);
    }

    function test_ASeatThatIsLeftBeforeTheStartIsFree() public {
        uint256 task = _joined();
        vm.prank(_validator(1));
        _tasks.quit(task);
        vm.expectPartialRevert(ITrainingRounds.TrainingRoundsTooFewMembers.selector);
        vm.prank(SPONSOR);
        _tasks.start(task);

        _joins(task, _validator(SEATS), VERIFIER, STAKE);

        vm.prank(SPONSOR);
        _tasks.start(task);
        vm.assertTrue(_tasks.memberOf(task, _validator(SEATS)).hasSeat);
    }

    function _notWithdrawable(uint256 task, address member, uint40 time) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITrainingMembers.TrainingMembersNotWithdrawable.selector, task, member, time);
    }

    function _takeLargest(uint96[7] memory stakes) private pure returns (uint256 largest) {
        uint256 place = 0;
        for (uint256 i = 1; i < stakes.length; ++i) {
            if (stakes[i] > stakes[place]) place = i;
        }
        largest = stakes[place];
        stakes[place] = 0;
    }
}
