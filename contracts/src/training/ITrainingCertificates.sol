// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Certificates: a quorum's signatures under a round's result
 * @notice A certificate is valid if at least 2f+1 seats of the committee, with more than two thirds of the weight that the
 * committee has left, signed the same vote in the same view. Votes are EIP-712 messages, so that none counts for another
 * task, round, contract or chain.
 *
 * In the challenge window a result is overturned by one thing alone: validators among its signers are proven to have
 * signed two different votes in one round and view of this task ({ITrainingSlashing}), and fewer than 2f+1 signers are left
 * without them. A result that somebody thinks poor is never overturned.
 */
interface ITrainingCertificates {
    /**
     * @notice A validator's vote on the result of a round.
     * @param viewNumber `view` in the signed message: which primary of the round proposed the result.
     * @param aggregate SHA-256 of the new global parameters.
     * @param record SHA-256 of the root block of the folder that holds them and what led to them.
     * @param contributions root of the Merkle tree of what each node has earned from the first round on.
     */
    struct Vote {
        uint256 task;
        uint32 round;
        uint32 viewNumber;
        bytes32 aggregate;
        bytes32 record;
        bytes32 contributions;
    }

    /// @notice The committee agreed on the round's result; bit i of `signers` is set if seat i signed.
    event RoundCertified(
        uint256 indexed task,
        uint32 indexed round,
        bytes32 aggregate,
        bytes32 record,
        bytes32 contributions,
        uint32 viewNumber,
        uint32 signers
    );

    /// @notice The round's result stands, and with it `released` of the budget can be claimed in all.
    event RoundFinalised(uint256 indexed task, uint32 indexed round, bytes32 contributions, uint128 released);

    /// @notice A result consists of three digests, none of them 0.
    error TrainingCertificatesZeroDigest();

    /// @notice A signature's signer has no seat with a vote, or signatures are not in the order of their signers.
    error TrainingCertificatesWrongSigner(uint256 task, uint32 round, address signer);

    /// @notice The signers are too few, or have too little of the committee's weight.
    error TrainingCertificatesNoQuorum(
        uint256 task, uint256 signatures, uint256 neededSignatures, uint256 weight, uint256 committeeWeight
    );

    /**
     * @notice Certifies the result of the task's present round. Anyone can bring it.
     * @param signatures of 65 bytes each, in ascending order of their signers' addresses.
     */
    function certify(
        uint256 task,
        bytes32 aggregate,
        bytes32 record,
        bytes32 contributions,
        uint32 viewNumber,
        bytes[] calldata signatures
    )
        external;

    /// @notice What a validator signs for this vote.
    function voteDigest(Vote calldata vote) external view returns (bytes32);

    /**
     * @notice What was certified: keccak256 of round, aggregate, record and contributions in ABI encoding; 0 if nothing.
     * @dev The values themselves are in {RoundCertified}. The result of the present round may still be overturned.
     */
    function resultOf(uint256 task, uint32 round) external view returns (bytes32);
}
