// SPDX-License-Identifier: MIT
pragma solidity ^0.8.10;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract StakingRewards {
    IERC20 public stakeToken;
    IERC20 public rewardToken;
    address public operator;

    uint256 public rate;
    uint256 public periodFinish;
    uint256 public lastUpdate;
    uint256 public perTokenStored;
    uint256 public totalStaked;

    mapping(address => uint256) public staked;
    mapping(address => uint256) public paidPerToken;
    mapping(address => uint256) public owed;

    constructor(IERC20 s, IERC20 r) {
        stakeToken = s;
        rewardToken = r;
        operator = msg.sender;
    }

    modifier settle(address account) {
        perTokenStored = perToken();
        lastUpdate = _lastTime();
        if (account != address(0)) {
            owed[account] = earned(account);
            paidPerToken[account] = perTokenStored;
        }
        _;
    }

    function _lastTime() internal view returns (uint256) {
        return block.timestamp < periodFinish ? block.timestamp : periodFinish;
    }

    function perToken() public view returns (uint256) {
        if (totalStaked == 0) return perTokenStored;
        return perTokenStored + ((_lastTime() - lastUpdate) / totalStaked) * rate * 1e18;
    }

    function earned(address account) public view returns (uint256) {
        return (staked[account] * (perToken() - paidPerToken[account])) / 1e18 + owed[account];
    }

    function stake(uint256 amount) external settle(msg.sender) {
        require(amount > 0, "zero");
        totalStaked += amount;
        staked[msg.sender] += amount;
        require(stakeToken.transferFrom(msg.sender, address(this), amount), "in");
    }

    function unstake(uint256 amount) public settle(msg.sender) {
        totalStaked -= amount;
        staked[msg.sender] -= amount;
        stakeToken.transfer(msg.sender, amount);
    }

    function claim() public settle(msg.sender) {
        uint256 due = owed[msg.sender];
        owed[msg.sender] = 0;
        require(rewardToken.transfer(msg.sender, due), "out");
    }

    function fund(uint256 amount, uint256 duration) external settle(address(0)) {
        require(msg.sender == operator, "operator");
        require(duration >= 1 days, "short");
        rate = amount / duration;
        lastUpdate = block.timestamp;
        periodFinish = block.timestamp + duration;
        require(rewardToken.transferFrom(msg.sender, address(this), amount), "in");
    }
}
