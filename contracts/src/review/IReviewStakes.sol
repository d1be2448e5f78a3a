// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../licence/Permit.sol";

/**
 * @title What reviewers stake
 * @notice All money of a review is stake: votes, flags and appeals lock a part of it, and rewards are added to it. What is
 * free can be taken back; it then rests for the unbonding period, in which it can be used for nothing.
 */
interface IReviewStakes {
    /**
     * @notice An account's stake; the three sums are apart from each other.
     * @param free what can be locked or taken back.
     * @param locked what votes, flags and appeals hold.
     * @param unbonding what is on its way out.
     * @param withdrawableAt when that can be withdrawn, in seconds since 1970.
     */
    struct Stake {
        uint96 free;
        uint96 locked;
        uint40 withdrawableAt;
        uint96 unbonding;
    }

    /// @notice The account's free stake grew to `free`.
    event StakeAdded(address indexed account, uint96 amount, uint96 free);

    /// @notice The account takes `amount` back; all its `unbonding` stake can be withdrawn at `withdrawableAt`.
    event UnstakeBegun(address indexed account, uint96 amount, uint96 unbonding, uint40 withdrawableAt);

    /// @notice The account has `amount` back.
    event StakeWithdrawn(address indexed account, uint96 amount);

    /// @notice An amount has to be more than nothing.
    error ReviewStakesZeroAmount();

    /// @notice The account's free stake does not suffice.
    error ReviewStakesTooSmall(address account, uint96 free, uint96 needed);

    /// @notice Nothing can be withdrawn before `withdrawableAt`; 0 if nothing is on its way out.
    error ReviewStakesNotWithdrawable(address account, uint40 withdrawableAt);

    /// @notice Stakes what the caller allowed this contract to take.
    function stake(uint96 amount) external;

    /// @notice As {stake}, with the allowance by signature in the same transaction (ERC-2612).
    function stakeWithPermit(uint96 amount, Permit calldata permit) external;

    /// @notice Takes a part of the caller's free stake back. What is on its way out already begins its time anew.
    function unstake(uint96 amount) external;

    /// @notice Pays out what the caller took back, when its time has passed.
    function withdraw() external returns (uint96 amount);

    /// @notice The account's stake.
    function stakeOf(address account) external view returns (Stake memory);

    /// @notice The ERC-20 token that is staked.
    function currency() external view returns (address);
}
