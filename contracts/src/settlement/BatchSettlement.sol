// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {ClaimLine, ClaimLines} from "./ClaimLine.sol";
import {IBatchSettlement} from "./IBatchSettlement.sol";
import {IDepositCollector} from "./IDepositCollector.sol";
import {SettlementHashes} from "./SettlementHashes.sol";

/// @dev Implementation of {IBatchSettlement}. It has neither constructor nor immutables: its code can be put anywhere.
contract BatchSettlement is IBatchSettlement, Multicall, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using ClaimLines for ClaimLine;

    /// @dev The balance in the lower half and the claimed sum in the upper: a claim reads once and writes once.
    struct Channel {
        uint256 sums;
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
        uint256 receiver;
        uint256 token;
        uint256 amount;
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
        (uint128 balance, uint128 totalClaimed) = channels(channelId);
        if (balance == 0) emit ChannelOpened(channelId, config.payer, config.receiver, config);
        balance += amount;
        _channels[channelId].sums = _packed(balance, totalClaimed);
        emit Deposited(channelId, amount, balance);
    }

    /// @inheritdoc IBatchSettlement
    function claim(VoucherClaim[] calldata voucherClaims) external nonReentrant {
        if (voucherClaims.length == 0) revert BatchSettlementEmptyBatch();
        ClaimLine memory line = ClaimLines.space(SettlementHashes.domainSeparator());
        Tally memory tally;
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            line.read(voucherClaims, i);
            uint256 sender = uint160(msg.sender);
            if (sender != line.receiver && sender != line.receiverAuthorizer) {
                revert BatchSettlementCallerNotReceiver(msg.sender, line.channelId);
            }
            _claimLine(line, tally);
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
        address signer = voucherClaims[0].voucher.channel.receiverAuthorizer;
        uint256 authorizer = uint160(signer);
        bytes32[] memory entries = new bytes32[](voucherClaims.length);
        ClaimLine memory line = ClaimLines.space(SettlementHashes.domainSeparator());
        Tally memory tally;
        for (uint256 i = 0; i < entries.length; ++i) {
            line.read(voucherClaims, i);
            if (line.receiverAuthorizer != authorizer) {
                revert BatchSettlementMixedAuthorizers(signer, _address(line.receiverAuthorizer));
            }
            entries[i] = line.entryHash();
            _claimLine(line, tally);
        }
        _store(tally);
        _requireSignature(signer, SettlementHashes.claimBatch(line.domain, entries), authorizerSignature);
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
        (uint128 balance, uint128 totalClaimed) = channels(channelId);
        uint128 available = balance - totalClaimed;
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
        (uint128 amount, uint128 balance) = _giveBack(channelId, withdrawal.amount);
        emit Withdrawn(channelId, amount, balance);
        if (amount > 0) IERC20(config.token).safeTransfer(config.payer, amount);
    }

    /// @inheritdoc IBatchSettlement
    function getChannelId(ChannelConfig calldata config) external view returns (bytes32) {
        return _channelId(config);
    }

    /// @inheritdoc IBatchSettlement
    function channels(bytes32 channelId) public view returns (uint128 balance, uint128 totalClaimed) {
        uint256 sums = _channels[channelId].sums;
        return (uint128(sums), uint128(sums >> 128));
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
        bytes32[] memory entries = new bytes32[](voucherClaims.length);
        ClaimLine memory line = ClaimLines.space(SettlementHashes.domainSeparator());
        for (uint256 i = 0; i < entries.length; ++i) {
            line.read(voucherClaims, i);
            entries[i] = line.entryHash();
        }
        return SettlementHashes.claimBatch(line.domain, entries);
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
    function _claimLine(ClaimLine memory line, Tally memory tally) private {
        bytes32 channelId = line.channelId;
        uint256 total = line.total;
        Channel storage channel = _channels[channelId];
        uint256 sums = channel.sums;
        if (total <= sums >> 128) return;
        if (total > line.maxClaimable) revert BatchSettlementOverVoucher(channelId, total, line.maxClaimable);
        if (total > uint128(sums)) revert BatchSettlementOverBalance(channelId, total, uint128(sums));
        _requireVoucher(line);
        if (line.receiver != tally.receiver || line.token != tally.token) {
            _store(tally);
            (tally.receiver, tally.token, tally.amount) = (line.receiver, line.token, 0);
        }
        unchecked {
            // `total` is above the claimed sum and below 2 ** 128, and lines for 2 ** 128 sums fit in no block.
            uint256 amount = total - (sums >> 128);
            channel.sums = sums + (amount << 128);
            tally.amount += amount;
        }
        emit Claimed(channelId, uint128(total));
    }

    /// @dev Credits a receiver with what was tallied.
    function _store(Tally memory tally) private {
        if (tally.amount == 0) return;
        _receipts[_address(tally.receiver)][_address(tally.token)].totalClaimed += SafeCast.toUint128(tally.amount);
    }

    /// @dev Pays back up to `amount`, and takes it off an announced withdrawal: what is given back need not be taken.
    function _refund(ChannelConfig calldata config, bytes32 channelId, uint128 amount) private {
        uint128 balance;
        (amount, balance) = _giveBack(channelId, amount);
        if (amount == 0) revert BatchSettlementZeroAmount();
        Withdrawal storage withdrawal = _withdrawals[channelId];
        uint128 announced = withdrawal.amount;
        if (announced > amount) withdrawal.amount = announced - amount;
        else if (announced > 0) delete _withdrawals[channelId];
        emit Refunded(channelId, amount, balance);
        IERC20(config.token).safeTransfer(config.payer, amount);
    }

    /// @dev Takes up to `most` of what is not claimed out of a channel; gives what it took, and what is left.
    function _giveBack(bytes32 channelId, uint128 most) private returns (uint128 amount, uint128 balance) {
        uint128 totalClaimed;
        (balance, totalClaimed) = channels(channelId);
        uint128 available = balance - totalClaimed;
        amount = most < available ? most : available;
        balance -= amount;
        _channels[channelId].sums = _packed(balance, totalClaimed);
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
    function _requireVoucher(ClaimLine memory line) private view {
        bytes32 digest = line.voucherDigest();
        uint256 authorizer = line.payerAuthorizer;
        if (authorizer == 0) {
            _requireSignature(_address(line.payer), digest, line.signature());
        } else if (line.signer(digest) != authorizer) {
            revert BatchSettlementInvalidSignature(_address(authorizer), digest);
        }
    }

    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private view {
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature)) {
            revert BatchSettlementInvalidSignature(signer, digest);
        }
    }

    function _address(uint256 word) private pure returns (address) {
        return address(uint160(word));
    }

    function _packed(uint128 balance, uint128 totalClaimed) private pure returns (uint256) {
        return uint256(totalClaimed) << 128 | balance;
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
