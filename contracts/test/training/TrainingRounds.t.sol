// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingMembers} from "../../src/training/ITrainingMembers.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {Training} from "./Training.sol";

contract TrainingRoundsTest is Training {
    function test_RevertWhen_AnotherThanTheSponsorStartsBeforeTheDeadline() public {
        uint256 task = _joined();
        (,, uint40 deadline) = _tasks.phaseOf(task);
        vm.expectRevert(_tooEarly(task, ITrainingRounds.Phase.Joining, deadline));
        _tasks.start(task);
        vm.warp(deadline);

        _tasks.start(task);

        _requirePhase(task, ITrainingRounds.Phase.Committing);
    }

    function test_RevertWhen_TooFewJoined() public {
        uint256 task = _opened();
        _joins(task, _trainer(0), TRAINER, STAKE);
        vm.expectRevert(abi.encodeWithSelector(ITrainingRounds.TrainingRoundsTooFewMembers.selector, task, 1, 0));
        vm.prank(SPONSOR);
        _tasks.start(task);
    }

    function test_AdvancingStartsATaskThatEnoughJoined() public {
        uint256 task = _joined();

        _pass(task);

        (ITrainingRounds.Phase phase, uint32 round,) = _tasks.phaseOf(task);
        vm.assertEq(uint256(phase), uint256(ITrainingRounds.Phase.Committing));
        vm.assertEq(round, 1);
    }

    function test_AdvancingEndsATaskThatTooFewJoined() public {
        uint256 task = _opened();

        _pass(task);

        _requirePhase(task, ITrainingRounds.Phase.Abandoned);
        vm.assertEq(_tasks.taskOf(task).endedAt, block.timestamp);
    }

    function test_APhaseEndsAtOnceWhenAllHaveDoneTheirPart() public {
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _requirePhase(task, ITrainingRounds.Phase.Committing);
            _commits(task, i);
        }
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _requirePhase(task, ITrainingRounds.Phase.Revealing);
            _reveals(task, i);
        }
        _requirePhase(task, ITrainingRounds.Phase.Certifying);
    }

    function test_LateWorkCountsUntilSomebodyEndsThePhase() public {
        uint256 task = _started();
        (,, uint40 deadline) = _tasks.phaseOf(task);
        vm.warp(deadline + 1 days);

        _commits(task, 0);
        _tasks.advance(task);

        (,, uint40 next) = _tasks.phaseOf(task);
        vm.assertEq(next, block.timestamp + _terms().revealSeconds);
        vm.expectRevert(_wrongPhase(task, ITrainingRounds.Phase.Revealing, ITrainingRounds.Phase.Committing));
        vm.prank(_trainer(1));
        _tasks.commit(task, 1, SALT);
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: ci.fuzz.runs = 500
    function testFuzz_RevertWhen_APhaseIsEndedEarly(uint256 early) public {
        uint256 task = _started();
        (,, uint40 deadline) = _tasks.phaseOf(task);
        vm.warp(_bound(early, block.timestamp, deadline - 1));
        vm.expectRevert(_tooEarly(task, ITrainingRounds.Phase.Committing, deadline));
        _tasks.advance(task);
    }

    function test_RevertWhen_CommittingTwiceWithoutTheRoleOrForAnotherRound() public {
        uint256 task = _started();
        _commits(task, 0);
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingRounds.TrainingRoundsAlreadyCommitted.selector, task, 1, _trainer(0))
        );
        vm.prank(_trainer(0));
        _tasks.commit(task, 1, SALT);
        vm.expectRevert(abi.encodeWithSelector(ITrainingRounds.TrainingRoundsWrongRound.selector, task, 2, 1));
        vm.prank(_trainer(1));
        _tasks.commit(task, 2, SALT);
        vm.expectPartialRevert(ITrainingMembers.TrainingMembersRoleMissing.selector);
        vm.prank(_validator(0));
        _tasks.commit(task, 1, SALT);
        vm.expectPartialRevert(ITrainingMembers.TrainingMembersNotActive.selector);
        _tasks.commit(task, 1, SALT);
    }

    /// @dev A thief that copies another's commitment, and then its opening, has nothing to open.
    function test_RevertWhen_ACopiedCommitmentIsOpened() public {
        uint256 task = _started();
        _commits(task, 0);
        bytes32 copied = _tasks.commitmentOf(task, 1, _trainer(0), _digestOf(0), SALT);
        vm.prank(_trainer(1));
        _tasks.commit(task, 1, copied);
        _commits(task, 2);
        _reveals(task, 0);

        vm.expectRevert(_wrongOpening(task, _trainer(1)));
        vm.prank(_trainer(1));
        _tasks.reveal(task, _digestOf(0), SALT);
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: ci.fuzz.runs = 500
    function testFuzz_RevertWhen_TheOpeningIsAnother(bytes32 digest, bytes32 salt) public {
        vm.assume(digest != _digestOf(0) || salt != SALT);
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        vm.expectRevert(_wrongOpening(task, _trainer(0)));
        vm.prank(_trainer(0));
        _tasks.reveal(task, digest, salt);
    }

    function test_RevertWhen_ACommitmentOfAnotherRoundIsOpened() public {
        uint256 task = _started();
        _finalised(task, _leaf(_trainer(0), 1));
        bytes32 old = _tasks.commitmentOf(task, 1, _trainer(0), _digestOf(0), SALT);
        vm.prank(_trainer(0));
        _tasks.commit(task, 2, old);
        _commits(task, 1);
        _commits(task, 2);

        vm.expectPartialRevert(ITrainingRounds.TrainingRoundsWrongOpening.selector);
        vm.prank(_trainer(0));
        _tasks.reveal(task, _digestOf(0), SALT);
    }

    function test_AnybodyOpensForMany() public {
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        // One was opened before, by whoever wants to hold the others up.
        _reveals(task, 1);
        vm.expectEmit(address(_tasks));
        emit ITrainingRounds.UpdateRevealed(task, _trainer(0), 1, _digestOf(0));

        vm.prank(BUYER);
        _tasks.revealAll(task, _openings());

        _requirePhase(task, ITrainingRounds.Phase.Certifying);
        vm.assertFalse(_tasks.memberOf(task, _trainer(2)).hasOpenCommitment);
    }

    function test_RevealingAgainChangesNothing() public {
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        _reveals(task, 0);
        _reveals(task, 0);

        vm.assertEq(_tasks.taskOf(task).revealed, 1);
        _requirePhase(task, ITrainingRounds.Phase.Revealing);
    }

    function test_ARoundWithTooFewUpdatesFailsAndTheNextBegins() public {
        uint256 task = _started();
        _commits(task, 0);
        _pass(task);
        vm.expectEmit(address(_tasks));
        emit ITrainingRounds.RoundFailed(task, 1, ITrainingRounds.Failure.TooFewUpdates, 1);

        _reveals(task, 0);

        (ITrainingRounds.Phase phase, uint32 round,) = _tasks.phaseOf(task);
        vm.assertEq(uint256(phase), uint256(ITrainingRounds.Phase.Committing));
        vm.assertEq(round, 2);
    }

    function test_ARoundWithoutACertificateFails() public {
        uint256 task = _revealed();
        (,, uint40 deadline) = _tasks.phaseOf(task);
        vm.warp(deadline);
        vm.expectEmit(address(_tasks));
        emit ITrainingRounds.RoundFailed(task, 1, ITrainingRounds.Failure.NotCertified, 1);

        _tasks.advance(task);

        vm.assertEq(_tasks.taskOf(task).round, 2);
    }

    function test_ThreeFailuresInARowAbandonTheTask() public {
        uint256 task = _started();

        _abandoned(task);

        _requirePhase(task, ITrainingRounds.Phase.Abandoned);
        vm.assertEq(_tasks.taskOf(task).failures, 3);
    }

    function test_AResultEndsTheRowOfFailures() public {
        uint256 task = _started();
        _pass(task);
        _tasks.advance(task);
        _finalised(task, _leaf(_trainer(0), 1));

        vm.assertEq(_tasks.taskOf(task).failures, 0);
        _pass(task);
        _tasks.advance(task);
        // The last round failed, and one before it had a result.
        _requirePhase(task, ITrainingRounds.Phase.Finished);
    }

    function test_ATaskWithoutTrainersEndsWithoutWaiting() public {
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            vm.prank(_trainer(i));
            _tasks.quit(task);
        }
        for (uint256 i = 0; i < 6; ++i) {
            _tasks.advance(task);
        }
        _requirePhase(task, ITrainingRounds.Phase.Abandoned);
    }

    function test_RevertWhen_AnEndedTaskIsAdvanced() public {
        uint256 task = _started();
        _abandoned(task);
        vm.expectRevert(_tooEarly(task, ITrainingRounds.Phase.Abandoned, 0));
        _tasks.advance(task);
    }

    function _openings() private pure returns (ITrainingRounds.Opening[] memory openings) {
        openings = new ITrainingRounds.Opening[](TRAINERS);
        for (uint256 i = 0; i < TRAINERS; ++i) {
            openings[i] = ITrainingRounds.Opening(_trainer(i), _digestOf(i), SALT);
        }
    }

    function _wrongOpening(uint256 task, address node) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITrainingRounds.TrainingRoundsWrongOpening.selector, task, 1, node);
    }

    function _tooEarly(uint256 task, ITrainingRounds.Phase phase, uint40 deadline) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITrainingRounds.TrainingRoundsTooEarly.selector, task, phase, deadline);
    }

    function _wrongPhase(
        uint256 task,
        ITrainingRounds.Phase phase,
        ITrainingRounds.Phase needed
    )
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(ITrainingRounds.TrainingRoundsWrongPhase.selector, task, phase, needed);
    }
}
