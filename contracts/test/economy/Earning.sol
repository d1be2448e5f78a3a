// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentRevocation} from "../../src/content/IContentRevocation.sol";
import {CreatorSubscriptions} from "../../src/economy/CreatorSubscriptions.sol";
import {Reposts} from "../../src/economy/Reposts.sol";
import {Tips} from "../../src/economy/Tips.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {Minting} from "../content/Minting.sol";

/// @dev Content of CREATOR, a payer with money and a key, and the payer's signatures.
abstract contract Earning is Minting {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    uint256 internal constant PAYER_KEY = 0xFA4;
    uint256 internal constant SUPPLY = 1_000_000e6;
    bytes32 internal constant NOTE = keccak256("well said");

    AssayToken internal _money;
    Reposts internal _reposts;
    Tips internal _tips;
    CreatorSubscriptions internal _subscriptions;
    address internal _payer;
    uint256 internal _contentId;
    address internal _royaltyAccount;

    function setUp() public virtual override {
        super.setUp();
        _payer = vm.addr(PAYER_KEY);
        _money = new AssayToken(_payer, SUPPLY);
        _reposts = new Reposts(address(_token), address(_money));
        _tips = new Tips(address(_token), address(_money));
        _subscriptions = new CreatorSubscriptions();
        _contentId = _minted(CREATOR, _content());
        _royaltyAccount = _token.royaltyAccountOf(_contentId);
    }

    function _reposted(address reposter, uint256 parent) internal returns (uint256) {
        vm.prank(reposter);
        return _reposts.repost(parent, 5000);
    }

    function _allow(address spender, uint256 amount) internal {
        vm.prank(_payer);
        _money.approve(spender, amount);
    }

    function _setRate(uint16 rateBps) internal {
        vm.prank(CREATOR);
        _reposts.setRate(_contentId, _provenance(CREATOR, _content()), rateBps);
    }

    function _revoke() internal {
        vm.prank(CREATOR);
        _token.revoke(_contentId, _provenance(CREATOR, _content()), IContentRevocation.Reason.Rights, 0);
    }

    /// @dev The payer's permit for a spender.
    function _permit(address spender, uint256 value) internal view returns (Permit memory) {
        uint256 deadline = block.timestamp + 1 hours;
        bytes32 structHash = keccak256(abi.encode(PERMIT, _payer, spender, value, _money.nonces(_payer), deadline));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, _moneyDigest(structHash));
        return Permit(value, deadline, v, r, s);
    }

    function _moneyDigest(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _money.DOMAIN_SEPARATOR(), structHash));
    }
}
