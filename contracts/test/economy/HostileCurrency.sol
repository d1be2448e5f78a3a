// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @dev An ERC-20 token that keeps a fee, blocks an account, or calls back, as a test wants it.
contract HostileCurrency is ERC20 {
    error HostileCurrencyBlocked(address account);

    uint256 private constant BASIS_POINTS = 10_000;

    uint256 private _feeBps;
    address private _blocked;
    address private _calledBack;
    bytes private _call;

    constructor(address holder) ERC20("Hostile", "HOST") {
        _mint(holder, 1_000_000e18);
    }

    function keepFee(uint256 feeBps) external {
        _feeBps = feeBps;
    }

    function blockAccount(address account) external {
        _blocked = account;
    }

    /// @dev Has the next transfer call `target` in its middle.
    function callBack(address target, bytes calldata call) external {
        (_calledBack, _call) = (target, call);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (to == _blocked) revert HostileCurrencyBlocked(to);
        uint256 fee = from == address(0) ? 0 : value * _feeBps / BASIS_POINTS;
        if (fee > 0) super._update(from, address(0), fee);
        super._update(from, to, value - fee);
        address target = _calledBack;
        if (target == address(0)) return;
        delete _calledBack;
        Address.functionCall(target, _call);
    }
}
