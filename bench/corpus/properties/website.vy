# pragma version ^0.4.0

patron: public(address)
studio: public(address)
funded: public(bool)
draft_done: public(bool)
final_done: public(bool)

@deploy
def __init__(patron: address, studio: address):
    self.patron = patron
    self.studio = studio

@external
@payable
def deposit():
    assert msg.sender == self.patron, "patron only"
    assert not self.funded, "already"
    assert msg.value == 9 * 10**18, "sum"
    self.funded = True

@external
def accept_draft():
    assert msg.sender == self.patron, "patron only"
    assert self.funded and not self.draft_done, "not now"
    self.draft_done = True
    send(self.studio, 3 * 10**18)

@external
def accept_final():
    assert msg.sender == self.patron, "patron only"
    assert self.draft_done and not self.final_done, "not now"
    self.final_done = True
    send(self.studio, 6 * 10**18)
