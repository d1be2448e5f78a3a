// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Payment channels that are settled in batches
 * @notice A payer deposits tokens into a channel to one receiver, and pays by signing vouchers off chain: each allows the
 * receiver to claim up to a sum over the channel's whole life. The receiver claims many channels in one transaction, and
 * is paid out by another. What is not claimed goes back to the payer: at once if the receiver's side agrees (refund), or
 * after a delay that leaves the receiver the time to claim (withdraw).
 * @dev The interface of the x402 scheme `batch-settlement`. A channel is named by the EIP-712 hash of its configuration,
 * which therefore never changes and is not stored. All signatures are EIP-712 typed data of the domain
 * ("x402 Batch Settlement", "1", chain id, this contract), computed at run time, so that the same code works at any
 * address.
 *
 * Of every channel the contract owes `balance - totalClaimed` to the payer, and of every receiver and token
 * `totalClaimed - totalSettled` to the receiver; it always holds at least the sum.
 */
interface IBatchSettlement {
    /**
     * @notice Who may pay whom in which token.
     * @param payer who deposits and gets back what is left.
     * @param payerAuthorizer whose key signs vouchers (ECDSA); zero if the payer itself signs, by key or by ERC-1271.
     * @param receiver who is paid.
     * @param receiverAuthorizer whose signature (ECDSA or ERC-1271) allows claims and refunds that others send.
     * @param token the ERC-20 token; one that delivers less than it was told to transfer is refused.
     * @param withdrawDelay seconds from the announcement of a withdrawal to its execution, 15 minutes to 30 days.
     * @param salt tells channels of the same parties apart.
     */
    struct ChannelConfig {
        address payer;
        address payerAuthorizer;
        address receiver;
        address receiverAuthorizer;
        address token;
        uint40 withdrawDelay;
        bytes32 salt;
    }

    /// @notice The payer's promise that up to `maxClaimableAmount` may be claimed over the channel's whole life.
    struct Voucher {
        ChannelConfig channel;
        uint128 maxClaimableAmount;
    }

    /// @notice One channel's line in a batch: with the voucher's signature, bring the claimed sum up to `totalClaimed`.
    struct VoucherClaim {
        Voucher voucher;
        bytes signature;
        uint128 totalClaimed;
    }

    /// @notice A channel without balance was given one: what its name stands for.
    event ChannelOpened(
        bytes32 indexed channelId, address indexed payer, address indexed receiver, ChannelConfig config
    );

    /// @notice `amount` came into the channel, which has `balance` since.
    event Deposited(bytes32 indexed channelId, uint128 amount, uint128 balance);

    /// @notice What the channel's life has brought the receiver is `totalClaimed` since.
    event Claimed(bytes32 indexed channelId, uint128 totalClaimed);

    /// @notice `sender` had `amount` of what was claimed paid to the receiver.
    event Settled(address indexed receiver, address indexed token, address indexed sender, uint128 amount);

    /// @notice `amount` went back to the payer with the consent of the receiver's side; `balance` is left.
    event Refunded(bytes32 indexed channelId, uint128 amount, uint128 balance);

    /// @notice The payer will take out up to `amount`, from the time `readyAt` on, in seconds since 1970.
    event WithdrawInitiated(bytes32 indexed channelId, uint128 amount, uint40 readyAt);

    /// @notice `amount` went back to the payer after the delay; `balance` is left.
    event Withdrawn(bytes32 indexed channelId, uint128 amount, uint128 balance);

    /// @notice A channel needs a payer, a receiver, a receiver's authorizer and a token.
    error BatchSettlementIncompleteConfig(ChannelConfig config);

    /// @notice The delay of withdrawals is not between `shortest` and `longest`, in seconds.
    error BatchSettlementDelayOutOfRange(uint40 withdrawDelay, uint40 shortest, uint40 longest);

    /// @notice Nothing moves by an amount of zero.
    error BatchSettlementZeroAmount();

    /// @notice The collector or the token brought another amount than the deposit's.
    error BatchSettlementWrongDelivery(uint256 expected, uint256 delivered);

    /// @notice A batch has at least one line.
    error BatchSettlementEmptyBatch();

    /// @notice Only the receiver's side may do this without a signature.
    error BatchSettlementCallerNotReceiver(address caller, bytes32 channelId);

    /// @notice Only the payer or its authorizer may do this.
    error BatchSettlementCallerNotPayer(address caller, bytes32 channelId);

    /// @notice One signature speaks for one authorizer: all lines of a batch need the same.
    error BatchSettlementMixedAuthorizers(address expected, address found);

