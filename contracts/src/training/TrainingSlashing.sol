// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Committee} from "./Committee.sol";
import {ITrainingSlashing} from "./ITrainingSlashing.sol";
import {TrainingCertificates} from "./TrainingCertificates.sol";

/// @dev Implementation of {ITrainingSlashing}.
abstract contract TrainingSlashing is ITrainingSlashing, TrainingCertificates {
    using Committee for Seat[];
    using SafeERC20 for IERC20;

    uint96 private constant SILENCE_PART = 10;
    uint96 private constant REPORTER_PART = 10;

    /// @inheritdoc ITrainingSlashing
    function slashEquivocation(
        uint256 task,
        Vote calldata voteA,
        bytes calldata signatureA,
        Vote calldata voteB,
        bytes calldata signatureB
    )
        external
        nonReentrant
    {
        Record storage record = _requireTask(task);
        address validator = _requireEquivocation(task, voteA, signatureA, voteB, signatureB);
        Holding storage holding = record.holdings[validator];
        if (!holding.hasSeat || record.progress.phase == Phase.Joining) {
            revert TrainingSlashingNoSeat(task, validator);
        }
        uint96 amount = holding.stake;
        if (record.standings[validator].isActive) _deactivate(record, validator);
        holding.stake = 0;
        holding.hasSeat = false;
        uint96 reward = _forfeit(record, amount);
        emit EquivocationSlashed(task, validator, voteA.round, voteA.viewNumber, amount, msg.sender, reward);
        _discount(task, record, record.seats.seatOf(validator));
        IERC20(record.terms.token).safeTransfer(msg.sender, reward);
    }

    /// @inheritdoc ITrainingSlashing
    function slashSilence(uint256 task, address node) external nonReentrant {
        Record storage record = _requireTask(task);
        Standing storage standing = record.standings[node];
        Holding storage holding = record.holdings[node];
        uint32 round = standing.lastRound;
        bool isLate = round < record.progress.round || record.progress.phase > Phase.Revealing;
        if (!standing.hasOpenCommitment || !isLate) revert TrainingSlashingNotSilent(task, node);
        uint96 amount = holding.stake / SILENCE_PART;
        standing.hasOpenCommitment = false;
        holding.stake -= amount;
        if (standing.isActive) record.totalStake -= amount;
        uint96 reward = _forfeit(record, amount);
        emit SilenceSlashed(task, node, round, amount, msg.sender, reward);
        IERC20(record.terms.token).safeTransfer(msg.sender, reward);
    }

    /// @dev Divides what was slashed between who showed it and the sponsor.
    function _forfeit(Record storage record, uint96 amount) private returns (uint96 reward) {
        reward = amount / REPORTER_PART;
        record.account.forfeited += amount - reward;
    }

    /// @dev Who signed both votes.
    function _requireEquivocation(
        uint256 task,
        Vote calldata voteA,
        bytes calldata signatureA,
        Vote calldata voteB,
        bytes calldata signatureB
    )
        private
        view
        returns (address validator)
    {
        bytes32 digestA = voteDigest(voteA);
        bytes32 digestB = voteDigest(voteB);
        bool isOneView = voteA.task == task && voteB.task == task && voteA.round == voteB.round
            && voteA.viewNumber == voteB.viewNumber;
        if (!isOneView || digestA == digestB) revert TrainingSlashingNoEquivocation(task);
        validator = ECDSA.recoverCalldata(digestA, signatureA);
        address other = ECDSA.recoverCalldata(digestB, signatureB);
        if (validator != other) revert TrainingSlashingDifferentSigners(validator, other);
    }
}
