// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {AssayToken} from "../../src/token/AssayToken.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev The fields that a payer signs to have tokens transferred or received.
struct Authorization {
    address from;
    address to;
    uint256 value;
    uint256 validAfter;
    uint256 validBefore;
    bytes32 nonce;
}

/// @dev A token, a payer who holds all of it, and the payer's signatures.
abstract contract AuthorizationSigning is TestCase {
    bytes32 internal constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 internal constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 internal constant CANCEL = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    uint256 internal constant PAYER_KEY = 0xA11CE;
    uint256 internal constant SUPPLY = 1_000_000e6;

    AssayToken internal _token;
    address internal _payer;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _payer = vm.addr(PAYER_KEY);
        _token = new AssayToken(_payer, SUPPLY);
    }

    function _authorization() internal view returns (Authorization memory) {
        return Authorization({
            from: _payer,
            to: BUYER,
            value: 25e6,
            validAfter: block.timestamp - 1,
            validBefore: block.timestamp + 1,
            nonce: "nonce"
        });
    }

    function _transfer(Authorization memory given, bytes memory signature) internal {
        _token.transferWithAuthorization(
            given.from, given.to, given.value, given.validAfter, given.validBefore, given.nonce, signature
        );
    }

    function _transferInParts(Authorization memory given, bytes memory signature) internal {
        (uint8 v, bytes32 r, bytes32 s) = _parts(signature);
        _token.transferWithAuthorization(
            given.from, given.to, given.value, given.validAfter, given.validBefore, given.nonce, v, r, s
        );
    }

    function _receive(Authorization memory given, bytes memory signature) internal {
        _token.receiveWithAuthorization(
            given.from, given.to, given.value, given.validAfter, given.validBefore, given.nonce, signature
        );
    }

    function _receiveInParts(Authorization memory given, bytes memory signature) internal {
        (uint8 v, bytes32 r, bytes32 s) = _parts(signature);
        _token.receiveWithAuthorization(
            given.from, given.to, given.value, given.validAfter, given.validBefore, given.nonce, v, r, s
        );
    }

    function _signed(bytes32 typehash, Authorization memory given) internal view returns (bytes memory) {
        return _signedBy(PAYER_KEY, typehash, given);
    }

    function _signedBy(uint256 key, bytes32 typehash, Authorization memory given) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(typehash, given));
        return abi.encodePacked(r, s, v);
    }

    function _signedCancel(uint256 key, bytes32 nonce) internal view returns (bytes memory) {
        bytes32 digest = _typedDataDigest(keccak256(abi.encode(CANCEL, _payer, nonce)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _digest(bytes32 typehash, Authorization memory given) internal view returns (bytes32) {
        return _typedDataDigest(keccak256(abi.encode(typehash, given)));
    }

    function _typedDataDigest(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), structHash));
    }

    function _parts(bytes memory signature) internal pure returns (uint8 v, bytes32 r, bytes32 s) {
        (r, s) = abi.decode(signature, (bytes32, bytes32));
        v = uint8(signature[64]);
    }
}
