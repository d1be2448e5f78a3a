pragma solidity 0.6.12;

contract Multiplied {
    uint256 public constant DENOMINATOR = 10000;
    address payable public treasury;
    mapping(address => uint256) public balances;
    mapping(address => uint256) public staked;

    constructor() public {
        treasury = msg.sender;
    }

    receive() external payable {
        balances[msg.sender] += msg.value;
    }

    function stake(uint256 amount) external {
        require(balances[msg.sender] >= amount, "balance");
        balances[msg.sender] -= amount;
        uint256 fee = amount * 50 / DENOMINATOR;
        staked[msg.sender] += amount - fee;
        treasury.transfer(fee);
    }

    function unstake(uint256 amount) external {
        require(staked[msg.sender] >= amount, "staked");
        staked[msg.sender] -= amount;
        msg.sender.transfer(amount);
    }
}
