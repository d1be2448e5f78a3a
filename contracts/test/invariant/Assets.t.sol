// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {AssetRegistry} from "../../src/market/AssetRegistry.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {AssetHandler} from "./handlers/AssetHandler.sol";

contract AssetInvariants is InvariantCase {
    AssetRegistry private _registry;
    AssetHandler private _handler;

    function setUp() public {
        _registry = new AssetRegistry(address(0xCA54), 2);
        _handler = new AssetHandler(_registry);
        _target(address(_handler));
    }

    function invariant_A1_TheFirstToRegisterIsTheCreatorForEver() public view {
        for (uint256 i = 0; i < _handler.DIGESTS(); ++i) {
            uint256 assetId = uint256(_handler.digestOf(i));
            if (_handler.registrations(assetId) == 0) continue;
            (address receiver,) = _registry.royaltyInfo(assetId, 1);
            vm.assertEq(_registry.assetOf(assetId).creator, _handler.firstCreator(assetId));
            vm.assertEq(receiver, _handler.firstCreator(assetId));
        }
    }

    function invariant_A2_ADigestIsRegisteredOnceAndProtected() public view {
        for (uint256 i = 0; i < _handler.DIGESTS(); ++i) {
            vm.assertTrue(_handler.registrations(uint256(_handler.digestOf(i))) <= 1);
        }
        vm.assertEq(_handler.unprotectedRegistrations(), 0);
    }

    function invariant_A3_OnlyThePriceChanges() public view {
        for (uint256 i = 0; i < _handler.DIGESTS(); ++i) {
            uint256 assetId = uint256(_handler.digestOf(i));
            if (_handler.registrations(assetId) == 0) continue;
            vm.assertEq(_handler.factsHash(assetId), _handler.factsAtFirst(assetId));
            vm.assertEq(_registry.assetOf(assetId).price, _handler.lastPrice(assetId));
        }
    }
}
