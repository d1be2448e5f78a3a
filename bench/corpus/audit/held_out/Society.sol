pragma solidity ^0.8.19;

contract Society {
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

    function review(uint256 from, uint256 to) external {
        require(to <= members.length, "beyond the end");
        uint256 found;
        for (uint256 i = from; i < to; ++i) {
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
