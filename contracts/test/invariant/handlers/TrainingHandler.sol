// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingCertificates} from "../../../src/training/ITrainingCertificates.sol";
import {ITrainingMembers} from "../../../src/training/ITrainingMembers.sol";
import {ITrainingRewards} from "../../../src/training/ITrainingRewards.sol";
import {ITrainingRounds} from "../../../src/training/ITrainingRounds.sol";
import {TrainingTasks} from "../../../src/training/TrainingTasks.sol";
import {TrainingTerms} from "../../../src/training/TrainingTerms.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {TestCase} from "../../support/TestCase.sol";

/// @dev Plays a sponsor, trainers and validators over some tasks, and keeps accounts of its own.
contract TrainingHandler is TestCase {
    uint256 public constant TRAINERS = 4;
    uint256 public constant MEMBERS = 9;
    uint256 private constant MOST_TASKS = 3;
    bytes32 private constant SALT = keccak256("salt");

    TrainingTasks private immutable _tasks;
    AssayToken private immutable _token;
    TrainingTerms private _terms;
    address[] private _accounts;

    /// @dev By this handler's own reckoning: what was put in and taken out, what members have and what they may lose.
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(uint256 task => mapping(address account => uint256)) public stakeIn;
    mapping(bytes32 root => uint256) private _promised;

    /// @dev Things that must never happen, counted when they do.
    uint256 public wrongPayments;
    uint256 public wrongSlashes;
    uint256 public stuckSteps;
    uint256 public falseCertificates;
    uint256 public falseOpenings;

    constructor(TrainingTasks tasks, AssayToken token, TrainingTerms memory terms) {
        (_tasks, _token, _terms) = (tasks, token, terms);
        for (uint256 i = 0; i < MEMBERS; ++i) {
            _accounts.push(vm.addr(_keyOf(i)));
        }
    }

    /// @dev The first are trainers, the others verifiers; the first verifier is a trainer, too.
    function member(uint256 number) public view returns (address) {
        return _accounts[number];
    }

    function passTime(uint32 elapsed) external {
        vm.warp(block.timestamp + elapsed % 2 hours);
    }

    /// @dev One time in four somebody comes later, or never.
    function open(uint96 budget, uint256 choices) external {
        if (_tasks.taskCount() == MOST_TASKS) return;
        choices = _mixed(choices);
        TrainingTerms memory terms = _terms;
        terms.budget = uint128(_bound(budget, 0, 1e9));
        terms.rounds = uint32(1 + choices % 5);
        if ((choices >> 8) % 4 == 0) terms.challengeSeconds = 0;
        _token.approve(address(_tasks), terms.budget);
        uint256 task = _tasks.open(terms);
        paidIn += terms.budget;
        for (uint256 i = 0; i < MEMBERS; ++i) {
            if ((choices >> 16) % (4 * MEMBERS) != i) this.join(task - 1, i, uint96(choices >> 32));
        }
    }

    function join(uint256 which, uint256 who, uint96 stake) external {
        if (_tasks.taskCount() == 0) return;
        (uint256 task, address account) = (_pick(which), _accounts[who % MEMBERS]);
        stake = uint96(_bound(stake, _terms.minimumStake, 3 * _terms.minimumStake));
        uint8 roles = who % MEMBERS < TRAINERS ? 2 : who % MEMBERS == TRAINERS ? 10 : 8;
        vm.startPrank(account);
        _token.approve(address(_tasks), stake);
        try _tasks.join(task, roles, stake, SALT) {
            paidIn += stake;
            stakeIn[task][account] = stake;
        } catch {}
        vm.stopPrank();
    }

    function quit(uint256 which, uint256 who) external {
        // Seldom, so that most tasks go on.
        if (_tasks.taskCount() == 0 || _mixed(who) % 4 != 0) return;
        _quit(_pick(which), _accounts[who % MEMBERS]);
    }

    function withdraw(uint256 which, uint256 who) external {
        if (_tasks.taskCount() == 0) return;
        _withdraw(_pick(which), _accounts[who % MEMBERS]);
    }

    function start(uint256 which) external {
        if (_tasks.taskCount() == 0) return;
        try _tasks.start(_pick(which)) {} catch {}
    }

    /// @dev A phase past its deadline has to end, whoever says so.
    function advance(uint256 which) external {
        if (_tasks.taskCount() == 0) return;
        _advance(_pick(which));
    }

    /**
     * @dev Plays a round to its end: of the trainers, one in eight forgets to commit, and one to reveal; one validator
     * in eight does not sign.
     */
    function playRound(uint256 which, uint256 choices) external {
        if (_tasks.taskCount() == 0) return;
        (uint256 task, uint256 signers) = (_pick(which), 0);
        choices = _mixed(choices);
        _passPhase(task, ITrainingRounds.Phase.Joining);
        for (uint256 i = 0; i <= TRAINERS; ++i) {
            if ((choices >> (3 * i)) % 8 != 0) this.commit(which, i, 0);
        }
        _passPhase(task, ITrainingRounds.Phase.Committing);
        for (uint256 i = 0; i <= TRAINERS; ++i) {
            if ((choices >> (3 * i + 16)) % 8 != 0) this.reveal(which, i, 0);
        }
        _passPhase(task, ITrainingRounds.Phase.Revealing);
        for (uint256 i = 0; i < 4; ++i) {
            if ((choices >> (3 * i + 32)) % 8 != 0) signers |= 1 << i;
        }
        this.certify(which, signers, uint128(choices >> 64));
        // Now and then the challenge window stays open.
        if (choices >> 254 != 0) _passPhase(task, ITrainingRounds.Phase.Challenging);
    }

    /// @dev One time in eight by copying another's commitment.
    function commit(uint256 which, uint256 who, uint8 choice) external {
        if (_tasks.taskCount() == 0) return;
        uint256 task = _pick(which);
        (, uint32 round,) = _tasks.phaseOf(task);
        address account = _accounts[who % MEMBERS];
        address bound = choice % 8 == 7 ? _accounts[(who + 1) % MEMBERS] : account;
        bytes32 commitment = _tasks.commitmentOf(task, round, bound, SALT, SALT);
        vm.prank(account);
        try _tasks.commit(task, round, commitment) {} catch {}
    }

    function reveal(uint256 which, uint256 who, uint8 choice) external {
        if (_tasks.taskCount() == 0) return;
        uint256 task = _pick(which);
        address account = _accounts[who % MEMBERS];
        (, uint32 round,) = _tasks.phaseOf(task);
        bytes25 committed = _tasks.memberOf(task, account).commitment;
        bytes32 salt = choice % 8 == 7 ? bytes32(uint256(choice)) : SALT;
        bytes32 commitment = _tasks.commitmentOf(task, round, account, SALT, salt);
        vm.prank(account);
        try _tasks.reveal(task, SALT, salt) {
            if (committed != bytes25(commitment)) ++falseOpenings;
        } catch {}
    }

    /// @dev The seats that `signers` has bits for sign a root that promises one node `cumulative`, too much at times.
    function certify(uint256 which, uint256 signers, uint128 cumulative) external {
        if (_tasks.taskCount() == 0) return;
        uint256 task = _pick(which);
        uint256 promised = _bound(cumulative, 0, _promise(task));
        ITrainingCertificates.Vote memory vote = _vote(task, _leaf(promised));
        _promised[vote.contributions] = promised;
        (bytes[] memory signatures, uint256 weight, uint256 total) = _signed(task, vote, signers);
        try _tasks.certify(task, vote.aggregate, vote.record, vote.contributions, 0, signatures) {
            if (signatures.length < 3 || 3 * weight <= 2 * total) ++falseCertificates;
        } catch {}
    }

    function equivocate(uint256 which, uint256 who) external {
        if (_tasks.taskCount() == 0 || _mixed(who) % 2 != 0) return;
        (uint256 task, uint256 number) = (_pick(which), TRAINERS + who % (MEMBERS - TRAINERS));
        ITrainingCertificates.Vote memory first = _vote(task, SALT);
        ITrainingCertificates.Vote memory second = _vote(task, keccak256("other"));
        address account = _accounts[number];
        (bytes memory signed, bytes memory other) = (_sign(number, first), _sign(number, second));
        uint256 before = _token.balanceOf(address(this));
        try _tasks.slashEquivocation(task, first, signed, second, other) {
            if (_tasks.memberOf(task, account).stake != 0) ++wrongSlashes;
            stakeIn[task][account] = 0;
            paidOut += _token.balanceOf(address(this)) - before;
        } catch {}
    }

    /// @dev Only who committed in a round that reveals are over of, and did not reveal, may lose anything.
    function slashSilence(uint256 which, uint256 who) external {
        if (_tasks.taskCount() == 0) return;
        uint256 task = _pick(which);
        address account = _accounts[who % MEMBERS];
        ITrainingMembers.Member memory found = _tasks.memberOf(task, account);
        for (uint256 i = 1; i < MEMBERS && !found.hasOpenCommitment; ++i) {
            account = _accounts[(who % MEMBERS + i) % MEMBERS];
            found = _tasks.memberOf(task, account);
        }
        (ITrainingRounds.Phase phase, uint32 round,) = _tasks.phaseOf(task);
        bool isOver = found.lastRound < round || phase > ITrainingRounds.Phase.Revealing;
        uint256 before = _token.balanceOf(address(this));
        try _tasks.slashSilence(task, account) {
            if (!found.hasOpenCommitment || !isOver) ++wrongSlashes;
            stakeIn[task][account] -= found.stake / 10;
            paidOut += _token.balanceOf(address(this)) - before;
        } catch {
            if (found.hasOpenCommitment && isOver) ++stuckSteps;
        }
    }

    /// @dev One time in four for another amount than the root says.
    function claim(uint256 which, uint8 choice) external {
        if (_tasks.taskCount() == 0) return;
        uint256 task = _pick(which);
        uint256 cumulative = _promised[_tasks.accountOf(task).root];
        _claim(task, choice % 4 == 3 ? cumulative + 1 : cumulative);
    }

    function reclaim(uint256 which) external {
        if (_tasks.taskCount() == 0) return;
        _reclaim(_pick(which));
    }

    /// @dev Ends every task and pays everybody, by calls that anybody or the payee can make.
    function endAll() external {
        for (uint256 task = 1; task <= _tasks.taskCount(); ++task) {
            while (_tasks.taskOf(task).endedAt == 0) {
                (,, uint40 deadline) = _tasks.phaseOf(task);
                if (block.timestamp < deadline) vm.warp(deadline);
                _advance(task);
            }
            for (uint256 i = 0; i < MEMBERS; ++i) {
                _quit(task, _accounts[i]);
            }
        }
        vm.warp(block.timestamp + 180 days);
        for (uint256 task = 1; task <= _tasks.taskCount(); ++task) {
            _reclaim(task);
            for (uint256 i = 0; i < MEMBERS; ++i) {
                _withdraw(task, _accounts[i]);
            }
        }
    }

    function _advance(uint256 task) private {
        (ITrainingRounds.Phase phase,, uint40 deadline) = _tasks.phaseOf(task);
        try _tasks.advance(task) {
            if (phase >= ITrainingRounds.Phase.Finished) ++stuckSteps;
        } catch {
            if (deadline != 0 && block.timestamp >= deadline) ++stuckSteps;
        }
    }

    function _passPhase(uint256 task, ITrainingRounds.Phase ended) private {
        (ITrainingRounds.Phase phase,, uint40 deadline) = _tasks.phaseOf(task);
        if (phase != ended) return;
        if (block.timestamp < deadline) vm.warp(deadline);
        _advance(task);
    }

    /// @dev An active member can leave at any time.
    function _quit(uint256 task, address account) private {
        bool isActive = _tasks.memberOf(task, account).isActive;
        vm.prank(account);
        try _tasks.quit(task) {
            if (!isActive) ++stuckSteps;
        } catch {
            if (isActive) ++stuckSteps;
        }
    }

    function _withdraw(uint256 task, address account) private {
        ITrainingMembers.Member memory found = _tasks.memberOf(task, account);
        bool isDue = found.withdrawableAt != 0 && block.timestamp >= found.withdrawableAt && found.stake > 0;
        vm.prank(account);
        try _tasks.withdraw(task) returns (uint96 amount) {
            if (!isDue || amount != stakeIn[task][account]) ++wrongPayments;
            stakeIn[task][account] = 0;
            paidOut += amount;
        } catch {
            if (isDue) ++stuckSteps;
        }
    }

    function _claim(uint256 task, uint256 cumulative) private {
        ITrainingRewards.Account memory before = _tasks.accountOf(task);
        uint256 had = _tasks.claimedBy(task, _accounts[0]);
        bool isDue = before.root == _leaf(cumulative) && cumulative > had
            && cumulative - had <= before.released - before.claimed;
        try _tasks.claim(task, _accounts[0], cumulative, new bytes32[](0)) returns (uint128 amount) {
            if (!isDue || amount != cumulative - had) ++wrongPayments;
            paidOut += amount;
        } catch {
            if (isDue) ++stuckSteps;
        }
    }

    function _reclaim(uint256 task) private {
        bool hasEnded = _tasks.taskOf(task).endedAt != 0;
        uint256 before = _token.balanceOf(address(this));
        try _tasks.reclaim(task) returns (uint128 amount) {
            if (!hasEnded || _token.balanceOf(address(this)) - before != amount) ++wrongPayments;
            paidOut += amount;
        } catch {}
    }

    function _vote(uint256 task, bytes32 root) private view returns (ITrainingCertificates.Vote memory) {
        (, uint32 round,) = _tasks.phaseOf(task);
        return ITrainingCertificates.Vote(task, round, 0, SALT, SALT, root);
    }

    /// @dev The signatures in the order of the seats, with the weights of who signed and of all.
    function _signed(
        uint256 task,
        ITrainingCertificates.Vote memory vote,
        uint256 signers
    )
        private
        view
        returns (bytes[] memory signatures, uint256 weight, uint256 total)
    {
        ITrainingMembers.Seat[] memory seats = _tasks.committeeOf(task);
        bytes[] memory found = new bytes[](seats.length);
        uint256 count = 0;
        for (uint256 i = 0; i < seats.length; ++i) {
            total += seats[i].weight;
            if (seats[i].weight == 0 || (signers >> i) % 2 == 0) continue;
            weight += seats[i].weight;
            found[count] = _sign(_numberOf(seats[i].validator), vote);
            ++count;
        }
        signatures = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            signatures[i] = found[i];
        }
    }

    function _sign(uint256 number, ITrainingCertificates.Vote memory vote) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(number), _tasks.voteDigest(vote));
        return abi.encodePacked(r, s, v);
    }

    function _numberOf(address account) private view returns (uint256 number) {
        while (_accounts[number] != account) ++number;
    }

    /// @dev A root that promises the first node an amount, and nobody else anything.
    function _leaf(uint256 cumulative) private view returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(_accounts[0], cumulative))));
    }

    /// @dev A little more than is released when the present round is final.
    function _promise(uint256 task) private view returns (uint256) {
        TrainingTerms memory terms = _tasks.termsOf(task);
        return uint256(terms.budget) * (_tasks.taskOf(task).finalRounds + 1) / terms.rounds + 3;
    }

    /// @dev Spreads the small numbers that a fuzzer likes over all choices.
    function _mixed(uint256 choices) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(choices)));
    }

    function _pick(uint256 which) private view returns (uint256) {
        return which % _tasks.taskCount() + 1;
    }

    function _keyOf(uint256 number) private pure returns (uint256) {
        return 0x7EA1 + number;
    }
}
