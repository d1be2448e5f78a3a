// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IERC4907} from "./IERC4907.sol";
import {ILicences} from "./ILicences.sol";
import {ISubscriptions} from "./ISubscriptions.sol";

/**
 * @dev The token of {ILicences}: ERC-721 and ERC-4907. OpenZeppelin's ERC721 with storage of its own: everything about a
 * licence lies in one slot, ids need no counter, and the first licence made for an account lies in the slot that counts
 * the account's licences until it changes hands, which saves a buyer's first purchase 20 000 gas.
 */
abstract contract LicenceToken is ERC721, IERC4907 {
    /// @dev A licence. `subscribed` and `listed` do not survive a transfer.
    struct Facts {
        address owner;
        uint40 expiresAt;
        uint32 offerId;
        bool transferable;
        bool subscribed;
        bool listed;
    }

    /// @dev How many licences an account has, how many were made for it, and the facts of the first of these.
    struct Account {
        uint32 balance;
        uint32 minted;
        uint40 expiresAt;
        uint32 offerId;
        bool transferable;
        bool subscribed;
        bool listed;
    }

    struct Rental {
        address user;
        uint64 expires;
    }

    /// @dev All licences but those that lie in their first owner's account.
    mapping(uint256 licenceId => Facts) private _facts;
    mapping(address account => Account) private _accounts;
    mapping(uint256 licenceId => Rental) private _rentals;

    /// @inheritdoc IERC4907
    function setUser(uint256 licenceId, address user, uint64 expires) external {
        Facts memory facts = _requireFacts(licenceId);
        address current = userOf(licenceId);
        if (current == address(0)) {
            _checkAuthorized(facts.owner, _msgSender(), licenceId);
        } else if (current != _msgSender() || user != address(0)) {
            revert ILicences.LicencesRented(licenceId, current, _rentals[licenceId].expires);
        }
        if (user == address(0)) {
            expires = 0;
        } else {
            if (!facts.transferable) revert ILicences.LicencesNotTransferable(licenceId);
            uint40 latest = facts.expiresAt == 0 ? type(uint40).max : facts.expiresAt;
            if (expires <= block.timestamp || expires > latest) {
                revert ILicences.LicencesWrongTerm(licenceId, expires, latest);
            }
        }
        _rentals[licenceId] = Rental(user, expires);
        emit UpdateUser(licenceId, user, expires);
    }

    /// @inheritdoc IERC4907
    function userExpires(uint256 licenceId) public view returns (uint256) {
        return _rentals[licenceId].expires;
    }

    /// @inheritdoc ERC721
    function balanceOf(address owner) public view override returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _accounts[owner].balance;
    }

    /// @inheritdoc IERC4907
    function userOf(uint256 licenceId) public view returns (address) {
        Rental memory rental = _rentals[licenceId];
        return block.timestamp < rental.expires ? rental.user : address(0);
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view virtual override(ERC721) returns (bool) {
        return interfaceId == type(IERC4907).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev Makes a licence of these facts for their owner. The owner is not called, so it need not be a receiver.
    function _mintLicence(Facts memory facts) internal returns (uint256 licenceId) {
        Account storage account = _accounts[facts.owner];
        uint32 minted = account.minted;
        licenceId = (uint256(uint160(facts.owner)) << 64) + minted;
        ++account.balance;
        account.minted = minted + 1;
        _setFacts(licenceId, facts);
        emit Transfer(address(0), facts.owner, licenceId);
    }

    /// @dev Moves a licence; called by all of ERC721's transfers, never to mint or to burn.
    function _update(address to, uint256 licenceId, address auth) internal override returns (address from) {
        Facts memory facts = _requireFacts(licenceId);
        from = facts.owner;
        if (auth != address(0)) _checkAuthorized(from, auth, licenceId);
        if (!facts.transferable) revert ILicences.LicencesNotTransferable(licenceId);
        address user = userOf(licenceId);
        if (user != address(0)) revert ILicences.LicencesRented(licenceId, user, _rentals[licenceId].expires);

        if (facts.subscribed) emit ISubscriptions.SubscriptionCancelled(licenceId, from);
        (facts.owner, facts.subscribed, facts.listed) = (to, false, false);
        _setFacts(licenceId, facts);
        _approve(address(0), licenceId, address(0), false);
        --_accounts[from].balance;
        ++_accounts[to].balance;
        emit Transfer(from, to, licenceId);
    }

    function _setFacts(uint256 licenceId, Facts memory facts) internal {
        address first = _firstOwner(licenceId);
        if (uint64(licenceId) != 0 || facts.owner != first || _facts[licenceId].owner != address(0)) {
            _facts[licenceId] = facts;
            return;
        }
        Account storage account = _accounts[first];
        account.expiresAt = facts.expiresAt;
        account.offerId = facts.offerId;
        account.transferable = facts.transferable;
        account.subscribed = facts.subscribed;
        account.listed = facts.listed;
    }

    /// @dev The facts of a licence, all zero if there is none.
    function _factsOf(uint256 licenceId) internal view returns (Facts memory facts) {
        facts = _facts[licenceId];
        address first = _firstOwner(licenceId);
        // Compared whole: an id with bits above the address would name the same licence once more.
        if (facts.owner != address(0) || licenceId != uint256(uint160(first)) << 64) return facts;
        Account memory account = _accounts[first];
        if (account.minted == 0) return facts;
        facts = Facts({
            owner: first,
            expiresAt: account.expiresAt,
            offerId: account.offerId,
            transferable: account.transferable,
            subscribed: account.subscribed,
            listed: account.listed
        });
    }

    /// @dev The facts of a licence; reverts if there is none.
    function _requireFacts(uint256 licenceId) internal view returns (Facts memory facts) {
        facts = _factsOf(licenceId);
        if (facts.owner == address(0)) revert ERC721NonexistentToken(licenceId);
    }

    /// @dev The facts of a licence of the caller; whom the owner approved does not count.
    function _requireOwner(uint256 licenceId) internal view returns (Facts memory facts) {
        facts = _requireFacts(licenceId);
        if (facts.owner != _msgSender()) revert ILicences.LicencesNotOwner(licenceId, _msgSender(), facts.owner);
    }

    function _ownerOf(uint256 licenceId) internal view override returns (address) {
        return _factsOf(licenceId).owner;
    }

    function _firstOwner(uint256 licenceId) private pure returns (address) {
        return address(uint160(licenceId >> 64));
    }

    function _expired(uint40 expiresAt) internal view returns (bool) {
        return expiresAt != 0 && block.timestamp >= expiresAt;
    }
}
