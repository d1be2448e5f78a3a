pragma solidity ^0.8.14;

interface IERC20 {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract Swapper {
    IERC20 public immutable a;
    IERC20 public immutable b;
    uint256 public reserveA;
    uint256 public reserveB;

    constructor(IERC20 one, IERC20 two) {
        a = one;
        b = two;
    }

    function swap(uint256 given) external returns (uint256 got) {
        require(given > 0, "nothing");
        require(a.transferFrom(msg.sender, address(this), given), "unpaid");
        got = (reserveB * given) / (reserveA + given);
        reserveA += given;
        reserveB -= got;
        require(b.transfer(msg.sender, got), "failed");
    }
}
