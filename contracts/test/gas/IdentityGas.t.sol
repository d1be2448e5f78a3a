// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IIdentityRegistry} from "../../src/identity/IIdentityRegistry.sol";
import {ICallAnchor} from "../../src/market/ICallAnchor.sol";
import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {Paying} from "../identity/Paying.sol";

/// @dev What registering a service and rating it costs, kept in snapshots/.
contract IdentityGasTest is Paying {
    function test_IdentityRegistry() public {
        IIdentityRegistry.MetadataEntry[] memory metadata = new IIdentityRegistry.MetadataEntry[](1);
        metadata[0] = IIdentityRegistry.MetadataEntry("assay.service", abi.encode(SERVICE));
        vm.prank(_provider);
        _identity.register("ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy", metadata);
        vm.snapshotGasLastCall("IdentityRegistry", "register a service with its URI and link");
    }

    function test_ReputationRegistry() public {
        ICallAnchor.CallRecord memory record = _paidCall(1000, "nonce");
        bytes memory signature = _signed(record);
        vm.prank(_payer);
        _reputation.proveCall(_agentId, record, signature);
        vm.snapshotGasLastCall("ReputationRegistry", "prove a call");
        IBatchSettlement.ChannelConfig memory config = _channel("salt", 1000);
        vm.prank(_payer);
        _reputation.proveChannel(_agentId, config);
        vm.snapshotGasLastCall("ReputationRegistry", "prove a channel");
        _give(90, 0, "starred", "");
        vm.snapshotGasLastCall("ReputationRegistry", "give the agent's first feedback");
        _give(80, 0, "starred", "");
        vm.snapshotGasLastCall("ReputationRegistry", "give feedback");
    }
}
