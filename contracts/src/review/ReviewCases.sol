// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IContentToken} from "../content/IContentToken.sol";
import {IReviewCases} from "./IReviewCases.sol";
import {ReviewRules} from "./ReviewRules.sol";
import {ReviewStakes} from "./ReviewStakes.sol";
import {ReviewTerms} from "./ReviewTerms.sol";

/// @dev Implementation of {IReviewCases}.
abstract contract ReviewCases is IReviewCases, ReviewStakes {
    struct Ballot {
        bytes32 commitment;
        Vote vote;
        bool settled;
    }

    /// @dev How much longer an appeal's periods are.
    uint256 private constant APPEAL_FACTOR = 2;

    address internal immutable _contentToken;

    ReviewTerms internal _terms;
    uint64 private _caseCount;

    mapping(uint64 caseId => Case) internal _cases;
    mapping(uint64 caseId => Round[2]) internal _rounds;
    mapping(uint64 caseId => mapping(uint8 round => mapping(address voter => Ballot))) internal _ballots;
    mapping(uint256 contentId => mapping(Claim => uint64 caseId)) private _latestCases;

    constructor(
        address currency_,
        address contentToken_,
        ReviewTerms memory terms_
    )
        ReviewStakes(currency_, terms_.unbondingPeriod)
    {
        ReviewRules.check(terms_);
        _contentToken = contentToken_;
        _terms = terms_;
    }

    /// @inheritdoc IReviewCases
    function open(
        uint256 contentId,
        Claim claim,
        bytes32 evidence,
        IContentToken.Provenance calldata provenance
    )
        external
        returns (uint64 caseId)
    {
        if (evidence == 0) revert ReviewCasesZeroDigest();
        if (!IContentToken(_contentToken).verifyProvenance(contentId, provenance)) {
            revert ReviewCasesWrongProvenance(contentId);
        }
        _requireOpenable(contentId, claim);
        _lock(msg.sender, _terms.flagBond);
        caseId = ++_caseCount;
        _latestCases[contentId][claim] = caseId;
        Case storage opened = _cases[caseId];
        (opened.contentId, opened.claim, opened.evidence) = (contentId, claim, evidence);
        (opened.opener, opened.openedAt) = (msg.sender, uint40(block.timestamp));
        (opened.creator, opened.owner) = (provenance.creator, _ownerOf(contentId));
        (uint40 commitUntil, uint40 revealUntil) = _beginRound(caseId, 0, 1);
        emit CaseOpened(caseId, contentId, msg.sender, claim, evidence, commitUntil, revealUntil);
    }

    /// @inheritdoc IReviewCases
    function commit(uint64 caseId, bytes32 commitment) external {
        Case storage judged = _requirePhase(caseId, Phase.Commit);
        if (commitment == 0) revert ReviewCasesZeroDigest();
        if (_isPartial(caseId, judged, msg.sender)) revert ReviewCasesPartial(caseId, msg.sender);
        Ballot storage ballot = _ballots[caseId][judged.round][msg.sender];
        if (ballot.commitment != 0) revert ReviewCasesAlreadyCommitted(caseId, msg.sender);
        _lock(msg.sender, _terms.voteStake);
        ballot.commitment = commitment;
        ++_rounds[caseId][judged.round].commits;
        emit VoteCommitted(caseId, msg.sender, judged.round, commitment);
    }

    /// @inheritdoc IReviewCases
    function reveal(uint64 caseId, address voter, Vote vote, bytes32 salt) external {
        uint8 round = _requirePhase(caseId, Phase.Reveal).round;
        Ballot storage ballot = _ballots[caseId][round][voter];
        bool fits = ballot.commitment == commitmentOf(caseId, round, voter, vote, salt);
        if (!fits || ballot.vote != Vote.None || vote == Vote.None) revert ReviewCasesWrongReveal(caseId, voter);
        ballot.vote = vote;
        if (vote == Vote.Uphold) ++_rounds[caseId][round].upheld;
        else ++_rounds[caseId][round].rejected;
        emit VoteRevealed(caseId, voter, round, vote);
    }

    /// @inheritdoc IReviewCases
    function close(uint64 caseId) external {
        Case storage judged = _requirePhase(caseId, Phase.Close);
        uint8 number = judged.round;
        Round storage round = _rounds[caseId][number];
        uint16 quorum = number == 0 ? _terms.quorum : _terms.appealQuorum;
        Decision decision = ReviewRules.decide(round.upheld, round.rejected, quorum);
        round.decision = decision;
        // An appeal that decides nothing leaves the first decision standing.
        if (number == 0 || decision != Decision.Undecided) judged.decision = decision;
        judged.closedAt = uint40(block.timestamp);
        uint32 silent = round.commits - round.upheld - round.rejected;
        emit RoundClosed(
            caseId, judged.contentId, number, decision, judged.decision, round.upheld, round.rejected, silent
        );
        if (judged.decision != Decision.Undecided) _decided(caseId);
    }

    /// @inheritdoc IReviewCases
    function appeal(uint64 caseId, bytes32 evidence) external {
        Case storage judged = _requirePhase(caseId, Phase.Appeal);
        if (evidence == 0) revert ReviewCasesZeroDigest();
        _lock(msg.sender, _terms.appealBond);
        (judged.round, judged.appellant, judged.appealEvidence) = (1, msg.sender, evidence);
        (uint40 commitUntil, uint40 revealUntil) = _beginRound(caseId, 1, APPEAL_FACTOR);
        emit CaseAppealed(caseId, judged.contentId, msg.sender, evidence, commitUntil, revealUntil);
    }

    /// @inheritdoc IReviewCases
    function caseOf(uint64 caseId) external view returns (Case memory) {
        return _requireCase(caseId);
    }

    /// @inheritdoc IReviewCases
    function roundOf(uint64 caseId, uint8 round) external view returns (Round memory) {
        _requireCase(caseId);
        return _rounds[caseId][round];
    }

    /// @inheritdoc IReviewCases
    function ballotOf(
        uint64 caseId,
        uint8 round,
        address voter
    )
        external
        view
        returns (bytes32 commitment, Vote vote, bool settled)
    {
        Ballot storage ballot = _ballots[caseId][round][voter];
        return (ballot.commitment, ballot.vote, ballot.settled);
    }

    /// @inheritdoc IReviewCases
    function caseCount() external view returns (uint64) {
        return _caseCount;
    }

    /// @inheritdoc IReviewCases
    function latestCase(uint256 contentId, Claim claim) external view returns (uint64) {
        return _latestCases[contentId][claim];
    }

    /// @inheritdoc IReviewCases
    function terms() external view returns (ReviewTerms memory) {
        return _terms;
    }

    /// @inheritdoc IReviewCases
    function contentToken() external view returns (address) {
        return _contentToken;
    }

    /// @inheritdoc IReviewCases
    function phaseOf(uint64 caseId) public view returns (Phase phase, uint40 until) {
        Case storage judged = _requireCase(caseId);
        Round storage round = _rounds[caseId][judged.round];
        if (round.decision == Decision.None) {
            if (block.timestamp < round.commitUntil) return (Phase.Commit, round.commitUntil);
            bool allOpen = round.commits == round.upheld + round.rejected;
            return
                allOpen || block.timestamp >= round.revealUntil ? (Phase.Close, 0) : (Phase.Reveal, round.revealUntil);
        }
        uint40 appealUntil = judged.closedAt + _terms.appealPeriod;
        bool appealable = judged.round == 0 && round.decision != Decision.Undecided;
        return appealable && block.timestamp < appealUntil ? (Phase.Appeal, appealUntil) : (Phase.Final, 0);
    }

    /// @inheritdoc IReviewCases
    function commitmentOf(
        uint64 caseId,
        uint8 round,
        address voter,
        Vote vote,
        bytes32 salt
    )
        public
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(block.chainid, address(this), caseId, round, voter, vote, salt));
    }

    /// @dev Called when a decision stands that may be another than before.
    function _decided(uint64 caseId) internal virtual;

    function _requirePhase(uint64 caseId, Phase needed) internal view returns (Case storage) {
        (Phase phase,) = phaseOf(caseId);
        if (phase != needed) revert ReviewCasesWrongPhase(caseId, phase, needed);
        return _cases[caseId];
    }

    function _requireCase(uint64 caseId) internal view returns (Case storage found) {
        found = _cases[caseId];
        if (found.openedAt == 0) revert ReviewCasesUnknown(caseId);
    }

    function _beginRound(
        uint64 caseId,
        uint8 round,
        uint256 factor
    )
        private
        returns (uint40 commitUntil, uint40 revealUntil)
    {
        commitUntil = uint40(block.timestamp + factor * _terms.commitPeriod);
        revealUntil = uint40(commitUntil + factor * _terms.revealPeriod);
        Round storage begun = _rounds[caseId][round];
        (begun.commitUntil, begun.revealUntil) = (commitUntil, revealUntil);
    }

    function _requireOpenable(uint256 contentId, Claim claim) private view {
        uint64 latest = _latestCases[contentId][claim];
        if (latest == 0) return;
        (Phase phase,) = phaseOf(latest);
        if (phase != Phase.Final) revert ReviewCasesAlreadyOpen(latest);
        if (_cases[latest].decision == Decision.Undecided) return;
        uint256 restsUntil = uint256(_cases[latest].closedAt) + _terms.appealPeriod + _terms.restPeriod;
        if (block.timestamp < restsUntil) revert ReviewCasesAtRest(latest, restsUntil);
    }

    function _isPartial(uint64 caseId, Case storage judged, address account) private view returns (bool) {
        return account == judged.creator || account == judged.owner || account == judged.opener
            || account == judged.appellant || account == _ownerOf(judged.contentId)
            || (judged.round == 1 && _ballots[caseId][0][account].commitment != 0);
    }

    /// @dev 0 for a content that was burnt: its case goes on.
    function _ownerOf(uint256 contentId) private view returns (address) {
        try IERC721(_contentToken).ownerOf(contentId) returns (address owner) {
            return owner;
        } catch {
            return address(0);
        }
    }
}
