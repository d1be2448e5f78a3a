// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";

import {IAssayToken} from "../../src/token/IAssayToken.sol";
import {SmartAccount} from "../support/SmartAccount.sol";
import {Authorization, AuthorizationSigning} from "./AuthorizationSigning.sol";

contract AssayTokenTest is AuthorizationSigning {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function test_TheHolderGetsTheWholeSupply() public view {
        vm.assertEq(_token.balanceOf(_payer), SUPPLY);
        vm.assertEq(_token.totalSupply(), SUPPLY);
        vm.assertEq(_token.decimals(), 6);
        vm.assertEq(_token.name(), "Assay");
        vm.assertEq(_token.symbol(), "ASSAY");
    }

    function test_TheDomainIsTheOneThatClientsSignFor() public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Assay"),
                keccak256("1"),
                block.chainid,
                address(_token)
            )
        );

        vm.assertEq(_token.DOMAIN_SEPARATOR(), domain);
        vm.assertEq(_token.version(), "1");
    }

    function testFuzz_RevertWhen_NotYetValid(uint256 validAfter) public {
        Authorization memory given = _authorization();
        given.validAfter = _bound(validAfter, block.timestamp, type(uint256).max);
        bytes memory signature = _signed(TRANSFER, given);
        vm.expectRevert(
            abi.encodeWithSelector(IAssayToken.AssayTokenAuthorizationNotYetValid.selector, given.validAfter)
        );

        _transfer(given, signature);
    }

    function testFuzz_RevertWhen_Expired(uint256 validBefore) public {
        Authorization memory given = _authorization();
        given.validBefore = _bound(validBefore, 0, block.timestamp);
        bytes memory signature = _signed(TRANSFER, given);
        vm.expectRevert(abi.encodeWithSelector(IAssayToken.AssayTokenAuthorizationExpired.selector, given.validBefore));

        _transfer(given, signature);
    }

    function testFuzz_RevertWhen_AnotherKeySigned(uint256 key) public {
        key = _bound(key, 1, CURVE_ORDER - 1);
        vm.assume(key != PAYER_KEY);
        Authorization memory given = _authorization();
        bytes memory signature = _signedBy(key, TRANSFER, given);
        _expectSignerMismatch();

        _transfer(given, signature);
    }

    function testFuzz_RevertWhen_AFieldDiffers(address to, uint256 value, bytes32 nonce) public {
        Authorization memory given = _authorization();
        vm.assume(to != given.to || value != given.value || nonce != given.nonce);
        bytes memory signature = _signed(TRANSFER, given);
        (given.to, given.value, given.nonce) = (to, value, nonce);
        _expectSignerMismatch();

        _transfer(given, signature);
    }

    function test_RevertWhen_TheValidityDiffers() public {
        Authorization memory given = _authorization();
        bytes memory signature = _signed(TRANSFER, given);
        given.validBefore += 1 days;
        _expectSignerMismatch();

        _transfer(given, signature);
    }

    function test_RevertWhen_SignedForAnotherChain() public {
        Authorization memory given = _authorization();
        bytes memory signature = _signed(TRANSFER, given);
        vm.chainId(block.chainid + 1);
        _expectSignerMismatch();

        _transfer(given, signature);
    }

    function test_RevertWhen_TheSignatureIsAMalleableTwin() public {
        Authorization memory given = _authorization();
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, _digest(TRANSFER, given));
        bytes memory twin = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? 28 : 27);
        _expectSignerMismatch();

        _transfer(given, twin);
    }

    function testFuzz_RevertWhen_TheSignatureIsGarbage(bytes calldata signature) public {
        Authorization memory given = _authorization();
        _expectSignerMismatch();

        _transfer(given, signature);
    }

    function test_RevertWhen_AReceiveAuthorizationWasSigned() public {
        Authorization memory given = _authorization();
        bytes memory signature = _signed(RECEIVE, given);
        _expectSignerMismatch();

        _transfer(given, signature);
    }

    function test_RevertGiven_AUsedNonce() public {
        Authorization memory given = _authorization();
        bytes memory signature = _signed(TRANSFER, given);
        _transfer(given, signature);
        _expectUsedOrCanceled(given.nonce);

        _transfer(given, signature);
    }

    function test_RevertGiven_ACancelledNonce() public {
        Authorization memory given = _authorization();
        _token.cancelAuthorization(_payer, given.nonce, _signedCancel(PAYER_KEY, given.nonce));
        bytes memory signature = _signed(TRANSFER, given);
        _expectUsedOrCanceled(given.nonce);

        _transfer(given, signature);
    }

    function test_RevertGiven_TooSmallABalance() public {
        Authorization memory given = _authorization();
        given.value = SUPPLY + 1;
        bytes memory signature = _signed(TRANSFER, given);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, _payer, SUPPLY, SUPPLY + 1)
        );

        _transfer(given, signature);

        vm.assertFalse(_token.authorizationState(_payer, given.nonce));
    }

    function testFuzz_TransferMovesTheTokensOnce(uint256 value, bytes32 nonce, bool inParts) public {
        Authorization memory given = _authorization();
        (given.value, given.nonce) = (_bound(value, 0, SUPPLY), nonce);
        bytes memory signature = _signed(TRANSFER, given);
        vm.expectEmit(address(_token));
        emit IERC3009.AuthorizationUsed(_payer, nonce);

        inParts ? _transferInParts(given, signature) : _transfer(given, signature);

        vm.assertEq(_token.balanceOf(given.to), given.value);
        vm.assertEq(_token.balanceOf(_payer), SUPPLY - given.value);
        vm.assertTrue(_token.authorizationState(_payer, nonce));
    }

    function testFuzz_ASmartAccountPaysInBothForms(bool inParts) public {
        Authorization memory given = _authorization();
        given.from = address(new SmartAccount(_payer));
        vm.prank(_payer);
        _token.transfer(given.from, given.value);
        bytes memory signature = _signed(TRANSFER, given);

        inParts ? _transferInParts(given, signature) : _transfer(given, signature);

        vm.assertEq(_token.balanceOf(given.to), given.value);
    }

    function testFuzz_RevertWhen_TheCallerIsNotThePayee(bool inParts) public {
        Authorization memory given = _authorization();
        bytes memory signature = _signed(RECEIVE, given);
        vm.expectRevert(abi.encodeWithSelector(IAssayToken.AssayTokenCallerNotPayee.selector, THIEF, given.to));

        vm.prank(THIEF);
        inParts ? _receiveInParts(given, signature) : _receive(given, signature);
    }

    function testFuzz_ThePayeeReceives(uint256 value, bool inParts) public {
        Authorization memory given = _authorization();
        given.value = _bound(value, 0, SUPPLY);
        bytes memory signature = _signed(RECEIVE, given);

        vm.prank(given.to);
        inParts ? _receiveInParts(given, signature) : _receive(given, signature);

        vm.assertEq(_token.balanceOf(given.to), given.value);
        vm.assertTrue(_token.authorizationState(_payer, given.nonce));
    }

    function test_RevertWhen_AnotherKeyCancels() public {
        bytes memory signature = _signedCancel(PAYER_KEY + 1, "nonce");
        _expectSignerMismatch();

        _token.cancelAuthorization(_payer, "nonce", signature);
    }

    function testFuzz_CancelSpendsTheNonce(bytes32 nonce, bool inParts) public {
        bytes memory signature = _signedCancel(PAYER_KEY, nonce);
        vm.expectEmit(address(_token));
        emit IERC3009Cancel.AuthorizationCanceled(_payer, nonce);

        if (inParts) {
            (uint8 v, bytes32 r, bytes32 s) = _parts(signature);
            _token.cancelAuthorization(_payer, nonce, v, r, s);
        } else {
            _token.cancelAuthorization(_payer, nonce, signature);
        }

        vm.assertTrue(_token.authorizationState(_payer, nonce));
    }

    function test_PermitSetsTheAllowance() public {
        bytes32 permitHash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                _payer,
                BUYER,
                500,
                0,
                block.timestamp
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, _typedDataDigest(permitHash));

        _token.permit(_payer, BUYER, 500, block.timestamp, v, r, s);

        vm.assertEq(_token.allowance(_payer, BUYER), 500);
        vm.assertEq(_token.nonces(_payer), 1);
    }

    function testFuzz_VotesFollowTheTokens(uint256 value) public {
        value = _bound(value, 0, SUPPLY);
        vm.startPrank(_payer);
        _token.delegate(_payer);

        _token.transfer(BUYER, value);

        vm.assertEq(_token.getVotes(_payer), SUPPLY - value);
        vm.assertEq(_token.getVotes(BUYER), 0);
    }

    function _expectSignerMismatch() private {
        vm.expectRevert(abi.encodeWithSelector(IAssayToken.AssayTokenSignerMismatch.selector, _payer));
    }

    function _expectUsedOrCanceled(bytes32 nonce) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAssayToken.AssayTokenAuthorizationUsedOrCanceled.selector, _payer, nonce)
        );
    }
}
