// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {FeedbackLog} from "./FeedbackLog.sol";
import {IReputationRegistry} from "./IReputationRegistry.sol";
import {PaymentProofs} from "./PaymentProofs.sol";

/// @dev Implementation of {IReputationRegistry}: summaries and lists of what {FeedbackLog} keeps.
contract ReputationRegistry is FeedbackLog, Multicall {
    /// @dev Which feedback is asked for: empty tags have a hash of zero and match all.
    struct Filter {
        bytes32 tag1;
        bytes32 tag2;
        bool includeRevoked;
    }

    /// @dev What {readAllFeedback} collects, `length` of it so far.
    struct Listing {
        uint256 length;
        address[] clients;
        uint64[] feedbackIndexes;
        int128[] values;
        uint8[] valueDecimals;
        string[] tag1s;
        string[] tag2s;
        bool[] revokedStatuses;
    }

    constructor(
        address identity_,
        address settlement_,
        address anchor_,
        address token_
    )
        PaymentProofs(identity_, settlement_, anchor_, token_)
    {}

    /// @inheritdoc IReputationRegistry
    function getSummary(
        uint256 agentId,
        address[] calldata clientAddresses,
        string calldata tag1,
        string calldata tag2
    )
        external
        view
        returns (uint64 count, int128 summaryValue, uint8 summaryValueDecimals)
    {
        if (clientAddresses.length == 0) revert ReputationRegistryNoClients();
        Filter memory filter = _filterOf(tag1, tag2, false);
        int256 sum;
        for (uint256 i = 0; i < clientAddresses.length; ++i) {
            Feedback[] storage given = _feedback[agentId][clientAddresses[i]];
            for (uint256 j = 0; j < given.length; ++j) {
                Feedback storage feedback = given[j];
                if (!_matches(feedback, filter)) continue;
                ++count;
                sum += feedback.value * _unit(MAXIMUM_DECIMALS - feedback.valueDecimals);
                if (feedback.valueDecimals > summaryValueDecimals) summaryValueDecimals = feedback.valueDecimals;
            }
        }
        if (count == 0) return (0, 0, 0);
        int256 mean = sum / int256(uint256(count)) / _unit(MAXIMUM_DECIMALS - summaryValueDecimals);
        summaryValue = int128(mean);
    }

    /// @inheritdoc IReputationRegistry
    /// @dev Public, for its arguments to lie in memory: the compiler's stack does not hold them all.
    function readAllFeedback(
        uint256 agentId,
        address[] memory clientAddresses,
        string memory tag1,
        string memory tag2,
        bool includeRevoked
    )
        public
        view
        returns (
            address[] memory clients,
            uint64[] memory feedbackIndexes,
            int128[] memory values,
            uint8[] memory valueDecimals,
            string[] memory tag1s,
            string[] memory tag2s,
            bool[] memory revokedStatuses
        )
    {
        Listing memory listing = _list(agentId, clientAddresses, _filterOf(tag1, tag2, includeRevoked));
        clients = listing.clients;
        feedbackIndexes = listing.feedbackIndexes;
        values = listing.values;
        valueDecimals = listing.valueDecimals;
        tag1s = listing.tag1s;
        tag2s = listing.tag2s;
        revokedStatuses = listing.revokedStatuses;
    }

    function _list(
        uint256 agentId,
        address[] memory chosen,
        Filter memory filter
    )
        private
        view
        returns (Listing memory listing)
    {
        if (chosen.length == 0) chosen = _clients[agentId];
        uint256 matches;
        for (uint256 i = 0; i < chosen.length; ++i) {
            Feedback[] storage given = _feedback[agentId][chosen[i]];
            for (uint256 j = 0; j < given.length; ++j) {
                if (_matches(given[j], filter)) ++matches;
            }
        }
        listing = _listingFor(matches);
        for (uint256 i = 0; i < chosen.length; ++i) {
            Feedback[] storage given = _feedback[agentId][chosen[i]];
            for (uint256 j = 0; j < given.length; ++j) {
                if (_matches(given[j], filter)) _append(listing, chosen[i], uint64(j + 1), given[j]);
            }
        }
    }

    function _matches(Feedback storage feedback, Filter memory filter) private view returns (bool) {
        if (feedback.isRevoked && !filter.includeRevoked) return false;
        if (filter.tag1 != 0 && filter.tag1 != keccak256(bytes(feedback.tag1))) return false;
        return filter.tag2 == 0 || filter.tag2 == keccak256(bytes(feedback.tag2));
    }

    function _append(Listing memory listing, address client, uint64 index, Feedback memory feedback) private pure {
        uint256 place = listing.length;
        listing.clients[place] = client;
        listing.feedbackIndexes[place] = index;
        listing.values[place] = feedback.value;
        listing.valueDecimals[place] = feedback.valueDecimals;
        listing.tag1s[place] = feedback.tag1;
        listing.tag2s[place] = feedback.tag2;
        listing.revokedStatuses[place] = feedback.isRevoked;
        listing.length = place + 1;
    }

    function _listingFor(uint256 matches) private pure returns (Listing memory) {
        return Listing({
            length: 0,
            clients: new address[](matches),
            feedbackIndexes: new uint64[](matches),
            values: new int128[](matches),
            valueDecimals: new uint8[](matches),
            tag1s: new string[](matches),
            tag2s: new string[](matches),
            revokedStatuses: new bool[](matches)
        });
    }

    function _filterOf(
        string memory tag1,
        string memory tag2,
        bool includeRevoked
    )
        private
        pure
        returns (Filter memory)
    {
        return Filter(_hashOf(tag1), _hashOf(tag2), includeRevoked);
    }

    function _hashOf(string memory tag) private pure returns (bytes32) {
        return bytes(tag).length == 0 ? bytes32(0) : keccak256(bytes(tag));
    }
}
