// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {TrainingTerms} from "../../src/training/TrainingTerms.sol";
import {Training} from "../training/Training.sol";

/// @dev What training costs, kept in snapshots/: in the second round, when every slot has been written before.
contract TrainingGasTest is Training {
    uint256 private constant NODES = 10;

    function test_Round() public {
        uint256 task = _startedWithTen();
        vm.snapshotGasLastCall("TrainingTasks", "start with a committee of 4");
        _round(task);

        _commits(task, 0);
        vm.snapshotGasLastCall("TrainingTasks", "commit");
        for (uint256 i = 1; i < NODES; ++i) {
            _commits(task, i);
        }
        vm.snapshotGasLastCall("TrainingTasks", "commit, the round's last");
        _reveals(task, 0);
        vm.snapshotGasLastCall("TrainingTasks", "reveal");
        for (uint256 i = 1; i < NODES; ++i) {
            _reveals(task, i);
        }
        vm.snapshotGasLastCall("TrainingTasks", "reveal, the round's last");
        _certified(task, _leaf(_trainer(0), 200));
        vm.snapshotGasLastCall("TrainingTasks", "certify with 3 of 4");
        _pass(task);
        vm.snapshotGasLastCall("TrainingTasks", "advance to the next round");

        _tasks.claim(task, _trainer(0), 200, new bytes32[](0));
        vm.snapshotGasLastCall("TrainingTasks", "claim for the first time");
    }

    function test_RevealOfTenInOneTransaction() public {
        uint256 task = _startedWithTen();
        _round(task);
        for (uint256 i = 0; i < NODES; ++i) {
            _commits(task, i);
        }

        _tasks.revealAll(task, _openings());

        vm.snapshotGasLastCall("TrainingTasks", "reveal for 10 nodes");
    }

    function test_Members() public {
        uint256 task = _opened();
        vm.snapshotGasLastCall("TrainingTasks", "open");
        _joins(task, _trainer(0), TRAINER, STAKE);
        _joins(task, _trainer(1), TRAINER, STAKE);
        vm.snapshotGasLastCall("TrainingTasks", "join as a trainer");
        _joins(task, _validator(0), VERIFIER, STAKE);
        _joins(task, _validator(1), VERIFIER, STAKE);
        vm.snapshotGasLastCall("TrainingTasks", "join as a verifier");
        vm.prank(_trainer(1));
        _tasks.quit(task);
        vm.snapshotGasLastCall("TrainingTasks", "quit");
        vm.warp(block.timestamp + _terms().unbondingSeconds);
        vm.prank(_trainer(1));
        _tasks.withdraw(task);
        vm.snapshotGasLastCall("TrainingTasks", "withdraw");
    }

    function _terms() internal view override returns (TrainingTerms memory terms) {
        terms = super._terms();
        terms.rounds = 4;
    }

    function _startedWithTen() private returns (uint256 task) {
        task = _joined();
        for (uint256 i = TRAINERS; i < NODES; ++i) {
            _joins(task, _trainer(i), TRAINER, STAKE);
        }
        vm.prank(SPONSOR);
        _tasks.start(task);
    }

    function _round(uint256 task) private {
        for (uint256 i = 0; i < NODES; ++i) {
            _commits(task, i);
        }
        _tasks.revealAll(task, _openings());
        _certified(task, _leaf(_trainer(0), 100));
        _pass(task);
    }

    function _openings() private pure returns (ITrainingRounds.Opening[] memory openings) {
        openings = new ITrainingRounds.Opening[](NODES);
        for (uint256 i = 0; i < NODES; ++i) {
            openings[i] = ITrainingRounds.Opening(_trainer(i), _digestOf(i), SALT);
        }
    }
}
