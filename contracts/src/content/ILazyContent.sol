// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../licence/Permit.sol";
import {IContentToken} from "./IContentToken.sol";
import {Terms} from "./Terms.sol";

/**
 * @title Content that is minted when it is bought, listed by the thousand
 * @notice A creator anchors the root of a Merkle tree over contents and their terms. Who holds a leaf and its proof buys the
 * content, and so mints it, with the creator on record.
 * @dev The leaf is keccak256(bytes.concat(keccak256(abi.encode(creator, content, terms)))), pairs are sorted (OpenZeppelin's
 * MerkleProof): a root that somebody else anchors as its own lists nothing of its own. A list sells nothing before it has the
 * age of a commitment ({ICommitments-minimumAgeBlocks}), so that nobody lists what the reveal of another shows. A root counts as the creator's commitment to all its contents in the block in which it was anchored: who
 * sees a listed content and mints it as its own loses it to {reclaim}, for {CONTEST_PERIOD}. Until then a buyer relies on the
 * creator it bought from: an older list of another account takes the token, whatever was paid for it.
 */
interface ILazyContent {
    /**
     * @notice A creator listed contents.
     * @param catalogueDigest SHA-256 of the list of leaves in the store; 0 if it is not public.
     */
    event ContentListed(address indexed creator, bytes32 indexed root, uint256 count, bytes32 catalogueDigest);

    /// @notice Nothing of this list is sold any more; it stays a commitment.
    event ListClosed(address indexed creator, bytes32 indexed root);

    /// @notice Content went from `from`, its owner, to the creator who had committed to it before; 0 if it was burnt.
    event ContentReclaimed(uint256 indexed tokenId, address indexed creator, address indexed from);

    /// @notice The creator has anchored no such root.
    error LazyContentUnknownRoot(address creator, bytes32 root);

    /// @notice The creator has closed the list.
    error LazyContentClosed(address creator, bytes32 root);

    /// @notice The list sells from block `readyAtBlock` on.
    error LazyContentTooNew(address creator, bytes32 root, uint256 readyAtBlock);

    /// @notice The list is anchored already.
    error LazyContentRepeated(address creator, bytes32 root);

    /// @notice The token's claim is not younger than the list.
    error LazyContentClaimedBefore(uint256 tokenId, uint256 claimedAt, uint256 anchoredAt);

    /// @notice The token is of the list's creator, who does not take back what it sold or gave.
    error LazyContentOwn(uint256 tokenId, address creator);

    /// @notice The token can no longer be reclaimed.
    error LazyContentFinal(uint256 tokenId, uint256 finalSince);

    /// @notice Lists the contents of a tree under the caller's name.
    function list(bytes32 root, uint256 count, bytes32 catalogueDigest) external;

    /// @notice Ends the sale of everything in a list of the caller.
    function closeList(bytes32 root) external;

    /// @notice Buys a listed content for the caller, who has allowed this contract the price, or sends it in ether.
    function buy(
        address creator,
        IContentToken.Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof
    )
        external
        payable;

    /// @notice The same with the caller's signed allowance (ERC-2612).
    function buyWithPermit(
        address creator,
        IContentToken.Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof,
        Permit calldata permit
    )
        external;

    /**
     * @notice Gives a listed content that somebody claimed after the list was anchored to the list's creator. Anyone can
     * call it, up to {CONTEST_PERIOD} after the token was minted. What was burnt comes back: a thief destroys nothing.
     * @param claimed the token's provenance, which names another creator.
     */
    function reclaim(
        address creator,
        IContentToken.Content calldata content,
        Terms calldata terms,
        bytes32[] calldata proof,
        IContentToken.Provenance calldata claimed
    )
        external;

    /// @notice When a root was anchored, as a block, and whether the list is closed; 0 if it is unknown.
    function listOf(address creator, bytes32 root) external view returns (uint40 anchoredAt, bool closed);

    /// @notice For how many seconds a new token can be reclaimed.
    // solhint-disable-next-line func-name-mixedcase
    function CONTEST_PERIOD() external view returns (uint256);
}
