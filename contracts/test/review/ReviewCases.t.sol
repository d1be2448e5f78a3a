// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../../src/content/IContentToken.sol";
import {ContentReview} from "../../src/review/ContentReview.sol";
import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {IReviewStakes} from "../../src/review/IReviewStakes.sol";
import {ReviewRules} from "../../src/review/ReviewRules.sol";
import {ReviewTerms} from "../../src/review/ReviewTerms.sol";
import {Reviewing} from "./Reviewing.sol";

contract ReviewCasesTest is Reviewing {
    function testFuzz_RevertWhen_TheRulesAreImpossible(uint8 which) public {
        ReviewTerms memory terms = _rules();
        which = which % 13;
        if (which == 0) terms.commitPeriod = 0;
        if (which == 1) terms.revealPeriod = 0;
        if (which == 2) terms.appealPeriod = 0;
        if (which == 3) terms.quorum = 1;
        if (which == 4) terms.appealQuorum = terms.quorum;
        if (which == 5) terms.appealBond = terms.flagBond;
        if (which == 6) terms.minoritySlashBps = terms.silenceSlashBps + 1;
        if (which == 7) terms.silenceSlashBps = 5001;
        if (which == 8) terms.bondSlashBps = 10_001;
        if (which == 9) terms.finderShareBps = 5001;
        if (which == 10) terms.voteStake = 0;
        if (which == 11) (terms.flagBond, terms.appealBond) = (5, 4);
        if (which == 12) terms.flagBond = 0;
        vm.expectRevert(abi.encodeWithSelector(ReviewRules.ReviewRulesImpossible.selector));

        new ContentReview(address(_token), address(_content), address(_service), terms);
    }

    function test_RevertWhen_ThereIsNoEvidence() public {
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesZeroDigest.selector));
        _review.open(_contentId, IReviewCases.Claim.Copy, 0, _provenance());
    }

    function test_RevertWhen_TheProvenanceIsNotTheContents() public {
        IContentToken.Provenance memory wrong = _provenance();
        wrong.creator = THIEF;
        vm.startPrank(OPENER);
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesWrongProvenance.selector, _contentId));
        _review.open(_contentId, IReviewCases.Claim.Copy, EVIDENCE, wrong);
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesWrongProvenance.selector, 99));
        _review.open(99, IReviewCases.Claim.Copy, EVIDENCE, _provenance());
    }

    function test_RevertGiven_TooLittleStake() public {
        vm.expectRevert(
            abi.encodeWithSelector(IReviewStakes.ReviewStakesTooSmall.selector, THIEF, 0, _rules().flagBond)
        );
        vm.prank(THIEF);
        _review.open(_contentId, IReviewCases.Claim.Copy, EVIDENCE, _provenance());
    }

    function test_OpeningLocksTheBondAndTakesVotes() public {
        uint40 commitUntil = uint40(block.timestamp + _rules().commitPeriod);
        vm.expectEmit(address(_review));
        emit IReviewCases.CaseOpened(
            1,
            _contentId,
            OPENER,
            IReviewCases.Claim.Copy,
            EVIDENCE,
            commitUntil,
            commitUntil + uint40(_rules().revealPeriod)
        );

        uint64 caseId = _opened();

        IReviewStakes.Stake memory stake = _review.stakeOf(OPENER);
        vm.assertEq(stake.locked, _rules().flagBond);
        vm.assertEq(stake.free, STAKE - _rules().flagBond);
        vm.assertEq(_review.caseOf(caseId).creator, CREATOR);
        vm.assertEq(_review.latestCase(_contentId, IReviewCases.Claim.Copy), caseId);
        _requirePhase(caseId, IReviewCases.Phase.Commit);
    }

    function test_RevertGiven_TheSameClaimIsBeingDecidedOrWasNotLongAgo() public {
        uint64 caseId = _opened();
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesAlreadyOpen.selector, caseId));
        vm.prank(OPENER);
        _review.open(_contentId, IReviewCases.Claim.Copy, EVIDENCE, _provenance());
        _opened(IReviewCases.Claim.Unlawful);

        _voted(caseId, 0, 3, 0, 0);
        uint256 restsUntil = block.timestamp + _rules().appealPeriod + _rules().restPeriod;
        vm.warp(restsUntil - 1);
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesAtRest.selector, caseId, restsUntil));
        vm.prank(OPENER);
        _review.open(_contentId, IReviewCases.Claim.Copy, EVIDENCE, _provenance());

        vm.warp(restsUntil);
        vm.assertEq(_opened(), 3);
    }

    function test_RevertWhen_TheVoterIsAParty() public {
        vm.prank(CREATOR);
        _content.transferFrom(CREATOR, BUYER, _contentId);
        uint64 caseId = _opened();
        _refused(caseId, CREATOR);
        _refused(caseId, BUYER);
        _refused(caseId, OPENER);

        vm.prank(BUYER);
        _content.transferFrom(BUYER, _reviewer(0), _contentId);

        _refused(caseId, BUYER);
        _refused(caseId, _reviewer(0));
        vm.prank(_reviewer(0));
        _content.transferFrom(_reviewer(0), THIEF, _contentId);
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Uphold);
        vm.assertEq(_review.stakeOf(_reviewer(0)).locked, _rules().voteStake);
    }

    function test_RevertWhen_ItIsNoTimeToCommitOrNothingIsCommittedTo() public {
        uint64 caseId = _opened();
        vm.startPrank(_reviewer(0));
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesUnknown.selector, 2));
        _review.commit(2, EVIDENCE);
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesZeroDigest.selector));
        _review.commit(caseId, 0);
        _pass(caseId);
        vm.expectRevert(
            abi.encodeWithSelector(
                IReviewCases.ReviewCasesWrongPhase.selector, caseId, IReviewCases.Phase.Close, IReviewCases.Phase.Commit
            )
        );

        _review.commit(caseId, EVIDENCE);
    }

    function test_RevertWhen_TheVoterCommittedBefore() public {
        uint64 caseId = _opened();
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Uphold);
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesAlreadyCommitted.selector, caseId, _reviewer(0)));

        vm.prank(_reviewer(0));
        _review.commit(caseId, EVIDENCE);
    }

    function test_RevertWhen_VotesAreNotOpenedYet() public {
        uint64 caseId = _opened();
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Uphold);
        vm.expectPartialRevert(IReviewCases.ReviewCasesWrongPhase.selector);
        _review.reveal(caseId, _reviewer(0), IReviewCases.Vote.Uphold, SALT);
        _pass(caseId);
        _pass(caseId);
        vm.expectPartialRevert(IReviewCases.ReviewCasesWrongPhase.selector);

        _review.reveal(caseId, _reviewer(0), IReviewCases.Vote.Uphold, SALT);
    }

    function test_RevertWhen_TheRevealIsNotWhatWasCommitted() public {
        uint64 caseId = _opened();
        uint64 otherCase = _opened(IReviewCases.Claim.Unlawful);
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Uphold);
        (bytes32 commitment,,) = _review.ballotOf(caseId, 0, _reviewer(0));
        vm.prank(_reviewer(1));
        _review.commit(caseId, commitment);
        vm.prank(_reviewer(0));
        _review.commit(otherCase, commitment);
        bytes32 ofAnAppeal = _review.commitmentOf(caseId, 1, _reviewer(2), IReviewCases.Vote.Uphold, SALT);
        vm.prank(_reviewer(2));
        _review.commit(caseId, ofAnAppeal);
        _pass(caseId);
        _requirePhase(otherCase, IReviewCases.Phase.Reveal);

        _mistaken(caseId, _reviewer(0), IReviewCases.Vote.Reject, SALT);
        _mistaken(caseId, _reviewer(0), IReviewCases.Vote.None, SALT);
        _mistaken(caseId, _reviewer(0), IReviewCases.Vote.Uphold, EVIDENCE);
        _mistaken(caseId, _reviewer(1), IReviewCases.Vote.Uphold, SALT);
        _mistaken(caseId, _reviewer(2), IReviewCases.Vote.Uphold, SALT);
        _mistaken(caseId, _reviewer(3), IReviewCases.Vote.Uphold, SALT);
        _mistaken(otherCase, _reviewer(0), IReviewCases.Vote.Uphold, SALT);
    }

    function test_AnyoneWithTheSaltOpensTheVoteOnce() public {
        uint64 caseId = _opened();
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Reject);
        _commits(caseId, _reviewer(1), IReviewCases.Vote.Reject);
        _pass(caseId);
        vm.expectEmit(address(_review));
        emit IReviewCases.VoteRevealed(caseId, _reviewer(0), 0, IReviewCases.Vote.Reject);

        _review.reveal(caseId, _reviewer(0), IReviewCases.Vote.Reject, SALT);

        vm.assertEq(_review.roundOf(caseId, 0).rejected, 1);
        _mistaken(caseId, _reviewer(0), IReviewCases.Vote.Reject, SALT);
    }

    function test_RevertWhen_VotesAreStillToBeOpened() public {
        uint64 caseId = _opened();
        _commits(caseId, _reviewer(0), IReviewCases.Vote.Uphold);
        _pass(caseId);
        vm.expectPartialRevert(IReviewCases.ReviewCasesWrongPhase.selector);
        _review.close(caseId);
        _pass(caseId);

        _review.close(caseId);

        _requirePhase(caseId, IReviewCases.Phase.Final);
        vm.expectPartialRevert(IReviewCases.ReviewCasesWrongPhase.selector);
        _review.close(caseId);
    }

    function test_ACaseNobodyVotesOnEndsWithTheTimeForVotes() public {
        uint64 caseId = _opened();
        _pass(caseId);

        _review.close(caseId);

        vm.assertEq(uint256(_review.caseOf(caseId).decision), uint256(IReviewCases.Decision.Undecided));
        vm.assertEq(_opened(), 2);
    }

    function testFuzz_AMajorityOfAQuorumDecides(uint8 upheld, uint8 rejected, uint8 silent) public {
        (upheld, rejected, silent) = (upheld % 5, rejected % 5, silent % 4);
        uint64 caseId = _opened();
        IReviewCases.Decision expected = IReviewCases.Decision.Undecided;
        if (upheld + rejected >= 3 && upheld > rejected) expected = IReviewCases.Decision.Upheld;
        if (upheld + rejected >= 3 && upheld < rejected) expected = IReviewCases.Decision.Rejected;

        _voted(caseId, 0, upheld, rejected, silent);

        vm.assertEq(uint256(_review.caseOf(caseId).decision), uint256(expected));
        bool decided = expected != IReviewCases.Decision.Undecided;
        _requirePhase(caseId, decided ? IReviewCases.Phase.Appeal : IReviewCases.Phase.Final);
    }

    function test_ABurntContentIsDecidedAllTheSame() public {
        uint64 caseId = _opened();
        vm.prank(CREATOR);
        _content.burn(_contentId);

        _voted(caseId, 0, 3, 0, 0);

        vm.assertEq(uint256(_review.caseOf(caseId).decision), uint256(IReviewCases.Decision.Upheld));
    }

    function test_RevertWhen_NothingCanBeAppealedAgainst() public {
        uint64 caseId = _opened();
        _refusedAppeal(caseId);
        _voted(caseId, 0, 3, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesZeroDigest.selector));
        vm.prank(CREATOR);
        _review.appeal(caseId, 0);
        vm.warp(block.timestamp + _rules().appealPeriod);
        _requirePhase(caseId, IReviewCases.Phase.Final);
        _refusedAppeal(caseId);
        uint64 undecided = _opened(IReviewCases.Claim.Unlawful);
        _voted(undecided, 0, 1, 1, 0);

        _refusedAppeal(undecided);
    }

    function test_AnAppealLastsTwiceAsLongAndIsTheLast() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        uint40 commitUntil = uint40(block.timestamp + 2 * uint256(_rules().commitPeriod));
        vm.expectEmit(address(_review));
        emit IReviewCases.CaseAppealed(
            caseId, _contentId, CREATOR, OTHER_EVIDENCE, commitUntil, commitUntil + 2 * uint40(_rules().revealPeriod)
        );
        _appealed(caseId, CREATOR);
        _refused(caseId, _reviewer(0));

        _voted(caseId, 3, 1, 3, 0);

        vm.assertEq(uint256(_review.caseOf(caseId).decision), uint256(IReviewCases.Decision.Rejected));
        _requirePhase(caseId, IReviewCases.Phase.Final);
        _refusedAppeal(caseId);
    }

    function test_AnAppealThatDecidesNothingLeavesTheDecisionStanding() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        _appealed(caseId, BUYER);
        _refused(caseId, BUYER);

        _voted(caseId, 3, 0, 3, 0);

        vm.assertEq(uint256(_review.roundOf(caseId, 1).decision), uint256(IReviewCases.Decision.Undecided));
        vm.assertEq(uint256(_review.caseOf(caseId).decision), uint256(IReviewCases.Decision.Upheld));
    }

    function _refused(uint64 caseId, address voter) private {
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesPartial.selector, caseId, voter));
        vm.prank(voter);
        _review.commit(caseId, EVIDENCE);
    }

    function _refusedAppeal(uint64 caseId) private {
        vm.expectPartialRevert(IReviewCases.ReviewCasesWrongPhase.selector);
        vm.prank(CREATOR);
        _review.appeal(caseId, OTHER_EVIDENCE);
    }

    function _mistaken(uint64 caseId, address voter, IReviewCases.Vote vote, bytes32 salt) private {
        vm.expectRevert(abi.encodeWithSelector(IReviewCases.ReviewCasesWrongReveal.selector, caseId, voter));
        _review.reveal(caseId, voter, vote, salt);
    }
}
