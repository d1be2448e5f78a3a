pragma solidity ^0.8.19;

contract Club {
    struct Member {
        address who;
        uint256 paidUntil;
    }
    Member[] private members;
    address public immutable chair;
    uint256 public active;

    constructor() {
        chair = msg.sender;
    }

    function join() external payable {
        require(msg.value == 1 ether, "fee");
        members.push(Member(msg.sender, block.timestamp + 365 days));
    }

    function review() external {
        uint256 found;
        for (uint256 i; i < members.length; ++i) {
            if (members[i].paidUntil > block.timestamp) {
                found += 1;
            }
        }
        active = found;
    }

    function spend(address payable to, uint256 amount) external {
        require(msg.sender == chair, "chair");
        to.transfer(amount);
    }
}
