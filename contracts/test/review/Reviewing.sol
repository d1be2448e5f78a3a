// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IEAS} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";

import {ContentToken} from "../../src/content/ContentToken.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {ContentReview} from "../../src/review/ContentReview.sol";
import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {ReviewTerms} from "../../src/review/ReviewTerms.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {Attesting} from "../support/Attesting.sol";
import {Committing} from "../support/Committing.sol";
import {Deploying} from "../content/Deploying.sol";

/// @dev A content of CREATOR, a review of it with its attestation service, and reviewers with a stake.
abstract contract Reviewing is Committing, Attesting, Deploying {
    address internal constant OPENER = address(0xF1A6);
    uint96 internal constant STAKE = 1000e6;
    uint256 internal constant REVIEWERS = 12;

    /// @dev What OPENER shows with a claim.
    bytes32 internal constant EVIDENCE = keccak256("evidence");
    bytes32 internal constant OTHER_EVIDENCE = keccak256("other evidence");

    AssayToken internal _token;
    ContentToken internal _content;
    IEAS internal _service;
    ContentReview internal _review;
    uint256 internal _contentId;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        _token = new AssayToken(address(this), 1_000_000_000e6);
        _content = _deployContent(MINIMUM_AGE);
        _service = _deployAttestationService();
        _review = new ContentReview(address(_token), address(_content), address(_service), _rules());
        _contentId = _minted("a picture");
        _staked(OPENER);
        _staked(CREATOR);
        _staked(BUYER);
        for (uint256 i = 0; i < REVIEWERS; ++i) {
            _staked(_reviewer(i));
        }
    }

    /// @dev Amounts that divide badly, so that rounding shows.
    function _rules() internal pure returns (ReviewTerms memory) {
        return ReviewTerms({
            voteStake: 10_000_007,
            flagBond: 20_000_003,
            appealBond: 40_000_001,
            commitPeriod: 1 days,
            revealPeriod: 12 hours,
            appealPeriod: 2 days,
            unbondingPeriod: 7 days,
            restPeriod: 30 days,
            quorum: 3,
            appealQuorum: 4,
            minoritySlashBps: 1001,
            silenceSlashBps: 2003,
            bondSlashBps: 5000,
            finderShareBps: 2501
        });
    }

    function _reviewer(uint256 number) internal pure returns (address) {
        return address(uint160(0x4E11E000 + number));
    }

    function _staked(address account) internal {
        _token.transfer(account, STAKE);
        vm.startPrank(account);
        _token.approve(address(_review), STAKE);
        _review.stake(STAKE);
        vm.stopPrank();
    }

    function _minted(string memory bytes_) internal returns (uint256) {
        bytes32 digest = keccak256(bytes(bytes_));
        _commit(_content, CREATOR, digest);
        vm.prank(CREATOR);
        return _content.mint(
            IContentToken.Content({
                contentDigest: digest,
                promptDigest: keccak256("prompt"),
                model: 7,
                metadataDigest: keccak256("metadata"),
                sharesDigest: 0,
                royaltyBps: 250
            }),
            SALT
        );
    }

    function _provenance() internal pure returns (IContentToken.Provenance memory) {
        return IContentToken.Provenance({
            promptDigest: keccak256("prompt"),
            model: 7,
            creator: CREATOR,
            metadataDigest: keccak256("metadata"),
            sharesDigest: 0
        });
    }

    function _opened() internal returns (uint64) {
        return _opened(IReviewCases.Claim.Copy);
    }

    function _opened(IReviewCases.Claim claim) internal returns (uint64) {
        vm.prank(OPENER);
        return _review.open(_contentId, claim, EVIDENCE, _provenance());
    }

    function _commits(uint64 caseId, address voter, IReviewCases.Vote vote) internal {
        bytes32 commitment = _review.commitmentOf(caseId, _review.caseOf(caseId).round, voter, vote, SALT);
        vm.prank(voter);
        _review.commit(caseId, commitment);
    }

    /// @dev Has the next reviewers vote, from number `first` on: so many uphold, reject, and say nothing in the end.
    function _voted(uint64 caseId, uint256 first, uint256 upheld, uint256 rejected, uint256 silent) internal {
        uint256 count = upheld + rejected + silent;
        for (uint256 i = 0; i < count; ++i) {
            _commits(caseId, _reviewer(first + i), _voteOf(i, upheld));
        }
        _pass(caseId);
        for (uint256 i = 0; i < upheld + rejected; ++i) {
            _review.reveal(caseId, _reviewer(first + i), _voteOf(i, upheld), SALT);
        }
        if (silent > 0) _pass(caseId);
        _review.close(caseId);
    }

    /// @dev Goes on to the end of the phase that the case is in.
    function _pass(uint64 caseId) internal {
        (, uint40 until) = _review.phaseOf(caseId);
        if (until != 0) vm.warp(until);
    }

    function _appealed(uint64 caseId, address appellant) internal {
        vm.prank(appellant);
        _review.appeal(caseId, OTHER_EVIDENCE);
    }

    function _requirePhase(uint64 caseId, IReviewCases.Phase expected) internal view {
        (IReviewCases.Phase phase,) = _review.phaseOf(caseId);
        vm.assertEq(uint256(phase), uint256(expected));
    }

    function _voteOf(uint256 place, uint256 upheld) private pure returns (IReviewCases.Vote) {
        return place < upheld ? IReviewCases.Vote.Uphold : IReviewCases.Vote.Reject;
    }
}
