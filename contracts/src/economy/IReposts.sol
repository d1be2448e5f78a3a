// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../content/IContentToken.sol";
import {Permit} from "../licence/Permit.sol";

/**
 * @title Reposts of content
 * @notice A repost is an ERC-721 token that points at content, or at another repost. Whoever pays a repost pays the
 * authors of the content at its root as well: a rate of the amount, rounded up, goes to the royalty account of the root
 * ({IContentToken-royaltyAccountOf}), and the rest to the repost's owner. What is paid is sent on within the transaction,
 * so this contract never holds money.
 *
 * A repost keeps its root, the root's royalty account and its rate from the time it was made. A payment therefore costs
 * the same at any depth, and nobody changes the terms under a reposter: a new rate counts for later reposts only.
 *
 * Content that is burnt or revoked cannot be reposted any more, nor can its reposts. Those that exist stay, and are paid
 * as before: their authors still have their share, and nothing is taken from reposters who relied on the terms.
 * @dev Reposts are numbered from 1. Content tokens are named by SHA-256 digests, which are never that small.
 */
interface IReposts {
    /**
     * @notice A repost.
     * @param root the content that all its reposts lead back to.
     * @param parent what was reposted: the root itself, or a repost of it.
     * @param royaltyAccount where the authors' part of each payment goes.
     * @param rateBps the authors' part in hundredths of a per cent.
     * @param repostedAt when it was made, in seconds since 1970.
     */
    struct Repost {
        uint256 root;
        uint256 parent;
        address royaltyAccount;
        uint16 rateBps;
        uint40 repostedAt;
    }

    /**
     * @notice A payment by signature: an authorization of ERC-3009 for this contract to receive `value`.
     * @param salt with repost, payer and note it makes the authorization's nonce, see {paymentNonce}.
     */
    struct Authorization {
        address payer;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 salt;
        bytes signature;
    }

    /// @notice The rate for reposts of the content that are made from now on is `rateBps`.
    event RateSet(uint256 indexed tokenId, address indexed creator, uint16 rateBps);

    /// @notice `reposter` reposted `parent`.
    event Reposted(
        uint256 indexed repostId, uint256 indexed root, address indexed reposter, uint256 parent, uint16 rateBps
    );

    /// @notice A repost was paid; `note` is the SHA-256 of what the payer says, 0 for nothing.
    event RepostPaid(
        uint256 indexed repostId,
        uint256 indexed root,
        address indexed owner,
        address payer,
        uint256 authorAmount,
        uint256 ownerAmount,
        bytes32 note
    );

    /// @notice A rate is at most `maximumRateBps`.
    error RepostsRateTooHigh(uint16 rateBps, uint16 maximumRateBps);

    /// @notice The rate is above what the reposter agreed to.
    error RepostsRateAboveMaximum(uint16 rateBps, uint16 maximumRateBps);

    /// @notice Only the creator sets the rate, with the provenance that the content was minted with.
    error RepostsNotCreator(uint256 tokenId, address caller);

    /// @notice There is no such repost.
    error RepostsUnknown(uint256 repostId);

    /// @notice A payment is of one unit at least.
    error RepostsNothingPaid();

    /**
     * @notice Sets the rate for later reposts of the content and of its reposts.
     * @param provenance the opening that names the caller as the creator.
     */
    function setRate(uint256 tokenId, IContentToken.Provenance calldata provenance, uint16 rateBps) external;

    /**
     * @notice Makes a repost for the caller.
     * @param parent a content token, or a repost.
     * @param maximumRateBps the highest rate that the caller agrees to.
     */
    function repost(uint256 parent, uint16 maximumRateBps) external returns (uint256 repostId);

    /// @notice Pays a repost from the caller's allowance; `note` is the SHA-256 of a message, or 0.
    function pay(uint256 repostId, uint256 amount, bytes32 note) external;

    /// @notice {pay} with an allowance by signature.
    function payWithPermit(uint256 repostId, uint256 amount, bytes32 note, Permit calldata permit) external;

    /// @notice {pay} by a signed authorization. Sent by anyone.
    function payWithAuthorization(uint256 repostId, bytes32 note, Authorization calldata authorization) external;

    /// @notice A repost; reverts if there is none.
    function repostOf(uint256 repostId) external view returns (Repost memory);

    /// @notice The rate for reposts that are made now, in hundredths of a per cent.
    function rateOf(uint256 tokenId) external view returns (uint16 rateBps);

    /// @notice How an amount that is paid to a repost is split.
    function split(uint256 repostId, uint256 amount) external view returns (uint256 authorAmount, uint256 ownerAmount);

    /// @notice How many reposts there are; the newest has this number.
    function repostCount() external view returns (uint40);

    /// @notice The ERC-20 token that reposts are paid in.
    function currency() external view returns (address);

    /// @notice The register of the content that is reposted.
    function content() external view returns (address);

    /// @notice The highest rate, in hundredths of a per cent: half of a payment.
    function maximumRate() external pure returns (uint16 rateBps);

    /// @notice The nonce of the authorization by which `payer` pays a repost.
    function paymentNonce(uint256 repostId, address payer, bytes32 note, bytes32 salt) external pure returns (bytes32);
}
