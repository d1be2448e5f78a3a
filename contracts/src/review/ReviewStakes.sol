// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Permit} from "../licence/Permit.sol";
import {IReviewStakes} from "./IReviewStakes.sol";

/// @dev Implementation of {IReviewStakes}.
abstract contract ReviewStakes is IReviewStakes {
    using SafeERC20 for IERC20;

    address private immutable _currency;
    uint32 private immutable _unbondingPeriod;

    mapping(address account => Stake) private _stakes;

    constructor(address currency_, uint32 unbondingPeriod) {
        _currency = currency_;
        _unbondingPeriod = unbondingPeriod;
    }

    /// @inheritdoc IReviewStakes
    function stake(uint96 amount) external {
        _stake(amount);
    }

    /// @inheritdoc IReviewStakes
    function stakeWithPermit(uint96 amount, Permit calldata permit) external {
        // Somebody may have submitted the permit before: whether the allowance suffices shows when it is used.
        try IERC20Permit(_currency)
            .permit(msg.sender, address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
        _stake(amount);
    }

    /// @inheritdoc IReviewStakes
    function unstake(uint96 amount) external {
        if (amount == 0) revert ReviewStakesZeroAmount();
        Stake storage held = _requireFree(msg.sender, amount);
        uint40 withdrawableAt = uint40(block.timestamp + _unbondingPeriod);
        held.free -= amount;
        held.unbonding += amount;
        held.withdrawableAt = withdrawableAt;
        emit UnstakeBegun(msg.sender, amount, held.unbonding, withdrawableAt);
    }

    /// @inheritdoc IReviewStakes
    function withdraw() external returns (uint96 amount) {
        Stake storage held = _stakes[msg.sender];
        amount = held.unbonding;
        if (amount == 0 || block.timestamp < held.withdrawableAt) {
            revert ReviewStakesNotWithdrawable(msg.sender, held.withdrawableAt);
        }
        held.unbonding = 0;
        held.withdrawableAt = 0;
        emit StakeWithdrawn(msg.sender, amount);
        IERC20(_currency).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IReviewStakes
    function stakeOf(address account) external view returns (Stake memory) {
        return _stakes[account];
    }

    /// @inheritdoc IReviewStakes
    function currency() external view returns (address) {
        return _currency;
    }

    /// @dev Takes `amount` of the free stake out of its owner's hands.
    function _lock(address account, uint96 amount) internal {
        Stake storage held = _requireFree(account, amount);
        held.free -= amount;
        held.locked += amount;
    }

    /// @dev Gives `returned` into the account's hands for the `amount` that was locked: less if it was slashed, more if
    /// it was rewarded.
    function _unlock(address account, uint96 amount, uint96 returned) internal {
        Stake storage held = _stakes[account];
        held.locked -= amount;
        held.free += returned;
    }

    function _stake(uint96 amount) private {
        if (amount == 0) revert ReviewStakesZeroAmount();
        Stake storage held = _stakes[msg.sender];
        held.free += amount;
        emit StakeAdded(msg.sender, amount, held.free);
        IERC20(_currency).safeTransferFrom(msg.sender, address(this), amount);
    }

    function _requireFree(address account, uint96 amount) private view returns (Stake storage held) {
        held = _stakes[account];
        if (held.free < amount) revert ReviewStakesTooSmall(account, held.free, amount);
    }
}
