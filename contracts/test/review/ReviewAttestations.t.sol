// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Attestation} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";
import {SchemaRecord} from "@ethereum-attestation-service/eas-contracts/contracts/ISchemaRegistry.sol";

import {ContentReview} from "../../src/review/ContentReview.sol";
import {IReviewAttestations} from "../../src/review/IReviewAttestations.sol";
import {IReviewCases} from "../../src/review/IReviewCases.sol";
import {Reviewing} from "./Reviewing.sol";

contract ReviewAttestationsTest is Reviewing {
    function test_TheSchemaIsRegisteredOnceOnAChain() public {
        SchemaRecord memory record = _service.getSchemaRegistry().getSchema(_review.schema());
        vm.assertTrue(record.uid == _review.schema() && record.revocable);

        ContentReview other = new ContentReview(address(_token), address(_content), address(_service), _rules());

        vm.assertEq(other.schema(), _review.schema());
    }

    function test_ClosingAttestsWhatWasDecided() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 1, 0);

        IReviewAttestations.Outcome memory outcome = _review.outcome(_contentId)[0];
        Attestation memory made = _service.getAttestation(outcome.attestation);

        vm.assertEq(made.attester, address(_review));
        vm.assertEq(made.recipient, CREATOR);
        vm.assertEq(made.schema, _review.schema());
        vm.assertTrue(made.revocable && made.revocationTime == 0 && made.refUID == 0);
        vm.assertEq(
            keccak256(made.data),
            keccak256(
                abi.encode(
                    address(_content),
                    _contentId,
                    caseId,
                    IReviewCases.Claim.Copy,
                    IReviewCases.Decision.Upheld,
                    3,
                    1,
                    EVIDENCE
                )
            )
        );
    }

    function test_AttestsNothingWhereNothingWasDecided() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 1, 1, 0);
        vm.assertEq(_review.outcome(_contentId).length, 0);
        vm.expectRevert(abi.encodeWithSelector(IReviewAttestations.ReviewAttestationsNotStanding.selector, caseId));

        _review.attest(caseId);
    }

    function test_AnAppealThatConfirmsLeavesTheAttestation() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        bytes32 first = _review.outcome(_contentId)[0].attestation;
        _appealed(caseId, CREATOR);

        _voted(caseId, 3, 4, 0, 0);

        vm.assertEq(_review.outcome(_contentId)[0].attestation, first);
        vm.assertEq(_service.getAttestation(first).revocationTime, 0);
        vm.assertEq(_review.attest(caseId), first);
    }

    function test_AnAppealThatOverturnsRevokesTheAttestation() public {
        uint64 caseId = _opened();
        _voted(caseId, 0, 3, 0, 0);
        bytes32 first = _review.outcome(_contentId)[0].attestation;
        _appealed(caseId, CREATOR);

        _voted(caseId, 3, 0, 4, 0);

        IReviewAttestations.Outcome memory outcome = _review.outcome(_contentId)[0];
        vm.assertEq(uint256(outcome.decision), uint256(IReviewCases.Decision.Rejected));
        vm.assertTrue(outcome.isFinal);
        vm.assertEq(_service.getAttestation(first).revocationTime, block.timestamp);
        vm.assertEq(_service.getAttestation(outcome.attestation).refUID, first);
        vm.assertEq(_service.getAttestation(outcome.attestation).revocationTime, 0);
    }

    function test_AFailingServiceHoldsNothingUp() public {
        uint64 caseId = _opened();
        bytes memory code = address(_service).code;
        vm.etch(address(_service), hex"fe");

        _voted(caseId, 0, 3, 0, 0);

        vm.assertEq(_review.outcome(_contentId)[0].attestation, bytes32(0));
        vm.assertEq(uint256(_review.outcome(_contentId)[0].decision), uint256(IReviewCases.Decision.Upheld));
        _pass(caseId);
        _review.claim(caseId, OPENER);
        vm.etch(address(_service), code);
        bytes32 attestation = _review.attest(caseId);
        vm.assertEq(_review.outcome(_contentId)[0].attestation, attestation);
        vm.assertEq(_service.getAttestation(attestation).attester, address(_review));
    }

    function testFuzz_NoGasIsSoScarceThatTheAttestationFails(uint256 gasGiven) public {
        uint64 caseId = _opened();
        for (uint256 i = 0; i < 3; ++i) {
            _commits(caseId, _reviewer(i), IReviewCases.Vote.Uphold);
        }
        _pass(caseId);
        for (uint256 i = 0; i < 3; ++i) {
            _review.reveal(caseId, _reviewer(i), IReviewCases.Vote.Uphold, SALT);
        }

        try _review.close{gas: _bound(gasGiven, 30_000, 2_000_000)}(caseId) {
            vm.assertTrue(_review.outcome(_contentId)[0].attestation != 0);
        } catch {
            _requirePhase(caseId, IReviewCases.Phase.Close);
        }
    }

    function test_ALaterCaseTakesThePlaceOfTheEarlier() public {
        uint64 earlier = _opened();
        _voted(earlier, 0, 3, 0, 0);
        bytes32 first = _review.outcome(_contentId)[0].attestation;
        vm.warp(block.timestamp + _rules().appealPeriod + _rules().restPeriod);

        uint64 later = _opened();
        vm.assertEq(_review.outcome(_contentId)[0].caseId, earlier);
        _voted(later, 0, 0, 3, 0);

        IReviewAttestations.Outcome[] memory outcomes = _review.outcome(_contentId);
        vm.assertEq(outcomes.length, 1);
        vm.assertEq(outcomes[0].caseId, later);
        vm.assertTrue(_service.getAttestation(first).revocationTime != 0);
        vm.expectRevert(abi.encodeWithSelector(IReviewAttestations.ReviewAttestationsNotStanding.selector, earlier));
        _review.attest(earlier);
    }

    function test_EveryClaimHasAnOutcomeOfItsOwn() public {
        vm.assertEq(_review.outcome(_contentId).length, 0);
        uint64 unlawful = _opened(IReviewCases.Claim.Unlawful);
        _voted(unlawful, 0, 0, 3, 0);
        _pass(unlawful);
        uint64 genuine = _opened(IReviewCases.Claim.Genuine);
        _voted(genuine, 0, 3, 0, 0);

        IReviewAttestations.Outcome[] memory outcomes = _review.outcome(_contentId);

        vm.assertEq(outcomes.length, 2);
        vm.assertTrue(outcomes[0].caseId == genuine && !outcomes[0].isFinal);
        vm.assertTrue(outcomes[1].caseId == unlawful && outcomes[1].isFinal);
        vm.assertTrue(outcomes[0].attestation != outcomes[1].attestation);
    }
}
