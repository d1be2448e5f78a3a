// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {BatchSettlement} from "../../src/settlement/BatchSettlement.sol";
import {SettlementAddresses} from "../../src/settlement/SettlementAddresses.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {SettlementHandler} from "./handlers/SettlementHandler.sol";

contract SettlementInvariants is InvariantCase {
    uint256 private constant SUPPLY = 40e6;
    BatchSettlement private constant SETTLEMENT = BatchSettlement(SettlementAddresses.SETTLEMENT);

    SettlementHandler private _handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        _handler = new SettlementHandler(SUPPLY);
        _target(address(_handler));
    }

    function invariant_S1_TheContractHoldsWhatItOwes() public view {
        uint256 owed;
        for (uint256 i = 0; i < _handler.CHANNELS(); ++i) {
            (uint128 balance, uint128 claimed) = SETTLEMENT.channels(_handler.idOf(i));
            owed += balance - claimed;
        }
        for (uint256 i = 0; i < _handler.CHANNELS(); i += _handler.CHANNELS() / 2) {
            (uint128 claimed, uint128 settled) = SETTLEMENT.receivers(_handler.receiverOf(i), address(_handler.token()));
            owed += claimed - settled;
        }
        vm.assertEq(_handler.token().balanceOf(address(SETTLEMENT)), owed);
    }

    function invariant_S2_AChannelPaysNoMoreThanDepositedNorThanVouched() public view {
        for (uint256 i = 0; i < _handler.CHANNELS(); ++i) {
            (uint128 balance, uint128 claimed) = SETTLEMENT.channels(_handler.idOf(i));
            vm.assertTrue(claimed <= _handler.signed(i), "vouched");
            vm.assertTrue(claimed <= balance, "balance");
            vm.assertEq(uint256(balance) + _handler.givenBack(i), _handler.deposited(i));
        }
    }

    function invariant_S3_WhatIsClaimedIsCreditedOnceAndPaidOnce() public view {
        for (uint256 half = 0; half < 2; ++half) {
            address receiver = _handler.receiverOf(half * _handler.CHANNELS() / 2);
            uint256 sum;
            for (uint256 i = 0; i < _handler.CHANNELS(); ++i) {
                if (_handler.receiverOf(i) != receiver) continue;
                (, uint128 claimed) = SETTLEMENT.channels(_handler.idOf(i));
                sum += claimed;
            }
            (uint128 credited, uint128 settled) = SETTLEMENT.receivers(receiver, address(_handler.token()));
            vm.assertEq(credited, sum);
            vm.assertEq(_handler.token().balanceOf(receiver), settled);
        }
    }

    function invariant_S4_AValidClaimIsNeverRefused() public view {
        vm.assertEq(_handler.refusedClaims(), 0);
    }

    function invariant_S5_WhatMustFailFails() public view {
        vm.assertEq(_handler.wrongs(), 0);
    }

    function invariant_S6_APayerLosesNothingButWhatIsClaimed() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            uint256 kept = _handler.token().balanceOf(_handler.member(i));
            for (uint256 channel = i; channel < _handler.CHANNELS(); channel += _handler.CAST_SIZE()) {
                (uint128 balance,) = SETTLEMENT.channels(_handler.idOf(channel));
                kept += balance;
            }
            vm.assertEq(kept, SUPPLY / _handler.CAST_SIZE());
        }
    }
}
