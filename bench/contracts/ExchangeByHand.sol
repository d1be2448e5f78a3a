// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Ten new tokens for a hundred coins, as a programmer writes it.
contract ExchangeByHand is ERC20 {
    using SafeERC20 for IERC20;

    uint256 public constant PRICE = 100e6;
    uint256 public constant UNITS = 10e18;
    address public immutable issuer;
    IERC20 public immutable coin;

    event Bought(address indexed buyer, uint256 price);

    constructor(address issuer_, IERC20 coin_) ERC20("Token", "TOKEN") {
        issuer = issuer_;
        coin = coin_;
    }

    function buy() external {
        emit Bought(msg.sender, PRICE);
        coin.safeTransferFrom(msg.sender, issuer, PRICE);
        _mint(msg.sender, UNITS);
    }
}
