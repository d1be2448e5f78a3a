// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Rounds: commitments, and what they hid
 * @notice In each round trainers first commit to their sealed updates, and reveal them when nobody can commit any more, so
 * that nobody can pass another's update off as its own. The committee then certifies the result.
 *
 * A phase ends when its work is done, or when anyone ends it after its deadline by {advance}; until somebody does, late
 * work still counts. Each phase has its full time from when it begins, so that time in which the chain or everyone was
 * away is held against nobody.
 *
 * A round fails if fewer than the minimum of updates are revealed, if no certificate comes in time, or if its result is
 * overturned. It pays nothing and is not repeated, for a validator must never have to vote twice on one round: the next
 * round begins. Three failures in a row abandon the task, and so does an end without any final round.
 * @dev No step walks through the members.
 */
interface ITrainingRounds {
    /// @notice Where a task stands; the last two have no deadline.
    enum Phase {
        None,
        Joining,
        Committing,
        Revealing,
        Certifying,
        Challenging,
        Finished,
        Abandoned
    }

    /// @notice Why a round failed.
    enum Failure {
        TooFewUpdates,
        NotCertified,
        Overturned
    }

    /// @notice What a commitment hid.
    struct Opening {
        address node;
        bytes32 sealedDigest;
        bytes32 salt;
    }

    /// @notice The task is in another phase, of round `round`; anyone can end it after `deadline`, if that is not 0.
    event PhaseBegan(uint256 indexed task, uint32 indexed round, Phase phase, uint40 deadline);

    /// @notice The node committed to an update.
    event UpdateCommitted(uint256 indexed task, address indexed node, uint32 round, bytes32 commitment);

    /// @notice The node's update is the folder with this digest.
    event UpdateRevealed(uint256 indexed task, address indexed node, uint32 round, bytes32 sealedDigest);

    /// @notice The round pays nothing; it is the `failures`th in a row.
    event RoundFailed(uint256 indexed task, uint32 indexed round, Failure failure, uint8 failures);

    /// @notice No task has this number.
    error TrainingRoundsUnknownTask(uint256 task);

    /// @notice The step belongs to another phase than the task is in.
    error TrainingRoundsWrongPhase(uint256 task, Phase phase, Phase needed);

    /// @notice The phase can be ended by others than the work itself at `deadline`; of the last phases it is 0.
    error TrainingRoundsTooEarly(uint256 task, Phase phase, uint40 deadline);

    /// @notice Too few trainers or validators joined.
    error TrainingRoundsTooFewMembers(uint256 task, uint256 trainers, uint256 validators);

    /// @notice The commitment is for another round than the task is in.
    error TrainingRoundsWrongRound(uint256 task, uint32 round, uint32 present);

    /// @notice The node committed in this round already.
    error TrainingRoundsAlreadyCommitted(uint256 task, uint32 round, address node);

    /// @notice The node did not reveal what it committed to in `round`: before it goes on it has to be slashed for that.
    error TrainingRoundsSilent(uint256 task, uint32 round, address node);

    /// @notice The node did not commit in this round, or digest and salt are not those that it committed to.
    error TrainingRoundsWrongOpening(uint256 task, uint32 round, address node);

    /// @notice Starts the task if enough have joined: the sponsor at any time, anyone after the deadline.
    function start(uint256 task) external;

    /**
     * @notice Commits the caller, a trainer, to an update. See {commitmentOf}.
     * @param round the present one: a transaction that comes late must not commit to what cannot be opened.
     */
    function commit(uint256 task, uint32 round, bytes32 commitment) external;

    /**
     * @notice Opens the caller's commitment; one that is open already stays as it is.
     * @param sealedDigest SHA-256 of the root block of the folder with the sealed update.
     */
    function reveal(uint256 task, bytes32 sealedDigest, bytes32 salt) external;

    /**
     * @notice Opens the commitments of several nodes. Anyone can: who knows what a commitment hid has it from its node.
     * @dev As one that is open already is no error, nobody can hold the others up by sending one of them before.
     */
    function revealAll(uint256 task, Opening[] calldata openings) external;

    /// @notice Ends a phase that is past its deadline, or that waits for nobody. Anyone can.
    function advance(uint256 task) external;

    /**
     * @notice The hash that commits `node` to an update: of task, round, node, digest and salt in ABI encoding.
     * @dev Its first 25 bytes are kept.
     */
    function commitmentOf(
        uint256 task,
        uint32 round,
        address node,
        bytes32 sealedDigest,
        bytes32 salt
    )
        external
        pure
        returns (bytes32);

    /// @notice Where the task stands, since when the deadline counts, and which round it is in.
    function phaseOf(uint256 task) external view returns (Phase phase, uint32 round, uint40 deadline);
}
