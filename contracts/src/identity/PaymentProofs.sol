// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {ICallAnchor} from "../market/ICallAnchor.sol";
import {IBatchSettlement} from "../settlement/IBatchSettlement.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";
import {IReputationRegistry} from "./IReputationRegistry.sol";

/// @dev The part of {IReputationRegistry} that knows who paid whom.
abstract contract PaymentProofs is IReputationRegistry {
    string private constant SERVICE_KEY = "assay.service";

    IIdentityRegistry internal immutable _identity;
    IBatchSettlement private immutable _settlement;
    ICallAnchor private immutable _anchor;
    address private immutable _token;

    /// @dev What a channel had claimed when it last was a proof.
    mapping(bytes32 channelId => uint128 totalClaimed) private _proven;
    mapping(address payer => mapping(bytes32 nonce => bool used)) private _used;
    mapping(uint256 agentId => mapping(address client => uint64 left)) private _left;

    constructor(address identity_, address settlement_, address anchor_, address token_) {
        _identity = IIdentityRegistry(identity_);
        _settlement = IBatchSettlement(settlement_);
        _anchor = ICallAnchor(anchor_);
        _token = token_;
    }

    /// @inheritdoc IReputationRegistry
    function proveChannel(uint256 agentId, IBatchSettlement.ChannelConfig calldata config) external {
        _checkParties(agentId, config.payer, config.receiver, config.token);
        bytes32 channelId = _settlement.getChannelId(config);
        (, uint128 totalClaimed) = _settlement.channels(channelId);
        uint128 provenBefore = _proven[channelId];
        if (totalClaimed <= provenBefore) revert ReputationRegistryNothingProven(channelId);
        _proven[channelId] = totalClaimed;
        _allow(agentId, channelId, ProofKind.Channel, totalClaimed - provenBefore);
    }

    /// @inheritdoc IReputationRegistry
    function proveCall(uint256 agentId, ICallAnchor.CallRecord calldata record, bytes calldata signature) external {
        _checkParties(agentId, record.payer, record.provider, record.token);
        bytes memory service = _identity.getMetadata(agentId, SERVICE_KEY);
        if (service.length == 32 && abi.decode(service, (uint256)) != record.service) {
            revert ReputationRegistryWrongService(abi.decode(service, (uint256)), record.service);
        }
        bytes32 digest = _anchor.recordDigest(record);
        if (!SignatureChecker.isValidSignatureNow(record.provider, digest, signature)) {
            revert ReputationRegistryInvalidSignature(record.provider, digest);
        }
        bool paid = IERC3009(_token).authorizationState(record.payer, record.paymentNonce);
        if (!paid || record.amount == 0 || _used[record.payer][record.paymentNonce]) {
            revert ReputationRegistryNothingProven(record.paymentNonce);
        }
        _used[record.payer][record.paymentNonce] = true;
        _allow(agentId, record.paymentNonce, ProofKind.Call, record.amount);
    }

    /// @inheritdoc IReputationRegistry
    function feedbackLeft(uint256 agentId, address client) external view returns (uint64) {
        return _left[agentId][client];
    }

    /// @inheritdoc IReputationRegistry
    function getIdentityRegistry() external view returns (address identityRegistry) {
        return address(_identity);
    }

    /// @dev Uses up one of the caller's proven payments.
    function _spend(uint256 agentId) internal {
        uint64 left = _left[agentId][msg.sender];
        if (left == 0) revert ReputationRegistryNotPaid(agentId, msg.sender);
        _left[agentId][msg.sender] = left - 1;
    }

    function _allow(uint256 agentId, bytes32 proof, ProofKind kind, uint256 amount) private {
        ++_left[agentId][msg.sender];
        emit PaymentProven(agentId, msg.sender, proof, kind, amount);
    }

    /// @dev The caller paid the agent's wallet in our token. An agent without a wallet is paid by nobody.
    function _checkParties(uint256 agentId, address payer, address payee, address token) private view {
        if (payer != msg.sender) revert ReputationRegistryNotPayer(msg.sender, payer);
        address wallet = _identity.getAgentWallet(agentId);
        if (payee != wallet || wallet == address(0)) revert ReputationRegistryNotPayee(agentId, wallet, payee);
        if (token != _token) revert ReputationRegistryWrongToken(_token, token);
    }
}
