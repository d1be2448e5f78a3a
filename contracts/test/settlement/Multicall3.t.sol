// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IMulticall3} from "../../src/settlement/IMulticall3.sol";
import {Multicall3} from "../../src/settlement/Multicall3.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {TestCase} from "../support/TestCase.sol";

contract Multicall3Test is TestCase {
    IMulticall3 private _multicall;
    AssayToken private _token;

    function setUp() public {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        _multicall = new Multicall3();
        _token = new AssayToken(CREATOR, 5e6);
    }

    function test_ItAnswersEachCallInItsPlace() public {
        IMulticall3.Call[] memory calls = new IMulticall3.Call[](2);
        calls[0] = _call(abi.encodeCall(_token.balanceOf, (CREATOR)));
        calls[1] = _call(abi.encodeCall(_token.balanceOf, (BUYER)));

        (uint256 number, bytes[] memory answers) = _multicall.aggregate(calls);
        IMulticall3.Result[] memory results = _multicall.tryAggregate(true, calls);

        vm.assertEq(number, 1000);
        vm.assertEq(abi.decode(answers[0], (uint256)), 5e6);
        vm.assertEq(abi.decode(answers[1], (uint256)), 0);
        vm.assertEq(keccak256(results[0].returnData), keccak256(answers[0]));
        vm.assertTrue(results[1].success);
    }

    function test_AFailureIsToldWhereItMayBeAndElseUndoesAll() public {
        IMulticall3.Call[] memory calls = new IMulticall3.Call[](2);
        calls[0] = _call(abi.encodeCall(_token.balanceOf, (CREATOR)));
        calls[1] = _call(abi.encodeCall(_token.transfer, (BUYER, 1)));

        (uint256 number,, IMulticall3.Result[] memory results) = _multicall.tryBlockAndAggregate(false, calls);

        vm.assertEq(number, 1000);
        vm.assertTrue(results[0].success);
        vm.assertFalse(results[1].success);
        bytes memory failed =
            abi.encodeWithSelector(IMulticall3.Multicall3CallFailed.selector, 1, results[1].returnData);
        vm.expectRevert(failed);
        _multicall.tryAggregate(true, calls);
        vm.expectRevert(failed);
        _multicall.aggregate(calls);
    }

    function test_EachCallSaysWhetherItMayFail() public {
        IMulticall3.Call3[] memory calls = new IMulticall3.Call3[](1);
        calls[0] = IMulticall3.Call3(address(_token), true, abi.encodeCall(_token.transfer, (BUYER, 1)));

        vm.assertFalse(_multicall.aggregate3(calls)[0].success);
        calls[0].allowFailure = false;
        vm.expectPartialRevert(IMulticall3.Multicall3CallFailed.selector);
        _multicall.aggregate3(calls);
    }

    function test_ItTellsAboutTheBlock() public {
        vm.deal(BUYER, 3 ether);

        vm.assertEq(_multicall.getBlockNumber(), 1000);
        vm.assertEq(_multicall.getCurrentBlockTimestamp(), 1_800_000_000);
        vm.assertEq(_multicall.getChainId(), block.chainid);
        vm.assertEq(_multicall.getEthBalance(BUYER), 3 ether);
        vm.assertEq(_multicall.getLastBlockHash(), blockhash(999));
        vm.assertEq(_multicall.getBlockHash(990), blockhash(990));
        vm.assertEq(_multicall.getBasefee(), block.basefee);
        vm.assertEq(_multicall.getCurrentBlockGasLimit(), block.gaslimit);
        vm.assertEq(_multicall.getCurrentBlockCoinbase(), block.coinbase);
    }

    function _call(bytes memory data) private view returns (IMulticall3.Call memory) {
        return IMulticall3.Call(address(_token), data);
    }
}
