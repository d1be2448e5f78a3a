// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Payment} from "../economy/Payment.sol";
import {IRewardWeights} from "./IRewardWeights.sol";
import {ITrainingTasks} from "./ITrainingTasks.sol";
import {TermRanges} from "./TermRanges.sol";
import {TrainingRewards} from "./TrainingRewards.sol";
import {TrainingSlashing} from "./TrainingSlashing.sol";
import {TrainingTerms} from "./TrainingTerms.sol";

/// @dev Implementation of {ITrainingTasks}: how tasks are opened.
contract TrainingTasks is ITrainingTasks, TrainingSlashing, TrainingRewards {
    IRewardWeights private immutable _rewardWeights;

    uint256 private _taskCount;

    constructor(address rewardWeights_) {
        _rewardWeights = IRewardWeights(rewardWeights_);
    }

    /// @inheritdoc ITrainingTasks
    function open(TrainingTerms calldata terms) external nonReentrant returns (uint256 task) {
        TermRanges.check(terms);
        task = ++_taskCount;
        Record storage record = _records[task];
        record.sponsor = msg.sender;
        record.terms = terms;
        record.weights = _rewardWeights.weightsOf();
        emit TaskOpened(task, msg.sender, terms.initialModel, terms, record.weights);
        _begin(task, record, Phase.Joining);
        Payment.transfer(IERC20(terms.token), msg.sender, address(this), terms.budget);
    }

    /// @inheritdoc ITrainingTasks
    function taskOf(uint256 task) external view returns (Task memory) {
        Record storage record = _requireTask(task);
        Progress memory progress = record.progress;
        return Task({
            sponsor: record.sponsor,
            phase: progress.phase,
            round: progress.round,
            deadline: progress.deadline,
            trainers: progress.trainers,
            committed: progress.committed,
            revealed: progress.revealed,
            finalRounds: progress.finalRounds,
            failures: progress.failures,
            endedAt: record.endedAt,
            weights: record.weights
        });
    }

    /// @inheritdoc ITrainingTasks
    function termsOf(uint256 task) external view returns (TrainingTerms memory) {
        return _requireTask(task).terms;
    }

    /// @inheritdoc ITrainingTasks
    function taskCount() external view returns (uint256) {
        return _taskCount;
    }

    /// @inheritdoc ITrainingTasks
    function rewardWeights() external view returns (address) {
        return address(_rewardWeights);
    }
}
