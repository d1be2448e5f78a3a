// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentReview} from "./IContentReview.sol";
import {ReviewAttestations} from "./ReviewAttestations.sol";
import {ReviewCases} from "./ReviewCases.sol";
import {ReviewRules} from "./ReviewRules.sol";
import {ReviewTerms} from "./ReviewTerms.sol";

/// @dev Implementation of {IContentReview}: how locks end.
contract ContentReview is IContentReview, ReviewAttestations {
    /// @dev What is left of a case's spoils, once the first claim counted them.
    struct Ledger {
        ReviewRules.Spoils spoils;
        bool counted;
        bool openerSettled;
        bool appellantSettled;
    }

    /// @dev What an account has in a case.
    struct Locks {
        uint96 locked;
        uint96 slashed;
        uint96 reward;
    }

    mapping(uint64 caseId => Ledger) private _ledgers;

    constructor(
        address currency_,
        address contentToken_,
        address attestationService_,
        ReviewTerms memory terms_
    )
        ReviewCases(currency_, contentToken_, terms_)
        ReviewAttestations(attestationService_)
    {}

    /// @inheritdoc IContentReview
    function claim(uint64 caseId, address account) external returns (uint96 returned) {
        Case storage judged = _requirePhase(caseId, Phase.Final);
        Ledger storage ledger = _ledgers[caseId];
        if (!ledger.counted) {
            ledger.spoils = _spoils(caseId, judged);
            ledger.counted = true;
        }
        ReviewRules.Spoils memory spoils = ledger.spoils;
        Locks memory locks = _locksOf(caseId, judged, account, spoils);
        if (locks.locked == 0) revert ContentReviewNothingLocked(caseId, account);
        (ledger.spoils.left, ledger.spoils.shares) = (spoils.left, spoils.shares);
        _settle(caseId, judged, account);
        returned = locks.locked - locks.slashed + locks.reward;
        _unlock(account, locks.locked, returned);
        emit LocksReleased(caseId, account, locks.locked, locks.slashed, locks.reward);
    }

    /// @inheritdoc IContentReview
    function claimable(
        uint64 caseId,
        address account
    )
        external
        view
        returns (uint96 locked, uint96 slashed, uint96 reward)
    {
        Case storage judged = _requireCase(caseId);
        (Phase phase,) = phaseOf(caseId);
        Ledger storage ledger = _ledgers[caseId];
        ReviewRules.Spoils memory spoils = ledger.counted ? ledger.spoils : _spoils(caseId, judged);
        Locks memory locks = _locksOf(caseId, judged, account, spoils);
        return phase == Phase.Final ? (locks.locked, locks.slashed, locks.reward) : (locks.locked, 0, 0);
    }

    /// @dev Marks everything of the account in the case as settled.
    function _settle(uint64 caseId, Case storage judged, address account) private {
        Ledger storage ledger = _ledgers[caseId];
        if (account == judged.opener) ledger.openerSettled = true;
        if (_isAppellant(judged, account)) ledger.appellantSettled = true;
        for (uint8 round = 0; round <= judged.round; ++round) {
            Ballot storage ballot = _ballots[caseId][round][account];
            if (ballot.commitment != 0) ballot.settled = true;
        }
    }

    /// @dev What the account has in the case, bonds and votes together; takes its shares out of `spoils`.
    function _locksOf(
        uint64 caseId,
        Case storage judged,
        address account,
        ReviewRules.Spoils memory spoils
    )
        private
        view
        returns (Locks memory locks)
    {
        ReviewTerms memory terms_ = _terms;
        Ledger storage ledger = _ledgers[caseId];
        Decision decision = judged.decision;
        if (account == judged.opener && !ledger.openerSettled) {
            locks.locked = terms_.flagBond;
            locks.slashed = ReviewRules.flagSlash(terms_, decision);
            locks.reward = spoils.openerReward;
        }
        if (_isAppellant(judged, account) && !ledger.appellantSettled) {
            locks.locked += terms_.appealBond;
            locks.slashed += ReviewRules.appealSlash(terms_, _rounds[caseId][0].decision, decision);
            locks.reward += spoils.appellantReward;
        }
        for (uint8 round = 0; round <= judged.round; ++round) {
            Ballot storage ballot = _ballots[caseId][round][account];
            if (ballot.commitment == 0 || ballot.settled) continue;
            locks.locked += terms_.voteStake;
            if (ballot.vote == Vote.None) {
                locks.slashed += ReviewRules.silenceSlash(terms_);
            } else if (ReviewRules.isJudged(_rounds[caseId][round], decision)) {
                if (ReviewRules.isRight(ballot.vote, decision)) locks.reward += _takeShare(spoils);
                else locks.slashed += ReviewRules.minoritySlash(terms_);
            }
        }
    }

    function _spoils(uint64 caseId, Case storage judged) private view returns (ReviewRules.Spoils memory) {
        return ReviewRules.spoils(_terms, judged.decision, _rounds[caseId][0], _rounds[caseId][1]);
    }

    function _isAppellant(Case storage judged, address account) private view returns (bool) {
        return judged.round == 1 && account == judged.appellant;
    }

    /// @dev An even share of what is left, so that the last to take one leaves nothing.
    function _takeShare(ReviewRules.Spoils memory spoils) private pure returns (uint96 share) {
        if (spoils.shares == 0) return 0;
        share = spoils.left / spoils.shares;
        spoils.left -= share;
        --spoils.shares;
    }
}
