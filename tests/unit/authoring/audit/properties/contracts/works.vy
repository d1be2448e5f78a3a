# pragma version ^0.4.0
client: public(address)
contractor: public(address)
paid: public(bool)
approved: public(bool)
closed: public(bool)
started: uint256

@deploy
def __init__(client: address, contractor: address):
    self.client = client
    self.contractor = contractor
    self.started = block.timestamp

@external
@payable
def deposit():
    assert msg.sender == self.client, "client"
    assert not self.paid and msg.value == 3 * 10**18, "amount"
    self.paid = True

@external
def approve():
    assert msg.sender == self.client, "client"
    assert self.paid and not self.closed
    self.closed = True
    send(self.contractor, 3 * 10**18)

@external
def refund():
    assert self.paid and not self.closed and block.timestamp > self.started + 90 * 86400
    self.closed = True
    send(self.client, 3 * 10**18)
