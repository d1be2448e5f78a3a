// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {CallAnchor} from "../../src/market/CallAnchor.sol";
import {ICallAnchor} from "../../src/market/ICallAnchor.sol";
import {TestCase} from "../support/TestCase.sol";

contract CallAnchorTest is TestCase {
    address private constant PROVIDER = CREATOR;
    bytes32 private constant ROOT = keccak256("root");

    CallAnchor private _anchor;

    function setUp() public {
        _anchor = new CallAnchor();
    }

    function testFuzz_RevertWhen_TheBatchIsEmpty(bytes32 root, uint32 calls) public {
        if (uint256(root) % 2 == 0) root = 0;
        else calls = 0;
        vm.expectRevert(abi.encodeWithSelector(ICallAnchor.CallAnchorEmptyBatch.selector, root, calls));

        _anchor.anchor(0, root, calls);
    }

    function testFuzz_RevertWhen_TheBatchIsNotTheNext(uint64 batch) public {
        vm.assume(batch != 1);
        vm.startPrank(PROVIDER);
        _anchor.anchor(0, ROOT, 1);
        vm.expectRevert(abi.encodeWithSelector(ICallAnchor.CallAnchorUnexpectedBatch.selector, 1, batch));

        _anchor.anchor(batch, ROOT, 1);
    }

    function testFuzz_AnchorChainsTheRoots(bytes32[] calldata roots, uint32 calls) public {
        calls = uint32(_bound(calls, 1, type(uint32).max));
        bytes32 head;
        uint64 batch;
        vm.startPrank(PROVIDER);

        for (uint256 i = 0; i < roots.length; ++i) {
            if (roots[i] == 0) continue;
            head = keccak256(abi.encode(head, batch, roots[i], calls));
            vm.expectEmit(address(_anchor));
            emit ICallAnchor.BatchAnchored(PROVIDER, batch, roots[i], calls, head);
            _anchor.anchor(batch++, roots[i], calls);
        }

        _assertHead(PROVIDER, head, batch, uint64(batch) * calls);
    }

    function test_ProvidersAreIndependent() public {
        vm.prank(PROVIDER);
        _anchor.anchor(0, ROOT, 5);

        vm.prank(BUYER);
        _anchor.anchor(0, ROOT, 7);

        bytes32 head5 = keccak256(abi.encode(bytes32(0), uint64(0), ROOT, uint32(5)));
        _assertHead(PROVIDER, head5, 1, 5);
    }

    function test_AProviderWithoutBatchesHasNoHead() public view {
        _assertHead(THIEF, 0, 0, 0);
    }

    function test_TheRecordDigestEqualsTheOneFromPython() public {
        string memory vector = vm.readFile("test/vectors/call_record.json");
        vm.chainId(vm.parseJsonUint(vector, ".chain_id"));
        CallAnchor there = CallAnchor(_etched(vm.parseJsonAddress(vector, ".contract")));

        bytes32 digest = there.recordDigest(_recordFrom(vector));

        vm.assertEq(digest, vm.parseJsonBytes32(vector, ".digest"));
    }

    function testFuzz_TheRecordDigestBindsEveryField(ICallAnchor.CallRecord memory record, uint8 field) public {
        bytes32 before = _anchor.recordDigest(record);

        bytes memory words = abi.encode(record);
        uint256 place = uint256(field) % 11 * 32 + 31;
        words[place] ^= 0x01;
        bytes32 changed = _anchor.recordDigest(abi.decode(words, (ICallAnchor.CallRecord)));
        CallAnchor other = new CallAnchor();

        vm.assertTrue(before != changed);
        vm.assertTrue(before != other.recordDigest(record));
        vm.chainId(block.chainid + 1);
        vm.assertTrue(before != _anchor.recordDigest(record));
    }

    /// @dev The same code at the address of the vector; EIP-712 then computes its domain afresh.
    function _etched(address there) private returns (address) {
        vm.etch(there, address(_anchor).code);
        return there;
    }

    function _recordFrom(string memory vector) private pure returns (ICallAnchor.CallRecord memory) {
        return ICallAnchor.CallRecord({
            provider: vm.parseJsonAddress(vector, ".record.provider"),
            payer: vm.parseJsonAddress(vector, ".record.payer"),
            service: vm.parseJsonUint(vector, ".record.service"),
            model: vm.parseJsonUint(vector, ".record.model"),
            promptDigest: vm.parseJsonBytes32(vector, ".record.promptDigest"),
            outputDigest: vm.parseJsonBytes32(vector, ".record.outputDigest"),
            token: vm.parseJsonAddress(vector, ".record.token"),
            amount: vm.parseJsonUint(vector, ".record.amount"),
            paymentNonce: vm.parseJsonBytes32(vector, ".record.paymentNonce"),
            startedAt: uint64(vm.parseJsonUint(vector, ".record.startedAt")),
            finishedAt: uint64(vm.parseJsonUint(vector, ".record.finishedAt"))
        });
    }

    function _assertHead(
        address provider,
        bytes32 expectedHead,
        uint64 expectedBatches,
        uint64 expectedCalls
    )
        private
        view
    {
        (bytes32 head, uint64 batches, uint64 calls) = _anchor.headOf(provider);
        vm.assertEq(head, expectedHead);
        vm.assertEq(batches, expectedBatches);
        vm.assertEq(calls, expectedCalls);
    }
}
