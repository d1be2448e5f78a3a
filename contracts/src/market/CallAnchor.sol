// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ICallAnchor} from "./ICallAnchor.sol";

/// @dev Implementation of {ICallAnchor}.
contract CallAnchor is ICallAnchor, EIP712 {
    /// @dev Where a provider's chain stands, in two slots of storage.
    struct Chain {
        bytes32 head;
        uint64 batches;
        uint64 calls;
    }

    bytes32 private constant RECORD_TYPEHASH = keccak256(
        "CallRecord(address provider,address payer,uint256 service,uint256 model,bytes32 promptDigest,bytes32 outputDigest,address token,uint256 amount,bytes32 paymentNonce,uint64 startedAt,uint64 finishedAt)"
    );

    mapping(address provider => Chain) private _chains;

    constructor() EIP712("Assay CallAnchor", "1") {}

    /// @inheritdoc ICallAnchor
    function anchor(uint64 batch, bytes32 root, uint32 calls) external {
        if (root == 0 || calls == 0) revert CallAnchorEmptyBatch(root, calls);
        Chain storage chain = _chains[msg.sender];
        uint64 expected = chain.batches;
        if (batch != expected) revert CallAnchorUnexpectedBatch(expected, batch);
        bytes32 head = keccak256(abi.encode(chain.head, batch, root, calls));
        chain.head = head;
        chain.batches = expected + 1;
        chain.calls += calls;
        emit BatchAnchored(msg.sender, batch, root, calls, head);
    }

    /// @inheritdoc ICallAnchor
    function headOf(address provider) external view returns (bytes32 head, uint64 batches, uint64 calls) {
        Chain storage chain = _chains[provider];
        return (chain.head, chain.batches, chain.calls);
    }

    /// @inheritdoc ICallAnchor
    function recordDigest(CallRecord calldata record) external view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(RECORD_TYPEHASH, record)));
    }
}
