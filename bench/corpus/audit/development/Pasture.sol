pragma solidity ^0.8.17;

interface IERC20 { function transferFrom(address, address, uint256) external returns (bool); function transfer(address, uint256) external returns (bool); }

contract StakingPool {
    IERC20 public immutable token;
    address public owner;
    uint256 public rewardPerSecond;
    uint256 public accPerShare;
    uint256 public lastUpdate;
    uint256 public totalStaked;
    struct Stake { uint256 amount; uint256 debt; }
    mapping(address => Stake) public stakes;

    constructor(IERC20 t, uint256 r) { token = t; rewardPerSecond = r; owner = msg.sender; lastUpdate = block.timestamp; }

    function _update() internal {
        if (totalStaked > 0) {
            accPerShare += (block.timestamp - lastUpdate) * rewardPerSecond / totalStaked * 1e12;
        }
        lastUpdate = block.timestamp;
    }

    function stake(uint256 amount) external {
        _update();
        Stake storage s = stakes[msg.sender];
        uint256 owed = s.amount * accPerShare / 1e12 - s.debt;
        s.amount += amount;
        totalStaked += amount;
        s.debt = s.amount * accPerShare / 1e12;
        require(token.transferFrom(msg.sender, address(this), amount), "pull");
        if (owed > 0) require(token.transfer(msg.sender, owed), "reward");
    }

    function leave() external {
        _update();
        Stake memory s = stakes[msg.sender];
        delete stakes[msg.sender];
        totalStaked -= s.amount;
        uint256 owed = s.amount * accPerShare / 1e12 - s.debt;
        require(token.transfer(msg.sender, s.amount + owed), "out");
    }
}
