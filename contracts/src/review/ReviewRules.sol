// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IReviewCases} from "./IReviewCases.sol";
import {ReviewTerms} from "./ReviewTerms.sol";

/// @dev The arithmetic of a review: what votes decide, who loses what, and who gets it. Free of state.
library ReviewRules {
    /**
     * @dev What others lost in a case, and whom it belongs to.
     * @param left what the votes that were right share.
     * @param shares how many votes that are.
     * @param openerReward what goes to who opened the case.
     * @param appellantReward what goes to who appealed.
     */
    struct Spoils {
        uint96 left;
        uint32 shares;
        uint96 openerReward;
        uint96 appellantReward;
    }

    uint256 private constant BASIS_POINTS = 10_000;
    uint256 private constant HALF = 5000;
    uint256 private constant LEAST_QUORUM = 2;

    /// @notice The rules contradict each other or exceed their bounds.
    error ReviewRulesImpossible();

    /// @dev Refuses rules by which a case could not end, or somebody lose more than is locked.
    function check(ReviewTerms memory terms) internal pure {
        bool timely = terms.commitPeriod > 0 && terms.revealPeriod > 0 && terms.appealPeriod > 0;
        bool ordered = terms.quorum >= LEAST_QUORUM && terms.appealQuorum > terms.quorum
            && terms.appealBond > terms.flagBond && terms.silenceSlashBps >= terms.minoritySlashBps;
        bool bounded = terms.silenceSlashBps <= HALF && terms.bondSlashBps <= BASIS_POINTS
            && terms.finderShareBps <= HALF && terms.voteStake > 0 && terms.flagBond > 0;
        if (!timely || !ordered || !bounded) revert ReviewRulesImpossible();
    }

    /// @dev What so many votes decide.
    function decide(uint32 upheld, uint32 rejected, uint16 quorum) internal pure returns (IReviewCases.Decision) {
        if (uint256(upheld) + rejected < quorum || upheld == rejected) return IReviewCases.Decision.Undecided;
        return upheld > rejected ? IReviewCases.Decision.Upheld : IReviewCases.Decision.Rejected;
    }

    /// @dev What a vote that was not opened loses.
    function silenceSlash(ReviewTerms memory terms) internal pure returns (uint96) {
        return _part(terms.voteStake, terms.silenceSlashBps);
    }

    /// @dev What a vote loses that was against the decision.
    function minoritySlash(ReviewTerms memory terms) internal pure returns (uint96) {
        return _part(terms.voteStake, terms.minoritySlashBps);
    }

    /// @dev What the bond of a flag loses by the decision: something if the claim was rejected.
    function flagSlash(ReviewTerms memory terms, IReviewCases.Decision decision) internal pure returns (uint96) {
        return decision == IReviewCases.Decision.Rejected ? _part(terms.flagBond, terms.bondSlashBps) : 0;
    }

    /// @dev What the bond of an appeal loses: something if the appeal left the first decision standing.
    function appealSlash(
        ReviewTerms memory terms,
        IReviewCases.Decision first,
        IReviewCases.Decision decision
    )
        internal
        pure
        returns (uint96)
    {
        return first == decision ? _part(terms.appealBond, terms.bondSlashBps) : 0;
    }

    /// @dev Whether votes of a round are right or wrong at all: not where a round decided nothing and another did.
    function isJudged(IReviewCases.Round memory round, IReviewCases.Decision decision) internal pure returns (bool) {
        return round.decision != IReviewCases.Decision.Undecided || decision == IReviewCases.Decision.Undecided;
    }

    /// @dev Whether an opened vote of a judged round was right; every one is if nothing was decided.
    function isRight(IReviewCases.Vote vote, IReviewCases.Decision decision) internal pure returns (bool) {
        if (decision == IReviewCases.Decision.Undecided) return true;
        return (vote == IReviewCases.Vote.Uphold) == (decision == IReviewCases.Decision.Upheld);
    }

    /**
     * @dev Counts what was lost, and divides it. Without a right vote, and so without any opened one, it goes to who
     * opened the case.
     * @param second all zero if nobody appealed.
     */
    function spoils(
        ReviewTerms memory terms,
        IReviewCases.Decision decision,
        IReviewCases.Round memory first,
        IReviewCases.Round memory second
    )
        internal
        pure
        returns (Spoils memory found)
    {
        bool appealed = second.decision != IReviewCases.Decision.None;
        uint96 pot = _lost(terms, decision, first) + flagSlash(terms, decision);
        found.shares = _right(decision, first);
        if (appealed) {
            pot += _lost(terms, decision, second) + appealSlash(terms, first.decision, decision);
            found.shares += _right(decision, second);
        }
        if (found.shares == 0) {
            found.openerReward = pot;
            return found;
        }
        uint96 finderShare = _part(pot, terms.finderShareBps);
        if (decision == IReviewCases.Decision.Upheld) found.openerReward = finderShare;
        if (appealed && first.decision != decision) found.appellantReward = finderShare;
        found.left = pot - found.openerReward - found.appellantReward;
    }

    function _lost(
        ReviewTerms memory terms,
        IReviewCases.Decision decision,
        IReviewCases.Round memory round
    )
        private
        pure
        returns (uint96)
    {
        uint32 opened = round.upheld + round.rejected;
        uint32 wrong = isJudged(round, decision) ? opened - _right(decision, round) : 0;
        return silenceSlash(terms) * (round.commits - opened) + minoritySlash(terms) * wrong;
    }

    function _right(IReviewCases.Decision decision, IReviewCases.Round memory round) private pure returns (uint32) {
        if (!isJudged(round, decision)) return 0;
        if (decision == IReviewCases.Decision.Undecided) return round.upheld + round.rejected;
        return decision == IReviewCases.Decision.Upheld ? round.upheld : round.rejected;
    }

    function _part(uint96 amount, uint16 bps) private pure returns (uint96) {
        return uint96(uint256(amount) * bps / BASIS_POINTS);
    }
}
