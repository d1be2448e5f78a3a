// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ILicences} from "../../src/licence/ILicences.sol";
import {Licensing} from "../licence/Licensing.sol";
import {InvariantCase} from "./InvariantCase.sol";
import {LicenceHandler} from "./handlers/LicenceHandler.sol";

contract LicenceInvariants is Licensing, InvariantCase {
    LicenceHandler private _handler;
    uint256[2] private _assets;

    function setUp() public override {
        super.setUp();
        _assets = [_assetId, _registered("another asset, whose creator takes all", 9999)];
        _handler = new LicenceHandler(_licences, _registry, _token, _assets);
        _licences.transferOwnership(PLATFORM);
        vm.prank(PLATFORM);
        _licences.acceptOwnership();
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            _token.transfer(_handler.member(i), 100_000);
            _handler.remember(_handler.member(i));
        }
        _target(address(_handler));
    }

    function invariant_L1_MoneyInIsMoneyOut() public view {
        for (uint256 i = 0; i < _handler.CAST_SIZE(); ++i) {
            vm.assertEq(_token.balanceOf(_handler.member(i)), _handler.money(_handler.member(i)));
        }
        vm.assertEq(_token.balanceOf(PLATFORM), _handler.money(PLATFORM));
        vm.assertEq(_token.balanceOf(CREATOR), _handler.money(CREATOR));
        vm.assertEq(_token.balanceOf(address(_licences)), 0);
    }

    function invariant_L2_ALicenceLastsAsLongAsWasPaid() public view {
        for (uint256 i = 0; i < _handler.count(); ++i) {
            uint256 licenceId = _handler.licenceIds(i);
            (,, uint256 paidUntil,) = _handler.models(licenceId);
            vm.assertEq(_licences.licenceOf(licenceId).expiresAt, paidUntil);
        }
    }

    function invariant_L3_NoRenewalBeforeItIsDueNorTwice() public view {
        vm.assertEq(_handler.undueRenewals(), 0);
    }

    function invariant_L4_NobodyPaysMoreThanAgreedNorForAClosedOffer() public view {
        vm.assertEq(_handler.overcharges(), 0);
    }

    function invariant_L5_TheFeeStaysBelowItsBound() public view {
        (uint16 feeBps,) = _licences.fee();
        vm.assertTrue(feeBps <= _licences.maximumFeeBps());
        vm.assertEq(_handler.highFees(), 0);
    }

    function invariant_L6_EachLicenceHasItsOneOwnerWhoAloneListsIt() public view {
        uint256[4] memory owned;
        for (uint256 i = 0; i < _handler.count(); ++i) {
            uint256 licenceId = _handler.licenceIds(i);
            (address owner,,, bool modelListed) = _handler.models(licenceId);
            (bool listed,) = _licences.listingOf(licenceId);
            vm.assertEq(_licences.ownerOf(licenceId), owner);
            vm.assertTrue(listed == modelListed);
            for (uint256 j = 0; j < owned.length; ++j) {
                if (_handler.member(j) == owner) ++owned[j];
            }
        }
        for (uint256 j = 0; j < owned.length; ++j) {
            vm.assertEq(_licences.balanceOf(_handler.member(j)), owned[j]);
        }
        vm.assertEq(_handler.improperMoves(), 0);
    }

    function invariant_L7_OneLicenceIsOneUseUntilItExpires() public view {
        for (uint256 i = 0; i < _handler.count(); ++i) {
            uint256 licenceId = _handler.licenceIds(i);
            ILicences.Licence memory licence = _licences.licenceOf(licenceId);
            uint256 uses;
            for (uint256 j = 0; j < _handler.CAST_SIZE(); ++j) {
                if (_licences.mayUse(licenceId, licence.assetId, _handler.member(j))) ++uses;
            }
            bool running = licence.expiresAt == 0 || block.timestamp < licence.expiresAt;
            vm.assertEq(uses, running ? 1 : 0);
        }
    }
}
