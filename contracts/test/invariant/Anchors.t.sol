// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {CallAnchor} from "../../src/market/CallAnchor.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {AnchorHandler} from "./handlers/AnchorHandler.sol";

contract AnchorInvariants is InvariantCase {
    CallAnchor private _anchor;
    AnchorHandler private _handler;

    function setUp() public {
        _anchor = new CallAnchor();
        _handler = new AnchorHandler(_anchor);
        _target(address(_handler));
    }

    function invariant_K1_TheHeadIsTheChainOfAllBatches() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            AnchorHandler.Batch[] memory accepted = _handler.acceptedBy(_handler.member(i));
            bytes32 expected;
            for (uint256 batch = 0; batch < accepted.length; ++batch) {
                expected = keccak256(abi.encode(expected, batch, accepted[batch].root, accepted[batch].calls));
            }
            (bytes32 head,,) = _anchor.headOf(_handler.member(i));
            vm.assertEq(head, expected);
        }
    }

    function invariant_K2_TheCountsAddUp() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            AnchorHandler.Batch[] memory accepted = _handler.acceptedBy(_handler.member(i));
            uint256 expected;
            for (uint256 batch = 0; batch < accepted.length; ++batch) {
                expected += accepted[batch].calls;
            }
            (, uint64 batches, uint64 calls) = _anchor.headOf(_handler.member(i));
            vm.assertEq(batches, accepted.length);
            vm.assertEq(calls, expected);
        }
        vm.assertEq(_handler.disorderly(), 0);
    }
}
