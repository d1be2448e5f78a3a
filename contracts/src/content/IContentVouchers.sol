// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "../licence/Permit.sol";
import {IContentToken} from "./IContentToken.sol";
import {Terms} from "./Terms.sol";

/**
 * @title Content that is minted when it is bought, by a signed voucher
 * @notice The creator signs content and terms (EIP-712; ERC-1271 for smart accounts) and hands them out at no cost. Who
 * redeems the voucher mints the content, once, with the creator on record. The buyer commits first, in the creator's name
 * and with {voucherDigest} as the salt, so that nobody who sees the voucher redeemed can be faster.
 * @dev A signature is no commitment: whoever is shown a voucher could claim the content before it is committed to. Hand it to
 * its buyer, and commit yourself, or list the content as well ({ILazyContent}), which allows you to reclaim it.
 */
interface IContentVouchers {
    /**
     * @notice What a creator signs.
     * @param buyer who may redeem it; 0 for anyone.
     * @param nonce a number under which vouchers are cancelled; several may share it.
     */
    struct ContentVoucher {
        address creator;
        IContentToken.Content content;
        Terms terms;
        address buyer;
        uint256 nonce;
    }

    /// @notice The creator's vouchers with this nonce are void.
    event VouchersCancelled(address indexed creator, uint256 indexed nonce);

    /// @notice The signature is not the creator's.
    error ContentVouchersBadSignature(address creator, bytes32 digest);

    /// @notice The creator has cancelled the voucher.
    error ContentVouchersCancelled(address creator, uint256 nonce);

    /// @notice The voucher is for another buyer.
    error ContentVouchersWrongBuyer(address caller, address buyer);

    /// @notice Buys the voucher's content for the caller, who has allowed this contract the price, or sends it in ether.
    /// The commitment of the voucher's creator to the content, with {voucherDigest} as its salt, is used up.
    function redeem(ContentVoucher calldata voucher, bytes calldata signature) external payable;

    /// @notice The same with the caller's signed allowance (ERC-2612).
    function redeemWithPermit(
        ContentVoucher calldata voucher,
        bytes calldata signature,
        Permit calldata permit
    )
        external;

    /// @notice Makes all vouchers of the caller with this nonce void.
    function cancelVouchers(uint256 nonce) external;

    /// @notice Whether the creator cancelled the vouchers with this nonce.
    function vouchersCancelled(address creator, uint256 nonce) external view returns (bool);

    /// @notice What is signed for a voucher: its EIP-712 digest.
    function voucherDigest(ContentVoucher calldata voucher) external view returns (bytes32);
}
