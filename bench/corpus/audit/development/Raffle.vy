# @version ^0.4.0

players: public(DynArray[address, 100])
owner: public(address)

@deploy
def __init__():
    self.owner = msg.sender

@external
def set_owner(next: address):
    self.owner = next

@external
@payable
def enter():
    assert msg.value == 10 ** 17
    self.players.append(msg.sender)

@external
def draw():
    assert msg.sender == self.owner
    index: uint256 = convert(keccak256(concat(block.prevhash, convert(block.timestamp, bytes32))), uint256) % len(self.players)
    winner: address = self.players[index]
    self.players = []
    send(winner, self.balance)
