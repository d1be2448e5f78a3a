// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IReputationRegistry} from "../../src/identity/IReputationRegistry.sol";
import {Paying} from "./Paying.sol";

/// @dev What is said about an agent, taken back, answered and summed up.
contract ReputationRegistryTest is Paying {
    function testFuzz_FeedbackIsKeptAndTold(
        int128 value,
        uint8 decimals,
        string calldata tag1,
        string calldata tag2
    )
        public
    {
        decimals = decimals % 19;
        value = int128(value % int128(int256(10 ** (38 - (18 - uint256(decimals))))));
        _prove("nonce");

        vm.expectEmit(address(_reputation));
        emit IReputationRegistry.NewFeedback(
            _agentId, _payer, 1, value, decimals, tag1, tag1, tag2, "https://endpoint", "ipfs://file", "hash"
        );
        vm.prank(_payer);
        _reputation.giveFeedback(_agentId, value, decimals, tag1, tag2, "https://endpoint", "ipfs://file", "hash");

        (int128 value_, uint8 decimals_, string memory tag1_, string memory tag2_, bool revoked) =
            _reputation.readFeedback(_agentId, _payer, 1);
        vm.assertTrue(value_ == value && decimals_ == decimals && !revoked);
        vm.assertEq(tag1_, tag1);
        vm.assertEq(tag2_, tag2);
        vm.assertEq(_reputation.getLastIndex(_agentId, _payer), 1);
        vm.assertEq(_reputation.getClients(_agentId).length, 1);
        vm.assertEq(_reputation.feedbackLeft(_agentId, _payer), 0);
        vm.assertEq(_reputation.getIdentityRegistry(), address(_identity));
    }

    function testFuzz_RevertWhen_TheValueIsOutOfRange(int128 value, uint8 decimals) public {
        uint256 magnitude = value < 0 ? uint256(-int256(value)) : uint256(int256(value));
        vm.assume(decimals > 18 || magnitude > 10 ** (20 + uint256(decimals)));
        _prove("nonce");
        vm.expectRevert(
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryValueOutOfRange.selector, value, decimals)
        );

        _give(value, decimals, "", "");
    }

    function test_RevertWhen_TheAgentsPeopleGiveFeedback() public {
        vm.prank(_provider);
        _identity.approve(_payer, _agentId);
        _prove("nonce");
        vm.expectRevert(
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistrySelfFeedback.selector, _agentId, _payer)
        );

        _give(100, 0, "", "");
    }

    function test_EachPaymentAllowsOneFeedback() public {
        _prove("nonce");
        _give(1, 0, "", "");
        vm.expectRevert(
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNotPaid.selector, _agentId, _payer)
        );

        _give(1, 0, "", "");
    }

    function test_FeedbackIsTakenBackOnceByItsGiver() public {
        _prove("nonce");
        _give(1, 0, "", "");
        vm.expectRevert(
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryUnknownFeedback.selector, _agentId, THIEF, 1)
        );
        vm.prank(THIEF);
        _reputation.revokeFeedback(_agentId, 1);

        vm.startPrank(_payer);
        vm.expectEmit(address(_reputation));
        emit IReputationRegistry.FeedbackRevoked(_agentId, _payer, 1);
        _reputation.revokeFeedback(_agentId, 1);

        (,,,, bool revoked) = _reputation.readFeedback(_agentId, _payer, 1);
        vm.assertTrue(revoked);
        vm.expectRevert(
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryRevoked.selector, _agentId, _payer, 1)
        );
        _reputation.revokeFeedback(_agentId, 1);
    }

    function testFuzz_RevertGiven_NoSuchFeedback(uint64 index) public {
        bytes memory unknown = abi.encodeWithSelector(
            IReputationRegistry.ReputationRegistryUnknownFeedback.selector, _agentId, _payer, index
        );

        vm.expectRevert(unknown);
        _reputation.readFeedback(_agentId, _payer, index);
        vm.expectRevert(unknown);
        _reputation.appendResponse(_agentId, _payer, index, "", 0);
    }

    function test_ResponsesAreCounted() public {
        _prove("first");
        _prove("second");
        _give(1, 0, "", "");
        _give(2, 0, "", "");
        vm.expectEmit(address(_reputation));
        emit IReputationRegistry.ResponseAppended(_agentId, _payer, 1, _provider, "ipfs://sorry", "hash");
        vm.prank(_provider);
        _reputation.appendResponse(_agentId, _payer, 1, "ipfs://sorry", "hash");
        vm.prank(_provider);
        _reputation.appendResponse(_agentId, _payer, 2, "ipfs://again", "hash");
        vm.prank(THIEF);
        _reputation.appendResponse(_agentId, _payer, 2, "ipfs://spam", "hash");

        address[] memory everyone = new address[](0);
        address[] memory provider = new address[](1);
        provider[0] = _provider;
        vm.assertEq(_reputation.getResponseCount(_agentId, _payer, 2, everyone), 2);
        vm.assertEq(_reputation.getResponseCount(_agentId, _payer, 2, provider), 1);
        vm.assertEq(_reputation.getResponseCount(_agentId, _payer, 0, everyone), 3);
        vm.assertEq(_reputation.getResponseCount(_agentId, address(0), 0, provider), 2);
        vm.assertEq(_reputation.getResponseCount(_agentId, THIEF, 0, everyone), 0);
    }

    function test_TheSummaryIsTheMeanOfWhatMatches() public {
        bytes32[4] memory nonces = [bytes32("a"), "b", "c", "d"];
        for (uint256 i = 0; i < nonces.length; ++i) {
            _prove(nonces[i]);
        }
        _give(90, 0, "starred", "chat");
        _give(855, 1, "starred", "");
        _give(-1, 2, "other", "chat");
        _give(10, 0, "starred", "");
        vm.prank(_payer);
        _reputation.revokeFeedback(_agentId, 4);

        _assertSummary("starred", "", 2, 877, 1);
        _assertSummary("", "chat", 2, 4499, 2);
        _assertSummary("starred", "chat", 1, 90, 0);
        _assertSummary("", "", 3, 5849, 2);
        _assertSummary("missing", "", 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNoClients.selector));
        _reputation.getSummary(_agentId, new address[](0), "", "");
    }

    function testFuzz_EveryMeanCanBeTold(int128[4] memory values, uint8[4] memory decimals) public {
        int256 sum;
        uint8 finest;
        for (uint256 i = 0; i < 4; ++i) {
            decimals[i] %= 19;
            values[i] = int128(int256(values[i]) % int256(10 ** (20 + uint256(decimals[i])) + 1));
            sum += int256(values[i]) * int256(10 ** uint256(18 - decimals[i]));
            if (decimals[i] > finest) finest = decimals[i];
            _prove(bytes32(i + 1));
            _give(values[i], decimals[i], "", "");
        }

        _assertSummary("", "", 4, sum / (4 * int256(10 ** uint256(18 - finest))), finest);
    }

    function test_AllFeedbackIsListed() public {
        _prove("first");
        _prove("second");
        _give(1, 0, "starred", "");
        _give(-2, 1, "other", "tag");
        vm.prank(_payer);
        _reputation.revokeFeedback(_agentId, 1);
        address[] memory nobody = new address[](0);

        (
            address[] memory clients,
            uint64[] memory indexes,
            int128[] memory values,
            uint8[] memory decimals,
            string[] memory tag1s,
            string[] memory tag2s,
            bool[] memory revoked
        ) = _reputation.readAllFeedback(_agentId, nobody, "", "", true);

        vm.assertEq(clients.length, 2);
        vm.assertEq(clients[1], _payer);
        vm.assertEq(indexes[1], 2);
        vm.assertTrue(values[1] == -2 && decimals[1] == 1 && revoked[0] && !revoked[1]);
        vm.assertEq(tag1s[1], "other");
        vm.assertEq(tag2s[1], "tag");
        (clients,,,,,,) = _reputation.readAllFeedback(_agentId, nobody, "", "", false);
        vm.assertEq(clients.length, 1);
        (clients,,,,,,) = _reputation.readAllFeedback(_agentId, nobody, "starred", "", false);
        vm.assertEq(clients.length, 0);
    }

    function _assertSummary(
        string memory tag1,
        string memory tag2,
        uint64 count,
        int256 value,
        uint8 decimals
    )
        private
        view
    {
        address[] memory clients = new address[](1);
        clients[0] = _payer;
        (uint64 count_, int128 value_, uint8 decimals_) = _reputation.getSummary(_agentId, clients, tag1, tag2);
        vm.assertEq(count_, count, "count");
        vm.assertTrue(value_ == value, "value");
        vm.assertEq(decimals_, decimals, "decimals");
    }
}
