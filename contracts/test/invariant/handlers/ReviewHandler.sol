// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IContentToken} from "../../../src/content/IContentToken.sol";
import {ContentReview} from "../../../src/review/ContentReview.sol";
import {IReviewCases} from "../../../src/review/IReviewCases.sol";
import {IReviewStakes} from "../../../src/review/IReviewStakes.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {TestCase} from "../../support/TestCase.sol";

/// @dev Plays reviewers, a creator and a thief over the cases of one content, and keeps accounts of its own.
contract ReviewHandler is TestCase {
    uint256 public constant MEMBERS = 9;
    bytes32 private constant SALT = keccak256("salt");

    ContentReview private immutable _review;
    AssayToken private immutable _token;
    uint256 private immutable _contentId;
    IContentToken.Provenance private _provenance;

    /// @dev By this handler's own reckoning: what was put in and taken out, and what a case locks of an account.
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(uint64 caseId => mapping(address account => uint256 amount)) public lockedIn;
    mapping(uint64 caseId => mapping(uint8 round => mapping(address voter => IReviewCases.Vote))) private _votes;

    /// @dev Things that must never happen, counted when they do.
    uint256 public excessiveSlashes;
    uint256 public wrongReleases;
    uint256 public stuckSteps;
    uint256 public partialVotes;
    uint256 public copiedVotes;

    constructor(ContentReview review, AssayToken token, uint256 contentId, IContentToken.Provenance memory provenance) {
        (_review, _token, _contentId, _provenance) = (review, token, contentId, provenance);
    }

    /// @dev The creator is a member, too.
    function member(uint256 seed) public view returns (address) {
        uint256 place = seed % MEMBERS;
        return place == 0 ? _provenance.creator : address(uint160(0x4E11E000 + place));
    }

    function passTime(uint32 elapsed) external {
        vm.warp(block.timestamp + elapsed % 20 hours);
    }

    function rest() external {
        vm.warp(block.timestamp + 40 days);
    }

    function stake(uint256 account, uint96 amount) external {
        amount = uint96(_bound(amount, 1, 50e6));
        vm.startPrank(member(account));
        _token.approve(address(_review), amount);
        _review.stake(amount);
        vm.stopPrank();
        paidIn += amount;
    }

    function unstake(uint256 account, uint96 amount) external {
        uint96 free = _review.stakeOf(member(account)).free;
        if (free == 0) return;
        vm.prank(member(account));
        _review.unstake(uint96(_bound(amount, 1, free)));
    }

    function withdraw(uint256 account) external {
        vm.prank(member(account));
        try _review.withdraw() returns (uint96 amount) {
            paidOut += amount;
        } catch {}
    }

    /// @dev The content changes hands, also while a case about it runs.
    function give(uint256 receiver) external {
        IERC721 content = IERC721(_review.contentToken());
        address owner = content.ownerOf(_contentId);
        vm.prank(owner);
        content.transferFrom(owner, member(receiver), _contentId);
    }

    function open(uint256 account, uint8 kind) external {
        vm.prank(member(account));
        try _review.open(_contentId, IReviewCases.Claim(kind % 2), SALT, _provenance) returns (uint64 caseId) {
            lockedIn[caseId][member(account)] += _review.terms().flagBond;
        } catch {}
    }

    /// @dev Commits to the vote that `choice` says; one time in eight by copying another's commitment.
    function commit(uint256 which, uint256 account, uint8 choice) external {
        if (_review.caseCount() == 0) return;
        uint64 caseId = _pick(which);
        address voter = member(account);
        IReviewCases.Case memory judged = _review.caseOf(caseId);
        IReviewCases.Vote vote = IReviewCases.Vote(1 + choice % 2);
        bytes32 commitment = _review.commitmentOf(caseId, judged.round, voter, vote, SALT);
        if (choice % 8 == 7) (commitment,,) = _review.ballotOf(caseId, judged.round, member(account + 1));
        bool isOwner = voter == judged.owner || voter == IERC721(_review.contentToken()).ownerOf(_contentId);
        (bytes32 before,,) = _review.ballotOf(caseId, 0, voter);
        vm.prank(voter);
        try _review.commit(caseId, commitment) {
            lockedIn[caseId][voter] += _review.terms().voteStake;
            if (choice % 8 != 7) _votes[caseId][judged.round][voter] = vote;
            if (voter == judged.creator || voter == judged.opener || voter == judged.appellant) ++partialVotes;
            if (isOwner || (judged.round == 1 && before != 0)) ++partialVotes;
        } catch {}
    }

    function reveal(uint256 which, uint256 account, uint8 choice) external {
        if (_review.caseCount() == 0) return;
        uint64 caseId = _pick(which);
        address voter = member(account);
        uint8 round = _review.caseOf(caseId).round;
        IReviewCases.Vote vote = _votes[caseId][round][voter];
        bool guessed = vote == IReviewCases.Vote.None || choice % 8 == 7;
        if (guessed) vote = IReviewCases.Vote(1 + choice % 2);
        try _review.reveal(caseId, voter, vote, SALT) {
            if (vote != _votes[caseId][round][voter]) ++copiedVotes;
        } catch {}
    }

    /// @dev Has all open votes of a round and closes it, so that decisions are not rare.
    function decide(uint256 which, uint256 upheld) external {
        if (_review.caseCount() == 0) return;
        uint64 caseId = _pick(which);
        for (uint256 i = 1; i < MEMBERS; ++i) {
            this.commit(caseId - 1, i, uint8((upheld >> i) % 2));
        }
        _passPhase(caseId, IReviewCases.Phase.Commit);
        for (uint256 i = 1; i < MEMBERS; ++i) {
            // One voter in eight forgets.
            if ((upheld >> (3 * i + 16)) % 8 != 0) this.reveal(caseId - 1, i, 0);
        }
        _passPhase(caseId, IReviewCases.Phase.Reveal);
        this.close(caseId - 1);
    }

    /// @dev A case whose phase says that it can be closed has to be.
    function close(uint256 which) external {
        if (_review.caseCount() == 0) return;
        uint64 caseId = _pick(which);
        (IReviewCases.Phase phase,) = _review.phaseOf(caseId);
        try _review.close(caseId) {
            if (phase != IReviewCases.Phase.Close) ++stuckSteps;
        } catch {
            if (phase == IReviewCases.Phase.Close) ++stuckSteps;
        }
    }

    function appeal(uint256 which, uint256 account) external {
        if (_review.caseCount() == 0) return;
        uint64 caseId = _pick(which);
        vm.prank(member(account));
        try _review.appeal(caseId, SALT) {
            lockedIn[caseId][member(account)] += _review.terms().appealBond;
        } catch {}
    }

    function claim(uint256 which, uint256 account) external {
        if (_review.caseCount() == 0) return;
        _claim(_pick(which), member(account));
    }

    /// @dev Ends every case and every lock by calls that anybody can make.
    function endAll() external {
        for (uint64 caseId = 1; caseId <= _review.caseCount(); ++caseId) {
            _passPhase(caseId, IReviewCases.Phase.Commit);
            _passPhase(caseId, IReviewCases.Phase.Reveal);
            (IReviewCases.Phase phase,) = _review.phaseOf(caseId);
            if (phase == IReviewCases.Phase.Close) _review.close(caseId);
            _passPhase(caseId, IReviewCases.Phase.Appeal);
            for (uint256 i = 0; i < MEMBERS; ++i) {
                _claim(caseId, member(i));
            }
        }
    }

    function _claim(uint64 caseId, address account) private {
        (IReviewCases.Phase phase,) = _review.phaseOf(caseId);
        (uint96 locked, uint96 slashed,) = _review.claimable(caseId, account);
        IReviewStakes.Stake memory before = _review.stakeOf(account);
        try _review.claim(caseId, account) returns (uint96 returned) {
            if (phase != IReviewCases.Phase.Final || locked != lockedIn[caseId][account]) ++wrongReleases;
            if (slashed > locked || returned < locked - slashed) ++excessiveSlashes;
            if (_review.stakeOf(account).locked != before.locked - locked) ++wrongReleases;
            if (_review.stakeOf(account).free != before.free + returned) ++wrongReleases;
            lockedIn[caseId][account] = 0;
        } catch {
            if (phase == IReviewCases.Phase.Final && lockedIn[caseId][account] != 0) ++stuckSteps;
        }
    }

    function _passPhase(uint64 caseId, IReviewCases.Phase ended) private {
        (IReviewCases.Phase phase, uint40 until) = _review.phaseOf(caseId);
        if (phase == ended) vm.warp(until);
    }

    function _pick(uint256 which) private view returns (uint64) {
        return uint64(which % _review.caseCount()) + 1;
    }
}
