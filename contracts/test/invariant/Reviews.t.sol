// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Attestation} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";

import {IReviewAttestations} from "../../src/review/IReviewAttestations.sol";
import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {IReviewStakes} from "../../src/review/IReviewStakes.sol";
import {Reviewing} from "../review/Reviewing.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {ReviewHandler} from "./handlers/ReviewHandler.sol";

contract ReviewInvariants is Reviewing, InvariantCase {
    uint256 private constant MONEY = 1_000_000e6;

    ReviewHandler private _handler;
    uint256 private _before;

    function setUp() public override {
        super.setUp();
        _handler = new ReviewHandler(_review, _token, _contentId, _provenance());
        _before = _token.balanceOf(address(_review));
        for (uint256 i = 0; i < _handler.MEMBERS(); ++i) {
            _token.transfer(_handler.member(i), MONEY);
            _handler.stake(i, 50e6);
        }
        _target(address(_handler));
    }

    function invariant_V1_MoneyInIsMoneyOutAndHeld() public view {
        uint256 held = _before + _handler.paidIn() - _handler.paidOut();
        vm.assertEq(_token.balanceOf(address(_review)), held);
        (uint256 available, uint256 locked) = _stakes();
        vm.assertTrue(available <= held);
        // Losses that were not taken yet, and rewards that were not given; shares are rounded down until the last.
        (uint256 losses, uint256 rewards) = _outstanding();
        uint256 owed = available + locked + rewards - losses;
        vm.assertTrue(owed <= held && held - owed < 2 * _handler.MEMBERS() * (_review.caseCount() + 1));
    }

    function invariant_V2_NobodyLosesMoreThanTheLocks() public view {
        vm.assertEq(_handler.excessiveSlashes(), 0);
        vm.assertEq(_handler.wrongReleases(), 0);
        for (uint256 i = 0; i < _handler.MEMBERS(); ++i) {
            address account = _handler.member(i);
            uint256 locked;
            for (uint64 caseId = 1; caseId <= _review.caseCount(); ++caseId) {
                locked += _handler.lockedIn(caseId, account);
            }
            vm.assertEq(_review.stakeOf(account).locked, locked);
        }
    }

    function invariant_V3_NoStepThatIsDueFails() public view {
        vm.assertEq(_handler.stuckSteps(), 0);
    }

    function invariant_V4_PartiesAndCopiesHaveNoVote() public view {
        vm.assertEq(_handler.partialVotes(), 0);
        vm.assertEq(_handler.copiedVotes(), 0);
    }

    function invariant_V5_WhatStandsIsAttestedOnce() public view {
        IReviewAttestations.Outcome[] memory outcomes = _review.outcome(_contentId);
        for (uint256 i = 0; i < outcomes.length; ++i) {
            Attestation memory made = _service.getAttestation(outcomes[i].attestation);
            vm.assertTrue(made.uid != 0 && made.revocationTime == 0);
            vm.assertEq(made.attester, address(_review));
            if (made.refUID != 0) vm.assertTrue(_service.getAttestation(made.refUID).revocationTime != 0);
        }
    }

    function afterInvariant() public {
        _handler.endAll();

        vm.assertEq(_handler.stuckSteps(), 0);
        (uint256 available, uint256 locked) = _stakes();
        vm.assertEq(locked, 0);
        vm.assertEq(available, _token.balanceOf(address(_review)));
        for (uint64 caseId = 1; caseId <= _review.caseCount(); ++caseId) {
            _requirePhase(caseId, IReviewCases.Phase.Final);
        }
    }

    function _outstanding() private view returns (uint256 losses, uint256 rewards) {
        for (uint64 caseId = 1; caseId <= _review.caseCount(); ++caseId) {
            for (uint256 i = 0; i < _handler.MEMBERS(); ++i) {
                (, uint96 slashed, uint96 reward) = _review.claimable(caseId, _handler.member(i));
                losses += slashed;
                rewards += reward;
            }
        }
    }

    /// @dev The stakes of everybody who ever staked.
    function _stakes() private view returns (uint256 available, uint256 locked) {
        (available, locked) = _add(OPENER, 0, 0);
        (available, locked) = _add(BUYER, available, locked);
        (available, locked) = _add(CREATOR, available, locked);
        for (uint256 i = 0; i < REVIEWERS; ++i) {
            (available, locked) = _add(_reviewer(i), available, locked);
        }
    }

    function _add(
        address account,
        uint256 available,
        uint256 locked
    )
        private
        view
        returns (uint256 moreAvailable, uint256 moreLocked)
    {
        IReviewStakes.Stake memory held = _review.stakeOf(account);
        return (available + held.free + held.unbonding, locked + held.locked);
    }
}
