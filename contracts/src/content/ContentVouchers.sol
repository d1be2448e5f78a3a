// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Permit} from "../licence/Permit.sol";
import {ContentSales} from "./ContentSales.sol";
import {IContentVouchers} from "./IContentVouchers.sol";

/// @dev Implementation of {IContentVouchers}.
abstract contract ContentVouchers is IContentVouchers, ContentSales, EIP712 {
    bytes32 private constant VOUCHER_TYPE = keccak256(
        "ContentVoucher(address creator,Content content,Terms terms,address buyer,uint256 nonce)"
        "Content(bytes32 contentDigest,bytes32 promptDigest,uint256 model,bytes32 metadataDigest,bytes32 sharesDigest,uint16 royaltyBps)"
        "Terms(address currency,uint96 price,uint40 validUntil)"
    );
    bytes32 private constant CONTENT_TYPE = keccak256(
        "Content(bytes32 contentDigest,bytes32 promptDigest,uint256 model,bytes32 metadataDigest,bytes32 sharesDigest,uint16 royaltyBps)"
    );
    bytes32 private constant TERMS_TYPE = keccak256("Terms(address currency,uint96 price,uint40 validUntil)");

    mapping(address creator => mapping(uint256 nonce => bool)) private _cancelled;

    /// @inheritdoc IContentVouchers
    function redeem(ContentVoucher calldata voucher, bytes calldata signature) external payable {
        _redeem(voucher, signature);
    }

    /// @inheritdoc IContentVouchers
    function redeemWithPermit(
        ContentVoucher calldata voucher,
        bytes calldata signature,
        Permit calldata permit
    )
        external
    {
        _permit(voucher.terms.currency, permit);
        _redeem(voucher, signature);
    }

    /// @inheritdoc IContentVouchers
    function cancelVouchers(uint256 nonce) external {
        _cancelled[_msgSender()][nonce] = true;
        emit VouchersCancelled(_msgSender(), nonce);
    }

    /// @inheritdoc IContentVouchers
    function vouchersCancelled(address creator, uint256 nonce) external view returns (bool) {
        return _cancelled[creator][nonce];
    }

    /// @inheritdoc IContentVouchers
    function voucherDigest(ContentVoucher calldata voucher) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    VOUCHER_TYPE,
                    voucher.creator,
                    keccak256(abi.encode(CONTENT_TYPE, voucher.content)),
                    keccak256(abi.encode(TERMS_TYPE, voucher.terms)),
                    voucher.buyer,
                    voucher.nonce
                )
            )
        );
    }

    function _redeem(ContentVoucher calldata voucher, bytes calldata signature) private {
        if (voucher.buyer != address(0) && voucher.buyer != _msgSender()) {
            revert ContentVouchersWrongBuyer(_msgSender(), voucher.buyer);
        }
        if (_cancelled[voucher.creator][voucher.nonce]) {
            revert ContentVouchersCancelled(voucher.creator, voucher.nonce);
        }
        bytes32 digest = voucherDigest(voucher);
        if (!SignatureChecker.isValidSignatureNowCalldata(voucher.creator, digest, signature)) {
            revert ContentVouchersBadSignature(voucher.creator, digest);
        }
        uint256 claimedAt = _reveal(voucher.creator, voucher.content.contentDigest, digest);
        _sell(voucher.content, voucher.terms, voucher.creator, _msgSender(), claimedAt);
    }
}
