// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ContentToken} from "../../src/content/ContentToken.sol";
import {IRoyaltyAccount} from "../../src/content/IRoyaltyAccount.sol";
import {Deploying} from "../content/Deploying.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {RoyaltyHandler} from "./handlers/RoyaltyHandler.sol";

contract RoyaltyInvariants is InvariantCase, Deploying {
    ContentToken private _token;
    RoyaltyHandler private _handler;

    function setUp() public {
        _token = _deployContent(1);
        _handler = new RoyaltyHandler(_token);
        _target(address(_handler));
    }

    function invariant_R1_MoneyInIsMoneyOutOrHeld() public view {
        uint256 etherIn;
        uint256 tokensIn;
        uint256 etherNow = address(_handler.moody()).balance;
        uint256 tokensNow = _handler.currency().balanceOf(address(_handler.moody()));
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            uint256 tokenId = _handler.tokenIdOf(i);
            address account = _token.royaltyAccountOf(tokenId);
            etherIn += _handler.etherIn(tokenId);
            tokensIn += _handler.tokensIn(tokenId);
            etherNow += account.balance + _handler.member(i).balance;
            tokensNow += _handler.currency().balanceOf(account) + _handler.currency().balanceOf(_handler.member(i));
        }
        vm.assertEq(etherNow, etherIn);
        vm.assertEq(tokensNow, tokensIn);
        vm.assertEq(address(_token).balance, 0);
        vm.assertEq(_handler.currency().balanceOf(address(_token)), 0);
    }

    function invariant_R3_WhatIsKeptIsThere() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            address account = _token.royaltyAccountOf(_handler.tokenIdOf(i));
            if (account.code.length == 0) continue;
            vm.assertTrue(account.balance >= IRoyaltyAccount(account).keptInAll(IERC20(address(0))));
            IERC20 currency = _handler.currency();
            vm.assertTrue(currency.balanceOf(account) >= IRoyaltyAccount(account).keptInAll(currency));
        }
    }

    function invariant_R2_NobodyElseHasAnAccountPayOut() public view {
        vm.assertEq(_handler.wrongReleases(), 0);
    }
}
