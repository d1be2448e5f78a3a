// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IRewardWeights} from "./IRewardWeights.sol";
import {ITrainingMembers} from "./ITrainingMembers.sol";
import {ITrainingRewards} from "./ITrainingRewards.sol";
import {ITrainingRounds} from "./ITrainingRounds.sol";
import {TrainingTerms} from "./TrainingTerms.sol";

/// @dev What is stored of tasks. A commitment reads and writes two slots: the task's progress, the node's standing.
abstract contract TrainingState {
    /**
     * @dev One slot.
     * @param waiting how many active trainers have not committed in this round.
     * @param signers of the certificate that can still be overturned, bit i for seat i.
     */
    struct Progress {
        ITrainingRounds.Phase phase;
        uint8 failures;
        uint32 round;
        uint32 finalRounds;
        uint40 deadline;
        uint24 trainers;
        uint24 waiting;
        uint24 committed;
        uint24 revealed;
        uint32 signers;
    }

    /// @dev One slot, and so only the first 25 bytes of a commitment: enough to leave no way to open it otherwise.
    struct Standing {
        bytes25 commitment;
        uint32 lastRound;
        uint8 roles;
        bool isActive;
        bool hasOpenCommitment;
    }

    /// @param hasSeat of the committee; also after the member left, until it was slashed.
    struct Holding {
        uint96 stake;
        uint40 withdrawableAt;
        bool hasSeat;
    }

    /**
     * @param keyEpoch counts the changes of sealing keys, by who joins, leaves or rotates.
     * @param pendingRoot the tree of the result that can still be overturned.
     */
    struct Record {
        Progress progress;
        address sponsor;
        uint40 endedAt;
        uint32 keyEpoch;
        uint128 totalStake;
        IRewardWeights.Weights weights;
        TrainingTerms terms;
        ITrainingRewards.Account account;
        bytes32 pendingRoot;
        ITrainingMembers.Seat[] seats;
        address[] members;
        mapping(address account => Standing) standings;
        mapping(address account => Holding) holdings;
        mapping(address account => bytes32) sealingKeys;
        mapping(address account => uint128) claimedBy;
        mapping(uint32 round => bytes32) results;
    }

    mapping(uint256 task => Record) internal _records;

    function _requireTask(uint256 task) internal view returns (Record storage record) {
        record = _records[task];
        if (record.progress.phase == ITrainingRounds.Phase.None) {
            revert ITrainingRounds.TrainingRoundsUnknownTask(task);
        }
    }

    function _requirePhase(uint256 task, ITrainingRounds.Phase needed) internal view returns (Record storage record) {
        record = _records[task];
        ITrainingRounds.Phase phase = record.progress.phase;
        if (phase == needed) return record;
        if (phase == ITrainingRounds.Phase.None) revert ITrainingRounds.TrainingRoundsUnknownTask(task);
        revert ITrainingRounds.TrainingRoundsWrongPhase(task, phase, needed);
    }
}
