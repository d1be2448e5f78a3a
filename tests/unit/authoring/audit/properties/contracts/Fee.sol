// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Fee {
    address payable public treasury; address payable public artist;
    constructor(address payable treasury_, address payable artist_) { treasury = treasury_; artist = artist_; }
    function buy() external payable { treasury.transfer(msg.value * 2 / 100); artist.transfer(msg.value - msg.value * 2 / 100); }
}
