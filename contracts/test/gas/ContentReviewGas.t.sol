// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {Reviewing} from "../review/Reviewing.sol";

/// @dev What a review costs, kept in snapshots/.
contract ContentReviewGasTest is Reviewing {
    function test_Review() public {
        uint64 caseId = _opened();
        vm.snapshotGasLastCall("ContentReview", "open a case");
        for (uint256 i = 0; i < 4; ++i) {
            _commits(caseId, _reviewer(i), i < 3 ? IReviewCases.Vote.Uphold : IReviewCases.Vote.Reject);
        }
        vm.snapshotGasLastCall("ContentReview", "commit to a vote");
        _pass(caseId);
        for (uint256 i = 0; i < 4; ++i) {
            _review.reveal(caseId, _reviewer(i), i < 3 ? IReviewCases.Vote.Uphold : IReviewCases.Vote.Reject, SALT);
        }
        vm.snapshotGasLastCall("ContentReview", "open a vote");
        _review.close(caseId);
        vm.snapshotGasLastCall("ContentReview", "close with an attestation");
        _appealed(caseId, CREATOR);
        vm.snapshotGasLastCall("ContentReview", "appeal");
        _voted(caseId, 4, 0, 4, 0);
        vm.snapshotGasLastCall("ContentReview", "close an appeal that overturns");
        _review.claim(caseId, _reviewer(0));
        vm.snapshotGasLastCall("ContentReview", "claim, the case's first");
        _review.claim(caseId, _reviewer(4));
        vm.snapshotGasLastCall("ContentReview", "claim");
    }

    function test_Stake() public {
        _token.transfer(THIEF, STAKE);
        vm.startPrank(THIEF);
        _token.approve(address(_review), STAKE);
        _review.stake(STAKE);
        vm.snapshotGasLastCall("ContentReview", "stake for the first time");
        _review.unstake(STAKE);
        vm.snapshotGasLastCall("ContentReview", "unstake");
        vm.warp(block.timestamp + _rules().unbondingPeriod);
        _review.withdraw();
        vm.snapshotGasLastCall("ContentReview", "withdraw");
    }
}
