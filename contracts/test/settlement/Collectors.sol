// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {IDepositCollector} from "../../src/settlement/IDepositCollector.sol";

/// @dev Takes what its owner approved it for, but brings `shortBy` less, or `overBy` more of its own.
contract UnfaithfulCollector is IDepositCollector {
    uint256 public shortBy;
    uint256 public overBy;

    function beUnfaithful(uint256 short, uint256 over) external {
        (shortBy, overBy) = (short, over);
    }

    function collect(address payer, address token, uint256 amount, bytes32, bytes calldata) external {
        ERC20(token).transferFrom(payer, address(this), amount);
        ERC20(token).transfer(msg.sender, amount - shortBy + overBy);
    }
}

/// @dev Calls back into the settlement contract with the collector's data, instead of or before bringing anything.
contract ReentrantCollector is IDepositCollector {
    function collect(address payer, address token, uint256 amount, bytes32, bytes calldata data) external {
        ERC20(token).transferFrom(payer, msg.sender, amount);
        (bool success, bytes memory reason) = msg.sender.call(data);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}

/// @dev A token of which a hundredth is lost in every transfer.
contract LossyToken is ERC20("Lossy", "LOSS") {
    constructor(address holder, uint256 supply) {
        _mint(holder, supply);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && to != address(0)) super._update(to, address(0), value / 100);
    }
}

/// @dev A token that calls somebody back in every transfer out of the settlement contract.
contract CallingToken is ERC20("Calling", "CALL") {
    address private _called;
    bytes private _data;

    /// @dev Whether the call back worked.
    bool public succeeded;

    constructor(address holder, uint256 supply) {
        _mint(holder, supply);
    }

    function callBack(address called, bytes calldata data) external {
        (_called, _data) = (called, data);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from == _called) (succeeded,) = _called.call(_data);
    }
}

