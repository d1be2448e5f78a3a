// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.23;

interface IERC20 { function transfer(address, uint256) external returns (bool); function transferFrom(address, address, uint256) external returns (bool); function balanceOf(address) external view returns (uint256); }

contract FlashBank {
    IERC20 public immutable token;
    mapping(address => uint256) public credit;

    constructor(IERC20 t) { token = t; }

    function deposit(uint256 n) external {
        credit[msg.sender] += n;
        require(token.transferFrom(msg.sender, address(this), n), "pull");
    }

    function withdraw(uint256 n) external {
        credit[msg.sender] -= n;
        require(token.transfer(msg.sender, n), "push");
    }

    function flash(uint256 n, address target, bytes calldata data) external {
        uint256 before = token.balanceOf(address(this));
        require(token.transfer(msg.sender, n), "push");
        (bool ok, ) = target.call(data);
        require(ok, "call");
        require(token.balanceOf(address(this)) >= before, "back");
    }
}
