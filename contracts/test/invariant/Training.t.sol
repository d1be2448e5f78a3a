// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingMembers} from "../../src/training/ITrainingMembers.sol";
import {ITrainingRewards} from "../../src/training/ITrainingRewards.sol";
import {ITrainingTasks} from "../../src/training/ITrainingTasks.sol";
import {TrainingTerms} from "../../src/training/TrainingTerms.sol";
import {Training} from "../training/Training.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {TrainingHandler} from "./handlers/TrainingHandler.sol";

contract TrainingInvariants is Training, InvariantCase {
    uint256 private constant MONEY = 1_000_000e6;

    TrainingHandler private _handler;

    function setUp() public override {
        super.setUp();
        _handler = new TrainingHandler(_tasks, _token, _terms());
        _token.transfer(address(_handler), MONEY);
        for (uint256 i = 0; i < _handler.MEMBERS(); ++i) {
            _token.transfer(_handler.member(i), MONEY);
        }
        _handler.open(10_000_001, 0);
        _target(address(_handler));
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: ci.invariant.runs = 64
    function invariant_G1_MoneyInIsMoneyOutAndHeld() public view {
        uint256 held = _token.balanceOf(address(_tasks));
        vm.assertEq(held, _handler.paidIn() - _handler.paidOut());
        uint256 owed = 0;
        for (uint256 task = 1; task <= _tasks.taskCount(); ++task) {
            ITrainingRewards.Account memory account = _tasks.accountOf(task);
            owed += _tasks.termsOf(task).budget + account.forfeited - account.claimed - account.reclaimed;
            for (uint256 i = 0; i < _handler.MEMBERS(); ++i) {
                owed += _tasks.memberOf(task, _handler.member(i)).stake;
            }
        }
        vm.assertEq(held, owed);
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: ci.invariant.runs = 64
    function invariant_G2_NoTaskPaysMoreThanItReleasedNorReleasesMoreThanItsFinalRounds() public view {
        vm.assertEq(_handler.wrongPayments(), 0);
        for (uint256 task = 1; task <= _tasks.taskCount(); ++task) {
            ITrainingRewards.Account memory account = _tasks.accountOf(task);
            TrainingTerms memory terms = _tasks.termsOf(task);
            uint256 finalRounds = _tasks.taskOf(task).finalRounds;
            vm.assertTrue(account.claimed <= account.released);
            vm.assertTrue(account.released <= uint256(terms.budget) * finalRounds / terms.rounds);
        }
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: ci.invariant.runs = 64
    function invariant_G3_NobodyLosesStakeButForAProvenFault() public view {
        vm.assertEq(_handler.wrongSlashes(), 0);
        for (uint256 task = 1; task <= _tasks.taskCount(); ++task) {
            uint256 active = 0;
            for (uint256 i = 0; i < _handler.MEMBERS(); ++i) {
                ITrainingMembers.Member memory member = _tasks.memberOf(task, _handler.member(i));
                vm.assertEq(member.stake, _handler.stakeIn(task, _handler.member(i)));
                if (member.isActive) active += member.stake;
            }
            vm.assertEq(_tasks.totalStakeOf(task), active);
        }
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: ci.invariant.runs = 64
    function invariant_G4_NoStepThatIsDueFails() public view {
        vm.assertEq(_handler.stuckSteps(), 0);
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: ci.invariant.runs = 64
    function invariant_G5_OnlyAQuorumCertifiesAndOnlyTheOwnersOpeningOpens() public view {
        vm.assertEq(_handler.falseCertificates(), 0);
        vm.assertEq(_handler.falseOpenings(), 0);
        for (uint256 task = 1; task <= _tasks.taskCount(); ++task) {
            ITrainingTasks.Task memory found = _tasks.taskOf(task);
            vm.assertTrue(found.revealed <= found.committed);
            vm.assertTrue(found.failures <= 3 && found.finalRounds <= found.round);
        }
    }

    function afterInvariant() public {
        _handler.endAll();

        vm.assertEq(_handler.stuckSteps(), 0);
        vm.assertEq(_handler.wrongPayments(), 0);
        vm.assertEq(_token.balanceOf(address(_tasks)), 0);
    }
}
