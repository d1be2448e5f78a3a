// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Split {
    address payable public artist;
    address payable public gallery;
    constructor(address payable artist_, address payable gallery_) { artist = artist_; gallery = gallery_; }
    receive() external payable {}
    function distribute() external {
        uint256 total = address(this).balance;
        require(total > 0, "nothing");
        uint256 first = total * 70 / 100;
        artist.transfer(first);
        gallery.transfer(total - first);
    }
}
