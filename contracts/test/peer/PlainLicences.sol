// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @dev The peer of Licences in the gas table: a straightforward market on OpenZeppelin's ERC-721.
contract PlainLicences is ERC721 {
    using SafeERC20 for IERC20;

    struct Licence {
        uint256 assetId;
        uint256 expiresAt;
    }

    uint256 private constant PLATFORM_SHARE = 40;

    IERC20 private immutable _currency;
    address private immutable _seller;
    address private immutable _platform;

    uint256 public price;
    uint256 private _count;
    mapping(uint256 licenceId => Licence) public licences;

    constructor(IERC20 currency, address seller, address platform, uint256 price_) ERC721("Plain licence", "PLAIN") {
        (_currency, _seller, _platform, price) = (currency, seller, platform, price_);
    }

    /// @dev Sells to the caller, who approved the price in a transaction before.
    function buy(uint256 assetId, uint256 durationSeconds) external {
        uint256 fee = price / PLATFORM_SHARE;
        _currency.safeTransferFrom(msg.sender, _seller, price - fee);
        _currency.safeTransferFrom(msg.sender, _platform, fee);
        _make(msg.sender, assetId, durationSeconds);
    }

    /// @dev Makes a licence that the caller hands over by a transfer, after it was paid in another transaction.
    function mint(uint256 assetId, uint256 durationSeconds) external {
        _make(msg.sender, assetId, durationSeconds);
    }

    function _make(address owner, uint256 assetId, uint256 durationSeconds) private {
        licences[++_count] = Licence(assetId, block.timestamp + durationSeconds);
        _mint(owner, _count);
    }
}
