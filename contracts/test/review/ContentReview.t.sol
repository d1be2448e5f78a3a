// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentReview} from "../../src/review/IContentReview.sol";
import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {Reviewing} from "./Reviewing.sol";

contract ContentReviewTest is Reviewing {
    /// @dev What the parts of the locks come to, rounded down: 10.01 %, 20.03 % and a half.
    uint96 private constant MINORITY = 1_001_000;
    uint96 private constant SILENCE = 2_003_001;
    uint96 private constant FLAG = 10_000_001;
    uint96 private constant APPEAL = 20_000_000;

    function test_RevertWhen_TheCaseIsNotFinal() public {
        uint64 caseId = _opened();
        _pending(caseId);
        _voted(caseId, 0, 3, 0, 0);
        _pending(caseId);
        _appealed(caseId, CREATOR);
        _pending(caseId);
        _voted(caseId, 3, 0, 4, 0);

        _review.claim(caseId, OPENER);
    }

    function test_RevertWhen_NothingIsLockedAnyMore() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        _pass(caseId);
        _review.claim(caseId, _reviewer(0));

        _nothing(caseId, _reviewer(0));
        _nothing(caseId, THIEF);
        _nothing(caseId, address(0));
    }

    function test_AUnanimousCaseGivesEverybodyTheLockBack() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        _pass(caseId);
        vm.expectEmit(address(_review));
        emit IContentReview.LocksReleased(caseId, _reviewer(0), _rules().voteStake, 0, 0);

        vm.prank(THIEF);
        _review.claim(caseId, _reviewer(0));

        _review.claim(caseId, OPENER);
        vm.assertEq(_free(_reviewer(0)), STAKE);
        vm.assertEq(_free(OPENER), STAKE);
    }

    function test_AMinorityPaysTheMajorityAndARightOpener() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 1, 0);
        _pass(caseId);
        uint96 found = MINORITY * 2501 / 10_000;

        _claimAll(caseId, 4);

        vm.assertEq(_free(_reviewer(3)), STAKE - MINORITY);
        vm.assertEq(_free(OPENER), STAKE + found);
        uint96 rest = MINORITY - found;
        vm.assertEq(_free(_reviewer(0)), STAKE + rest / 3);
        vm.assertEq(_free(_reviewer(2)), STAKE + rest - rest / 3 - (rest - rest / 3) / 2);
    }

    function test_ARejectedClaimCostsItsOpenerAPartOfTheBond() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 0, 3, 0);
        _pass(caseId);

        _claimAll(caseId, 3);

        vm.assertEq(_free(OPENER), STAKE - FLAG);
        vm.assertEq(_free(_reviewer(0)), STAKE + FLAG / 3);
        vm.assertEq(_free(_reviewer(2)), STAKE + FLAG - FLAG / 3 - (FLAG - FLAG / 3) / 2);
    }

    function test_SilenceCostsMoreAlsoWhereNothingIsDecided() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 1, 1, 2);

        _claimAll(caseId, 4);

        vm.assertEq(_free(OPENER), STAKE);
        vm.assertEq(_free(_reviewer(0)), STAKE + SILENCE);
        vm.assertEq(_free(_reviewer(1)), STAKE + SILENCE);
        vm.assertEq(_free(_reviewer(2)), STAKE - SILENCE);
        vm.assertEq(_free(_reviewer(3)), STAKE - SILENCE);
    }

    function test_WhatOnlySilentVotersLoseGoesToTheOpener() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 0, 0, 3);

        _claimAll(caseId, 3);

        vm.assertEq(_free(OPENER), STAKE + 3 * SILENCE);
    }

    function test_AnOverturnedDecisionTurnsTheFirstRoundRound() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 1, 0);
        _appealed(caseId, CREATOR);
        _voted(caseId, 4, 0, 4, 0);
        uint96 pot = FLAG + 3 * MINORITY;
        uint96 found = uint96(uint256(pot) * 2501 / 10_000);

        _claimAll(caseId, 8);

        vm.assertEq(_free(OPENER), STAKE - FLAG);
        vm.assertEq(_free(CREATOR), STAKE + found);
        vm.assertEq(_free(_reviewer(0)), STAKE - MINORITY);
        vm.assertEq(_free(_reviewer(3)), STAKE + (pot - found) / 5);
        _requireWhole();
    }

    function test_AnAppealThatChangesNothingCostsAPartOfItsBond() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        _appealed(caseId, CREATOR);
        _voted(caseId, 3, 4, 1, 0);

        _claimAll(caseId, 8);

        vm.assertEq(_free(CREATOR), STAKE - APPEAL);
        vm.assertEq(_free(_reviewer(7)), STAKE - MINORITY);
        vm.assertTrue(_free(OPENER) > STAKE);
        vm.assertTrue(_free(_reviewer(0)) > STAKE);
        vm.assertTrue(_free(_reviewer(3)) > STAKE);
    }

    function test_VotesOfAnAppealThatDecidedNothingAreNotJudged() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        _appealed(caseId, CREATOR);
        _voted(caseId, 3, 1, 2, 1);

        _claimAll(caseId, 7);

        vm.assertEq(_free(_reviewer(3)), STAKE);
        vm.assertEq(_free(_reviewer(4)), STAKE);
        vm.assertEq(_free(_reviewer(6)), STAKE - SILENCE);
        vm.assertEq(_free(CREATOR), STAKE - APPEAL);
    }

    function test_BondsAndVoteOfAnAccountAreClaimedTogether() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 1, 0);
        _appealed(caseId, _reviewer(3));
        _voted(caseId, 4, 4, 0, 0);
        uint96 locked = _rules().voteStake + _rules().appealBond;
        vm.expectEmit(address(_review));
        emit IContentReview.LocksReleased(caseId, _reviewer(3), locked, MINORITY + APPEAL, 0);

        _review.claim(caseId, _reviewer(3));

        vm.assertEq(_review.stakeOf(_reviewer(3)).locked, 0);
        _nothing(caseId, _reviewer(3));
    }

    function test_ClaimableTellsWhatAClaimDoes() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 1, 1);
        (uint96 locked, uint96 slashed, uint96 reward) = _review.claimable(caseId, _reviewer(0));
        vm.assertTrue(locked == _rules().voteStake && slashed == 0 && reward == 0);
        _pass(caseId);

        (locked, slashed, reward) = _review.claimable(caseId, _reviewer(0));

        vm.assertTrue(reward > 0);
        vm.assertEq(_review.claim(caseId, _reviewer(0)), locked - slashed + reward);
        (locked, slashed, reward) = _review.claimable(caseId, _reviewer(0));
        vm.assertTrue(locked == 0 && slashed == 0 && reward == 0);
    }

    function testFuzz_NoUnitIsLostWhateverTheOrder(uint8[7] memory given, uint256 order) public {
        uint64 caseId = _opened();
        uint256 first = _fuzzedRound(caseId, 0, given[0] % 4, given[1] % 4, given[2] % 3);
        uint256 count = first;
        (IReviewCases.Phase phase,) = _review.phaseOf(caseId);
        if (phase == IReviewCases.Phase.Appeal && given[3] % 4 != 0) {
            _appealed(caseId, given[3] % 4 == 1 ? CREATOR : OPENER);
            count += _fuzzedRound(caseId, first, given[4] % 4, given[5] % 4, given[6] % 3);
        }
        _pass(caseId);

        // All accounts in an order that begins somewhere; the opener, the creator, then the voters.
        for (uint256 i = 0; i < count + 2; ++i) {
            uint256 place = (order % 64 + i * (order % 2 == 0 ? 1 : count + 1)) % (count + 2);
            address account = place == 0 ? OPENER : place == 1 ? CREATOR : _reviewer(place - 2);
            (uint96 locked, uint96 slashed,) = _review.claimable(caseId, account);
            vm.assertTrue(slashed <= locked);
            if (locked != 0) _review.claim(caseId, account);
        }

        _requireWhole();
        _requireUnlocked();
    }

    function _fuzzedRound(
        uint64 caseId,
        uint256 first,
        uint256 upheld,
        uint256 rejected,
        uint256 silent
    )
        private
        returns (uint256)
    {
        if (first + upheld + rejected + silent > REVIEWERS) (upheld, silent) = (0, 0);
        _voted(caseId, first, upheld, rejected, silent);
        return upheld + rejected + silent;
    }

    function _pending(uint64 caseId) private {
        vm.expectPartialRevert(IReviewCases.ReviewCasesWrongPhase.selector);
        _review.claim(caseId, OPENER);
    }

    function _nothing(uint64 caseId, address account) private {
        vm.expectRevert(abi.encodeWithSelector(IContentReview.ContentReviewNothingLocked.selector, caseId, account));
        _review.claim(caseId, account);
    }

    /// @dev Claims for the opener, the creator if it appealed, and the first reviewers, in this order.
    function _claimAll(uint64 caseId, uint256 reviewers) private {
        _review.claim(caseId, OPENER);
        if (_review.stakeOf(CREATOR).locked != 0) _review.claim(caseId, CREATOR);
        for (uint256 i = 0; i < reviewers; ++i) {
            _review.claim(caseId, _reviewer(i));
        }
        _requireWhole();
    }

    /// @dev All stakes together are what the contract holds, and what was put into it.
    function _requireWhole() private view {
        uint256 sum = uint256(_free(OPENER)) + _free(CREATOR) + _free(BUYER);
        for (uint256 i = 0; i < REVIEWERS; ++i) {
            sum += _free(_reviewer(i));
        }
        vm.assertEq(sum, uint256(STAKE) * (REVIEWERS + 3));
        vm.assertEq(sum, _token.balanceOf(address(_review)));
    }

    function _requireUnlocked() private view {
        vm.assertEq(_review.stakeOf(OPENER).locked + _review.stakeOf(CREATOR).locked, 0);
        for (uint256 i = 0; i < REVIEWERS; ++i) {
            vm.assertEq(_review.stakeOf(_reviewer(i)).locked, 0);
        }
    }

    function _free(address account) private view returns (uint96) {
        return _review.stakeOf(account).free;
    }
}
