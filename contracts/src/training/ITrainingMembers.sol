// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Members of a task: their roles, stakes, keys and seats
 * @notice Whoever stakes enough joins a task in the roles that it takes on. Verifiers take the 3f+1 seats of the committee
 * before the task starts; when all are taken, who stakes more than the least of them takes its seat. The seats and their
 * weights, which are the stakes, are fixed at the start. Others can join later too.
 *
 * A member can leave at any time. Its stake then rests for the unbonding period, in which it can still be slashed, and is
 * paid out afterwards whatever became of the task.
 * @dev Roles are bits: data provider 1, trainer 2, inference node 4, verifier 8.
 */
interface ITrainingMembers {
    /**
     * @notice A member of a task.
     * @param roles bits of what it may do; 0 if the account is no member.
     * @param isActive whether it takes part: it neither left nor was slashed for equivocation.
     * @param hasSeat whether it is of the committee.
     * @param hasOpenCommitment whether it committed to an update in `lastRound` and did not reveal it.
     * @param lastRound the last round in which it committed to an update; 0 if it never did.
     * @param commitment the first 25 bytes of its last one.
     * @param stake what it has in the contract.
     * @param withdrawableAt when that can be paid out, in seconds since 1970; 0 if it did not leave.
     * @param sealingKey the X25519 key to which others seal what only it may read.
     */
    struct Member {
        uint8 roles;
        bool isActive;
        bool hasSeat;
        bool hasOpenCommitment;
        uint32 lastRound;
        bytes25 commitment;
        uint96 stake;
        uint40 withdrawableAt;
        bytes32 sealingKey;
    }

    /**
     * @notice A seat of the committee; seats are in the order of their addresses once the task has started.
     * @param weight the validator's stake at the start; 0 since it left or was slashed, and then it has no vote.
     */
    struct Seat {
        address validator;
        uint96 weight;
    }

    /// @notice To what others seal what a validator may read.
    struct SealingKey {
        address validator;
        bytes32 key;
    }

    /// @notice An account joined the task.
    event MemberJoined(uint256 indexed task, address indexed account, uint8 roles, uint96 stake, bytes32 sealingKey);

    /// @notice What is sealed for the member from now on has to be sealed to this key.
    event SealingKeyRotated(uint256 indexed task, address indexed account, bytes32 sealingKey);

    /// @notice The member left; its stake can be withdrawn at `withdrawableAt`.
    event MemberLeft(uint256 indexed task, address indexed account, uint40 withdrawableAt);

    /// @notice The member has its stake back.
    event StakeReturned(uint256 indexed task, address indexed account, uint96 amount);

    /// @notice The committee of the task is fixed.
    event CommitteeFormed(uint256 indexed task, Seat[] seats);

    /// @notice Roles are bits from 1 to 8, and at least one.
    error TrainingMembersUnknownRoles(uint8 roles);

    /// @notice The stake is below what the task asks for.
    error TrainingMembersStakeTooSmall(uint256 task, uint96 stake, uint96 minimum);

    /// @notice The account joined before; who left a task cannot come back to it.
    error TrainingMembersAlreadyJoined(uint256 task, address account);

    /// @notice The committee's seats are fixed when the task starts: there is no use for another verifier.
    error TrainingMembersCommitteeClosed(uint256 task);

    /// @notice The account is no active member of the task.
    error TrainingMembersNotActive(uint256 task, address account);

    /// @notice The member joined without this role.
    error TrainingMembersRoleMissing(uint256 task, address account, uint8 role);

    /// @notice A sealing key is needed.
    error TrainingMembersZeroKey();

    /// @notice Nothing can be withdrawn before `withdrawableAt`; 0 if the account did not leave or has nothing left.
    error TrainingMembersNotWithdrawable(uint256 task, address account, uint40 withdrawableAt);

    /**
     * @notice Joins a task with a stake that the caller allowed this contract to take.
     * @param roles bits, see above.
     * @param sealingKey an X25519 key.
     */
    function join(uint256 task, uint8 roles, uint96 stake, bytes32 sealingKey) external;

    /// @notice Replaces the caller's sealing key.
    function rotateKey(uint256 task, bytes32 sealingKey) external;

    /// @notice Ends the caller's part in the task, with its seat in the committee. What it committed to stays due.
    function quit(uint256 task) external;

    /// @notice Pays out the stake of a caller who left, when its time has passed.
    function withdraw(uint256 task) external returns (uint96 amount);

    /// @notice The account as a member of the task.
    function memberOf(uint256 task, address account) external view returns (Member memory);

    /// @notice All who ever joined the task, in that order.
    function membersOf(uint256 task) external view returns (address[] memory);

    /// @notice The seats of the committee; before the start, those that are taken so far.
    function committeeOf(uint256 task) external view returns (Seat[] memory);

    /**
     * @notice The sealing keys of the committee's seats that have a vote.
     * @return epoch counts whatever changes such keys, in the whole task.
     */
    function sealingKeysOf(uint256 task) external view returns (uint32 epoch, SealingKey[] memory keys);

    /// @notice The stakes of all active members; a member's part of it is its weight.
    function totalStakeOf(uint256 task) external view returns (uint128);
}
