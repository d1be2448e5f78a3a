pragma solidity ^0.8.12;

contract ConsentedSubscription {
    struct Plan { address payable merchant; uint256 price; uint256 period; }
    mapping(uint256 => Plan) public plans;
    mapping(address => mapping(uint256 => bool)) public joined;
    mapping(address => mapping(uint256 => uint256)) public paidUntil;
    mapping(address => uint256) public balance;
    uint256 public count;

    function create(uint256 price, uint256 period) external returns (uint256) {
        require(period >= 1 days, "period");
        plans[++count] = Plan(payable(msg.sender), price, period);
        return count;
    }

    function topUp() external payable { balance[msg.sender] += msg.value; }
    function join(uint256 id) external { joined[msg.sender][id] = true; }
    function leave(uint256 id) external { joined[msg.sender][id] = false; }

    function takeBack(uint256 sum) external {
        balance[msg.sender] -= sum;
        payable(msg.sender).transfer(sum);
    }

    function charge(address user, uint256 id) external {
        Plan memory p = plans[id];
        require(msg.sender == p.merchant && joined[user][id], "consent");
        require(block.timestamp >= paidUntil[user][id], "early");
        paidUntil[user][id] = block.timestamp + p.period;
        balance[user] -= p.price;
        p.merchant.transfer(p.price);
    }
}
