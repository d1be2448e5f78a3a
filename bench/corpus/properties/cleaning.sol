// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
import "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
contract ServiceEscrow {
    using SafeERC20 for IERC20;
    enum State { Created, Funded, Done, Refunded }
    struct Deal { address customer; address provider; uint256 price; uint64 deadline; State state; }
    IERC20 private immutable _usdc;
    Deal public deal;
    constructor(address usdc, address provider, uint256 price) {
        _usdc = IERC20(usdc);
        deal = Deal(msg.sender, provider, price, uint64(block.timestamp + 20 days), State.Created);
    }
    function pay() external {
        require(msg.sender == deal.customer && deal.state == State.Created);
        deal.state = State.Funded;
        _usdc.safeTransferFrom(msg.sender, address(this), deal.price);
    }
    function accept() external {
        require(msg.sender == deal.customer && deal.state == State.Funded);
        deal.state = State.Done;
        _usdc.safeTransfer(deal.provider, deal.price);
    }
    function cancel() external {
        require(deal.state == State.Funded && block.timestamp > deal.deadline);
        deal.state = State.Refunded;
        _usdc.safeTransfer(deal.customer, deal.price);
    }
}
