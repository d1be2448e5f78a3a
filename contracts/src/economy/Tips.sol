// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";

import {IContentToken} from "../content/IContentToken.sol";
import {Permit} from "../licence/Permit.sol";
import {ITips} from "./ITips.sol";
import {LiveContent} from "./LiveContent.sol";
import {Payment} from "./Payment.sol";

/// @dev Implementation of {ITips}.
contract Tips is ITips, Context {
    address private immutable _content;
    IERC20 private immutable _currency;

    constructor(address content_, address currency_) {
        _content = content_;
        _currency = IERC20(currency_);
    }

    /// @inheritdoc ITips
    function tip(uint256 tokenId, uint256 amount, bytes32 note) external {
        _tip(tokenId, amount, note);
    }

    /// @inheritdoc ITips
    function tipWithPermit(uint256 tokenId, uint256 amount, bytes32 note, Permit calldata permit) external {
        Payment.submit(_currency, permit);
        _tip(tokenId, amount, note);
    }

    /// @inheritdoc ITips
    function currency() external view returns (address) {
        return address(_currency);
    }

    /// @inheritdoc ITips
    function content() external view returns (address) {
        return _content;
    }

    function _tip(uint256 tokenId, uint256 amount, bytes32 note) private {
        if (amount == 0) revert TipsNothingGiven();
        LiveContent.check(_content, tokenId);
        Payment.transfer(_currency, _msgSender(), IContentToken(_content).royaltyAccountOf(tokenId), amount);
        emit Tipped(tokenId, _msgSender(), amount, note);
    }
}
