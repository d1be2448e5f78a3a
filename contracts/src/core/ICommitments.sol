// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Commit and reveal
 * @notice Protects whoever claims a digest first from being copied. The claimant first publishes a hash that hides
 * the digest and names the claimant, and reveals the digest some blocks later. Someone who copies the reveal from
 * the mempool has no commitment of the required age, because a commitment made for another claimant has another
 * hash.
 */
interface ICommitments {
    /// @notice A commitment was recorded in the current block.
    event Committed(bytes32 indexed commitment);

    /// @notice The range of ages in which a commitment can be revealed is empty, or lets it be revealed at once.
    error CommitmentsInvalidMinimumAge(uint256 minimumAgeBlocks);

    /// @notice No such commitment: it was never made, was used already, or names another claimant, digest or salt.
    error CommitmentsUnknown(bytes32 commitment);

    /// @notice The commitment cannot be revealed before block `readyAtBlock`.
    error CommitmentsTooNew(bytes32 commitment, uint256 readyAtBlock);

    /// @notice The commitment could be revealed up to block `expiredAfterBlock` and has to be made again.
    error CommitmentsExpired(bytes32 commitment, uint256 expiredAfterBlock);

    /**
     * @notice Records a commitment made with {commitmentOf}. Anyone can send it for the claimant.
     * @dev A commitment that is still alive keeps its age, so that sending it again, by mistake or by someone who
     * copied it, neither fails nor delays the claimant.
     */
    function commit(bytes32 commitment) external;

    /**
     * @notice The hash that commits `claimant` to `digest` in this contract on this chain.
     * @param salt 32 random bytes that stay secret until the reveal; they keep the digest from being guessed.
     */
    function commitmentOf(address claimant, bytes32 digest, bytes32 salt) external view returns (bytes32);

    /// @notice The block in which `commitment` was recorded; 0 if it is unknown or used.
    function committedAt(bytes32 commitment) external view returns (uint256 blockNumber);

    /// @notice Whether `commitment` was recorded, is unused and has not expired; it may still be too new to reveal.
    function isPending(bytes32 commitment) external view returns (bool);

    /// @notice How many blocks have to pass between commitment and reveal.
    function minimumAgeBlocks() external view returns (uint256);

    /// @notice How many blocks a commitment stays good for.
    // solhint-disable-next-line func-name-mixedcase
    function MAXIMUM_AGE_BLOCKS() external view returns (uint256);
}
