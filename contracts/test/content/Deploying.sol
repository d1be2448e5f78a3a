// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ContentToken} from "../../src/content/ContentToken.sol";
import {Licences} from "../../src/licence/Licences.sol";
import {AssetRegistry} from "../../src/market/AssetRegistry.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";

/// @dev A content contract with the register, the fees and the currency that it works with.
abstract contract Deploying {
    address internal constant PLATFORM = address(0x914);
    uint16 internal constant FEE_BPS = 250;

    AssayToken internal _currency;
    AssetRegistry internal _registry;

    function _deployContent(uint256 minimumAge) internal returns (ContentToken) {
        _currency = new AssayToken(address(this), type(uint128).max);
        _registry = new AssetRegistry(address(_currency), minimumAge);
        Licences licences = new Licences(address(_registry), address(this), PLATFORM, FEE_BPS);
        return new ContentToken(address(_registry), licences, minimumAge);
    }
}
