pragma solidity ^0.4.18;

contract Throne {
    address public ruler;
    uint256 public price;

    function claim() public payable {
        require(msg.value > price);
        if (ruler != address(0)) {
            ruler.transfer(price);
        }
        ruler = msg.sender;
        price = msg.value;
    }
}
