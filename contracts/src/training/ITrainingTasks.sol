// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IRewardWeights} from "./IRewardWeights.sol";
import {ITrainingCertificates} from "./ITrainingCertificates.sol";
import {ITrainingMembers} from "./ITrainingMembers.sol";
import {ITrainingRewards} from "./ITrainingRewards.sol";
import {ITrainingRounds} from "./ITrainingRounds.sol";
import {ITrainingSlashing} from "./ITrainingSlashing.sol";
import {TrainingTerms} from "./TrainingTerms.sol";

/**
 * @title Training tasks
 * @notice A sponsor opens a task to train a model together, with a budget in escrow. Members join with a stake, train round
 * by round, and are paid by what a committee of them certifies. The chain holds stakes, commitments, certificates and
 * money; updates and models are elsewhere, by their digests.
 *
 * Nobody owns the contract. Every phase can be ended by anyone after its deadline, every stake goes back to its member
 * after the unbonding period, less what was slashed for a proven fault, and all of the budget goes to nodes or back to the
 * sponsor.
 */
interface ITrainingTasks is
    ITrainingRewards,
    ITrainingSlashing,
    ITrainingCertificates,
    ITrainingRounds,
    ITrainingMembers
{
    /**
     * @notice A task, but its terms and its money.
     * @param phase with `round` and `deadline`, see {ITrainingRounds-phaseOf}.
     * @param trainers how many active members are trainers.
     * @param committed how many of them committed in this round.
     * @param revealed how many of those revealed.
     * @param finalRounds how many rounds have a result that stands.
     * @param failures how many of the last rounds failed in a row.
     * @param endedAt when the task finished or was abandoned, in seconds since 1970; 0 if it has not.
     * @param weights of the rewards, as they were when the task was opened.
     */
    struct Task {
        address sponsor;
        Phase phase;
        uint32 round;
        uint40 deadline;
        uint32 trainers;
        uint32 committed;
        uint32 revealed;
        uint32 finalRounds;
        uint8 failures;
        uint40 endedAt;
        IRewardWeights.Weights weights;
    }

    /// @notice A sponsor opened a task, and its budget is in escrow.
    event TaskOpened(
        uint256 indexed task,
        address indexed sponsor,
        uint256 indexed initialModel,
        TrainingTerms terms,
        IRewardWeights.Weights weights
    );

    /// @notice The term of this name is out of its range, from `least` to `most`.
    error TrainingTasksInvalidTerm(string term, uint256 value, uint256 least, uint256 most);

    /// @notice Opens a task with a budget that the caller allowed this contract to take.
    /// @return task its number, from 1.
    function open(TrainingTerms calldata terms) external returns (uint256 task);

    /// @notice The task, but its terms and its money.
    function taskOf(uint256 task) external view returns (Task memory);

    /// @notice The terms of the task.
    function termsOf(uint256 task) external view returns (TrainingTerms memory);

    /// @notice How many tasks there are; the last one's number.
    function taskCount() external view returns (uint256);

    /// @notice The weights that a task takes on when it is opened.
    function rewardWeights() external view returns (address);
}
