// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {Channels} from "../settlement/Channels.sol";

/// @dev What channels cost, kept in snapshots/ and held below the goals.
contract BatchSettlementGasTest is Channels {
    uint256 private constant CHANNELS = 100;
    uint256 private constant CLAIM_GOAL = 16_000;
    uint128 private constant AMOUNT = 1e6;

    function test_BatchSettlement() public {
        IBatchSettlement.ChannelConfig memory config = _config();
        _deposit(config, AMOUNT);
        vm.snapshotGasLastCall("BatchSettlement", "deposit that opens a channel");
        _deposit(config, AMOUNT);
        vm.snapshotGasLastCall("BatchSettlement", "later deposit");
        _claim(config, 1000);
        vm.snapshotGasLastCall("BatchSettlement", "receiver's first claim, of one channel");
        _claim(config, 2000);
        vm.snapshotGasLastCall("BatchSettlement", "claim of one channel");
        SETTLEMENT.settle(RECEIVER, address(_token));
        vm.snapshotGasLastCall("BatchSettlement", "receiver's first settlement");
        _claim(config, 3000);
        SETTLEMENT.settle(RECEIVER, address(_token));
        vm.snapshotGasLastCall("BatchSettlement", "settle");
        vm.prank(_payer);
        SETTLEMENT.initiateWithdraw(config, AMOUNT);
        vm.snapshotGasLastCall("BatchSettlement", "initiateWithdraw");
        vm.warp(block.timestamp + DELAY);
        SETTLEMENT.finalizeWithdraw(config);
        vm.snapshotGasLastCall("BatchSettlement", "finalizeWithdraw");
        _refundSigned(config, AMOUNT / 2);
        vm.snapshotGasLastCall("BatchSettlement", "channel's first refundWithSignature");
        _refundSigned(config, AMOUNT);
        vm.snapshotGasLastCall("BatchSettlement", "refundWithSignature");
    }

    function test_ClaimOfManyChannels() public {
        for (uint256 salt = 1; salt <= CHANNELS; ++salt) {
            _deposit(_configWith(keccak256(abi.encode(salt))), AMOUNT);
        }

        _claimSigned(_lines(1000));
        vm.snapshotGasLastCall("BatchSettlement", "receiver's first claim, of 100 channels");
        _claimSigned(_lines(234_567));
        uint256 gas = vm.snapshotGasLastCall("BatchSettlement", "claim of 100 channels");

        vm.assertTrue(gas / CHANNELS <= CLAIM_GOAL, "gas of a channel in a batch of 100");
    }

    function _lines(uint128 total) private view returns (IBatchSettlement.VoucherClaim[] memory lines) {
        lines = new IBatchSettlement.VoucherClaim[](CHANNELS);
        for (uint256 i = 0; i < CHANNELS; ++i) {
            lines[i] = _line(_configWith(keccak256(abi.encode(i + 1))), total);
        }
    }
}
