// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ITrainingRewards} from "./ITrainingRewards.sol";
import {ITrainingRounds} from "./ITrainingRounds.sol";
import {TrainingState} from "./TrainingState.sol";

/// @dev Implementation of {ITrainingRewards}.
abstract contract TrainingRewards is ITrainingRewards, TrainingState, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant CLAIM_PERIOD = 180 days;

    /// @inheritdoc ITrainingRewards
    function claim(
        uint256 task,
        address node,
        uint256 cumulative,
        bytes32[] calldata proof
    )
        external
        nonReentrant
        returns (uint128 amount)
    {
        Record storage record = _requireTask(task);
        Account storage account = record.account;
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(node, cumulative))));
        if (!MerkleProof.verifyCalldata(proof, account.root, leaf)) {
            revert TrainingRewardsWrongProof(task, node, cumulative);
        }
        uint256 had = record.claimedBy[node];
        if (cumulative <= had) revert TrainingRewardsNothingToClaim(task, node, had);
        uint256 available = account.released - account.claimed;
        if (cumulative - had > available) revert TrainingRewardsOverReleased(task, cumulative - had, available);
        amount = uint128(cumulative - had);
        record.claimedBy[node] = uint128(cumulative);
        account.claimed += amount;
        emit RewardClaimed(task, node, amount, uint128(cumulative));
        IERC20(record.terms.token).safeTransfer(node, amount);
    }

    /// @inheritdoc ITrainingRewards
    function reclaim(uint256 task) external nonReentrant returns (uint128 amount) {
        Record storage record = _requireTask(task);
        Account storage account = record.account;
        uint40 endedAt = record.endedAt;
        if (endedAt == 0) {
            revert ITrainingRounds.TrainingRoundsWrongPhase(task, record.progress.phase, ITrainingRounds.Phase.Finished);
        }
        if (block.timestamp >= endedAt + CLAIM_PERIOD) account.released = account.claimed;
        amount = record.terms.budget - account.released + account.forfeited - account.reclaimed;
        if (amount == 0) revert TrainingRewardsNothingToReclaim(task);
        account.reclaimed += amount;
        emit BudgetReclaimed(task, record.sponsor, amount);
        IERC20(record.terms.token).safeTransfer(record.sponsor, amount);
    }

    /// @inheritdoc ITrainingRewards
    function claimedBy(uint256 task, address node) external view returns (uint128) {
        return _requireTask(task).claimedBy[node];
    }

    /// @inheritdoc ITrainingRewards
    function accountOf(uint256 task) external view returns (Account memory) {
        return _requireTask(task).account;
    }
}
