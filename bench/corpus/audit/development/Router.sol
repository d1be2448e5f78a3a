// SPDX-License-Identifier: GPL-3.0
pragma solidity >=0.8.0;

interface IPair {
    function getReserves() external view returns (uint112, uint112, uint32);
    function swap(uint256 out0, uint256 out1, address to, bytes calldata data) external;
}

interface IERC20 {
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

interface IRouter {
    function swapExactTokensForTokens(
        uint256 amountIn,
        uint256 amountOutMin,
        address[] calldata path,
        address to,
        uint256 deadline
    ) external returns (uint256[] memory);
}

contract Router {
    IRouter public immutable inner;

    constructor(IRouter inner_) {
        inner = inner_;
    }

    function convert(address from, address into, uint256 amount) external returns (uint256) {
        require(IERC20(from).transferFrom(msg.sender, address(this), amount), "pull");
        require(IERC20(from).approve(address(inner), amount), "approve");
        address[] memory path = new address[](2);
        path[0] = from;
        path[1] = into;
        uint256[] memory got = inner.swapExactTokensForTokens(amount, 0, path, msg.sender, block.timestamp);
        return got[1];
    }
}
