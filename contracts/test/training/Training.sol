// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IRewardWeights} from "../../src/training/IRewardWeights.sol";
import {ITrainingCertificates} from "../../src/training/ITrainingCertificates.sol";
import {ITrainingRounds} from "../../src/training/ITrainingRounds.sol";
import {RewardWeights} from "../../src/training/RewardWeights.sol";
import {TrainingTasks} from "../../src/training/TrainingTasks.sol";
import {TrainingTerms} from "../../src/training/TrainingTerms.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev A sponsor, trainers, and validators whose keys are known, with money; and the steps of a task.
abstract contract Training is TestCase {
    address internal constant SPONSOR = address(0x5905);
    uint96 internal constant STAKE = 1_000_003;
    uint256 internal constant TRAINERS = 3;
    uint256 internal constant SEATS = 4;
    bytes32 internal constant KEY = keccak256("sealing key");
    bytes32 internal constant SALT = keccak256("salt");

    uint8 internal constant TRAINER = 2;
    uint8 internal constant VERIFIER = 8;

    AssayToken internal _token;
    RewardWeights internal _weights;
    TrainingTasks internal _tasks;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _token = new AssayToken(address(this), 1_000_000_000e6);
        _weights = new RewardWeights(address(this), IRewardWeights.Weights(4000, 3000, 3000));
        _tasks = new TrainingTasks(address(_weights));
    }

    /// @dev Amounts that divide badly, so that rounding shows.
    function _terms() internal view virtual returns (TrainingTerms memory) {
        return TrainingTerms({
            token: address(_token),
            minimumStake: STAKE,
            initialModel: 7,
            policy: keccak256("policy"),
            budget: 10_000_001,
            modes: 5,
            rounds: 3,
            minimumNodes: 2,
            joinSeconds: 1 days,
            commitSeconds: 1 hours,
            revealSeconds: 30 minutes,
            certifySeconds: 20 minutes,
            challengeSeconds: 10 minutes,
            unbondingSeconds: 7 days,
            faults: 1
        });
    }

    function _trainer(uint256 number) internal pure returns (address) {
        return address(uint160(0x7EA1E000 + number));
    }

    function _keyOf(uint256 number) internal pure returns (uint256) {
        return 0x5EA70000 + number;
    }

    function _validator(uint256 number) internal pure returns (address) {
        return vm.addr(_keyOf(number));
    }

    /// @dev Opens a task for SPONSOR.
    function _opened() internal returns (uint256) {
        return _opened(_terms());
    }

    function _opened(TrainingTerms memory terms) internal returns (uint256) {
        _token.transfer(SPONSOR, terms.budget);
        vm.startPrank(SPONSOR);
        _token.approve(address(_tasks), terms.budget);
        uint256 task = _tasks.open(terms);
        vm.stopPrank();
        return task;
    }

    function _joins(uint256 task, address account, uint8 roles, uint96 stake) internal {
        _token.transfer(account, stake);
        vm.startPrank(account);
        _token.approve(address(_tasks), stake);
        _tasks.join(task, roles, stake, KEY);
        vm.stopPrank();
    }

    /// @dev A task that takes members, with all of them.
    function _joined() internal returns (uint256 task) {
        task = _opened();
        _join(task);
    }

    function _join(uint256 task) internal {
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _joins(task, _trainer(i), TRAINER, STAKE);
        }
        for (uint256 i = 0; i < SEATS; ++i) {
            _joins(task, _validator(i), VERIFIER, STAKE);
        }
    }

    /// @dev A task in its first round.
    function _started() internal returns (uint256 task) {
        task = _joined();
        vm.prank(SPONSOR);
        _tasks.start(task);
    }

    function _digestOf(uint256 number) internal pure returns (bytes32) {
        return keccak256(abi.encode("sealed update", number));
    }

    function _commits(uint256 task, uint256 number) internal {
        (, uint32 round,) = _tasks.phaseOf(task);
        bytes32 commitment = _tasks.commitmentOf(task, round, _trainer(number), _digestOf(number), SALT);
        vm.prank(_trainer(number));
        _tasks.commit(task, round, commitment);
    }

    function _reveals(uint256 task, uint256 number) internal {
        vm.prank(_trainer(number));
        _tasks.reveal(task, _digestOf(number), SALT);
    }

    /// @dev A task that waits for a certificate.
    function _revealed() internal returns (uint256 task) {
        task = _started();
        _bringUpdates(task);
    }

    function _bringUpdates(uint256 task) internal {
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _commits(task, i);
        }
        for (uint256 i = 0; i < TRAINERS; ++i) {
            _reveals(task, i);
        }
    }

    /// @dev A vote on the present round's result, with this root of what was earned.
    function _vote(uint256 task, bytes32 root) internal view returns (ITrainingCertificates.Vote memory) {
        (, uint32 round,) = _tasks.phaseOf(task);
        return ITrainingCertificates.Vote({
            task: task,
            round: round,
            viewNumber: 1,
            aggregate: keccak256("aggregate"),
            record: keccak256("record"),
            contributions: root
        });
    }

    function _signed(ITrainingCertificates.Vote memory vote, uint256 number) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(number), _tasks.voteDigest(vote));
        return abi.encodePacked(r, s, v);
    }

    /// @dev The signatures of the first validators, in the order of their addresses.
    function _signatures(
        ITrainingCertificates.Vote memory vote,
        uint256 count
    )
        internal
        view
        returns (bytes[] memory signatures)
    {
        signatures = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 place = 0;
            for (uint256 other = 0; other < count; ++other) {
                if (_validator(other) < _validator(i)) ++place;
            }
            signatures[place] = _signed(vote, i);
        }
    }

    function _certify(ITrainingCertificates.Vote memory vote, bytes[] memory signatures) internal {
        _tasks.certify(vote.task, vote.aggregate, vote.record, vote.contributions, vote.viewNumber, signatures);
    }

    /// @dev Has all but one validator certify the present round with this root.
    function _certified(uint256 task, bytes32 root) internal {
        ITrainingCertificates.Vote memory vote = _vote(task, root);
        _certify(vote, _signatures(vote, SEATS - 1));
    }

    /// @dev A whole round with this root, whose result stands.
    function _finalised(uint256 task, bytes32 root) internal {
        _bringUpdates(task);
        _certified(task, root);
        _pass(task);
    }

    /// @dev Ends the phase that the task is in at its deadline.
    function _pass(uint256 task) internal {
        (,, uint40 deadline) = _tasks.phaseOf(task);
        vm.warp(deadline);
        _tasks.advance(task);
    }

    /// @dev Goes through rounds without any update until the task ends.
    function _abandoned(uint256 task) internal {
        while (_tasks.taskOf(task).endedAt == 0) _pass(task);
    }

    /// @dev A leaf of the tree of what was earned; it is the root of a tree with nobody else.
    function _leaf(address node, uint256 cumulative) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(node, cumulative))));
    }

    function _requirePhase(uint256 task, ITrainingRounds.Phase expected) internal view {
        (ITrainingRounds.Phase phase,,) = _tasks.phaseOf(task);
        vm.assertEq(uint256(phase), uint256(expected));
    }
}
