// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Committee} from "./Committee.sol";
import {ITrainingRounds} from "./ITrainingRounds.sol";
import {TrainingMembers} from "./TrainingMembers.sol";
import {TrainingTerms} from "./TrainingTerms.sol";

/// @dev Implementation of {ITrainingRounds}.
abstract contract TrainingRounds is ITrainingRounds, TrainingMembers {
    using Committee for Seat[];

    uint8 private constant MAXIMUM_FAILURES = 3;

    /// @inheritdoc ITrainingRounds
    function start(uint256 task) external {
        Record storage record = _requirePhase(task, Phase.Joining);
        if (msg.sender != record.sponsor) _requirePast(task, record.progress);
        if (!_isComplete(record)) {
            revert TrainingRoundsTooFewMembers(task, record.progress.trainers, record.seats.length);
        }
        _start(task, record);
    }

    /// @inheritdoc ITrainingRounds
    function commit(uint256 task, uint32 round, bytes32 commitment) external {
        Record storage record = _requirePhase(task, Phase.Committing);
        Progress storage progress = record.progress;
        Standing storage standing = record.standings[msg.sender];
        if (round != progress.round) revert TrainingRoundsWrongRound(task, round, progress.round);
        _requireCommitting(task, round, standing);
        standing.commitment = bytes25(commitment);
        standing.lastRound = round;
        standing.hasOpenCommitment = true;
        emit UpdateCommitted(task, msg.sender, round, commitment);
        unchecked {
            // Every active trainer that has not committed is waited for, and there are fewer than 2 ** 24.
            ++progress.committed;
            if (--progress.waiting == 0) _begin(task, record, Phase.Revealing);
        }
    }

    /// @inheritdoc ITrainingRounds
    function reveal(uint256 task, bytes32 sealedDigest, bytes32 salt) external {
        Record storage record = _requirePhase(task, Phase.Revealing);
        if (_open(task, record, msg.sender, sealedDigest, salt)) _countOpened(task, record, 1);
    }

    /// @inheritdoc ITrainingRounds
    function revealAll(uint256 task, Opening[] calldata openings) external {
        Record storage record = _requirePhase(task, Phase.Revealing);
        uint24 opened = 0;
        for (uint256 i = 0; i < openings.length; ++i) {
            Opening calldata opening = openings[i];
            if (_open(task, record, opening.node, opening.sealedDigest, opening.salt)) ++opened;
        }
        _countOpened(task, record, opened);
    }

    /// @inheritdoc ITrainingRounds
    function advance(uint256 task) external {
        Record storage record = _requireTask(task);
        Progress storage progress = record.progress;
        Phase phase = progress.phase;
        bool isDone = phase == Phase.Committing && progress.waiting == 0 || phase == Phase.Revealing
            && progress.revealed == progress.committed;
        if (!isDone) _requirePast(task, progress);
        if (phase == Phase.Joining) {
            if (_isComplete(record)) _start(task, record);
            else _end(task, record);
        } else if (phase == Phase.Committing) {
            _begin(task, record, Phase.Revealing);
        } else if (phase == Phase.Revealing) {
            _endReveals(task, record);
        } else if (phase == Phase.Certifying) {
            _fail(task, record, Failure.NotCertified);
        } else {
            _finalise(task, record);
        }
    }

    /// @inheritdoc ITrainingRounds
    function phaseOf(uint256 task) external view returns (Phase phase, uint32 round, uint40 deadline) {
        Progress storage progress = _requireTask(task).progress;
        return (progress.phase, progress.round, progress.deadline);
    }

    /// @inheritdoc ITrainingRounds
    function commitmentOf(
        uint256 task,
        uint32 round,
        address node,
        bytes32 sealedDigest,
        bytes32 salt
    )
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(task, round, node, sealedDigest, salt));
    }

    /// @dev Makes the result that was certified stand. The round has to be ended with {_endRound} then.
    function _finalise(uint256 task, Record storage record) internal virtual;

    /// @dev Begins a phase of the present round with its full time.
    function _begin(uint256 task, Record storage record, Phase phase) internal {
        uint40 deadline = uint40(block.timestamp + _secondsOf(record.terms, phase));
        record.progress.phase = phase;
        record.progress.deadline = deadline;
        emit PhaseBegan(task, record.progress.round, phase, deadline);
    }

    /// @dev Ends the present round without a result.
    function _fail(uint256 task, Record storage record, Failure failure) internal {
        uint8 failures = ++record.progress.failures;
        emit RoundFailed(task, record.progress.round, failure, failures);
        if (failures == MAXIMUM_FAILURES) _end(task, record);
        else _endRound(task, record);
    }

    /// @dev Begins the next round, or ends the task after the last.
    function _endRound(uint256 task, Record storage record) internal {
        Progress storage progress = record.progress;
        if (progress.round == record.terms.rounds) {
            _end(task, record);
            return;
        }
        ++progress.round;
        progress.waiting = progress.trainers;
        progress.committed = 0;
        progress.revealed = 0;
        progress.signers = 0;
        _begin(task, record, Phase.Committing);
    }

    /// @dev Ends the task: as finished if it came to its end with a result, else as abandoned.
    function _end(uint256 task, Record storage record) private {
        Progress storage progress = record.progress;
        bool isFinished = progress.failures < MAXIMUM_FAILURES && progress.finalRounds > 0;
        progress.phase = isFinished ? Phase.Finished : Phase.Abandoned;
        progress.deadline = 0;
        record.endedAt = uint40(block.timestamp);
        emit PhaseBegan(task, progress.round, progress.phase, 0);
    }

    function _start(uint256 task, Record storage record) private {
        record.seats.sort();
        emit CommitteeFormed(task, record.seats);
        _endRound(task, record);
    }

    function _endReveals(uint256 task, Record storage record) private {
        if (record.progress.revealed < record.terms.minimumNodes) _fail(task, record, Failure.TooFewUpdates);
        else _begin(task, record, Phase.Certifying);
    }

    /// @dev Whether this opened the node's commitment; false if it was open.
    function _open(
        uint256 task,
        Record storage record,
        address node,
        bytes32 sealedDigest,
        bytes32 salt
    )
        private
        returns (bool)
    {
        Standing storage standing = record.standings[node];
        uint32 round = record.progress.round;
        bytes32 commitment = commitmentOf(task, round, node, sealedDigest, salt);
        if (standing.lastRound != round || standing.commitment != bytes25(commitment)) {
            revert TrainingRoundsWrongOpening(task, round, node);
        }
        if (!standing.hasOpenCommitment) return false;
        standing.hasOpenCommitment = false;
        emit UpdateRevealed(task, node, round, sealedDigest);
        return true;
    }

    function _countOpened(uint256 task, Record storage record, uint24 opened) private {
        Progress storage progress = record.progress;
        uint24 revealed = progress.revealed + opened;
        progress.revealed = revealed;
        if (revealed == progress.committed) _endReveals(task, record);
    }

    function _requireCommitting(uint256 task, uint32 round, Standing memory standing) private view {
        if (!standing.isActive) revert TrainingMembersNotActive(task, msg.sender);
        if (standing.roles & TRAINER == 0) revert TrainingMembersRoleMissing(task, msg.sender, TRAINER);
        if (standing.lastRound == round) revert TrainingRoundsAlreadyCommitted(task, round, msg.sender);
        if (standing.hasOpenCommitment) revert TrainingRoundsSilent(task, standing.lastRound, msg.sender);
    }

    function _isComplete(Record storage record) private view returns (bool) {
        TrainingTerms storage terms = record.terms;
        return record.progress.trainers >= terms.minimumNodes && record.seats.length == Committee.size(terms.faults);
    }

    function _requirePast(uint256 task, Progress storage progress) private view {
        uint40 deadline = progress.deadline;
        if (deadline == 0 || block.timestamp < deadline) {
            revert TrainingRoundsTooEarly(task, progress.phase, deadline);
        }
    }

    function _secondsOf(TrainingTerms storage terms, Phase phase) private view returns (uint32) {
        if (phase == Phase.Joining) return terms.joinSeconds;
        if (phase == Phase.Committing) return terms.commitSeconds;
        if (phase == Phase.Revealing) return terms.revealSeconds;
        return phase == Phase.Certifying ? terms.certifySeconds : terms.challengeSeconds;
    }
}
