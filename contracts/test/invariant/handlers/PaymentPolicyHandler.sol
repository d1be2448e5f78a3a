// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IPaymentPolicy} from "../../../src/payments/IPaymentPolicy.sol";
import {PaymentPolicy} from "../../../src/payments/PaymentPolicy.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {Cast} from "./Cast.sol";

/// @dev Owns a treasury, tries to pay from it in every way, and keeps accounts of its own.
contract PaymentPolicyHandler is Cast {
    /// @dev Things that must never happen, counted when they do.
    struct Wrongs {
        uint256 overspendings;
        uint256 repetitions;
        uint256 hastyAccounts;
        uint256 unapproved;
    }

    uint256 private constant FUNDS = 1_000_000;
    uint32 private constant PERIOD = 10 days;
    uint32 private constant DELAY = 2 days;
    uint128 private constant HIGHEST = 1000;

    PaymentPolicy private immutable _policy;
    AssayToken private immutable _money;

    mapping(bytes32 payee => uint128) private _limit;
    mapping(bytes32 payee => bool) private _listed;
    mapping(bytes32 payee => mapping(address account => uint256)) private _announcedAt;
    mapping(bytes32 payee => address) private _firstAccount;
    mapping(bytes32 payee => uint256) private _periodEnd;
    mapping(bytes32 payee => uint256) private _paidInPeriod;
    uint256 private _totalEnd;
    uint256 private _totalPaid;
    IPaymentPolicy.Rules private _rules;
    mapping(bytes32 digest => bool) private _paid;
    mapping(bytes32 requestHash => mapping(address approver => bool)) private _agreed;
    mapping(address approver => bool) private _mayApprove;

    Wrongs private _wrongs;
    uint256 public moneyOut;

    constructor() {
        _money = new AssayToken(address(this), FUNDS);
        _policy = new PaymentPolicy(address(this), address(_money), DELAY);
        _money.transfer(address(_policy), FUNDS);
        _setRules(IPaymentPolicy.Rules(2 * HIGHEST, HIGHEST / 2, PERIOD, 1));
        _policy.setOperator(member(0), true);
    }

    function policy() external view returns (PaymentPolicy) {
        return _policy;
    }

    function money() external view returns (AssayToken) {
        return _money;
    }

    function funds() external pure returns (uint256) {
        return FUNDS;
    }

    function wrongs() external view returns (Wrongs memory) {
        return _wrongs;
    }

    function passTime(uint32 elapsed) external {
        vm.warp(block.timestamp + elapsed % PERIOD);
    }

    function setRules(uint128 total, uint128 threshold, uint16 needed) external {
        _setRules(IPaymentPolicy.Rules(total % (4 * HIGHEST), threshold % HIGHEST, PERIOD, needed % 3));
    }

    function setPayee(uint256 which, uint256 account, uint128 limit) external {
        (string memory name, bytes32 payee) = _payee(which);
        address place = member(account);
        address before = _policy.accountOf(payee);
        try _policy.setPayee(name, place, limit % HIGHEST, 0) {
            (_listed[payee], _limit[payee]) = (true, limit % HIGHEST);
            if (before == address(0)) _firstAccount[payee] = place;
            else if (before != place) _announcedAt[payee][place] = block.timestamp;
        } catch {}
    }

    function removePayee(uint256 which) external {
        (, bytes32 payee) = _payee(which);
        if (!_listed[payee]) return;
        _policy.removePayee(payee);
        _listed[payee] = false;
    }

    function setApprover(uint256 account, bool allowed) external {
        _policy.setApprover(member(account), allowed);
        _mayApprove[member(account)] = allowed;
    }

    function togglePause() external {
        if (_policy.paused()) _policy.unpause();
        else _policy.pause();
    }

    function withdraw(uint256 amount) external {
        amount %= 100;
        _policy.withdraw(address(0xD0), amount);
        moneyOut += amount;
    }

    function approve(uint256 caller, uint256 which, uint256 account, uint128 amount, uint8 number) external {
        IPaymentPolicy.Request memory request = _request(which, account, amount, number);
        vm.prank(member(caller));
        try _policy.approve(request) {
            _agreed[_policy.hashOf(request)][member(caller)] = true;
        } catch {}
    }

    function pay(uint256 caller, uint256 which, uint256 account, uint128 amount, uint8 number) external {
        IPaymentPolicy.Request memory request = _request(which, account, amount, number);
        bool wasPaused = _policy.paused();
        vm.prank(member(caller));
        try _policy.pay(request) {
            moneyOut += request.amount;
            if (_paid[request.digest] || wasPaused || block.timestamp > request.expiry) _wrongs.repetitions += 1;
            _paid[request.digest] = true;
            if (member(caller) != member(0)) _wrongs.unapproved += 1;
            _checkApprovals(request);
            _checkAccount(request);
            _spend(request);
        } catch {}
    }

    function payeesMoney() external view returns (uint256 sum) {
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            sum += _money.balanceOf(member(i));
        }
        sum += _money.balanceOf(address(0xD0));
    }

    function _setRules(IPaymentPolicy.Rules memory rules) private {
        _policy.setRules(rules);
        _rules = rules;
    }

    function _spend(IPaymentPolicy.Request memory request) private {
        bytes32 payee = request.payee;
        if (block.timestamp >= _periodEnd[payee]) {
            (_periodEnd[payee], _paidInPeriod[payee]) = (block.timestamp + PERIOD, 0);
        }
        if (block.timestamp >= _totalEnd) (_totalEnd, _totalPaid) = (block.timestamp + PERIOD, 0);
        _paidInPeriod[payee] += request.amount;
        _totalPaid += request.amount;
        if (_paidInPeriod[payee] > _limit[payee] || _totalPaid > _rules.total) _wrongs.overspendings += 1;
    }

    function _checkApprovals(IPaymentPolicy.Request memory request) private {
        if (request.amount <= _rules.approvalAbove) return;
        uint256 given = 0;
        bytes32 name = _policy.hashOf(request);
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            if (_mayApprove[member(i)] && _agreed[name][member(i)]) given += 1;
        }
        if (given < _rules.approvalsNeeded) _wrongs.unapproved += 1;
    }

    function _checkAccount(IPaymentPolicy.Request memory request) private {
        bytes32 payee = request.payee;
        uint256 announced = _announcedAt[payee][request.account];
        bool isFirst = announced == 0 && request.account == _firstAccount[payee];
        bool isOldEnough = announced != 0 && block.timestamp >= announced + DELAY;
        if (!_listed[payee] || !(isFirst || isOldEnough)) _wrongs.hastyAccounts += 1;
    }

    function _payee(uint256 which) private pure returns (string memory name, bytes32 payee) {
        name = which % 2 == 0 ? "even" : "odd";
        payee = keccak256(bytes(name));
    }

    function _request(
        uint256 which,
        uint256 account,
        uint128 amount,
        uint8 number
    )
        private
        view
        returns (IPaymentPolicy.Request memory)
    {
        (, bytes32 payee) = _payee(which);
        uint64 expiry = 1_800_000_000 + 60 days;
        address place = account % 3 == 0 ? member(account) : _policy.accountOf(payee);
        return IPaymentPolicy.Request(payee, place, amount % HIGHEST, bytes32(uint256(number)), expiry);
    }
}
