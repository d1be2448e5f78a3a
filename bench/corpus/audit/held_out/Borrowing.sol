pragma solidity 0.8.24;

abstract contract Guarded {
    uint256 private status = 1;

    modifier guarded() {
        require(status == 1, "again");
        status = 2;
        _;
        status = 1;
    }
}

interface IReceiver {
    function onLoan(uint256 amount) external;
}

contract Borrowing is Guarded {
    mapping(address => uint256) public deposits;
    uint256 public pool;

    function deposit() external payable guarded {
        deposits[msg.sender] += msg.value;
        pool += msg.value;
    }

    function redeem(IReceiver receiver) external guarded {
        uint256 amount = deposits[msg.sender];
        require(amount != 0, "empty");
        receiver.onLoan(amount);
        deposits[msg.sender] = 0;
        pool -= amount;
        payable(msg.sender).transfer(amount);
    }
}
