// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IReviewAttestations} from "./IReviewAttestations.sol";
import {IReviewStakes} from "./IReviewStakes.sol";

/**
 * @title Community review of generated content
 * @notice Reviewers with a stake flag a content or confirm it, and others decide by secret votes ({IReviewCases}). Who was
 * wrong or silent loses a bounded part of the lock, and who was right shares it: all of it, to the unit, for the last to
 * claim takes what rounding leaves. Nobody owns the contract, and its rules never change.
 * @dev Money comes in by stakes and goes out by withdrawals alone; a case only moves it between stakes.
 */
interface IContentReview is IReviewAttestations, IReviewStakes {
    /// @notice The account's locks in the case ended: `locked` became free again, less `slashed`, and `reward` more.
    event LocksReleased(uint64 indexed caseId, address indexed account, uint96 locked, uint96 slashed, uint96 reward);

    /// @notice The account has nothing locked in the case.
    error ContentReviewNothingLocked(uint64 caseId, address account);

    /// @notice Ends all locks of an account in a case that is final, with losses and rewards. Anyone can.
    /// @return returned what the account's free stake grew by.
    function claim(uint64 caseId, address account) external returns (uint96 returned);

    /// @notice What {claim} would do now: all 0 if nothing is locked. Of a case that is not final it tells the locks.
    function claimable(
        uint64 caseId,
        address account
    )
        external
        view
        returns (uint96 locked, uint96 slashed, uint96 reward);
}