    /// @notice The signature is not one of `signer` for this voucher, claim or refund.
    error BatchSettlementInvalidSignature(address signer, bytes32 digest);

    /// @notice The line claims more than the voucher allows.
    error BatchSettlementOverVoucher(bytes32 channelId, uint256 totalClaimed, uint256 maxClaimableAmount);

    /// @notice The channel holds less than is asked of it.
    error BatchSettlementOverBalance(bytes32 channelId, uint256 asked, uint256 available);

    /// @notice Another refund has this nonce, or none has had the ones before.
    error BatchSettlementWrongNonce(bytes32 channelId, uint256 expected, uint256 given);

    /// @notice No withdrawal of the channel was announced.
    error BatchSettlementNoWithdrawal(bytes32 channelId);

    /// @notice The withdrawal has to wait until `readyAt`, in seconds since 1970.
    error BatchSettlementWithdrawalNotReady(bytes32 channelId, uint256 readyAt);

    /**
     * @notice Brings `amount` into a channel, opening it if it is new. Anyone may send it: the payer's consent is in
     * `collectorData`, which the collector checks.
     * @param collector has to send exactly `amount` to this contract when its {IDepositCollector-collect} is called. It
     * is not trusted: what arrived is measured.
     */
    function deposit(
        ChannelConfig calldata config,
        uint128 amount,
        address collector,
        bytes calldata collectorData
    )
        external;

    /**
     * @notice Claims, for each line, what is missing to its `totalClaimed`. The caller is each channel's receiver or
     * receiver's authorizer.
     * @dev A line whose sum was reached before is passed over without a look at its signature, so that a batch may be
     * sent again after some of its lines were claimed elsewhere. Any other fault of a line undoes the whole batch.
     */
    function claim(VoucherClaim[] calldata voucherClaims) external;

    /// @notice {claim}, sent by anyone, with the signature of the one receiver's authorizer over {getClaimBatchDigest}.
    function claimWithSignature(VoucherClaim[] calldata voucherClaims, bytes calldata authorizerSignature) external;

    /// @notice Pays the receiver all that was claimed in a token and not paid out yet. Sent by anyone; without effect if
    /// there is nothing to pay.
    function settle(address receiver, address token) external;

    /**
     * @notice Gives up to `amount` of what is not claimed back to the payer. The caller is the channel's receiver or
     * receiver's authorizer. An announced withdrawal shrinks by what is given back.
     */
    function refund(ChannelConfig calldata config, uint128 amount) external;

    /// @notice {refund}, sent by anyone, with the receiver's authorizer's signature over {getRefundDigest}.
    /// @param nonce the channel's {refundNonce}, so that a signature is good for one refund.
    function refundWithSignature(
        ChannelConfig calldata config,
        uint128 amount,
        uint256 nonce,
        bytes calldata receiverAuthorizerSignature
    )
        external;

    /**
     * @notice Announces that up to `amount` of what is not claimed will be taken out after the channel's delay. The
     * caller is the payer or its authorizer. Announcing again replaces the announcement, and its time.
     * @dev Until the withdrawal is executed, all of the balance can be claimed.
     */
    function initiateWithdraw(ChannelConfig calldata config, uint128 amount) external;

    /// @notice Executes an announced withdrawal after its delay, as far as the amount has not been claimed meanwhile.
    /// Sent by anyone; the payer is paid.
    function finalizeWithdraw(ChannelConfig calldata config) external;

    /// @notice The name of a channel: the EIP-712 digest of its configuration.
    function getChannelId(ChannelConfig calldata config) external view returns (bytes32);

    /// @notice All deposits less refunds and withdrawals, and what was claimed of it over the channel's whole life.
    function channels(bytes32 channelId) external view returns (uint128 balance, uint128 totalClaimed);

    /// @notice The announced withdrawal, and when it was announced, in seconds since 1970; zero if there is none.
    function pendingWithdrawals(bytes32 channelId) external view returns (uint128 amount, uint40 initiatedAt);

    /// @notice What was claimed for a receiver in a token, and how much of it was paid out.
    function receivers(
        address receiver,
        address token
    )
        external
        view
        returns (uint128 totalClaimed, uint128 totalSettled);

    /// @notice The nonce of the channel's next refund by signature.
    function refundNonce(bytes32 channelId) external view returns (uint256);

    /// @notice What a voucher's signature signs.
    function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) external view returns (bytes32);

    /// @notice What the signature of a refund signs.
    function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) external view returns (bytes32);

    /// @notice What the signature of a batch of claims signs.
    function getClaimBatchDigest(VoucherClaim[] calldata voucherClaims) external view returns (bytes32);
}
