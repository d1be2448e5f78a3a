pragma solidity ^0.8.8;

contract Breeder {
    mapping(uint256 => uint256) public genes;
    mapping(uint256 => address) public ownerOf;
    uint256 public born;

    function breed(uint256 one, uint256 two) external payable returns (uint256 id) {
        require(ownerOf[one] == msg.sender && ownerOf[two] == msg.sender, "not yours");
        require(msg.value == 0.05 ether, "fee");
        bytes32 mix = blockhash(block.number - 1);
        id = ++born;
        genes[id] = (uint256(mix) & genes[one]) | (~uint256(mix) & genes[two]);
        ownerOf[id] = msg.sender;
    }

    function sell(address payable to) external {
        require(msg.sender == ownerOf[1], "first only");
        to.transfer(address(this).balance);
    }
}
