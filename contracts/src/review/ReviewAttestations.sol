// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {
    AttestationRequest,
    AttestationRequestData,
    IEAS,
    RevocationRequest,
    RevocationRequestData
} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";
import {
    ISchemaRegistry,
    ISchemaResolver
} from "@ethereum-attestation-service/eas-contracts/contracts/ISchemaRegistry.sol";

import {IReviewAttestations} from "./IReviewAttestations.sol";
import {ReviewCases} from "./ReviewCases.sol";

/// @dev Implementation of {IReviewAttestations}.
abstract contract ReviewAttestations is IReviewAttestations, ReviewCases {
    /// @dev The decision that stands, and what was attested last.
    struct Standing {
        uint64 caseId;
        uint64 attestedCase;
        Decision attestedDecision;
        bytes32 attestation;
    }

    string private constant SCHEMA =
        "address contentToken,uint256 contentId,uint64 caseId,uint8 claim,uint8 decision,uint32 upheld,uint32 rejected,bytes32 evidence";

    /// @dev More than revoking and attesting take together.
    uint256 private constant ATTESTATION_GAS = 1_000_000;
    uint256 private constant AFTERWARDS_GAS = 50_000;

    IEAS private immutable _service;
    bytes32 private immutable _schema;

    mapping(uint256 contentId => mapping(Claim => Standing)) private _standings;

    constructor(address service) {
        _service = IEAS(service);
        ISchemaRegistry registry = IEAS(service).getSchemaRegistry();
        bytes32 uid = keccak256(abi.encodePacked(SCHEMA, address(0), true));
        // The schema is the same for every review on the chain.
        if (registry.getSchema(uid).uid == 0) uid = registry.register(SCHEMA, ISchemaResolver(address(0)), true);
        _schema = uid;
    }

    /// @inheritdoc IReviewAttestations
    function attest(uint64 caseId) external returns (bytes32 attestation) {
        Case storage judged = _requireCase(caseId);
        Standing storage standing = _standings[judged.contentId][judged.claim];
        if (standing.caseId != caseId) revert ReviewAttestationsNotStanding(caseId);
        bytes32 before = standing.attestation;
        if (_isAttested(standing)) return before;
        (standing.attestedCase, standing.attestedDecision) = (caseId, judged.decision);
        if (before != 0) _service.revoke(RevocationRequest(_schema, RevocationRequestData(before, 0)));
        attestation = _service.attest(_request(caseId, judged, before));
        standing.attestation = attestation;
        emit OutcomeAttested(caseId, judged.contentId, attestation, judged.decision, before);
    }

    /// @inheritdoc IReviewAttestations
    function outcome(uint256 contentId) external view returns (Outcome[] memory outcomes) {
        uint256 count;
        outcomes = new Outcome[](uint256(type(Claim).max) + 1);
        for (uint256 i = 0; i < outcomes.length; ++i) {
            Standing storage standing = _standings[contentId][Claim(i)];
            uint64 caseId = standing.caseId;
            if (caseId == 0) continue;
            (Phase phase,) = phaseOf(caseId);
            outcomes[count] = Outcome({
                caseId: caseId,
                claim: Claim(i),
                decision: _cases[caseId].decision,
                isFinal: phase == Phase.Final,
                decidedAt: _cases[caseId].closedAt,
                attestation: _isAttested(standing) ? standing.attestation : bytes32(0)
            });
            ++count;
        }
        // Shortens the list to what is in it.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(outcomes, count)
        }
    }

    /// @inheritdoc IReviewAttestations
    function attestationService() external view returns (address) {
        return address(_service);
    }

    /// @inheritdoc IReviewAttestations
    function schema() external view returns (bytes32) {
        return _schema;
    }

    /// @inheritdoc ReviewCases
    function _decided(uint64 caseId) internal override {
        Case storage judged = _cases[caseId];
        _standings[judged.contentId][judged.claim].caseId = caseId;
        // Without this, the least gas by which a closing succeeds would be one by which its attestation fails.
        uint256 needed = ATTESTATION_GAS * 64 / 63 + AFTERWARDS_GAS;
        if (gasleft() < needed) revert ReviewAttestationsTooLittleGas(gasleft(), needed);
        try this.attest{gas: ATTESTATION_GAS}(caseId) {}
        catch (bytes memory reason) {
            emit AttestationFailed(caseId, reason);
        }
    }

    function _request(
        uint64 caseId,
        Case storage judged,
        bytes32 before
    )
        private
        view
        returns (AttestationRequest memory)
    {
        Round storage round = _rounds[caseId][judged.round];
        // The votes of the round that decided: where an appeal decided nothing, that is the first.
        if (round.decision != judged.decision) round = _rounds[caseId][0];
        bytes memory data = abi.encode(
            _contentToken,
            judged.contentId,
            caseId,
            judged.claim,
            judged.decision,
            round.upheld,
            round.rejected,
            judged.evidence
        );
        return AttestationRequest(_schema, AttestationRequestData(judged.creator, 0, true, before, data, 0));
    }

    function _isAttested(Standing storage standing) private view returns (bool) {
        return standing.attestedCase == standing.caseId && standing.attestedDecision == _cases[standing.caseId].decision;
    }
}
