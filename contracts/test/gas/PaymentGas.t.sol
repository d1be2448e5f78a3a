// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IPaymentPolicy} from "../../src/payments/IPaymentPolicy.sol";
import {Treasury} from "../payments/Treasury.sol";

/// @dev What payments by rules cost, kept in snapshots/.
contract PaymentGasTest is Treasury {
    function test_Payments() public {
        _pay(_request(10e6, "1"));
        vm.snapshotGasLastCall("PaymentPolicy", "pay, the first of the treasury and to the payee");
        _pay(_request(10e6, "2"));
        vm.snapshotGasLastCall("PaymentPolicy", "pay");

        IPaymentPolicy.Request memory large = _request(THRESHOLD + 1, "3");
        _approve(large, FIRST);
        _approve(large, SECOND);
        vm.snapshotGasLastCall("PaymentPolicy", "approve");
        _pay(large);
        vm.snapshotGasLastCall("PaymentPolicy", "pay with two approvals");

        vm.prank(OWNER);
        _policy.setPayee("other", BUYER, LIMIT, 0);
        vm.snapshotGasLastCall("PaymentPolicy", "list a payee");
    }
}
