# @version ^0.4.0

owner: public(address)
parts: public(HashMap[address, uint256])
total: public(uint256)

@deploy
def __init__():
    self.owner = msg.sender

@external
@payable
def give():
    self.parts[msg.sender] += msg.value
    self.total += msg.value

@external
def take(amount: uint256):
    self.parts[msg.sender] -= amount
    self.total -= amount
    send(msg.sender, amount)

@external
def hand_over(next: address):
    assert msg.sender == self.owner
    self.owner = next
