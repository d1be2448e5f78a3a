// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title The anchor of call records
 * @notice A provider anchors the records of the calls it served in batches, each as one Merkle root. The roots of one
 * provider form a hash chain, so that no batch can be left out, put in or changed afterwards.
 * @dev Records are signed and hashed as EIP-712 typed data of the domain ("Assay CallAnchor", "1"). A leaf of the
 * Merkle tree is the record's digest, {recordDigest}, hashed twice, as OpenZeppelin's MerkleProof expects.
 */
interface ICallAnchor {
    /**
     * @notice One served call, as its provider signs it.
     * @param provider who served and signs.
     * @param payer who paid.
     * @param service the asset that was called.
     * @param model the asset that answered.
     * @param promptDigest SHA-256 of the request's canonical JSON.
     * @param outputDigest SHA-256 of the output's bytes.
     * @param token the ERC-20 token paid in.
     * @param amount the amount paid in the token's smallest unit.
     * @param paymentNonce the ERC-3009 nonce of the payment.
     * @param startedAt when the call began, in seconds since 1970.
     * @param finishedAt when the last byte was sent, in seconds since 1970.
     */
    struct CallRecord {
        address provider;
        address payer;
        uint256 service;
        uint256 model;
        bytes32 promptDigest;
        bytes32 outputDigest;
        address token;
        uint256 amount;
        bytes32 paymentNonce;
        uint64 startedAt;
        uint64 finishedAt;
    }

    /// @notice The provider anchored a batch; `head` is the end of its chain from then on.
    event BatchAnchored(address indexed provider, uint64 indexed batch, bytes32 root, uint32 calls, bytes32 head);

    /// @notice The provider's next batch has another number; a repeated or reordered send is refused.
    error CallAnchorUnexpectedBatch(uint64 expected, uint64 given);

    /// @notice A batch holds at least one call and has a root.
    error CallAnchorEmptyBatch(bytes32 root, uint32 calls);

    /**
     * @notice Anchors the caller's next batch.
     * @param batch the number of the batch, counted from 0.
     * @param root the Merkle root over the records' digests.
     * @param calls how many records the batch holds.
     */
    function anchor(uint64 batch, bytes32 root, uint32 calls) external;

    /**
     * @notice Where a provider's chain stands; all zero before the first batch.
     * @return head keccak256(abi.encode(previous head, batch, root, calls)) of the last batch.
     * @return batches how many batches were anchored; the number of the next one.
     * @return calls how many calls they hold together.
     */
    function headOf(address provider) external view returns (bytes32 head, uint64 batches, uint64 calls);

    /// @notice The EIP-712 digest of a record: what its provider signs, and its value in the Merkle tree.
    function recordDigest(CallRecord calldata record) external view returns (bytes32);
}
