// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentSales} from "../../src/content/IContentSales.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {IContentVouchers} from "../../src/content/IContentVouchers.sol";
import {ICommitments} from "../../src/core/ICommitments.sol";
import {SmartAccount} from "../support/SmartAccount.sol";
import {Selling} from "./Selling.sol";

contract ContentVouchersTest is Selling {
    uint256 private constant KEY = 0xA11CE;

    address private _signer = vm.addr(KEY);
    IContentVouchers.ContentVoucher private _offer;

    function setUp() public override {
        super.setUp();
        _offer.creator = _signer;
        _offer.content = _content();
        _offer.terms = _terms();
        _offer.nonce = 7;
    }

    function testFuzz_AnyoneRedeemsAnOpenVoucher(address buyer) public {
        vm.assume(buyer != address(0));
        _offer.terms.price = 0;
        bytes memory signature = _signed(KEY);

        vm.prank(buyer);
        _token.redeem(_offer, signature);

        uint256 tokenId = uint256(_offer.content.contentDigest);
        vm.assertEq(_token.ownerOf(tokenId), buyer);
        vm.assertTrue(_token.verifyProvenance(tokenId, _provenance(_signer, _offer.content)));
    }

    function test_ThePriceIsPaidToTheTokensAccount() public {
        _redeem(_signed(KEY));

        address account = _token.royaltyAccountOf(uint256(_offer.content.contentDigest));
        vm.assertEq(_currency.balanceOf(account), PRICE - _fee(PRICE));
        vm.assertEq(_currency.balanceOf(PLATFORM), _fee(PRICE));
    }

    function test_ASmartAccountSignsAsItDecides() public {
        _offer.creator = address(new SmartAccount(_signer));

        _redeem(_signed(KEY));

        vm.assertTrue(
            _token.verifyProvenance(uint256(_offer.content.contentDigest), _provenance(_offer.creator, _offer.content))
        );
    }

    function testFuzz_RevertWhen_AnythingWasChanged(uint8 what) public {
        bytes memory signature = _signed(KEY);
        if (what % 5 == 0) _offer.terms.price -= 1;
        if (what % 5 == 1) _offer.terms.validUntil += 1;
        if (what % 5 == 2) _offer.content.metadataDigest = keccak256("other");
        if (what % 5 == 3) _offer.nonce += 1;
        if (what % 5 == 4) _offer.creator = THIEF;
        vm.expectPartialRevert(IContentVouchers.ContentVouchersBadSignature.selector);

        _redeem(signature);
    }

    function testFuzz_RevertWhen_AnotherSigned(uint128 key) public {
        vm.assume(key != 0 && key != KEY);
        bytes memory signature = _signed(key);
        vm.expectPartialRevert(IContentVouchers.ContentVouchersBadSignature.selector);

        _redeem(signature);
    }

    function test_RevertWhen_TheVoucherIsForAnotherBuyer() public {
        _offer.buyer = CREATOR;
        bytes memory signature = _signed(KEY);
        vm.expectRevert(abi.encodeWithSelector(IContentVouchers.ContentVouchersWrongBuyer.selector, BUYER, CREATOR));

        _redeem(signature);
    }

    function test_RevertWhen_TheVoucherHasExpired() public {
        bytes memory signature = _signed(KEY);
        vm.warp(_offer.terms.validUntil + 1);
        vm.expectPartialRevert(IContentSales.ContentSalesExpired.selector);

        _redeem(signature);
    }

    function test_RevertGiven_TheVouchersAreCancelled() public {
        bytes memory signature = _signed(KEY);
        vm.prank(_signer);
        _token.cancelVouchers(7);
        vm.expectRevert(abi.encodeWithSelector(IContentVouchers.ContentVouchersCancelled.selector, _signer, 7));

        _redeem(signature);
    }

    function test_AnotherCannotCancel() public {
        vm.prank(THIEF);
        _token.cancelVouchers(7);

        _redeem(_signed(KEY));

        vm.assertFalse(_token.vouchersCancelled(_signer, 7));
    }

    function test_RevertWhen_AThiefSignsForWhatARevealShows() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, _token.voucherDigest(_offer));
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(_signer);
        _token.redeem(_offer, abi.encodePacked(r, s, v));
    }

    function test_RevertWhen_RedeemedTwice() public {
        bytes memory signature = _signed(KEY);
        _redeem(signature);
        signature = _signed(KEY);
        vm.expectPartialRevert(IContentToken.ContentTokenAlreadyMinted.selector);

        _redeem(signature);
    }

    function _redeem(bytes memory signature) private {
        vm.prank(BUYER);
        _token.redeem(_offer, signature);
    }

    /// @dev Also commits to the voucher's content in its creator's name.
    function _signed(uint256 key) private returns (bytes memory) {
        bytes32 digest = _token.voucherDigest(_offer);
        _token.commit(_token.commitmentOf(_offer.creator, _offer.content.contentDigest, digest));
        vm.roll(block.number + MINIMUM_AGE);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
