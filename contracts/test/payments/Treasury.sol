// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IPaymentPolicy} from "../../src/payments/IPaymentPolicy.sol";
import {PaymentPolicy} from "../../src/payments/PaymentPolicy.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev A treasury with one payee, an operator and two approvers.
abstract contract Treasury is TestCase {
    uint256 internal constant SUPPLY = 1_000_000e6;
    uint128 internal constant LIMIT = 1000e6;
    uint128 internal constant TOTAL = 1500e6;
    uint128 internal constant THRESHOLD = 400e6;
    uint32 internal constant PERIOD = 30 days;
    uint32 internal constant DELAY = 2 days;
    address internal constant OWNER = address(0x0E);
    address internal constant OPERATOR = address(0x0B);
    address internal constant PAYEE = address(0xACE);
    address internal constant FIRST = address(0xA1);
    address internal constant SECOND = address(0xA2);
    bytes32 internal constant ID = keccak256("acme");

    AssayToken internal _money;
    PaymentPolicy internal _policy;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _policy = _newPolicy(address(_money = new AssayToken(OWNER, SUPPLY)));
        vm.startPrank(OWNER);
        _money.transfer(address(_policy), SUPPLY / 2);
        _policy.setRules(IPaymentPolicy.Rules(TOTAL, THRESHOLD, PERIOD, 2));
        _policy.setPayee("acme", PAYEE, LIMIT, 0);
        _policy.setOperator(OPERATOR, true);
        _policy.setApprover(FIRST, true);
        _policy.setApprover(SECOND, true);
        vm.stopPrank();
    }

    function _newPolicy(address money) internal returns (PaymentPolicy) {
        return new PaymentPolicy(OWNER, money, DELAY);
    }

    function _request(uint128 amount, string memory words) internal view returns (IPaymentPolicy.Request memory) {
        return IPaymentPolicy.Request(ID, PAYEE, amount, keccak256(bytes(words)), uint64(block.timestamp + 1 days));
    }

    function _pay(IPaymentPolicy.Request memory request) internal {
        vm.prank(OPERATOR);
        _policy.pay(request);
    }

    function _approve(IPaymentPolicy.Request memory request, address approver) internal {
        vm.prank(approver);
        _policy.approve(request);
    }
}
