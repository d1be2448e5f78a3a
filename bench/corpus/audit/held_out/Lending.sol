pragma solidity 0.8.24;

interface IReceiver {
    function onLoan(uint256 amount) external;
}

contract Lending {
    mapping(address => uint256) public deposits;
    uint256 public pool;

    function deposit() external payable {
        deposits[msg.sender] += msg.value;
        pool += msg.value;
    }

    function redeem(IReceiver receiver) external {
        uint256 amount = deposits[msg.sender];
        require(amount != 0, "empty");
        receiver.onLoan(amount);
        deposits[msg.sender] = 0;
        pool -= amount;
        payable(msg.sender).transfer(amount);
    }
}
