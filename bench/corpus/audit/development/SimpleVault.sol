// SPDX-License-Identifier: MIT
pragma solidity 0.8.17;

interface IERC20 {
    function balanceOf(address) external view returns (uint256);
    function transfer(address, uint256) external returns (bool);
    function transferFrom(address, address, uint256) external returns (bool);
}

contract SimpleVault {
    IERC20 public immutable asset;
    uint256 public totalShares;
    mapping(address => uint256) public shares;

    event Deposit(address indexed who, uint256 assets, uint256 shares);
    event Withdraw(address indexed who, uint256 assets, uint256 shares);

    constructor(IERC20 asset_) {
        asset = asset_;
    }

    function totalAssets() public view returns (uint256) {
        return asset.balanceOf(address(this));
    }

    function deposit(uint256 assets) external returns (uint256 minted) {
        uint256 held = totalAssets();
        if (totalShares == 0) {
            minted = assets;
        } else {
            minted = (assets * totalShares) / held;
        }
        totalShares += minted;
        shares[msg.sender] += minted;
        require(asset.transferFrom(msg.sender, address(this), assets), "pull");
        emit Deposit(msg.sender, assets, minted);
    }

    function withdraw(uint256 amount) external returns (uint256 paid) {
        paid = (amount * totalAssets()) / totalShares;
        shares[msg.sender] -= amount;
        totalShares -= amount;
        require(asset.transfer(msg.sender, paid), "push");
        emit Withdraw(msg.sender, paid, amount);
    }
}
