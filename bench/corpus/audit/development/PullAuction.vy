# @version ^0.4.0

beneficiary: public(address)
ends: public(uint256)
leader: public(address)
best: public(uint256)
ended: public(bool)
pending: public(HashMap[address, uint256])

@deploy
def __init__(_beneficiary: address, _lasts: uint256):
    assert _lasts >= 86400
    self.beneficiary = _beneficiary
    self.ends = block.timestamp + _lasts

@external
@payable
def bid():
    assert block.timestamp < self.ends
    assert msg.value > self.best
    self.pending[self.leader] += self.best
    self.leader = msg.sender
    self.best = msg.value

@external
def withdraw():
    amount: uint256 = self.pending[msg.sender]
    self.pending[msg.sender] = 0
    send(msg.sender, amount)

@external
def end():
    assert block.timestamp >= self.ends
    assert not self.ended
    self.ended = True
    send(self.beneficiary, self.best)
