// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @notice What a sponsor lays down for a task, fixed when it is opened. Amounts are in the smallest unit of the token.
 * @param token the ERC-20 token of budget and stakes. One that keeps a part of a transfer is refused; one whose balances
 * change by themselves must not be used.
 * @param minimumStake what a member has to stake at least; more than nothing.
 * @param initialModel the asset that training begins with.
 * @param policy SHA-256 of the data policy, as canonical JSON.
 * @param budget what all rounds together pay; each that becomes final releases an even part.
 * @param modes how updates are made and aggregated, as bits that the chain does not interpret.
 * @param rounds how many rounds there are, with those that fail.
 * @param minimumNodes how many trainers there have to be, and how many updates in a round.
 * @param joinSeconds for joining; after that anyone can start the task, or end it if too few joined.
 * @param commitSeconds after which anyone can end the time for commitments; it ends at once when all committed.
 * @param revealSeconds the same for opening them.
 * @param certifySeconds after which anyone can declare a round failed that has no certificate.
 * @param challengeSeconds how long a certified result can be overturned; 0 makes it final at once.
 * @param unbondingSeconds how long the stake of a member who left can still be slashed; not less than `challengeSeconds`.
 * @param faults how many of the committee may be faulty, f; the committee has 3f+1 seats.
 */
struct TrainingTerms {
    address token;
    uint96 minimumStake;
    uint256 initialModel;
    bytes32 policy;
    uint128 budget;
    uint64 modes;
    uint32 rounds;
    uint32 minimumNodes;
    uint32 joinSeconds;
    uint32 commitSeconds;
    uint32 revealSeconds;
    uint32 certifySeconds;
    uint32 challengeSeconds;
    uint32 unbondingSeconds;
    uint8 faults;
}
