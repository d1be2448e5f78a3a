// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Permit} from "../../src/licence/Permit.sol";
import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {IReviewStakes} from "../../src/review/IReviewStakes.sol";
import {Reviewing} from "./Reviewing.sol";

contract ReviewStakesTest is Reviewing {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    uint256 private constant KEY = 0x4E11;

    address private _owner = vm.addr(KEY);

    function setUp() public override {
        super.setUp();
        _token.transfer(_owner, 100);
    }

    function test_RevertWhen_TheAmountIsNothing() public {
        vm.expectRevert(abi.encodeWithSelector(IReviewStakes.ReviewStakesZeroAmount.selector));
        _review.stake(0);
        vm.expectRevert(abi.encodeWithSelector(IReviewStakes.ReviewStakesZeroAmount.selector));
        _review.unstake(0);
    }

    function test_RevertGiven_NoAllowance() public {
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(_owner);
        _review.stake(100);

        vm.assertEq(_review.stakeOf(_owner).free, 0);
    }

    function testFuzz_StakingAddsToWhatIsFree(uint96 first, uint96 second) public {
        first = uint96(_bound(first, 1, 99));
        second = uint96(_bound(second, 1, 100 - first));
        vm.startPrank(_owner);
        _token.approve(address(_review), 100);
        _review.stake(first);
        vm.expectEmit(address(_review));
        emit IReviewStakes.StakeAdded(_owner, second, first + second);

        _review.stake(second);

        vm.stopPrank();
        vm.assertEq(_review.stakeOf(_owner).free, uint256(first) + second);
        vm.assertEq(_token.balanceOf(_owner), 100 - first - second);
    }

    function test_StakesByPermitInOneTransaction() public {
        Permit memory permit = _permit();
        vm.prank(_owner);
        _review.stakeWithPermit(60, permit);

        vm.assertEq(_review.stakeOf(_owner).free, 60);
    }

    function test_StakesGivenThatThePermitWasSubmittedBefore() public {
        Permit memory permit = _permit();
        _token.permit(_owner, address(_review), permit.value, permit.deadline, permit.v, permit.r, permit.s);

        vm.prank(_owner);
        _review.stakeWithPermit(60, permit);

        vm.assertEq(_review.stakeOf(_owner).free, 60);
    }

    function test_RevertWhen_MoreIsTakenBackThanIsFree() public {
        uint64 caseId = _opened();
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Uphold);
        uint96 free = STAKE - _rules().voteStake;
        vm.expectRevert(
            abi.encodeWithSelector(IReviewStakes.ReviewStakesTooSmall.selector, _reviewer(0), free, free + 1)
        );
        vm.prank(_reviewer(0));
        _review.unstake(free + 1);

        vm.prank(_reviewer(0));
        _review.unstake(free);

        vm.assertEq(_review.stakeOf(_reviewer(0)).locked, _rules().voteStake);
    }

    function test_WhatIsTakenBackIsOutOfUseAtOnce() public {
        uint64 caseId = _opened();
        vm.prank(_reviewer(0));
        _review.unstake(STAKE);
        bytes32 commitment = _review.commitmentOf(caseId, 0, _reviewer(0), IReviewCases.Vote.Uphold, SALT);
        vm.expectRevert(
            abi.encodeWithSelector(IReviewStakes.ReviewStakesTooSmall.selector, _reviewer(0), 0, _rules().voteStake)
        );

        vm.prank(_reviewer(0));
        _review.commit(caseId, commitment);
    }

    function test_RevertWhen_ItsTimeHasNotPassed() public {
        vm.startPrank(_reviewer(0));
        vm.expectRevert(abi.encodeWithSelector(IReviewStakes.ReviewStakesNotWithdrawable.selector, _reviewer(0), 0));
        _review.withdraw();
        _review.unstake(STAKE);
        vm.warp(block.timestamp + _rules().unbondingPeriod - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IReviewStakes.ReviewStakesNotWithdrawable.selector, _reviewer(0), block.timestamp + 1
            )
        );

        _review.withdraw();
    }

    function test_ASecondPartBeginsTheTimeAnew() public {
        vm.startPrank(_reviewer(0));
        _review.unstake(1);
        vm.warp(block.timestamp + _rules().unbondingPeriod - 1);
        vm.expectEmit(address(_review));
        emit IReviewStakes.UnstakeBegun(_reviewer(0), 2, 3, uint40(block.timestamp + _rules().unbondingPeriod));
        _review.unstake(2);
        vm.warp(block.timestamp + 1);
        vm.expectPartialRevert(IReviewStakes.ReviewStakesNotWithdrawable.selector);

        _review.withdraw();
    }

    function test_PaysOutWhatWasTakenBackOnce() public {
        vm.startPrank(_reviewer(0));
        _review.unstake(STAKE);
        vm.warp(block.timestamp + _rules().unbondingPeriod);

        uint96 amount = _review.withdraw();

        vm.assertEq(amount, STAKE);
        vm.assertEq(_token.balanceOf(_reviewer(0)), STAKE);
        vm.expectPartialRevert(IReviewStakes.ReviewStakesNotWithdrawable.selector);
        _review.withdraw();
    }

    function _permit() private view returns (Permit memory) {
        uint256 deadline = block.timestamp + 1 hours;
        bytes32 structHash =
            keccak256(abi.encode(PERMIT, _owner, address(_review), 60, _token.nonces(_owner), deadline));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        return Permit(60, deadline, v, r, s);
    }
}
