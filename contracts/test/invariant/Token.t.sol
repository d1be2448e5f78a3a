// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {AssayToken} from "../../src/token/AssayToken.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {TokenHandler} from "./handlers/TokenHandler.sol";

contract TokenInvariants is InvariantCase {
    uint256 private constant SUPPLY = 1_000_000e6;

    AssayToken private _token;
    TokenHandler private _handler;

    function setUp() public {
        _token = new AssayToken(vm.addr(1), SUPPLY);
        _handler = new TokenHandler(_token);
        _target(address(_handler));
    }

    function invariant_T1_TheSupplyIsConserved() public view {
        uint256 sum;
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            sum += _token.balanceOf(_handler.member(i));
        }
        vm.assertEq(sum, SUPPLY);
        vm.assertEq(_token.totalSupply(), SUPPLY);
    }

    function invariant_T2_AnAuthorizationIsUsedAtMostOnce() public view {
        for (uint256 i = 0; i < _handler.signedCount(); ++i) {
            vm.assertTrue(_handler.uses(i) <= 1);
            vm.assertEq(_handler.usesAfterCancel(i), 0);
        }
    }
}
