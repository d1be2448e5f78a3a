// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Payment} from "../economy/Payment.sol";
import {Committee} from "./Committee.sol";
import {ITrainingMembers} from "./ITrainingMembers.sol";
import {ITrainingRounds} from "./ITrainingRounds.sol";
import {TrainingState} from "./TrainingState.sol";

/// @dev Implementation of {ITrainingMembers}.
abstract contract TrainingMembers is ITrainingMembers, TrainingState, ReentrancyGuardTransient {
    using Committee for Seat[];
    using SafeERC20 for IERC20;

    uint8 internal constant TRAINER = 2;
    uint8 internal constant VERIFIER = 8;
    uint8 private constant ALL_ROLES = 15;

    /// @inheritdoc ITrainingMembers
    function join(uint256 task, uint8 roles, uint96 stake, bytes32 sealingKey) external nonReentrant {
        Record storage record = _requireTask(task);
        _requireJoinable(task, record, roles, stake);
        if (sealingKey == 0) revert TrainingMembersZeroKey();
        Holding storage holding = record.holdings[msg.sender];
        record.standings[msg.sender].roles = roles;
        record.standings[msg.sender].isActive = true;
        record.sealingKeys[msg.sender] = sealingKey;
        ++record.keyEpoch;
        record.members.push(msg.sender);
        record.totalStake += stake;
        holding.stake = stake;
        if (roles & TRAINER != 0) _addTrainer(record.progress);
        if (roles & VERIFIER != 0) {
            uint256 places = Committee.size(record.terms.faults);
            address displaced;
            (holding.hasSeat, displaced) = record.seats.take(places, msg.sender, stake);
            if (displaced != address(0)) record.holdings[displaced].hasSeat = false;
        }
        emit MemberJoined(task, msg.sender, roles, stake, sealingKey);
        Payment.transfer(IERC20(record.terms.token), msg.sender, address(this), stake);
    }

    /// @inheritdoc ITrainingMembers
    function rotateKey(uint256 task, bytes32 sealingKey) external {
        Record storage record = _requireActive(task, msg.sender);
        if (sealingKey == 0) revert TrainingMembersZeroKey();
        record.sealingKeys[msg.sender] = sealingKey;
        ++record.keyEpoch;
        emit SealingKeyRotated(task, msg.sender, sealingKey);
    }

    /// @inheritdoc ITrainingMembers
    function quit(uint256 task) external {
        Record storage record = _requireActive(task, msg.sender);
        Holding storage holding = record.holdings[msg.sender];
        _deactivate(record, msg.sender);
        if (holding.hasSeat && record.progress.phase == ITrainingRounds.Phase.Joining) {
            record.seats.vacate(msg.sender);
            holding.hasSeat = false;
        }
        uint40 withdrawableAt = uint40(block.timestamp + record.terms.unbondingSeconds);
        holding.withdrawableAt = withdrawableAt;
        emit MemberLeft(task, msg.sender, withdrawableAt);
    }

    /// @inheritdoc ITrainingMembers
    function withdraw(uint256 task) external nonReentrant returns (uint96 amount) {
        Record storage record = _requireTask(task);
        Holding storage holding = record.holdings[msg.sender];
        uint40 withdrawableAt = holding.withdrawableAt;
        amount = holding.stake;
        if (withdrawableAt == 0 || amount == 0 || block.timestamp < withdrawableAt) {
            revert TrainingMembersNotWithdrawable(task, msg.sender, withdrawableAt);
        }
        holding.stake = 0;
        emit StakeReturned(task, msg.sender, amount);
        IERC20(record.terms.token).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc ITrainingMembers
    function memberOf(uint256 task, address account) external view returns (Member memory) {
        Record storage record = _requireTask(task);
        Standing memory standing = record.standings[account];
        Holding memory holding = record.holdings[account];
        return Member({
            roles: standing.roles,
            isActive: standing.isActive,
            hasSeat: standing.isActive && holding.hasSeat,
            hasOpenCommitment: standing.hasOpenCommitment,
            lastRound: standing.lastRound,
            commitment: standing.commitment,
            stake: holding.stake,
            withdrawableAt: holding.withdrawableAt,
            sealingKey: record.sealingKeys[account]
        });
    }

    /// @inheritdoc ITrainingMembers
    function membersOf(uint256 task) external view returns (address[] memory) {
        return _requireTask(task).members;
    }

    /// @inheritdoc ITrainingMembers
    function committeeOf(uint256 task) external view returns (Seat[] memory) {
        return _requireTask(task).seats;
    }

    /// @inheritdoc ITrainingMembers
    function sealingKeysOf(uint256 task) external view returns (uint32 epoch, SealingKey[] memory keys) {
        Record storage record = _requireTask(task);
        Seat[] memory seats = record.seats;
        uint256 count = 0;
        keys = new SealingKey[](seats.length);
        for (uint256 i = 0; i < seats.length; ++i) {
            address validator = seats[i].validator;
            if (seats[i].weight == 0) continue;
            keys[count] = SealingKey(validator, record.sealingKeys[validator]);
            ++count;
        }
        // The keys of seats without a vote are left out.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(keys, count)
        }
        return (record.keyEpoch, keys);
    }

    /// @inheritdoc ITrainingMembers
    function totalStakeOf(uint256 task) external view returns (uint128) {
        return _requireTask(task).totalStake;
    }

    /// @dev Ends what an active member does in the task: nobody waits for it, and its seat has no vote.
    function _deactivate(Record storage record, address account) internal {
        Standing storage standing = record.standings[account];
        Progress storage progress = record.progress;
        standing.isActive = false;
        ++record.keyEpoch;
        record.totalStake -= record.holdings[account].stake;
        if (standing.roles & TRAINER != 0) {
            --progress.trainers;
            bool isWaitedFor =
                progress.phase == ITrainingRounds.Phase.Committing && standing.lastRound != progress.round;
            if (isWaitedFor) --progress.waiting;
        }
        if (record.holdings[account].hasSeat) record.seats[record.seats.seatOf(account)].weight = 0;
    }

    function _requireActive(uint256 task, address account) internal view returns (Record storage record) {
        record = _requireTask(task);
        if (!record.standings[account].isActive) revert TrainingMembersNotActive(task, account);
    }

    function _addTrainer(Progress storage progress) private {
        ++progress.trainers;
        if (progress.phase == ITrainingRounds.Phase.Committing) ++progress.waiting;
    }

    function _requireJoinable(uint256 task, Record storage record, uint8 roles, uint96 stake) private view {
        ITrainingRounds.Phase phase = record.progress.phase;
        if (phase >= ITrainingRounds.Phase.Finished) {
            revert ITrainingRounds.TrainingRoundsWrongPhase(task, phase, ITrainingRounds.Phase.Joining);
        }
        if (roles == 0 || roles > ALL_ROLES) revert TrainingMembersUnknownRoles(roles);
        if (roles & VERIFIER != 0 && phase != ITrainingRounds.Phase.Joining) {
            revert TrainingMembersCommitteeClosed(task);
        }
        if (record.standings[msg.sender].roles != 0) revert TrainingMembersAlreadyJoined(task, msg.sender);
        uint96 minimum = record.terms.minimumStake;
        if (stake < minimum) revert TrainingMembersStakeTooSmall(task, stake, minimum);
    }
}
