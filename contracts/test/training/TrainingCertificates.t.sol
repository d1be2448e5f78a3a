// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ITrainingCertificates} from "../../src/training/ITrainingCertificates.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {TrainingTasks} from "../../src/training/TrainingTasks.sol";
import {TrainingTerms} from "../../src/training/TrainingTerms.sol";
import {Training} from "./Training.sol";

contract TrainingCertificatesTest is Training {
    uint256 private constant CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    bytes32 private _root = _leaf(_trainer(0), 100);

    function test_AQuorumCertifiesTheRound() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);

        _certify(vote, _signatures(vote, 3));

        _requirePhase(task, ITrainingRounds.Phase.Challenging);
        bytes32 digest = keccak256(abi.encode(uint256(1), vote.aggregate, vote.record, vote.contributions));
        vm.assertEq(_tasks.resultOf(task, 1), digest);
        vm.assertEq(_tasks.accountOf(task).released, 0);
    }

    function test_AResultIsFinalAfterTheChallengeWindow() public {
        uint256 task = _revealed();
        _certified(task, _root);
        (,, uint40 deadline) = _tasks.phaseOf(task);
        vm.warp(deadline);
        vm.expectEmit(address(_tasks));
        emit ITrainingCertificates.RoundFinalised(task, 1, _root, 3_333_333);

        _tasks.advance(task);

        vm.assertEq(_tasks.accountOf(task).root, _root);
        vm.assertEq(_tasks.taskOf(task).round, 2);
    }

    function test_AResultIsFinalAtOnceGivenNoChallengeWindow() public {
        TrainingTerms memory terms = _terms();
        terms.challengeSeconds = 0;
        uint256 task = _opened(terms);
        _join(task);
        vm.prank(SPONSOR);
        _tasks.start(task);
        _bringUpdates(task);

        _certified(task, _root);

        (ITrainingRounds.Phase phase, uint32 round,) = _tasks.phaseOf(task);
        vm.assertEq(uint256(phase), uint256(ITrainingRounds.Phase.Committing));
        vm.assertEq(round, 2);
        vm.assertEq(_tasks.accountOf(task).root, _root);
    }

    function test_FinalRoundsReleaseTheWholeBudgetToTheUnit() public {
        uint256 task = _started();
        for (uint256 i = 0; i < 3; ++i) {
            _finalised(task, _root);
        }

        _requirePhase(task, ITrainingRounds.Phase.Finished);
        vm.assertEq(_tasks.accountOf(task).released, _terms().budget);
    }

    function test_RevertWhen_TheSignaturesAreTooFew() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        bytes[] memory signatures = _signatures(vote, 2);
        vm.expectRevert(_noQuorum(task, 2, 2 * uint256(STAKE), 4 * uint256(STAKE)));
        _certify(vote, signatures);
    }

    /// @dev Three of four sign, and have two thirds of the stake, which is not more than two thirds.
    function test_RevertWhen_TheSignersHaveTooLittleStake() public {
        uint256 task = _opened();
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _joins(task, _trainer(i), TRAINER, STAKE);
        }
        for (uint256 i = 0; i < SEATS; ++i) {
            _joins(task, _validator(i), VERIFIER, i == SEATS - 1 ? 3 * STAKE : 2 * STAKE);
        }
        vm.prank(SPONSOR);
        _tasks.start(task);
        _bringUpdates(task);
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        bytes[] memory signatures = _signatures(vote, 3);
        vm.expectRevert(_noQuorum(task, 3, 6 * uint256(STAKE), 9 * uint256(STAKE)));
        _certify(vote, signatures);

        _certify(vote, _signatures(vote, 4));
        _requirePhase(task, ITrainingRounds.Phase.Challenging);
    }

    function test_RevertWhen_ASignatureIsThereTwiceOrOutOfOrder() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        bytes[] memory signatures = _signatures(vote, 3);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        vm.expectPartialRevert(ITrainingCertificates.TrainingCertificatesWrongSigner.selector);
        _certify(vote, signatures);
        signatures[0] = signatures[1];
        vm.expectPartialRevert(ITrainingCertificates.TrainingCertificatesWrongSigner.selector);
        _certify(vote, signatures);
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: ci.fuzz.runs = 500
    function testFuzz_RevertWhen_TheVoteIsOnSomethingElse(uint8 what) public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        ITrainingCertificates.Vote memory other = _vote(task, _root);
        what %= 6;
        if (what == 0) other.task = 2;
        if (what == 1) other.round = 2;
        if (what == 2) other.viewNumber = 2;
        if (what == 3) other.aggregate = SALT;
        if (what == 4) other.record = SALT;
        if (what == 5) other.contributions = SALT;
        bytes[] memory signatures = _signatures(other, 3);

        vm.expectPartialRevert(ITrainingCertificates.TrainingCertificatesWrongSigner.selector);
        _certify(vote, signatures);
    }

    function test_RevertWhen_TheVotesAreOfAnotherContractOrChain() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        TrainingTasks real = _tasks;
        _tasks = new TrainingTasks(address(_weights));
        bytes[] memory foreign = _signatures(vote, 3);
        _tasks = real;
        vm.expectPartialRevert(ITrainingCertificates.TrainingCertificatesWrongSigner.selector);
        _certify(vote, foreign);

        bytes[] memory signatures = _signatures(vote, 3);
        vm.chainId(2);
        vm.expectPartialRevert(ITrainingCertificates.TrainingCertificatesWrongSigner.selector);
        _certify(vote, signatures);
    }

    function test_RevertWhen_ASignatureIsMalleatedOrMalformed() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        bytes[] memory signatures = _signatures(vote, 3);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(0), _tasks.voteDigest(vote));
        signatures[0] = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        vm.expectPartialRevert(ECDSA.ECDSAInvalidSignatureS.selector);
        _certify(vote, signatures);
        signatures[0] = abi.encodePacked(r, s);
        vm.expectPartialRevert(ECDSA.ECDSAInvalidSignatureLength.selector);
        _certify(vote, signatures);
    }

    function test_RevertWhen_ASignerHasLeft() public {
        uint256 task = _revealed();
        vm.prank(_validator(0));
        _tasks.quit(task);
        ITrainingCertificates.Vote memory vote = _vote(task, _root);
        bytes[] memory signatures = _signatures(vote, 3);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITrainingCertificates.TrainingCertificatesWrongSigner.selector, task, 1, _validator(0)
            )
        );
        _certify(vote, signatures);
    }

    function test_RevertWhen_ADigestIsNothingOrTheRoundIsCertified() public {
        uint256 task = _revealed();
        ITrainingCertificates.Vote memory vote = _vote(task, 0);
        vm.expectRevert(abi.encodeWithSelector(ITrainingCertificates.TrainingCertificatesZeroDigest.selector));
        _certify(vote, new bytes[](0));
        vote = _vote(task, _root);
        bytes[] memory signatures = _signatures(vote, 3);
        _certify(vote, signatures);
        vm.expectPartialRevert(ITrainingRounds.TrainingRoundsWrongPhase.selector);
        _certify(vote, signatures);
    }

    function test_ACommitteeOfThirtyOneCertifies() public {
        TrainingTerms memory terms = _terms();
        terms.faults = 10;
        uint256 task = _opened(terms);
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _joins(task, _trainer(i), TRAINER, STAKE);
        }
        for (uint256 i = 0; i < 31; ++i) {
            _joins(task, _validator(i), VERIFIER, STAKE);
        }
        vm.prank(SPONSOR);
        _tasks.start(task);
        _bringUpdates(task);
        ITrainingCertificates.Vote memory vote = _vote(task, _root);

        _certify(vote, _signatures(vote, 21));

        _requirePhase(task, ITrainingRounds.Phase.Challenging);
    }

    function _noQuorum(
        uint256 task,
        uint256 signatures,
        uint256 weight,
        uint256 committeeWeight
    )
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            ITrainingCertificates.TrainingCertificatesNoQuorum.selector, task, signatures, 3, weight, committeeWeight
        );
    }
}
