// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Permit} from "./Permit.sol";

/**
 * @title Licences to use assets
 * @notice Each licence is an ERC-721 token and lets one account use one asset, for ever or until it expires. It is bought
 * by an offer ({IOffers}), renewed by whoever pays or by itself ({ISubscriptions}), rented out (ERC-4907) and resold
 * ({IResale}, ERC-2981).
 *
 * One licence is one use: while a licence is rented out, its user uses the asset, and its owner does not. A rental cannot
 * outlast the licence, cannot be ended or changed by the owner before its time, and until then the licence cannot change
 * hands; so neither a user nor a buyer can be cheated. The user can give it back early (`setUser(id, 0, 0)`). An expired
 * licence can be given away or renewed, nothing else. A licence whose offer says so can neither change hands nor be
 * rented out.
 * @dev The id of a licence is the address of its first owner, shifted left by 64 bits, plus how many that account had
 * got before.
 */
interface ILicences {
    /**
     * @notice A licence.
     * @param owner who owns it.
     * @param assetId what it is for.
     * @param offerId the offer that it was bought by and is renewed by.
     * @param expiresAt the second since 1970 at which it ends; 0 if it never does.
     * @param transferable whether it can change hands and be rented out.
     * @param user who has rented it, now; zero if nobody has.
     * @param userExpiresAt the second since 1970 at which the rental ends; 0 if there is none.
     */
    struct Licence {
        address owner;
        uint256 assetId;
        uint32 offerId;
        uint40 expiresAt;
        bool transferable;
        address user;
        uint40 userExpiresAt;
    }

    /**
     * @notice A payment by signature (ERC-3009), `ReceiveWithAuthorization` to this contract of the offer's price.
     * @param buyer who signed, pays and gets the licence.
     * @param value what was signed for; has to be the offer's price.
     * @param validAfter good after this second since 1970.
     * @param validBefore good before this second since 1970.
     * @param salt makes the purchase unique; the nonce that was signed is {purchaseNonce}.
     * @param signature of an account or a smart account (ERC-1271).
     */
    struct Authorization {
        address buyer;
        uint96 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 salt;
        bytes signature;
    }

    /// @notice A licence was bought; `price` is what the buyer paid, `fee` is the platform's part of it.
    event LicenceBought(
        uint256 indexed licenceId,
        uint256 indexed assetId,
        address indexed buyer,
        uint32 offerId,
        uint96 price,
        uint96 fee,
        uint40 expiresAt
    );

    /// @notice `payer` paid another period of the licence, which now ends at `expiresAt`.
    event LicenceRenewed(
        uint256 indexed licenceId,
        uint256 indexed assetId,
        address indexed payer,
        uint96 price,
        uint96 fee,
        uint40 expiresAt
    );

    /// @notice A perpetual licence is not renewed.
    error LicencesPerpetual(uint256 licenceId);

    /// @notice The licence would end after the year 36 812, where time stamps end.
    error LicencesTooLong(uint256 expiresAt);

    /// @notice The licence is bound to its owner.
    error LicencesNotTransferable(uint256 licenceId);

    /// @notice The licence is rented out until `expires`, in seconds since 1970.
    error LicencesRented(uint256 licenceId, address user, uint64 expires);

    /// @notice A rental ends in the future, and with the licence at the latest.
    error LicencesWrongTerm(uint256 licenceId, uint64 expires, uint40 licenceExpiresAt);

    /// @notice Only the owner of the licence can do this.
    error LicencesNotOwner(uint256 licenceId, address caller, address owner);

    /// @notice The authorization has to be of the price itself.
    error LicencesWrongValue(uint256 value, uint256 price);

    /**
     * @notice Buys a licence for the caller, who allowed this contract the price before. Always a new licence: nothing
     * that the caller owns is extended.
     * @param maximumPrice the most that the caller pays. Of a subscription, the most for every later period as well, until
     * it is cancelled or changed.
     */
    function buy(uint32 offerId, uint96 maximumPrice) external returns (uint256 licenceId);

    /// @notice {buy} with the allowance by signature; one that somebody submitted before does no harm.
    function buyWithPermit(
        uint32 offerId,
        uint96 maximumPrice,
        Permit calldata permit
    )
        external
        returns (uint256 licenceId);

    /**
     * @notice Buys a licence for the signer of a payment; sent by anyone, so that the buyer needs no gas. A subscription
     * bought like this renews itself at up to the price that was signed, from an allowance.
     */
    function buyWithAuthorization(
        uint32 offerId,
        Authorization calldata authorization
    )
        external
        returns (uint256 licenceId);

    /**
     * @notice Pays another period of anyone's licence, from the caller's allowance. It begins where the last one ends, or
     * now if that is past.
     * @param maximumPrice the most that the caller pays.
     */
    function renew(uint256 licenceId, uint96 maximumPrice) external;

    /// @notice {renew} with the allowance by signature; one that somebody submitted before does no harm.
    function renewWithPermit(uint256 licenceId, uint96 maximumPrice, Permit calldata permit) external;

    /// @notice Whether `account` may use the asset by the licence now: as the licence's user, or as its owner while it
    /// is not rented out, until it expires. False for a licence that does not exist.
    function mayUse(uint256 licenceId, uint256 assetId, address account) external view returns (bool);

    /// @notice Everything about a licence, expired or not; reverts if there is none.
    function licenceOf(uint256 licenceId) external view returns (Licence memory);

    /// @notice The ERC-3009 nonce that a buyer signs to buy by the offer; used up with the purchase.
    function purchaseNonce(uint32 offerId, address buyer, bytes32 salt) external view returns (bytes32);
}
