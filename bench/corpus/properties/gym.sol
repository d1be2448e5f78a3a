// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
import "@openzeppelin/contracts/token/ERC20/IERC20.sol";
contract GymMembership {
    IERC20 public dai; address public gym; uint256 public constant FEE = 30e18;
    struct Membership { uint64 nextDue; bool active; }
    mapping(address => Membership) public memberships;
    constructor(IERC20 _dai, address _gym) { dai = _dai; gym = _gym; }
    function join() external {
        require(!memberships[msg.sender].active, "member");
        memberships[msg.sender] = Membership(uint64(block.timestamp + 30 days), true);
        require(dai.transferFrom(msg.sender, gym, FEE));
    }
    function charge(address member) external {
        Membership storage m = memberships[member];
        require(m.active && block.timestamp >= m.nextDue, "not due");
        m.nextDue += 30 days;
        require(dai.transferFrom(member, gym, FEE));
    }
    function cancel() external { memberships[msg.sender].active = false; }
}
