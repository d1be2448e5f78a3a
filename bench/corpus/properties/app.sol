// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

contract MilestoneEscrow is ReentrancyGuard {
    using SafeERC20 for IERC20;
    struct Milestone { uint256 amount; bool approved; bool paid; }
    IERC20 public immutable token;
    address public immutable client;
    address public immutable developer;
    Milestone[] public milestones;
    bool public funded;
    error NotClient();
    event Approved(uint256 index);
    constructor(IERC20 token_, address client_, address developer_, uint256[] memory amounts) {
        token = token_; client = client_; developer = developer_;
        for (uint256 i; i < amounts.length; ++i) milestones.push(Milestone(amounts[i], false, false));
    }
    modifier onlyClient() { if (msg.sender != client) revert NotClient(); _; }
    function fund() external onlyClient nonReentrant {
        require(!funded, "funded");
        funded = true;
        uint256 total;
        for (uint256 i; i < milestones.length; ++i) total += milestones[i].amount;
        token.safeTransferFrom(client, address(this), total);
    }
    function approve(uint256 index) external onlyClient nonReentrant {
        Milestone storage m = milestones[index];
        require(funded && !m.paid, "state");
        m.approved = true; m.paid = true;
        emit Approved(index);
        token.safeTransfer(developer, m.amount);
    }
}
