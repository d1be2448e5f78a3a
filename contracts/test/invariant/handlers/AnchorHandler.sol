// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {CallAnchor} from "../../../src/market/CallAnchor.sol";
import {Cast} from "./Cast.sol";

/// @dev Providers anchor batches in order, and send them again or out of order.
contract AnchorHandler is Cast {
    struct Batch {
        bytes32 root;
        uint32 calls;
    }

    CallAnchor private immutable _anchor;

    mapping(address provider => Batch[]) private _accepted;

    /// @dev Batches that were accepted though they were not the provider's next.
    uint256 public disorderly;

    constructor(CallAnchor anchor) {
        _anchor = anchor;
    }

    function acceptedBy(address provider) external view returns (Batch[] memory) {
        return _accepted[provider];
    }

    function anchorNext(uint256 seed, bytes32 root, uint32 calls) external {
        address provider = member(seed);
        Batch memory batch = Batch(keccak256(abi.encode(root)), uint32(_bound(calls, 1, type(uint32).max)));
        vm.prank(provider);
        _anchor.anchor(uint64(_accepted[provider].length), batch.root, batch.calls);
        _accepted[provider].push(batch);
    }

    function anchorAnother(uint256 seed, uint64 number, bytes32 root, uint32 calls) external {
        address provider = member(seed);
        uint256 next = _accepted[provider].length;
        number = uint64(_bound(number, 0, next + 2));
        if (number == next) return;
        vm.prank(provider);
        try _anchor.anchor(number, root, calls) {
            disorderly += 1;
        } catch {}
    }
}
