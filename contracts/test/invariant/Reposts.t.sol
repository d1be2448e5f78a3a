// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../../src/content/IContentToken.sol";
import {IReposts} from "../../src/economy/IReposts.sol";
import {Reposts} from "../../src/economy/Reposts.sol";
import {Tips} from "../../src/economy/Tips.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {Minting} from "../content/Minting.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {RepostHandler} from "./handlers/RepostHandler.sol";

contract RepostInvariants is InvariantCase, Minting {
    AssayToken private _money;
    Reposts private _reposts;
    Tips private _tips;
    RepostHandler private _handler;
    uint256[2] private _contents;

    function setUp() public override {
        super.setUp();
        IContentToken.Content memory given = _content();
        _contents[0] = _minted(CREATOR, given);
        IContentToken.Provenance memory provenance = _provenance(CREATOR, given);
        given.contentDigest = keccak256("another");
        _contents[1] = _minted(BUYER, given);
        _handler = new RepostHandler(address(_token), CREATOR, provenance, _contents);
        (_money, _reposts, _tips) = _handler.parts();
        _target(address(_handler));
    }

    function invariant_E1_EveryUnitPaidArrives() public view {
        uint256 all;
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            address account = _handler.member(i);
            vm.assertEq(_money.balanceOf(account), _handler.money(account));
            all += _money.balanceOf(account);
        }
        for (uint256 i = 0; i < 2; ++i) {
            uint256 held = _money.balanceOf(_token.royaltyAccountOf(_contents[i]));
            vm.assertEq(held, _handler.earned(_contents[i]));
            all += held;
        }
        vm.assertEq(all, _handler.CAST_SIZE() * _handler.FUNDS());
        vm.assertEq(_money.balanceOf(address(_reposts)) + _money.balanceOf(address(_tips)), 0);
    }

    function invariant_E2_ARepostKeepsItsTermsAndItsRoot() public view {
        for (uint256 id = 1; id <= _reposts.repostCount(); ++id) {
            IReposts.Repost memory now_ = _reposts.repostOf(id);
            vm.assertEq(keccak256(abi.encode(now_)), keccak256(abi.encode(_handler.madeAs(id))));
            uint256 root = now_.parent < id ? _reposts.repostOf(now_.parent).root : now_.parent;
            vm.assertEq(now_.root, root);
            vm.assertEq(now_.royaltyAccount, _token.royaltyAccountOf(root));
        }
    }

    function invariant_E3_TheAuthorsHaveTheirRateRoundedUp() public view {
        vm.assertEq(_handler.wrongSplits(), 0);
    }

    function invariant_E4_OnlyTheCreatorSetsTheRateAndNotAboveHalf() public view {
        vm.assertEq(_handler.foreignRates(), 0);
    }

    function invariant_E5_NobodyPaysMoreThanItAgreedTo() public view {
        vm.assertEq(_handler.overcharges(), 0);
    }
}
