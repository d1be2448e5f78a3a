pragma solidity ^0.8.10;

interface IPair { function getReserves() external view returns (uint112, uint112, uint32); }
interface IERC20 { function transfer(address, uint256) external returns (bool); function transferFrom(address, address, uint256) external returns (bool); }

contract SpotLender {
    IPair public immutable pair;
    IERC20 public immutable stable;
    mapping(address => uint256) public collateral;
    mapping(address => uint256) public debt;

    constructor(IPair p, IERC20 s) { pair = p; stable = s; }

    function price() public view returns (uint256) {
        (uint112 a, uint112 b, ) = pair.getReserves();
        return uint256(b) * 1e18 / a;
    }

    function deposit() external payable { collateral[msg.sender] += msg.value; }

    function borrow(uint256 sum) external {
        debt[msg.sender] += sum;
        require(debt[msg.sender] * 15 / 10 <= collateral[msg.sender] * price() / 1e18, "health");
        require(stable.transfer(msg.sender, sum), "send");
    }

    function repay(uint256 sum) external {
        debt[msg.sender] -= sum;
        require(stable.transferFrom(msg.sender, address(this), sum), "pull");
    }

    function withdraw(uint256 sum) external {
        collateral[msg.sender] -= sum;
        require(debt[msg.sender] * 15 / 10 <= collateral[msg.sender] * price() / 1e18, "health");
        payable(msg.sender).transfer(sum);
    }
}
