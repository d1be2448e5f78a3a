// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ContentToken} from "../../src/content/ContentToken.sol";
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

    function invariant_R1_MoneyInIsMoneyOut() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            uint256 tokenId = _handler.tokenIdOf(i);
            address account = _token.royaltyAccountOf(tokenId);
            address creator = _handler.member(i);
            vm.assertEq(account.balance + creator.balance, _handler.etherIn(tokenId));
            vm.assertEq(
                _handler.currency().balanceOf(account) + _handler.currency().balanceOf(creator),
                _handler.tokensIn(tokenId)
            );
        }
        vm.assertEq(address(_token).balance, 0);
        vm.assertEq(_handler.currency().balanceOf(address(_token)), 0);
    }

    function invariant_R2_NobodyButTheCreatorIsPaid() public view {
        vm.assertEq(_handler.wrongReleases(), 0);
    }
}
