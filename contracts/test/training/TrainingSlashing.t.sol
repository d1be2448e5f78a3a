// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingCertificates} from "../../src/training/ITrainingCertificates.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {ITrainingSlashing} from "../../src/training/ITrainingSlashing.sol";
import {Training} from "./Training.sol";

contract TrainingSlashingTest is Training {
    address private constant REPORTER = address(0x4E9);
    bytes32 private constant OTHER = keccak256("another result");

    bytes32 private _root = _leaf(_trainer(0), 100);

    function test_AnEquivocatorLosesItsStakeAndSeat() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        vm.expectEmit(address(_tasks));
        emit ITrainingSlashing.EquivocationSlashed(task, _validator(0), 1, 1, STAKE, REPORTER, STAKE / 10);

        _slashes(vote, 0);

        vm.assertEq(_token.balanceOf(REPORTER), STAKE / 10);
        vm.assertEq(_tasks.accountOf(task).forfeited, STAKE - STAKE / 10);
        vm.assertEq(_tasks.memberOf(task, _validator(0)).stake, 0);
        vm.assertFalse(_tasks.memberOf(task, _validator(0)).isActive);
        bytes[] memory signatures = _signatures(vote, 3);
        vm.expectPartialRevert(ITrainingCertificates.TrainingCertificatesWrongSigner.selector);
        _certify(vote, signatures);
    }

    function test_ACertificateFallsWithItsSigner() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        _certify(vote, _signatures(vote, 3));

        _slashes(vote, 1);

        ITrainingRounds.Phase phase = _tasks.taskOf(task).phase;
        vm.assertEq(uint256(phase), uint256(ITrainingRounds.Phase.Committing));
        vm.assertEq(_tasks.taskOf(task).round, 2);
        vm.assertEq(_tasks.taskOf(task).failures, 1);
        vm.assertEq(_tasks.resultOf(task, 1), 0);
        vm.assertEq(_tasks.accountOf(task).released, 0);
    }

    function test_ACertificateStandsWithAQuorumOfOthers() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        _certify(vote, _signatures(vote, 4));

        _slashes(vote, 1);
        _requirePhase(task, ITrainingRounds.Phase.Challenging);
        _slashes(vote, 2);

        vm.assertEq(_tasks.taskOf(task).failures, 1);
    }

    function test_ACertificateStandsWhenAnotherThanItsSignersIsSlashed() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        _certify(vote, _signatures(vote, 3));

        _slashes(vote, 3);

        _requirePhase(task, ITrainingRounds.Phase.Challenging);
    }

    function test_AFinalResultStandsWhoeverIsSlashed() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        _certify(vote, _signatures(vote, 3));
        _pass(task);

        _slashes(vote, 0);

        vm.assertTrue(_tasks.resultOf(task, 1) != 0);
        vm.assertEq(_tasks.accountOf(task).root, _root);
    }

    function test_WhoLeftIsSlashedUntilItsStakeIsWithdrawn() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        vm.prank(_validator(0));
        _tasks.quit(task);
        vm.warp(block.timestamp + _terms().unbondingSeconds - 1);

        _slashes(vote, 0);

        vm.assertEq(_token.balanceOf(REPORTER), STAKE / 10);
        vm.assertEq(_tasks.totalStakeOf(task), uint256(STAKE) * (TRAINERS + SEATS - 1));
    }

    function test_RevertWhen_TheVotesAreNoEquivocation() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        bytes memory refusal = abi.encodeWithSelector(ITrainingSlashing.TrainingSlashingNoEquivocation.selector, task);
        _requireRefused(task, vote, vote, refusal);
        ITrainingCertificates.Vote memory other = _vote(task, OTHER);
        other.viewNumber = 2;
        _requireRefused(task, vote, other, refusal);
        other = _vote(task, OTHER);
        other.round = 2;
        _requireRefused(task, vote, other, refusal);
        other = _vote(task, OTHER);
        other.task = 2;
        _requireRefused(task, vote, other, refusal);
        _requireRefused(
            2, vote, _vote(task, OTHER), abi.encodeWithSelector(ITrainingRounds.TrainingRoundsUnknownTask.selector, 2)
        );
    }

    function test_RevertWhen_TheVotesAreOfTwoValidators() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        ITrainingCertificates.Vote memory other = _vote(task, OTHER);
        (bytes memory first, bytes memory second) = (_signed(vote, 0), _signed(other, 1));
        vm.expectRevert(
            abi.encodeWithSelector(
                ITrainingSlashing.TrainingSlashingDifferentSigners.selector, _validator(0), _validator(1)
            )
        );
        _tasks.slashEquivocation(task, vote, first, other, second);
    }

    function test_RevertGiven_NoSeatOrSlashedBefore() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        _requireRefusedOf(vote, 9);
        _slashes(vote, 0);
        _requireRefusedOf(vote, 0);
    }

    function test_RevertGiven_ThatTheCommitteeIsNotFormed() public {
        uint256 task = _joined();
        _requireRefusedOf(_vote(task, _root), 0);
    }

    function test_SilenceCostsATenthOnce() public {
        uint256 task = _started();
        _silent(task);
        vm.expectEmit(address(_tasks));
        emit ITrainingSlashing.SilenceSlashed(task, _trainer(2), 1, STAKE / 10, REPORTER, STAKE / 100);

        vm.prank(REPORTER);
        _tasks.slashSilence(task, _trainer(2));

        vm.assertEq(_tasks.memberOf(task, _trainer(2)).stake, STAKE - STAKE / 10);
        vm.assertEq(_tasks.accountOf(task).forfeited, STAKE / 10 - STAKE / 100);
        _requireNotSilent(task, 2);
    }

    function test_RevertGiven_ThatTheNodeRevealedOrStillCan() public {
        uint256 task = _started();
        _requireNotSilent(task, 0);
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        _requireNotSilent(task, 0);
        _reveals(task, 0);
        _pass(task);
        _requireNotSilent(task, 0);
        _requireNotSilent(task, 9);
    }

    function test_ASilentNodePaysBeforeItGoesOn() public {
        uint256 task = _started();
        _silent(task);
        _certified(task, _root);
        _pass(task);
        vm.expectRevert(abi.encodeWithSelector(ITrainingRounds.TrainingRoundsSilent.selector, task, 1, _trainer(2)));
        vm.prank(_trainer(2));
        _tasks.commit(task, 2, SALT);
        _tasks.slashSilence(task, _trainer(2));

        _commits(task, 2);

        vm.assertEq(_tasks.memberOf(task, _trainer(2)).lastRound, 2);
    }

    function test_SilenceIsSlashedWhileTheMemberLeaves() public {
        uint256 task = _started();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        vm.prank(_trainer(2));
        _tasks.quit(task);
        _reveals(task, 0);
        _reveals(task, 1);
        _pass(task);

        _tasks.slashSilence(task, _trainer(2));

        vm.assertEq(_tasks.memberOf(task, _trainer(2)).stake, STAKE - STAKE / 10);
        vm.assertEq(_tasks.totalStakeOf(task), uint256(STAKE) * (TRAINERS + SEATS - 1));
    }

    /// @dev Two of three trainers reveal, and the time for that ends.
    function _silent(uint256 task) private {
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        _reveals(task, 0);
        _reveals(task, 1);
        _pass(task);
    }

    function _slashes(ITrainingCertificates.Vote memory vote, uint256 number) private {
        (ITrainingCertificates.Vote memory other, bytes memory first, bytes memory second) = _evidence(vote, number);
        vm.prank(REPORTER);
        _tasks.slashEquivocation(vote.task, vote, first, other, second);
    }

    function _requireRefusedOf(ITrainingCertificates.Vote memory vote, uint256 number) private {
        (ITrainingCertificates.Vote memory other, bytes memory first, bytes memory second) = _evidence(vote, number);
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingSlashing.TrainingSlashingNoSeat.selector, vote.task, _validator(number))
        );
        _tasks.slashEquivocation(vote.task, vote, first, other, second);
    }

    function _evidence(
        ITrainingCertificates.Vote memory vote,
        uint256 number
    )
        private
        view
        returns (ITrainingCertificates.Vote memory other, bytes memory first, bytes memory second)
    {
        other = _vote(vote.task, OTHER);
        other.round = vote.round;
        return (other, _signed(vote, number), _signed(other, number));
    }

    function _requireRefused(
        uint256 task,
        ITrainingCertificates.Vote memory vote,
        ITrainingCertificates.Vote memory other,
        bytes memory refusal
    )
        private
    {
        (bytes memory first, bytes memory second) = (_signed(vote, 0), _signed(other, 0));
        vm.expectRevert(refusal);
        _tasks.slashEquivocation(task, vote, first, other, second);
    }

    function _requireNotSilent(uint256 task, uint256 number) private {
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingSlashing.TrainingSlashingNotSilent.selector, task, _trainer(number))
        );
        _tasks.slashSilence(task, _trainer(number));
    }
}
