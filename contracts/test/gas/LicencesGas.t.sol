// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ILicences} from "../../src/licence/ILicences.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {Licensing} from "../licence/Licensing.sol";

/// @dev What licences cost, kept in snapshots/ and held below the goal.
contract LicencesGasTest is Licensing {
    uint256 private constant BUY_GOAL = 140_000;

    function test_Licences() public {
        _token.transfer(CREATOR, 1);
        _token.transfer(PLATFORM, 1);
        uint32 offerId = _perpetualOffer();
        vm.snapshotGasLastCall("Licences", "make an offer");
        _buyWithPermit(offerId, PRICE);
        uint256 first = vm.snapshotGasLastCall("Licences", "buy with permit, the buyer's first permit and licence");
        vm.assertTrue(first <= BUY_GOAL);
        uint256 licenceId = _buyWithPermit(offerId, PRICE);
        vm.assertTrue(vm.snapshotGasLastCall("Licences", "buy with permit") <= BUY_GOAL);
        _bought(offerId);
        vm.snapshotGasLastCall("Licences", "buy with allowance");
        ILicences.Authorization memory authorization = _authorization(offerId, PRICE);
        _licences.buyWithAuthorization(offerId, authorization);
        vm.snapshotGasLastCall("Licences", "buy with authorization");

        vm.prank(_buyer);
        _licences.setUser(licenceId, RENTER, uint64(block.timestamp + 1));
        vm.snapshotGasLastCall("Licences", "rent out");
        vm.warp(block.timestamp + 1);
        vm.prank(_buyer);
        _licences.list(licenceId, PRICE);
        vm.snapshotGasLastCall("Licences", "list");
        _allow(THIEF, PRICE);
        vm.prank(THIEF);
        _licences.buyListed(licenceId, PRICE);
        vm.snapshotGasLastCall("Licences", "buy a listed licence, the buyer's first");
    }

    function test_Renewals() public {
        _token.transfer(CREATOR, 1);
        _token.transfer(PLATFORM, 1);
        uint256[] memory licenceIds = new uint256[](10);
        uint32 offerId = _subscriptionOffer();
        _allow(_buyer, PRICE * 100);
        for (uint256 i = 0; i < licenceIds.length; ++i) {
            vm.prank(_buyer);
            licenceIds[i] = _licences.buy(offerId, PRICE);
        }
        vm.snapshotGasLastCall("Licences", "subscribe");
        vm.warp(block.timestamp + MONTH);
        _licences.renewSubscription(licenceIds[0]);
        vm.snapshotGasLastCall("Licences", "renew");
        vm.warp(block.timestamp + 1 days);
        _licences.renewSubscriptions(licenceIds);
        vm.snapshotGasLastCall("Licences", "renew 10 subscriptions, one of them in vain");
    }

    function _buyWithPermit(uint32 offerId, uint256 value) private returns (uint256) {
        Permit memory permit = _permit(value);
        vm.prank(_buyer);
        return _licences.buyWithPermit(offerId, PRICE, permit);
    }
}
