// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IReviewCases} from "./IReviewCases.sol";

/**
 * @title Decisions, attested
 * @notice Each decision that stands is an attestation of the Ethereum Attestation Service, made by this contract as the
 * attester. When an appeal overturns the decision, or a later case decides the same question again, the attestation is
 * revoked and the new one refers to it.
 * @dev An attestation service that fails holds nothing up: the decision stands without, and {attest} can be called again.
 * Closing a case therefore needs more gas than it uses: enough that want of gas is never why the service fails.
 */
interface IReviewAttestations is IReviewCases {
    /**
     * @notice What is decided about one claim on a content.
     * @param isFinal whether the time for an appeal is over.
     * @param attestation its attestation; 0 if making it failed.
     */
    struct Outcome {
        uint64 caseId;
        Claim claim;
        Decision decision;
        bool isFinal;
        uint40 decidedAt;
        bytes32 attestation;
    }

    /// @notice The decision was attested; the attestation `revoked` was of what stood before, or 0.
    event OutcomeAttested(
        uint64 indexed caseId,
        uint256 indexed contentId,
        bytes32 indexed attestation,
        Decision decision,
        bytes32 revoked
    );

    /// @notice The attestation service refused; {attest} can be called again.
    event AttestationFailed(uint64 indexed caseId, bytes reason);

    /// @notice The case decided nothing that stands.
    error ReviewAttestationsNotStanding(uint64 caseId);

    /// @notice The gas that is left does not suffice for an attestation, whatever it would use.
    error ReviewAttestationsTooLittleGas(uint256 gasLeft, uint256 needed);

    /// @notice Attests the decision of the case if that is not done. Anyone can.
    function attest(uint64 caseId) external returns (bytes32 attestation);

    /// @notice What is decided about the content: nothing, or one outcome for each claim that was decided.
    function outcome(uint256 contentId) external view returns (Outcome[] memory outcomes);

    /// @notice The attestation service.
    function attestationService() external view returns (address);

    /// @notice The schema of the attestations, by its number there.
    function schema() external view returns (bytes32);
}
