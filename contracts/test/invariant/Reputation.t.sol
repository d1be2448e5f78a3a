// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {InvariantCase} from "./InvariantCase.sol";
import {ReputationHandler} from "./handlers/ReputationHandler.sol";

contract ReputationInvariants is InvariantCase {
    uint256 private constant AGENTS = 2;

    ReputationHandler private _handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        _handler = new ReputationHandler();
        _target(address(_handler));
    }

    function invariant_F1_EachPaymentAllowsOneFeedbackAtMost() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            address client = _handler.member(i);
            uint256 allowed;
            for (uint256 agentId = 1; agentId <= AGENTS; ++agentId) {
                allowed += _handler.reputation().feedbackLeft(agentId, client);
                allowed += _handler.reputation().getLastIndex(agentId, client);
            }
            vm.assertTrue(allowed <= _handler.payments(client));
        }
    }

    function invariant_F2_OnlyPayersAreHeard() public view {
        vm.assertEq(_handler.wrongs(), 0);
    }

    function invariant_F3_AllFeedbackIsKeptAndEachClientListedOnce() public view {
        for (uint256 agentId = 1; agentId <= AGENTS; ++agentId) {
            uint256 clients;
            for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
                uint256 given = _handler.feedback(agentId, _handler.member(i));
                vm.assertEq(_handler.reputation().getLastIndex(agentId, _handler.member(i)), given);
                if (given != 0) ++clients;
            }
            vm.assertEq(_handler.reputation().getClients(agentId).length, clients);
        }
    }
}
