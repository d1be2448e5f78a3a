// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Authorization, AuthorizationSigning} from "../token/AuthorizationSigning.sol";

/// @dev What payments cost, kept in snapshots/.
contract AssayTokenGasTest is AuthorizationSigning {
    function test_AssayToken() public {
        vm.prank(_payer);
        _token.transfer(THIEF, 1e6);
        vm.snapshotGasLastCall("AssayToken", "transfer to a new holder");
        vm.prank(_payer);
        _token.transfer(THIEF, 1e6);
        vm.snapshotGasLastCall("AssayToken", "transfer");

        Authorization memory given = _authorization();
        bytes memory signature = _signed(TRANSFER, given);
        _transferInParts(given, signature);
        vm.snapshotGasLastCall("AssayToken", "transferWithAuthorization to a new holder");
        given.nonce = keccak256("another nonce");
        signature = _signed(TRANSFER, given);
        _transferInParts(given, signature);
        vm.snapshotGasLastCall("AssayToken", "transferWithAuthorization");
    }
}
