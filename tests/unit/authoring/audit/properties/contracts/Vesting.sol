// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
interface IERC20 { function transfer(address to, uint256 amount) external returns (bool); }
contract Vesting {
    IERC20 public immutable token;
    address public immutable beneficiary;
    uint256 public immutable start;
    uint256 public released;
    uint256 public constant TOTAL = 12000e18;
    uint256 public constant CLIFF = 365 days;
    uint256 public constant DURATION = 4 * 365 days;
    constructor(IERC20 token_, address beneficiary_) {
        token = token_; beneficiary = beneficiary_; start = block.timestamp;
    }
    function vested() public view returns (uint256) {
        uint256 elapsed = block.timestamp - start;
        if (elapsed < CLIFF) return 0;
        if (elapsed >= DURATION) return TOTAL;
        return TOTAL * elapsed / DURATION;
    }
    function claim() external {
        require(msg.sender == beneficiary, "not you");
        uint256 amount = vested() - released;
        require(amount > 0, "nothing");
        released += amount;
        token.transfer(beneficiary, amount);
    }
}
