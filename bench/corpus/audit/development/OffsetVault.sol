// SPDX-License-Identifier: MIT
pragma solidity 0.8.17;

interface IERC20 {
    function transfer(address, uint256) external returns (bool);
    function transferFrom(address, address, uint256) external returns (bool);
}

contract OffsetVault {
    uint256 private constant VIRTUAL = 1e6;
    IERC20 public immutable asset;
    uint256 public totalShares;
    uint256 public totalAssets;
    mapping(address => uint256) public shares;

    constructor(IERC20 asset_) {
        asset = asset_;
    }

    function deposit(uint256 assets, uint256 leastShares) external returns (uint256 minted) {
        minted = (assets * (totalShares + VIRTUAL)) / (totalAssets + 1);
        require(minted != 0 && minted >= leastShares, "too few");
        totalShares += minted;
        totalAssets += assets;
        shares[msg.sender] += minted;
        require(asset.transferFrom(msg.sender, address(this), assets), "pull");
    }

    function withdraw(uint256 amount, uint256 leastAssets) external returns (uint256 paid) {
        paid = (amount * (totalAssets + 1)) / (totalShares + VIRTUAL);
        require(paid >= leastAssets, "too few");
        shares[msg.sender] -= amount;
        totalShares -= amount;
        totalAssets -= paid;
        require(asset.transfer(msg.sender, paid), "push");
    }
}
