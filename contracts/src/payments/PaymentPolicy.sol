// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {IPaymentPolicy} from "./IPaymentPolicy.sol";

/// @dev Implementation of {IPaymentPolicy}.
contract PaymentPolicy is IPaymentPolicy, Ownable2Step, Pausable {
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeERC20 for IERC20;

    /// @dev What was paid in the period that ends at `end`; a period that is over counts as nothing paid.
    struct Spending {
        uint128 paid;
        uint64 end;
    }

    uint256 private constant MOST_APPROVERS = 16;
    uint32 private constant SHORTEST_PERIOD_S = 1 hours;

    IERC20 private immutable _currency;
    uint32 private immutable _accountDelay;

    Rules private _rules;
    Spending private _total;
    mapping(bytes32 payee => Payee) private _payees;
    mapping(bytes32 payee => Spending) private _spending;
    mapping(address account => bytes32 payee) private _payeeOf;
    mapping(address operator => bool) private _operators;
    mapping(bytes32 requestHash => mapping(address approver => bool)) private _approved;
    mapping(bytes32 digest => uint256 time) private _paidAt;
    EnumerableSet.AddressSet private _approvers;

    constructor(address owner_, address currency_, uint32 accountDelay_) Ownable(owner_) {
        _currency = IERC20(currency_);
        _accountDelay = accountDelay_;
    }

    /// @inheritdoc IPaymentPolicy
    function setRules(Rules calldata rules) external onlyOwner {
        if (rules.period < SHORTEST_PERIOD_S || rules.approvalsNeeded > MOST_APPROVERS) {
            revert PaymentPolicyImpossibleRules(rules.period, rules.approvalsNeeded);
        }
        _rules = rules;
        emit RulesSet(rules.total, rules.approvalAbove, rules.period, rules.approvalsNeeded);
    }

    /// @inheritdoc IPaymentPolicy
    function setPayee(string calldata name, address account, uint128 limit, bytes32 details) external onlyOwner {
        if (bytes(name).length == 0 || account == address(0) || account == address(this)) {
            revert PaymentPolicyBadPayee(name, account);
        }
        bytes32 payee = keccak256(bytes(name));
        bytes32 holder = _payeeOf[account];
        if (holder != 0 && holder != payee) revert PaymentPolicyAccountTaken(account, holder);
        _payeeOf[account] = payee;
        Payee storage kept = _payees[payee];
        (kept.active, kept.limit, kept.details) = (true, limit, details);
        emit PayeeSet(payee, name, limit, details);
        _setAccount(payee, kept, account);
    }

    /// @inheritdoc IPaymentPolicy
    function removePayee(bytes32 payee) external onlyOwner {
        _requireActive(payee).active = false;
        emit PayeeRemoved(payee);
    }

    /// @inheritdoc IPaymentPolicy
    function setOperator(address operator, bool allowed) external onlyOwner {
        _operators[operator] = allowed;
        emit OperatorSet(operator, allowed);
    }

    /// @inheritdoc IPaymentPolicy
    function setApprover(address approver, bool allowed) external onlyOwner {
        if (allowed) {
            _approvers.add(approver);
            if (_approvers.length() > MOST_APPROVERS) revert PaymentPolicyTooManyApprovers(MOST_APPROVERS);
        } else {
            _approvers.remove(approver);
        }
        emit ApproverSet(approver, allowed);
    }

    /// @inheritdoc IPaymentPolicy
    function approve(Request calldata request) external whenNotPaused {
        if (!_approvers.contains(_msgSender())) revert PaymentPolicyNotApprover(_msgSender());
        bytes32 requestHash = hashOf(request);
        _approved[requestHash][_msgSender()] = true;
        emit RequestApproved(requestHash, request.digest, _msgSender());
    }

    /// @inheritdoc IPaymentPolicy
    function pay(Request calldata request) external whenNotPaused {
        if (_msgSender() != owner() && !_operators[_msgSender()]) revert PaymentPolicyNotOperator(_msgSender());
        _check(request);
        // Kept before the money moves, so that a currency that calls back finds it paid.
        _paidAt[request.digest] = block.timestamp;
        uint128 limit = _payees[request.payee].limit;
        (uint128 rest, uint64 end) = _spend(_spending[request.payee], limit, request.amount);
        if (rest < request.amount) revert PaymentPolicyAbovePayeeLimit(request.payee, request.amount, rest, end);
        (rest, end) = _spend(_total, _rules.total, request.amount);
        if (rest < request.amount) revert PaymentPolicyAboveTotal(request.amount, rest, end);
        emit RequestPaid(request.digest, request.payee, request.account, request.amount);
        _currency.safeTransfer(request.account, request.amount);
    }

    /// @inheritdoc IPaymentPolicy
    function pause() external onlyOwner {
        _pause();
    }

    /// @inheritdoc IPaymentPolicy
    function unpause() external onlyOwner {
        _unpause();
    }

    /// @inheritdoc IPaymentPolicy
    function withdraw(address to, uint256 amount) external onlyOwner {
        emit MoneyWithdrawn(to, amount);
        _currency.safeTransfer(to, amount);
    }

    /// @inheritdoc IPaymentPolicy
    function currency() external view returns (address) {
        return address(_currency);
    }

    /// @inheritdoc IPaymentPolicy
    function accountDelay() external view returns (uint32) {
        return _accountDelay;
    }

    /// @inheritdoc IPaymentPolicy
    function rulesNow() external view returns (Rules memory) {
        return _rules;
    }

    /// @inheritdoc IPaymentPolicy
    function payeeOf(bytes32 payee) external view returns (Payee memory) {
        return _payees[payee];
    }

    /// @inheritdoc IPaymentPolicy
    function left(bytes32 payee)
        external
        view
        returns (uint128 payeeLeft, uint64 payeePeriodEnd, uint128 totalLeft, uint64 totalPeriodEnd)
    {
        (payeeLeft, payeePeriodEnd) = _left(_spending[payee], _payees[payee].limit);
        (totalLeft, totalPeriodEnd) = _left(_total, _rules.total);
    }

    /// @inheritdoc IPaymentPolicy
    function isOperator(address account) external view returns (bool) {
        return account == owner() || _operators[account];
    }

    /// @inheritdoc IPaymentPolicy
    function approvers() external view returns (address[] memory) {
        return _approvers.values();
    }

    /// @inheritdoc IPaymentPolicy
    function paidAt(bytes32 digest) external view returns (uint256) {
        return _paidAt[digest];
    }

    /// @inheritdoc IPaymentPolicy
    function accountOf(bytes32 payee) public view returns (address) {
        Payee storage kept = _payees[payee];
        return kept.nextFrom != 0 && block.timestamp >= kept.nextFrom ? kept.next : kept.account;
    }

    /// @inheritdoc IPaymentPolicy
    function hashOf(Request calldata request) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), request));
    }

    /// @inheritdoc IPaymentPolicy
    function approvalsOf(bytes32 requestHash) public view returns (address[] memory agreed) {
        address[] memory all = _approvers.values();
        agreed = new address[](all.length);
        uint256 count = 0;
        for (uint256 i = 0; i < all.length; ++i) {
            if (!_approved[requestHash][all[i]]) continue;
            agreed[count] = all[i];
            ++count;
        }
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(agreed, count)
        }
    }

    /// @dev Another account waits; setting the present one again calls the change off.
    function _setAccount(bytes32 payee, Payee storage kept, address account) private {
        address current = accountOf(payee);
        uint64 from = uint64(block.timestamp);
        if (current == address(0) || current == account) {
            (kept.account, kept.next, kept.nextFrom) = (account, address(0), 0);
        } else {
            from += _accountDelay;
            (kept.account, kept.next, kept.nextFrom) = (current, account, from);
        }
        emit PayeeAccountAnnounced(payee, account, from);
    }

    /// @dev Adds a payment to a period, and begins a new one where the last is over.
    function _spend(Spending storage spending, uint128 limit, uint128 amount) private returns (uint128, uint64) {
        (uint128 rest, uint64 end) = _left(spending, limit);
        if (rest < amount) return (rest, end);
        if (end == 0) {
            (spending.paid, spending.end) = (amount, uint64(block.timestamp) + _rules.period);
        } else {
            spending.paid += amount;
        }
        return (rest, end);
    }

    function _check(Request calldata request) private view {
        _requireActive(request.payee);
        address current = accountOf(request.payee);
        if (request.account != current) revert PaymentPolicyOtherAccount(request.payee, request.account, current);
        if (request.amount == 0) revert PaymentPolicyNothingPaid(request.digest);
        uint256 paidBefore = _paidAt[request.digest];
        if (paidBefore != 0) revert PaymentPolicyAlreadyPaid(request.digest, paidBefore);
        if (block.timestamp > request.expiry) revert PaymentPolicyExpired(request.digest, request.expiry);
        if (request.amount <= _rules.approvalAbove) return;
        bytes32 requestHash = hashOf(request);
        uint256 given = approvalsOf(requestHash).length;
        uint256 needed = _rules.approvalsNeeded;
        if (given < needed) revert PaymentPolicyApprovalsMissing(requestHash, given, needed);
    }

    function _left(Spending memory spending, uint128 limit) private view returns (uint128, uint64) {
        if (block.timestamp >= spending.end) return (limit, 0);
        return (limit > spending.paid ? limit - spending.paid : 0, spending.end);
    }

    function _requireActive(bytes32 payee) private view returns (Payee storage kept) {
        kept = _payees[payee];
        if (!kept.active) revert PaymentPolicyUnknownPayee(payee);
    }
}
