// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ILicences} from "../../src/licence/ILicences.sol";
import {IOffers} from "../../src/licence/IOffers.sol";
import {Licences} from "../../src/licence/Licences.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {AssetRegistry} from "../../src/market/AssetRegistry.sol";
import {IAssetRegistry} from "../../src/market/IAssetRegistry.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {Committing} from "../support/Committing.sol";

/// @dev An asset of CREATOR, a buyer with money and a key, and the buyer's signatures.
abstract contract Licensing is Committing {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    address internal constant PLATFORM = address(0xFEE);
    address internal constant RENTER = address(0x4907);
    uint256 internal constant BUYER_KEY = 0xB0B;
    uint16 internal constant FEE_BPS = 250;
    uint16 internal constant ROYALTY_BPS = 500;
    uint96 internal constant PRICE = 10e6;
    uint32 internal constant MONTH = 30 days;

    AssayToken internal _token;
    AssetRegistry internal _registry;
    Licences internal _licences;
    uint256 internal _assetId;
    address internal _buyer;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        _buyer = vm.addr(BUYER_KEY);
        _token = new AssayToken(address(this), 1_000_000e6);
        _registry = new AssetRegistry(address(_token), MINIMUM_AGE);
        _licences = new Licences(address(_registry), address(this), PLATFORM, FEE_BPS);
        _assetId = _registered("weights", ROYALTY_BPS);
        _token.transfer(_buyer, 1000e6);
        _token.transfer(THIEF, 1000e6);
    }

    function _registered(string memory content, uint16 royaltyBps) internal returns (uint256) {
        bytes32 digest = keccak256(bytes(content));
        _commit(_registry, CREATOR, digest);
        IAssetRegistry.Registration memory given = IAssetRegistry.Registration({
            contentDigest: digest,
            metadataDigest: keccak256("metadata"),
            parent: 0,
            kind: IAssetRegistry.AssetKind.Model,
            licence: bytes4(keccak256("LicenseRef-Assay")),
            royaltyBps: royaltyBps,
            price: 0
        });
        vm.prank(CREATOR);
        return _registry.register(given, SALT);
    }

    function _offer(uint96 price, uint32 duration, bool subscription, bool transferable) internal returns (uint32) {
        vm.prank(CREATOR);
        return _licences.makeOffer(_assetId, IOffers.Terms(price, duration, subscription, transferable));
    }

    function _perpetualOffer() internal returns (uint32) {
        return _offer(PRICE, 0, false, true);
    }

    function _monthlyOffer() internal returns (uint32) {
        return _offer(PRICE, MONTH, false, true);
    }

    function _subscriptionOffer() internal returns (uint32) {
        return _offer(PRICE, MONTH, true, true);
    }

    function _allow(address account, uint256 amount) internal {
        vm.prank(account);
        _token.approve(address(_licences), amount);
    }

    /// @dev Has the buyer allow the price and buy.
    function _bought(uint32 offerId) internal returns (uint256) {
        _allow(_buyer, PRICE);
        vm.prank(_buyer);
        return _licences.buy(offerId, PRICE);
    }

    /// @dev The buyer's permit for this market.
    function _permit(uint256 value) internal view returns (Permit memory) {
        uint256 deadline = block.timestamp + 1 hours;
        bytes32 structHash =
            keccak256(abi.encode(PERMIT, _buyer, address(_licences), value, _token.nonces(_buyer), deadline));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, _tokenDigest(structHash));
        return Permit(value, deadline, v, r, s);
    }

    /// @dev The buyer's payment for one purchase by the offer.
    function _authorization(uint32 offerId, uint96 value) internal view returns (ILicences.Authorization memory given) {
        given = ILicences.Authorization(_buyer, value, block.timestamp - 1, block.timestamp + 1 hours, "salt", "");
        bytes32 structHash = keccak256(
            abi.encode(
                RECEIVE,
                _buyer,
                address(_licences),
                value,
                given.validAfter,
                given.validBefore,
                _licences.purchaseNonce(offerId, _buyer, given.salt)
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, _tokenDigest(structHash));
        given.signature = abi.encodePacked(r, s, v);
    }

    function _tokenDigest(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), structHash));
    }
}
