// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IBatchSettlement} from "./IBatchSettlement.sol";
import {IDepositCollector} from "./IDepositCollector.sol";
import {SettlementHashes} from "./SettlementHashes.sol";

/// @dev Implementation of {IBatchSettlement}. It has neither constructor nor immutables: its code can be put anywhere.
contract BatchSettlement is IBatchSettlement, Multicall, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev In one slot, so that a claim reads and writes one.
    struct Channel {
        uint128 balance;
        uint128 totalClaimed;
    }

    struct Withdrawal {
        uint128 amount;
        uint40 initiatedAt;
    }

    struct Receipts {
        uint128 totalClaimed;
        uint128 totalSettled;
    }

    /// @dev What the lines of a batch so far have added for the same receiver and token, not yet stored.
    struct Tally {
        address receiver;
        address token;
        uint128 amount;
    }

    uint40 private constant SHORTEST_DELAY = 15 minutes;
    uint40 private constant LONGEST_DELAY = 30 days;

    mapping(bytes32 channelId => Channel channel) private _channels;
    mapping(bytes32 channelId => Withdrawal withdrawal) private _withdrawals;
    mapping(bytes32 channelId => uint256 nonce) private _refundNonces;
    mapping(address receiver => mapping(address token => Receipts receipts)) private _receipts;

    /// @inheritdoc IBatchSettlement
    function deposit(
        ChannelConfig calldata config,
        uint128 amount,
        address collector,
        bytes calldata collectorData
    )
        external
        nonReentrant
    {
        _requireSound(config);
        if (amount == 0) revert BatchSettlementZeroAmount();
        bytes32 channelId = _channelId(config);
        _collect(config, amount, collector, channelId, collectorData);
        Channel storage channel = _channels[channelId];
        uint128 balance = channel.balance;
        if (balance == 0) emit ChannelOpened(channelId, config.payer, config.receiver, config);
        balance += amount;
        channel.balance = balance;
        emit Deposited(channelId, amount, balance);
    }

    /// @inheritdoc IBatchSettlement
    function claim(VoucherClaim[] calldata voucherClaims) external nonReentrant {
        if (voucherClaims.length == 0) revert BatchSettlementEmptyBatch();
        bytes32 domain = SettlementHashes.domainSeparator();
        Tally memory tally;
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            VoucherClaim calldata line = voucherClaims[i];
            bytes32 channelId = SettlementHashes.channelId(domain, line.voucher.channel);
            _requireReceiver(line.voucher.channel, channelId);
            _claimLine(domain, channelId, line, tally);
        }
        _store(tally);
    }

    /// @inheritdoc IBatchSettlement
    function claimWithSignature(
        VoucherClaim[] calldata voucherClaims,
        bytes calldata authorizerSignature
    )
        external
        nonReentrant
    {
        if (voucherClaims.length == 0) revert BatchSettlementEmptyBatch();
        bytes32 domain = SettlementHashes.domainSeparator();
        address authorizer = voucherClaims[0].voucher.channel.receiverAuthorizer;
        bytes32[] memory entries = new bytes32[](voucherClaims.length);
        Tally memory tally;
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            VoucherClaim calldata line = voucherClaims[i];
            address found = line.voucher.channel.receiverAuthorizer;
            if (found != authorizer) revert BatchSettlementMixedAuthorizers(authorizer, found);
            bytes32 channelId = SettlementHashes.channelId(domain, line.voucher.channel);
            entries[i] = SettlementHashes.claimEntry(channelId, line.voucher.maxClaimableAmount, line.totalClaimed);
            _claimLine(domain, channelId, line, tally);
        }
        _store(tally);
        _requireSignature(authorizer, SettlementHashes.claimBatch(domain, entries), authorizerSignature);
    }

    /// @inheritdoc IBatchSettlement
    function settle(address receiver, address token) external nonReentrant {
        Receipts storage receipts = _receipts[receiver][token];
        uint128 totalClaimed = receipts.totalClaimed;
        uint128 amount = totalClaimed - receipts.totalSettled;
        if (amount == 0) return;
        receipts.totalSettled = totalClaimed;
        emit Settled(receiver, token, msg.sender, amount);
        IERC20(token).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IBatchSettlement
    function refund(ChannelConfig calldata config, uint128 amount) external nonReentrant {
        bytes32 channelId = _channelId(config);
        _requireReceiver(config, channelId);
        _refund(config, channelId, amount);
    }

    /// @inheritdoc IBatchSettlement
    function refundWithSignature(
        ChannelConfig calldata config,
        uint128 amount,
        uint256 nonce,
        bytes calldata receiverAuthorizerSignature
    )
        external
        nonReentrant
    {
        bytes32 domain = SettlementHashes.domainSeparator();
        bytes32 channelId = SettlementHashes.channelId(domain, config);
        uint256 expected = _refundNonces[channelId];
        if (nonce != expected) revert BatchSettlementWrongNonce(channelId, expected, nonce);
        bytes32 digest = SettlementHashes.refund(domain, channelId, nonce, amount);
        _requireSignature(config.receiverAuthorizer, digest, receiverAuthorizerSignature);
        _refundNonces[channelId] = nonce + 1;
        _refund(config, channelId, amount);
    }

    /// @inheritdoc IBatchSettlement
    function initiateWithdraw(ChannelConfig calldata config, uint128 amount) external nonReentrant {
        bytes32 channelId = _channelId(config);
        if (msg.sender != config.payer && msg.sender != config.payerAuthorizer) {
            revert BatchSettlementCallerNotPayer(msg.sender, channelId);
        }
        if (amount == 0) revert BatchSettlementZeroAmount();
        uint128 available = _available(channelId);
        if (amount > available) revert BatchSettlementOverBalance(channelId, amount, available);
        uint40 initiatedAt = uint40(block.timestamp);
        _withdrawals[channelId] = Withdrawal(amount, initiatedAt);
        emit WithdrawInitiated(channelId, amount, initiatedAt + config.withdrawDelay);
    }

    /// @inheritdoc IBatchSettlement
    function finalizeWithdraw(ChannelConfig calldata config) external nonReentrant {
        bytes32 channelId = _channelId(config);
        Withdrawal memory withdrawal = _withdrawals[channelId];
        if (withdrawal.initiatedAt == 0) revert BatchSettlementNoWithdrawal(channelId);
        uint256 readyAt = uint256(withdrawal.initiatedAt) + config.withdrawDelay;
        // solhint-disable-next-line not-rely-on-time
        if (block.timestamp < readyAt) revert BatchSettlementWithdrawalNotReady(channelId, readyAt);
        delete _withdrawals[channelId];
        uint128 available = _available(channelId);
        uint128 amount = withdrawal.amount < available ? withdrawal.amount : available;
        uint128 balance = _channels[channelId].balance - amount;
        _channels[channelId].balance = balance;
        emit Withdrawn(channelId, amount, balance);
        if (amount > 0) IERC20(config.token).safeTransfer(config.payer, amount);
    }

    /// @inheritdoc IBatchSettlement
    function getChannelId(ChannelConfig calldata config) external view returns (bytes32) {
        return _channelId(config);
    }

    /// @inheritdoc IBatchSettlement
    function channels(bytes32 channelId) external view returns (uint128 balance, uint128 totalClaimed) {
        Channel storage channel = _channels[channelId];
        return (channel.balance, channel.totalClaimed);
    }

    /// @inheritdoc IBatchSettlement
    function pendingWithdrawals(bytes32 channelId) external view returns (uint128 amount, uint40 initiatedAt) {
        Withdrawal storage withdrawal = _withdrawals[channelId];
        return (withdrawal.amount, withdrawal.initiatedAt);
    }

    /// @inheritdoc IBatchSettlement
    function receivers(
        address receiver,
        address token
    )
        external
        view
        returns (uint128 totalClaimed, uint128 totalSettled)
    {
        Receipts storage receipts = _receipts[receiver][token];
        return (receipts.totalClaimed, receipts.totalSettled);
    }

    /// @inheritdoc IBatchSettlement
    function refundNonce(bytes32 channelId) external view returns (uint256) {
        return _refundNonces[channelId];
    }

    /// @inheritdoc IBatchSettlement
    function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) external view returns (bytes32) {
        return SettlementHashes.voucher(SettlementHashes.domainSeparator(), channelId, maxClaimableAmount);
    }

    /// @inheritdoc IBatchSettlement
    function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) external view returns (bytes32) {
        return SettlementHashes.refund(SettlementHashes.domainSeparator(), channelId, nonce, amount);
    }

    /// @inheritdoc IBatchSettlement
    function getClaimBatchDigest(VoucherClaim[] calldata voucherClaims) external view returns (bytes32) {
        bytes32 domain = SettlementHashes.domainSeparator();
        bytes32[] memory entries = new bytes32[](voucherClaims.length);
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            VoucherClaim calldata line = voucherClaims[i];
            bytes32 channelId = SettlementHashes.channelId(domain, line.voucher.channel);
            entries[i] = SettlementHashes.claimEntry(channelId, line.voucher.maxClaimableAmount, line.totalClaimed);
        }
        return SettlementHashes.claimBatch(domain, entries);
    }

    /// @dev Has the collector bring the amount, and believes only the balance.
    function _collect(
        ChannelConfig calldata config,
        uint128 amount,
        address collector,
        bytes32 channelId,
        bytes calldata collectorData
    )
        private
    {
        IERC20 token = IERC20(config.token);
        uint256 before = token.balanceOf(address(this));
        IDepositCollector(collector).collect(config.payer, config.token, amount, channelId, collectorData);
        uint256 delivered = token.balanceOf(address(this)) - before;
        if (delivered != amount) revert BatchSettlementWrongDelivery(amount, delivered);
    }

    /// @dev Brings one channel up to its line's sum, and tallies what that added for the receiver.
    function _claimLine(bytes32 domain, bytes32 channelId, VoucherClaim calldata line, Tally memory tally) private {
        uint128 total = line.totalClaimed;
        Channel memory channel = _channels[channelId];
        if (total <= channel.totalClaimed) return;
        uint128 maxClaimable = line.voucher.maxClaimableAmount;
        if (total > maxClaimable) revert BatchSettlementOverVoucher(channelId, total, maxClaimable);
        if (total > channel.balance) revert BatchSettlementOverBalance(channelId, total, channel.balance);
        ChannelConfig calldata config = line.voucher.channel;
        _requireVoucher(config, SettlementHashes.voucher(domain, channelId, maxClaimable), line.signature);
        uint128 amount = total - channel.totalClaimed;
        _channels[channelId] = Channel(channel.balance, total);
        if (config.receiver != tally.receiver || config.token != tally.token) {
            _store(tally);
            (tally.receiver, tally.token, tally.amount) = (config.receiver, config.token, 0);
        }
        tally.amount += amount;
        emit Claimed(channelId, amount, total);
    }

    /// @dev Credits a receiver with what was tallied.
    function _store(Tally memory tally) private {
        if (tally.amount > 0) _receipts[tally.receiver][tally.token].totalClaimed += tally.amount;
    }

    /// @dev Pays back up to `amount`, and takes it off an announced withdrawal: what is given back need not be taken.
    function _refund(ChannelConfig calldata config, bytes32 channelId, uint128 amount) private {
        uint128 available = _available(channelId);
        if (amount > available) amount = available;
        if (amount == 0) revert BatchSettlementZeroAmount();
        uint128 balance = _channels[channelId].balance - amount;
        _channels[channelId].balance = balance;
        Withdrawal storage withdrawal = _withdrawals[channelId];
        uint128 announced = withdrawal.amount;
        if (announced > amount) withdrawal.amount = announced - amount;
        else if (announced > 0) delete _withdrawals[channelId];
        emit Refunded(channelId, amount, balance);
        IERC20(config.token).safeTransfer(config.payer, amount);
    }

    /// @dev What is in a channel and not claimed.
    function _available(bytes32 channelId) private view returns (uint128) {
        Channel memory channel = _channels[channelId];
        return channel.balance - channel.totalClaimed;
    }

    function _channelId(ChannelConfig calldata config) private view returns (bytes32) {
        return SettlementHashes.channelId(SettlementHashes.domainSeparator(), config);
    }

    function _requireReceiver(ChannelConfig calldata config, bytes32 channelId) private view {
        if (msg.sender != config.receiver && msg.sender != config.receiverAuthorizer) {
            revert BatchSettlementCallerNotReceiver(msg.sender, channelId);
        }
    }

    /// @dev A voucher is signed by the key of the payer's authorizer, or, where there is none, by the payer.
    function _requireVoucher(ChannelConfig calldata config, bytes32 digest, bytes calldata signature) private view {
        address authorizer = config.payerAuthorizer;
        if (authorizer == address(0)) {
            _requireSignature(config.payer, digest, signature);
            return;
        }
        (address signer, ECDSA.RecoverError fault,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (fault != ECDSA.RecoverError.NoError || signer != authorizer) {
            revert BatchSettlementInvalidSignature(authorizer, digest);
        }
    }

    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private view {
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature)) {
            revert BatchSettlementInvalidSignature(signer, digest);
        }
    }

    function _requireSound(ChannelConfig calldata config) private pure {
        if (
            config.payer == address(0) || config.receiver == address(0) || config.receiverAuthorizer == address(0)
                || config.token == address(0)
        ) revert BatchSettlementIncompleteConfig(config);
        if (config.withdrawDelay < SHORTEST_DELAY || config.withdrawDelay > LONGEST_DELAY) {
            revert BatchSettlementDelayOutOfRange(config.withdrawDelay, SHORTEST_DELAY, LONGEST_DELAY);
        }
    }
}
