// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Rewards: what nodes earned, and what the sponsor has back
 * @notice Every round that becomes final releases an even part of the budget. The certified root names what each node has
 * earned from the first round on, so that one proof claims everything since the last claim. All claims together never pay
 * more than was released, whatever the root says.
 *
 * When the task has ended the sponsor has back what was not released and what was slashed; 180 days later also what nobody
 * claimed, so that nothing stays behind.
 */
interface ITrainingRewards {
    /**
     * @notice The money of a task but its stakes.
     * @param released what final rounds have released of the budget.
     * @param claimed what nodes have had of that.
     * @param forfeited what was slashed and waits for the sponsor.
     * @param reclaimed what the sponsor has had back, of the budget and of what was slashed.
     * @param root of the Merkle tree that claims are proven against; 0 before a round is final.
     */
    struct Account {
        uint128 released;
        uint128 claimed;
        uint128 forfeited;
        uint128 reclaimed;
        bytes32 root;
    }

    /// @notice The node was paid `amount`; it had `cumulative` in all.
    event RewardClaimed(uint256 indexed task, address indexed node, uint128 amount, uint128 cumulative);

    /// @notice The sponsor has `amount` back.
    event BudgetReclaimed(uint256 indexed task, address indexed sponsor, uint128 amount);

    /// @notice The proof does not lead to the root of the last final round.
    error TrainingRewardsWrongProof(uint256 task, address node, uint256 cumulative);

    /// @notice The node has had all that it earned.
    error TrainingRewardsNothingToClaim(uint256 task, address node, uint256 claimed);

    /// @notice Claims can pay no more than final rounds have released and nobody has had.
    error TrainingRewardsOverReleased(uint256 task, uint256 amount, uint256 available);

    /// @notice The sponsor has nothing to have back now.
    error TrainingRewardsNothingToReclaim(uint256 task);

    /**
     * @notice Pays a node what it earned and has not had. Anyone can have it paid.
     * @param cumulative what it earned from the first round on, as in the tree's leaf: node and amount, ABI-encoded.
     * @return amount what was paid.
     */
    function claim(
        uint256 task,
        address node,
        uint256 cumulative,
        bytes32[] calldata proof
    )
        external
        returns (uint128 amount);

    /// @notice Pays the sponsor of a task that has ended what is due to it, see above. Anyone can have it paid.
    function reclaim(uint256 task) external returns (uint128 amount);

    /// @notice What the node has claimed in all.
    function claimedBy(uint256 task, address node) external view returns (uint128);

    /// @notice The money of the task but its stakes.
    function accountOf(uint256 task) external view returns (Account memory);
}
