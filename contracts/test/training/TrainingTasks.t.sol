// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IRewardWeights} from "../../src/training/IRewardWeights.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {ITrainingTasks} from "../../src/training/ITrainingTasks.sol";
import {TrainingTerms} from "../../src/training/TrainingTerms.sol";
import {Training} from "./Training.sol";

contract TrainingTasksTest is Training {
    function test_OpeningPutsTheBudgetInEscrow() public {
        TrainingTerms memory terms = _terms();
        _token.transfer(SPONSOR, terms.budget);
        vm.startPrank(SPONSOR);
        _token.approve(address(_tasks), terms.budget);
        vm.expectEmit(address(_tasks));
        emit ITrainingTasks.TaskOpened(1, SPONSOR, 7, terms, IRewardWeights.Weights(4000, 3000, 3000));

        uint256 task = _tasks.open(terms);

        vm.stopPrank();
        vm.assertEq(task, 1);
        vm.assertEq(_tasks.taskCount(), 1);
        vm.assertEq(_tasks.taskOf(task).sponsor, SPONSOR);
        vm.assertEq(_token.balanceOf(address(_tasks)), terms.budget);
        vm.assertEq(keccak256(abi.encode(_tasks.termsOf(task))), keccak256(abi.encode(terms)));
        _requirePhase(task, ITrainingRounds.Phase.Joining);
    }

    function test_RevertGiven_NoAllowanceForTheBudget() public {
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(SPONSOR);
        _tasks.open(_terms());
    }

    function test_RevertWhen_ATermIsOutOfItsRange() public {
        TrainingTerms memory terms = _terms();
        terms.rounds = 0;
        _requireInvalid(terms, "rounds", 0, 1, type(uint32).max);
        terms = _terms();
        terms.minimumStake = 0;
        _requireInvalid(terms, "minimumStake", 0, 1, type(uint96).max);
        terms = _terms();
        terms.budget = uint128(1 << 127);
        _requireInvalid(terms, "budget", 1 << 127, 0, (1 << 127) - 1);
        terms = _terms();
        terms.faults = 11;
        _requireInvalid(terms, "faults", 11, 0, 10);
        terms = _terms();
        terms.certifySeconds = 0;
        _requireInvalid(terms, "certifySeconds", 0, 1, 30 days);
        terms = _terms();
        terms.unbondingSeconds = terms.challengeSeconds - 1;
        _requireInvalid(terms, "unbondingSeconds", 599, 600, 90 days);
    }

    function test_RevertGiven_NoSuchTask() public {
        bytes memory refusal = abi.encodeWithSelector(ITrainingRounds.TrainingRoundsUnknownTask.selector, 9);
        vm.expectRevert(refusal);
        _tasks.taskOf(9);
        vm.expectRevert(refusal);
        _tasks.commit(9, 1, SALT);
        vm.expectRevert(refusal);
        _tasks.advance(9);
        vm.expectRevert(refusal);
        _tasks.reclaim(9);
    }

    function _requireInvalid(
        TrainingTerms memory terms,
        string memory term,
        uint256 value,
        uint256 least,
        uint256 most
    )
        private
    {
        vm.expectRevert(
            abi.encodeWithSelector(ITrainingTasks.TrainingTasksInvalidTerm.selector, term, value, least, most)
        );
        _tasks.open(terms);
    }
}
