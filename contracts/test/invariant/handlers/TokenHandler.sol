// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {AssayToken} from "../../../src/token/AssayToken.sol";
import {Cast} from "./Cast.sol";

/// @dev Moves tokens between the cast in every way there is, and replays every authorization it ever signed.
contract TokenHandler is Cast {
    struct Signed {
        address from;
        address to;
        uint256 value;
        bytes32 nonce;
        bytes signature;
    }

    bytes32 private constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant CANCEL = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    AssayToken private immutable _token;

    Signed[] private _signed;

    /// @dev How often the authorization at an index moved tokens.
    mapping(uint256 index => uint256 times) public uses;

    /// @dev How often the authorization at an index moved tokens after it was cancelled.
    mapping(uint256 index => uint256 times) public usesAfterCancel;
    mapping(uint256 index => bool cancelled) private _cancelled;

    constructor(AssayToken token) {
        _token = token;
    }

    function transfer(uint256 from, uint256 to, uint256 value) external {
        value = _bound(value, 0, _token.balanceOf(member(from)));
        vm.prank(member(from));
        _token.transfer(member(to), value);
    }

    function approveAndPull(uint256 from, uint256 to, uint256 value) external {
        value = _bound(value, 0, _token.balanceOf(member(from)));
        vm.prank(member(from));
        _token.approve(member(to), value);
        vm.prank(member(to));
        _token.transferFrom(member(from), member(to), value);
    }

    function delegate(uint256 from, uint256 to) external {
        vm.prank(member(from));
        _token.delegate(member(to));
    }

    function authorize(uint256 from, uint256 to, uint256 value) external {
        value = _bound(value, 0, _token.balanceOf(member(from)));
        bytes32 nonce = bytes32(_signed.length);
        bytes32 structHash =
            keccak256(abi.encode(TRANSFER, member(from), member(to), value, 0, type(uint256).max, nonce));
        bytes memory signature = _sign(_key(from), structHash);
        _signed.push(Signed(member(from), member(to), value, nonce, signature));
        _use(_signed.length - 1);
    }

    function replay(uint256 index) external {
        if (_signed.length != 0) _use(index % _signed.length);
    }

    function cancel(uint256 index) external {
        if (_signed.length == 0) return;
        index = index % _signed.length;
        Signed storage given = _signed[index];
        for (uint256 key = 1; key <= CAST_SIZE; ++key) {
            if (vm.addr(key) != given.from) continue;
            bytes memory signature = _sign(key, keccak256(abi.encode(CANCEL, given.from, given.nonce)));
            try _token.cancelAuthorization(given.from, given.nonce, signature) {
                _cancelled[index] = true;
            } catch {}
        }
    }

    function signedCount() external view returns (uint256) {
        return _signed.length;
    }

    function _use(uint256 index) private {
        Signed storage given = _signed[index];
        try _token.transferWithAuthorization(
            given.from, given.to, given.value, 0, type(uint256).max, given.nonce, given.signature
        ) {
            uses[index] += 1;
            if (_cancelled[index]) usesAfterCancel[index] += 1;
        } catch {}
    }

    function _sign(uint256 key, bytes32 structHash) private view returns (bytes memory) {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
