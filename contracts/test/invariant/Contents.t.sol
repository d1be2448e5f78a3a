// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ContentToken} from "../../src/content/ContentToken.sol";
import {Deploying} from "../content/Deploying.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {ContentHandler} from "./handlers/ContentHandler.sol";

contract ContentInvariants is InvariantCase, Deploying {
    ContentToken private _token;
    ContentHandler private _handler;

    function setUp() public {
        _token = _deployContent(3);
        _handler = new ContentHandler(_token);
        _target(address(_handler));
    }

    function invariant_C1_OneTokenForOneContent() public view {
        uint256 digests;
        for (uint256 i = 0; i < _handler.CONTENTS(); ++i) {
            uint256 mints = _handler.mints(uint256(_handler.digestOf(i)));
            vm.assertTrue(mints <= 1);
            digests += mints;
        }
        uint256 tokens;
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            tokens += _token.balanceOf(_handler.member(i));
        }
        vm.assertEq(tokens, digests - _handler.burns());
        vm.assertEq(_handler.minted(), digests);
    }

    function invariant_C2_AThiefNeverGetsTheToken() public view {
        vm.assertEq(_token.balanceOf(THIEF), 0);
        vm.assertEq(_handler.blockedReveals(), 0);
    }

    function invariant_C3_TheProvenanceOpensTheTokenForEver() public view {
        for (uint256 i = 0; i < _handler.CONTENTS(); ++i) {
            uint256 tokenId = uint256(_handler.digestOf(i));
            if (_handler.mints(tokenId) == 0) continue;
            vm.assertTrue(_token.verifyProvenance(tokenId, _handler.provenanceOf(tokenId)));
        }
    }

    function invariant_C4_BurntContentNeverReturns() public view {
        for (uint256 i = 0; i < _handler.CONTENTS(); ++i) {
            uint256 tokenId = uint256(_handler.digestOf(i));
            if (!_handler.burnt(tokenId)) continue;
            vm.assertEq(_token.stateOf(tokenId).owner, address(0));
            vm.assertEq(_handler.mints(tokenId), 1);
        }
    }

    function invariant_C5_OnlyAnEarlierListReclaims() public view {
        vm.assertEq(_handler.wrongReclaims(), 0);
    }
}
