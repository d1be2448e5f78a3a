// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.23;

interface IERC20 { function transfer(address, uint256) external returns (bool); function transferFrom(address, address, uint256) external returns (bool); }
interface IBorrower { function onFlash(uint256 amount, uint256 fee, bytes calldata data) external returns (bytes32); }

contract FlashPool3 {
    IERC20 public immutable token;
    uint256 private lock = 1;
    mapping(address => uint256) public credit;
    bytes32 private constant OK = keccak256("onFlash");

    constructor(IERC20 t) { token = t; }

    modifier locked() { require(lock == 1, "lock"); lock = 2; _; lock = 1; }

    function deposit(uint256 n) external locked {
        credit[msg.sender] += n;
        require(token.transferFrom(msg.sender, address(this), n), "pull");
    }

    function withdraw(uint256 n) external locked {
        credit[msg.sender] -= n;
        require(token.transfer(msg.sender, n), "push");
    }

    function flash(uint256 n, bytes calldata data) external locked {
        uint256 fee = n / 1000 + 1;
        require(token.transfer(msg.sender, n), "push");
        require(IBorrower(msg.sender).onFlash(n, fee, data) == OK, "callback");
        require(token.transferFrom(msg.sender, address(this), n + fee), "back");
    }
}
