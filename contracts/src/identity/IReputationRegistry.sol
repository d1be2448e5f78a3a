// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICallAnchor} from "../market/ICallAnchor.sol";
import {IBatchSettlement} from "../settlement/IBatchSettlement.sol";

/**
 * @title ERC-8004 reputation registry: what paying clients say about a service
 * @notice As in ERC-8004, any client may give feedback; here it has to have paid the agent. A client first proves a
 * payment to the agent's wallet, by {proveChannel} or {proveCall}; each proven payment allows one feedback, and each
 * payment proves once. {multicall} does both in one transaction.
 *
 * What a proof shows: a channel's, that the agent claimed money of the client on chain; a call's, that the agent signed
 * for the client's payment and that the token knows its nonce. It does not show that the payer is a stranger: an agent
 * can pay itself through another account. {PaymentProven} therefore tells the amount, by which readers can weigh.
 * @dev Follows the text of ERC-8004 of January 2026, see {IIdentityRegistry}: `int128 value` with `uint8 valueDecimals`.
 * Where the text leaves it open: {getSummary} gives the mean, rounded towards zero, in the highest number of decimals
 * among the values; and a value lies between -10^20 and 10^20, so that every mean can be told.
 */
interface IReputationRegistry {
    /// @notice How a payment was proven.
    enum ProofKind {
        Channel,
        Call
    }

    /// @notice The client has feedback to give for `amount` paid; `proof` is the channel's id or the payment's nonce.
    event PaymentProven(
        uint256 indexed agentId, address indexed client, bytes32 indexed proof, ProofKind kind, uint256 amount
    );

    /// @notice A client gave feedback.
    event NewFeedback(
        uint256 indexed agentId,
        address indexed clientAddress,
        uint64 feedbackIndex,
        int128 value,
        uint8 valueDecimals,
        string indexed indexedTag1,
        string tag1,
        string tag2,
        string endpoint,
        string feedbackURI,
        bytes32 feedbackHash
    );

    /// @notice A client took its feedback back.
    event FeedbackRevoked(uint256 indexed agentId, address indexed clientAddress, uint64 indexed feedbackIndex);

    /// @notice Somebody answered a feedback.
    event ResponseAppended(
        uint256 indexed agentId,
        address indexed clientAddress,
        uint64 feedbackIndex,
        address indexed responder,
        string responseURI,
        bytes32 responseHash
    );

    /// @notice The client has no proven payment left to give feedback for.
    error ReputationRegistryNotPaid(uint256 agentId, address client);

    /// @notice The payment is of somebody else.
    error ReputationRegistryNotPayer(address caller, address payer);

    /// @notice The payment is to somebody else than the agent's wallet.
    error ReputationRegistryNotPayee(uint256 agentId, address wallet, address payee);

    /// @notice The payment is in another token.
    error ReputationRegistryWrongToken(address expected, address given);

    /// @notice The call was one of another service than the agent's.
    error ReputationRegistryWrongService(uint256 expected, uint256 given);

    /// @notice The record does not carry the provider's signature.
    error ReputationRegistryInvalidSignature(address provider, bytes32 digest);

    /// @notice The payment is not on chain, is of nothing, or has been used as a proof before.
    error ReputationRegistryNothingProven(bytes32 proof);

    /// @notice Owner and operators of an agent give it no feedback.
    error ReputationRegistrySelfFeedback(uint256 agentId, address client);

    /// @notice A value has at most 18 decimals and lies between -10^20 and 10^20.
    error ReputationRegistryValueOutOfRange(int128 value, uint8 valueDecimals);

    /// @notice The client has given no feedback of this number, counted from 1.
    error ReputationRegistryUnknownFeedback(uint256 agentId, address client, uint64 feedbackIndex);

    /// @notice The feedback was revoked before.
    error ReputationRegistryRevoked(uint256 agentId, address client, uint64 feedbackIndex);

    /// @notice A summary needs clients: without a choice of them it would be anybody's to inflate.
    error ReputationRegistryNoClients();

    /**
     * @notice Proves that the agent claimed money of the caller's channel. Again once it has claimed more.
     * @param config of a channel in our currency whose payer is the caller and whose receiver is the agent's wallet.
     */
    function proveChannel(uint256 agentId, IBatchSettlement.ChannelConfig calldata config) external;

    /**
     * @notice Proves a call that the caller paid for by authorization (ERC-3009).
     * @param record in our currency, with the caller as payer, the agent's wallet as provider and, if the agent is
     * linked to a service, that service.
     * @param signature of the provider over {ICallAnchor-recordDigest}.
     */
    function proveCall(uint256 agentId, ICallAnchor.CallRecord calldata record, bytes calldata signature) external;

    /// @notice Gives feedback for a payment proven before. `feedbackHash` is keccak256 of what is at `feedbackURI`.
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
        external;

    /// @notice Takes one's feedback back.
    function revokeFeedback(uint256 agentId, uint64 feedbackIndex) external;

    /// @notice Answers a feedback. `responseHash` is keccak256 of what is at `responseURI`.
    function appendResponse(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        string calldata responseURI,
        bytes32 responseHash
    )
        external;

    /// @notice How many feedbacks the client may give for payments proven.
    function feedbackLeft(uint256 agentId, address client) external view returns (uint64);

    /// @notice Count and mean of what the clients said and did not revoke; an empty tag matches all.
    function getSummary(
        uint256 agentId,
        address[] calldata clientAddresses,
        string calldata tag1,
        string calldata tag2
    )
        external
        view
        returns (uint64 count, int128 summaryValue, uint8 summaryValueDecimals);

    /// @notice One feedback; reverts if there is none.
    function readFeedback(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex
    )
        external
        view
        returns (int128 value, uint8 valueDecimals, string memory tag1, string memory tag2, bool isRevoked);

    /// @notice All feedback of the clients, or of everyone if none are given; an empty tag matches all.
    function readAllFeedback(
        uint256 agentId,
        address[] calldata clientAddresses,
        string calldata tag1,
        string calldata tag2,
        bool includeRevoked
    )
        external
        view
        returns (
            address[] memory clients,
            uint64[] memory feedbackIndexes,
            int128[] memory values,
            uint8[] memory valueDecimals,
            string[] memory tag1s,
            string[] memory tag2s,
            bool[] memory revokedStatuses
        );

    /// @notice How many responses a feedback has; of all feedback if its number is 0, of all clients if the client is
    /// zero; from everyone if no responders are given.
    function getResponseCount(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        address[] calldata responders
    )
        external
        view
        returns (uint64 count);

    /// @notice Who has given feedback, in the order of the first.
    function getClients(uint256 agentId) external view returns (address[] memory);

    /// @notice How many feedbacks the client has given; the number of the latest, counted from 1.
    function getLastIndex(uint256 agentId, address clientAddress) external view returns (uint64);

    /// @notice Where the agents are registered.
    function getIdentityRegistry() external view returns (address identityRegistry);
}
