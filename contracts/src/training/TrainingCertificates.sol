// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Committee} from "./Committee.sol";
import {ITrainingCertificates} from "./ITrainingCertificates.sol";
import {ITrainingRewards} from "./ITrainingRewards.sol";
import {TrainingRounds} from "./TrainingRounds.sol";

/// @dev Implementation of {ITrainingCertificates}.
abstract contract TrainingCertificates is ITrainingCertificates, TrainingRounds, EIP712("Assay Training", "1") {
    bytes32 private constant VOTE_TYPEHASH = keccak256(
        "RoundVote(uint256 task,uint32 round,uint32 view,bytes32 aggregate,bytes32 record,bytes32 contributions)"
    );

    /// @inheritdoc ITrainingCertificates
    function certify(
        uint256 task,
        bytes32 aggregate,
        bytes32 record,
        bytes32 contributions,
        uint32 viewNumber,
        bytes[] calldata signatures
    )
        external
    {
        if (aggregate == 0 || record == 0 || contributions == 0) revert TrainingCertificatesZeroDigest();
        Record storage stored = _requirePhase(task, Phase.Certifying);
        Vote memory vote = Vote(task, stored.progress.round, viewNumber, aggregate, record, contributions);
        uint32 signers = _requireQuorum(stored, vote, signatures);
        stored.progress.signers = signers;
        stored.pendingRoot = contributions;
        stored.results[vote.round] = keccak256(abi.encode(vote.round, aggregate, record, contributions));
        emit RoundCertified(task, vote.round, aggregate, record, contributions, viewNumber, signers);
        if (stored.terms.challengeSeconds == 0) _finalise(task, stored);
        else _begin(task, stored, Phase.Challenging);
    }

    /// @inheritdoc ITrainingCertificates
    function resultOf(uint256 task, uint32 round) external view returns (bytes32) {
        return _requireTask(task).results[round];
    }

    /// @inheritdoc ITrainingCertificates
    function voteDigest(Vote memory vote) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(VOTE_TYPEHASH, vote)));
    }

    /// @dev The even part of the budget for each final round; with the last of them it is all.
    function _finalise(uint256 task, Record storage record) internal override {
        uint32 finalRounds = ++record.progress.finalRounds;
        record.progress.failures = 0;
        ITrainingRewards.Account storage account = record.account;
        uint128 released = uint128(uint256(record.terms.budget) * finalRounds / record.terms.rounds);
        account.released = released;
        account.root = record.pendingRoot;
        emit RoundFinalised(task, record.progress.round, account.root, released);
        _endRound(task, record);
    }

    /// @dev Takes the validator's signature out of the certificate that can be overturned, and overturns it if too few are
    /// left.
    function _discount(uint256 task, Record storage record, uint256 seat) internal {
        Progress storage progress = record.progress;
        if (progress.phase != Phase.Challenging) return;
        progress.signers &= ~uint32(1 << seat);
        if (Committee.count(progress.signers) >= Committee.quorum(record.terms.faults)) return;
        delete record.results[progress.round];
        _fail(task, record, Failure.Overturned);
    }

    /// @dev Walks through signatures and seats, both in the order of addresses.
    function _requireQuorum(
        Record storage record,
        Vote memory vote,
        bytes[] calldata signatures
    )
        private
        view
        returns (uint32 signers)
    {
        Seat[] memory seats = record.seats;
        bytes32 digest = voteDigest(vote);
        uint256 weight = 0;
        uint256 committeeWeight = 0;
        uint256 next = 0;
        for (uint256 i = 0; i < signatures.length; ++i) {
            address signer = ECDSA.recoverCalldata(digest, signatures[i]);
            while (next < seats.length && seats[next].validator < signer) ++next;
            if (next == seats.length || seats[next].validator != signer || seats[next].weight == 0) {
                revert TrainingCertificatesWrongSigner(vote.task, vote.round, signer);
            }
            weight += seats[next].weight;
            signers |= uint32(1 << next);
            ++next;
        }
        for (uint256 seat = 0; seat < seats.length; ++seat) {
            committeeWeight += seats[seat].weight;
        }
        uint256 needed = Committee.quorum(record.terms.faults);
        if (signatures.length < needed || 3 * weight <= 2 * committeeWeight) {
            revert TrainingCertificatesNoQuorum(vote.task, signatures.length, needed, weight, committeeWeight);
        }
    }
}
