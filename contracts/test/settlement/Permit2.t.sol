// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IPermit2} from "../../src/settlement/IPermit2.sol";
import {SettlementAddresses} from "../../src/settlement/SettlementAddresses.sol";
import {SmartAccount} from "../support/SmartAccount.sol";
import {Channels} from "./Channels.sol";

/// @dev Permit2 by itself, and deposits that come through it.
contract Permit2Test is Channels {
    uint128 private constant AMOUNT = 1e6;
    IPermit2 private constant PERMIT2 = IPermit2(SettlementAddresses.PERMIT2);
    bytes32 private constant PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant TRANSFER = keccak256(
        "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)TokenPermissions(address token,uint256 amount)"
    );
    bytes32 private constant DEPOSIT = keccak256(
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,DepositWitness witness)DepositWitness(bytes32 channelId)TokenPermissions(address token,uint256 amount)"
    );
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    uint256 private _deadline;

    function setUp() public override {
        super.setUp();
        _deadline = block.timestamp + 60;
        vm.prank(_payer);
        _token.approve(address(PERMIT2), SUPPLY);
    }

    function testFuzz_ItMovesUpToWhatWasSignedOnce(uint256 nonce, uint256 requested) public {
        requested = _bound(requested, 0, AMOUNT);
        IPermit2.PermitTransferFrom memory permit = _permit(nonce);
        bytes memory signature = _signedFor(FACILITATOR, permit);
        IPermit2.SignatureTransferDetails memory details = IPermit2.SignatureTransferDetails(BUYER, requested);

        vm.prank(FACILITATOR);
        PERMIT2.permitTransferFrom(permit, details, _payer, signature);

        vm.assertEq(_token.balanceOf(BUYER), requested);
        vm.assertEq(PERMIT2.nonceBitmap(_payer, nonce / 256), 1 << (nonce % 256));
        vm.expectRevert(abi.encodeWithSelector(IPermit2.InvalidNonce.selector));
        vm.prank(FACILITATOR);
        PERMIT2.permitTransferFrom(permit, details, _payer, signature);
    }

    function test_RevertWhen_SomebodyElseSpends() public {
        IPermit2.PermitTransferFrom memory permit = _permit(1);
        bytes memory signature = _signedFor(FACILITATOR, permit);
        vm.expectRevert(abi.encodeWithSelector(IPermit2.InvalidSigner.selector));

        vm.prank(THIEF);
        PERMIT2.permitTransferFrom(permit, IPermit2.SignatureTransferDetails(THIEF, 1), _payer, signature);
    }

    function test_RevertWhen_MoreIsRequestedOrTheDeadlineIsOver() public {
        IPermit2.PermitTransferFrom memory permit = _permit(1);
        bytes memory signature = _signedFor(FACILITATOR, permit);

        vm.expectRevert(abi.encodeWithSelector(IPermit2.InvalidAmount.selector, AMOUNT));
        vm.prank(FACILITATOR);
        PERMIT2.permitTransferFrom(permit, IPermit2.SignatureTransferDetails(BUYER, AMOUNT + 1), _payer, signature);
        vm.warp(_deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IPermit2.SignatureExpired.selector, _deadline));
        vm.prank(FACILITATOR);
        PERMIT2.permitTransferFrom(permit, IPermit2.SignatureTransferDetails(BUYER, 1), _payer, signature);
    }

    function test_RevertWhen_TheNonceWasInvalidated() public {
        IPermit2.PermitTransferFrom memory permit = _permit(257);
        bytes memory signature = _signedFor(FACILITATOR, permit);
        vm.prank(_payer);
        PERMIT2.invalidateUnorderedNonces(1, 2);
        vm.expectRevert(abi.encodeWithSelector(IPermit2.InvalidNonce.selector));

        vm.prank(FACILITATOR);
        PERMIT2.permitTransferFrom(permit, IPermit2.SignatureTransferDetails(BUYER, 1), _payer, signature);
    }

    function test_TheDomainHasNoVersion() public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)"),
                keccak256("Permit2"),
                block.chainid,
                address(PERMIT2)
            )
        );

        vm.assertEq(PERMIT2.DOMAIN_SEPARATOR(), domain);
    }

    function testFuzz_ADepositComesThroughPermit2(uint256 nonce, uint128 amount) public {
        amount = uint128(_bound(amount, 1, SUPPLY));
        bytes32 id = SETTLEMENT.getChannelId(_config());

        SETTLEMENT.deposit(_config(), amount, SettlementAddresses.PERMIT2_COLLECTOR, _consentTo(id, amount, nonce, ""));

        _assertChannel(id, amount, 0);
    }

    function test_RevertWhen_TheConsentIsForAnotherChannel() public {
        bytes memory data = _consentTo(SETTLEMENT.getChannelId(_config()), AMOUNT, 1, "");
        vm.expectRevert(abi.encodeWithSelector(IPermit2.InvalidSigner.selector));

        SETTLEMENT.deposit(_configWith("other"), AMOUNT, SettlementAddresses.PERMIT2_COLLECTOR, data);
    }

    function test_RevertWhen_TheSameConsentIsUsedAgain() public {
        bytes memory data = _consentTo(SETTLEMENT.getChannelId(_config()), AMOUNT, 1, "");
        SETTLEMENT.deposit(_config(), AMOUNT, SettlementAddresses.PERMIT2_COLLECTOR, data);
        vm.expectRevert(abi.encodeWithSelector(IPermit2.InvalidNonce.selector));

        SETTLEMENT.deposit(_config(), AMOUNT, SettlementAddresses.PERMIT2_COLLECTOR, data);
    }

    function test_ASmartAccountPaysThroughPermit2() public {
        SmartAccount account = new SmartAccount(_payer);
        vm.prank(_payer);
        _token.transfer(address(account), AMOUNT);
        vm.prank(address(account));
        _token.approve(address(PERMIT2), AMOUNT);
        IPermit2.PermitTransferFrom memory permit = _permit(1);
        bytes memory signature = _signedFor(FACILITATOR, permit);

        vm.prank(FACILITATOR);
        PERMIT2.permitTransferFrom(
            permit, IPermit2.SignatureTransferDetails(BUYER, AMOUNT), address(account), signature
        );

        vm.assertEq(_token.balanceOf(BUYER), AMOUNT);
    }

    /// @dev The allowance comes with the deposit; that somebody used the permit before does no harm.
    function testFuzz_APermitOfTheTokenAllowsTheDeposit(bool usedBefore) public {
        vm.prank(_payer);
        _token.approve(address(PERMIT2), 0);
        bytes32 permitted =
            keccak256(abi.encode(PERMIT, _payer, address(PERMIT2), AMOUNT, _token.nonces(_payer), _deadline));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(PAYER_KEY, keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), permitted)));
        if (usedBefore) _token.permit(_payer, address(PERMIT2), AMOUNT, _deadline, v, r, s);
        bytes32 id = SETTLEMENT.getChannelId(_config());
        bytes memory data = _consentTo(id, AMOUNT, 1, abi.encode(AMOUNT, _deadline, v, r, s));

        SETTLEMENT.deposit(_config(), AMOUNT, SettlementAddresses.PERMIT2_COLLECTOR, data);

        _assertChannel(id, AMOUNT, 0);
    }

    function _permit(uint256 nonce) private view returns (IPermit2.PermitTransferFrom memory) {
        return IPermit2.PermitTransferFrom(IPermit2.TokenPermissions(address(_token), AMOUNT), nonce, _deadline);
    }

    function _signedFor(address spender, IPermit2.PermitTransferFrom memory permit)
        private
        view
        returns (bytes memory)
    {
        bytes32 permitted = keccak256(abi.encode(PERMISSIONS, permit.permitted));
        return _signed(keccak256(abi.encode(TRANSFER, permitted, spender, permit.nonce, permit.deadline)));
    }

    function _consentTo(
        bytes32 channelId,
        uint128 amount,
        uint256 nonce,
        bytes memory permit
    )
        private
        view
        returns (bytes memory)
    {
        bytes32 permitted = keccak256(abi.encode(PERMISSIONS, address(_token), amount));
        bytes32 witness = keccak256(abi.encode(keccak256("DepositWitness(bytes32 channelId)"), channelId));
        address spender = SettlementAddresses.PERMIT2_COLLECTOR;
        bytes memory signature = _signed(keccak256(abi.encode(DEPOSIT, permitted, spender, nonce, _deadline, witness)));
        return abi.encode(nonce, _deadline, signature, permit);
    }

    function _signed(bytes32 structHash) private view returns (bytes memory) {
        return _sign(PAYER_KEY, keccak256(abi.encodePacked(hex"1901", PERMIT2.DOMAIN_SEPARATOR(), structHash)));
    }
}
