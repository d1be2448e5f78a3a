// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../content/IContentToken.sol";
import {ReviewTerms} from "./ReviewTerms.sol";

/**
 * @title Cases: one question about one content, decided by votes
 * @notice Whoever has a stake opens a case with a claim, evidence and a bond. Others with a stake commit to a vote, then
 * open it. One reviewer is one vote and one lock of the same size, whatever else the reviewer owns: weight is bounded by
 * one, and many votes of one person cost many stakes, each at risk. More than half of a quorum decides; a tie, or fewer
 * votes than the quorum, decides nothing. A decision can be appealed against once: others vote, for longer, and more of
 * them are needed; if they decide nothing, the first decision stands.
 *
 * Creator and owner of the content, and who opened the case or appealed, are parties and have no vote; nor has, in an
 * appeal, who voted before.
 * @dev Every phase ends by time or by a call that anybody can make; no step walks through the voters.
 */
interface IReviewCases {
    /// @notice What is claimed of the content.
    enum Claim {
        Genuine,
        Copy,
        FalseCredentials,
        Unlawful
    }

    /// @notice A vote on a claim.
    enum Vote {
        None,
        Uphold,
        Reject
    }

    /// @notice What the votes decided; none as long as they were not counted.
    enum Decision {
        None,
        Upheld,
        Rejected,
        Undecided
    }

    /// @notice What can be done with a case: votes committed, votes opened, the round closed, an appeal made, stakes
    /// and rewards claimed.
    enum Phase {
        Commit,
        Reveal,
        Close,
        Appeal,
        Final
    }

    /**
     * @notice One vote over a case: the first, or that of the appeal.
     * @param commits how many votes were committed; those beyond `upheld` and `rejected` were not opened.
     */
    struct Round {
        uint40 commitUntil;
        uint40 revealUntil;
        uint32 commits;
        uint32 upheld;
        uint32 rejected;
        Decision decision;
    }

    /**
     * @notice A case.
     * @param opener who opened it, with the bond.
     * @param round 0, or 1 since an appeal.
     * @param decision the one that stands.
     * @param openedAt with `closedAt`, the time of the last count, in seconds since 1970.
     * @param evidence digest of what was shown with the claim; a CID by its digest.
     * @param creator with `owner` at the time of opening, has no vote.
     * @param appellant who appealed; 0 if nobody did.
     */
    struct Case {
        uint256 contentId;
        address opener;
        Claim claim;
        uint8 round;
        Decision decision;
        uint40 openedAt;
        uint40 closedAt;
        bytes32 evidence;
        address creator;
        address owner;
        address appellant;
        bytes32 appealEvidence;
    }

    /// @notice A claim was made, and votes on it can be committed.
    event CaseOpened(
        uint64 indexed caseId,
        uint256 indexed contentId,
        address indexed opener,
        Claim claim,
        bytes32 evidence,
        uint40 commitUntil,
        uint40 revealUntil
    );

    /// @notice The voter committed to a vote.
    event VoteCommitted(uint64 indexed caseId, address indexed voter, uint8 round, bytes32 commitment);

    /// @notice The voter's vote was opened.
    event VoteRevealed(uint64 indexed caseId, address indexed voter, uint8 round, Vote vote);

    /// @notice The votes of a round were counted; `standing` is what is decided since.
    event RoundClosed(
        uint64 indexed caseId,
        uint256 indexed contentId,
        uint8 round,
        Decision decision,
        Decision standing,
        uint32 upheld,
        uint32 rejected,
        uint32 silent
    );

    /// @notice The decision was appealed against, and votes on the claim can be committed again.
    event CaseAppealed(
        uint64 indexed caseId,
        uint256 indexed contentId,
        address indexed appellant,
        bytes32 evidence,
        uint40 commitUntil,
        uint40 revealUntil
    );

    /// @notice No case has this number.
    error ReviewCasesUnknown(uint64 caseId);

    /// @notice The step belongs to another phase than the case is in.
    error ReviewCasesWrongPhase(uint64 caseId, Phase phase, Phase needed);

    /// @notice A claim, an appeal and a vote need something: the digest of evidence, a commitment.
    error ReviewCasesZeroDigest();

    /// @notice The values are not those that the content was minted with, or it is not minted.
    error ReviewCasesWrongProvenance(uint256 contentId);

    /// @notice The same claim about the content is being decided.
    error ReviewCasesAlreadyOpen(uint64 caseId);

    /// @notice The same claim about the content was decided, and can be made again at `restsUntil`.
    error ReviewCasesAtRest(uint64 caseId, uint256 restsUntil);

    /// @notice The account is a party of the case, or voted in its first round.
    error ReviewCasesPartial(uint64 caseId, address account);

    /// @notice The account has committed to a vote.
    error ReviewCasesAlreadyCommitted(uint64 caseId, address voter);

    /// @notice Voter, vote and salt are not those of a commitment that waits to be opened.
    error ReviewCasesWrongReveal(uint64 caseId, address voter);

    /**
     * @notice Makes a claim about a content. Locks the bond of a flag.
     * @param evidence digest of what shows it.
     * @param provenance the opening of the content's provenance, which names its creator.
     * @return caseId counted from 1.
     */
    function open(
        uint256 contentId,
        Claim claim,
        bytes32 evidence,
        IContentToken.Provenance calldata provenance
    )
        external
        returns (uint64 caseId);

    /// @notice Commits the caller to a vote by a hash of {commitmentOf}. Locks the stake of a vote.
    function commit(uint64 caseId, bytes32 commitment) external;

    /// @notice Opens a vote. Anyone who has the salt can do it for the voter.
    function reveal(uint64 caseId, address voter, Vote vote, bytes32 salt) external;

    /// @notice Counts the votes, when their time is over or all are open. Anyone can.
    function close(uint64 caseId) external;

    /// @notice Appeals against the first decision. Locks the bond of an appeal.
    function appeal(uint64 caseId, bytes32 evidence) external;

    /**
     * @notice The hash that commits `voter` to `vote` in one round of a case of this contract on this chain.
     * @param salt 32 random bytes that stay secret until the vote is opened.
     */
    function commitmentOf(
        uint64 caseId,
        uint8 round,
        address voter,
        Vote vote,
        bytes32 salt
    )
        external
        view
        returns (bytes32);

    /// @notice The case.
    function caseOf(uint64 caseId) external view returns (Case memory);

    /// @notice One round of the case.
    function roundOf(uint64 caseId, uint8 round) external view returns (Round memory);

    /// @notice What can be done with the case, and the second from which it is something else; 0 for no such second.
    function phaseOf(uint64 caseId) external view returns (Phase phase, uint40 until);

    /// @notice An account's vote in a round: its commitment, whether it was opened, and whether it was settled.
    function ballotOf(
        uint64 caseId,
        uint8 round,
        address voter
    )
        external
        view
        returns (bytes32 commitment, Vote vote, bool settled);

    /// @notice How many cases there are.
    function caseCount() external view returns (uint64);

    /// @notice The last case about this claim on the content, decided or not; 0 if there is none.
    function latestCase(uint256 contentId, Claim claim) external view returns (uint64 caseId);

    /// @notice The rules.
    function terms() external view returns (ReviewTerms memory);

    /// @notice The register of the contents that are reviewed.
    function contentToken() external view returns (address);
}
