// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IReputationRegistry} from "./IReputationRegistry.sol";
import {PaymentProofs} from "./PaymentProofs.sol";

/// @dev The part of {IReputationRegistry} that keeps feedback and the responses to it.
abstract contract FeedbackLog is PaymentProofs {
    struct Feedback {
        int128 value;
        uint8 valueDecimals;
        bool isRevoked;
        string tag1;
        string tag2;
    }

    uint8 internal constant MAXIMUM_DECIMALS = 18;

    /// @dev The largest value, 10^20, in 18 decimals: below 2^127, as is every mean of smaller ones.
    uint256 private constant MAXIMUM_SCALED_VALUE = 1e38;

    mapping(uint256 agentId => address[] clients) internal _clients;
    mapping(uint256 agentId => mapping(address client => Feedback[] given)) internal _feedback;
    mapping(bytes32 feedbackKey => address[] responders) private _responders;
    mapping(bytes32 feedbackKey => mapping(address responder => uint64 responses)) private _responses;

    /// @inheritdoc IReputationRegistry
    function giveFeedback(
        uint256 agentId,
        int128 value,
        uint8 valueDecimals,
        string calldata tag1,
        string calldata tag2,
        string calldata endpoint,
        string calldata feedbackURI,
        bytes32 feedbackHash
    )
        external
    {
        if (_identity.isAuthorizedOrOwner(msg.sender, agentId)) {
            revert ReputationRegistrySelfFeedback(agentId, msg.sender);
        }
        _checkValue(value, valueDecimals);
        _spend(agentId);
        Feedback memory feedback = Feedback(value, valueDecimals, false, tag1, tag2);
        _keep(agentId, feedback, endpoint, feedbackURI, feedbackHash);
    }

    /// @inheritdoc IReputationRegistry
    function revokeFeedback(uint256 agentId, uint64 feedbackIndex) external {
        Feedback storage feedback = _requireFeedback(agentId, msg.sender, feedbackIndex);
        if (feedback.isRevoked) revert ReputationRegistryRevoked(agentId, msg.sender, feedbackIndex);
        feedback.isRevoked = true;
        emit FeedbackRevoked(agentId, msg.sender, feedbackIndex);
    }

    /// @inheritdoc IReputationRegistry
    function appendResponse(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        string calldata responseURI,
        bytes32 responseHash
    )
        external
    {
        _requireFeedback(agentId, clientAddress, feedbackIndex);
        bytes32 key = _keyOf(agentId, clientAddress, feedbackIndex);
        if (_responses[key][msg.sender] == 0) _responders[key].push(msg.sender);
        ++_responses[key][msg.sender];
        emit ResponseAppended(agentId, clientAddress, feedbackIndex, msg.sender, responseURI, responseHash);
    }

    /// @inheritdoc IReputationRegistry
    function readFeedback(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex
    )
        external
        view
        returns (int128 value, uint8 valueDecimals, string memory tag1, string memory tag2, bool isRevoked)
    {
        Feedback memory feedback = _requireFeedback(agentId, clientAddress, feedbackIndex);
        return (feedback.value, feedback.valueDecimals, feedback.tag1, feedback.tag2, feedback.isRevoked);
    }

    /// @inheritdoc IReputationRegistry
    function getResponseCount(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        address[] calldata responders
    )
        external
        view
        returns (uint64 count)
    {
        if (clientAddress != address(0)) return _countOf(agentId, clientAddress, feedbackIndex, responders);
        address[] memory clients = _clients[agentId];
        for (uint256 i = 0; i < clients.length; ++i) {
            count += _countOf(agentId, clients[i], 0, responders);
        }
    }

    /// @inheritdoc IReputationRegistry
    function getClients(uint256 agentId) external view returns (address[] memory) {
        return _clients[agentId];
    }

    /// @inheritdoc IReputationRegistry
    function getLastIndex(uint256 agentId, address clientAddress) external view returns (uint64) {
        return uint64(_feedback[agentId][clientAddress].length);
    }

    /// @dev A function of its own because the compiler's stack does not hold all of it at once.
    function _keep(
        uint256 agentId,
        Feedback memory feedback,
        string calldata endpoint,
        string calldata feedbackURI,
        bytes32 feedbackHash
    )
        private
    {
        Feedback[] storage given = _feedback[agentId][msg.sender];
        if (given.length == 0) _clients[agentId].push(msg.sender);
        given.push(feedback);
        emit NewFeedback(
            agentId,
            msg.sender,
            uint64(given.length),
            feedback.value,
            feedback.valueDecimals,
            feedback.tag1,
            feedback.tag1,
            feedback.tag2,
            endpoint,
            feedbackURI,
            feedbackHash
        );
    }

    /// @dev The responses to one feedback, or to all of the client if the number is 0.
    function _countOf(
        uint256 agentId,
        address client,
        uint64 feedbackIndex,
        address[] calldata responders
    )
        private
        view
        returns (uint64 count)
    {
        uint256 first = feedbackIndex == 0 ? 1 : feedbackIndex;
        uint256 last = feedbackIndex == 0 ? _feedback[agentId][client].length : feedbackIndex;
        for (uint256 index = first; index <= last; ++index) {
            bytes32 key = _keyOf(agentId, client, index);
            address[] memory counted = responders;
            if (counted.length == 0) counted = _responders[key];
            for (uint256 i = 0; i < counted.length; ++i) {
                count += _responses[key][counted[i]];
            }
        }
    }

    function _requireFeedback(
        uint256 agentId,
        address client,
        uint64 feedbackIndex
    )
        private
        view
        returns (Feedback storage)
    {
        Feedback[] storage given = _feedback[agentId][client];
        if (feedbackIndex == 0 || feedbackIndex > given.length) {
            revert ReputationRegistryUnknownFeedback(agentId, client, feedbackIndex);
        }
        return given[feedbackIndex - 1];
    }

    function _checkValue(int128 value, uint8 valueDecimals) private pure {
        uint256 magnitude = value < 0 ? uint256(-int256(value)) : uint256(int256(value));
        if (
            valueDecimals > MAXIMUM_DECIMALS
                || magnitude * uint256(_unit(MAXIMUM_DECIMALS - valueDecimals)) > MAXIMUM_SCALED_VALUE
        ) revert ReputationRegistryValueOutOfRange(value, valueDecimals);
    }

    function _unit(uint8 decimals) internal pure returns (int256) {
        return int256(10 ** uint256(decimals));
    }

    function _keyOf(uint256 agentId, address client, uint256 feedbackIndex) private pure returns (bytes32) {
        return keccak256(abi.encode(agentId, client, feedbackIndex));
    }
}
