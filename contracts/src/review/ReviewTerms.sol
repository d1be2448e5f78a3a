// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @notice The rules of a review, fixed for ever when the contract is deployed. Amounts are in the smallest unit of the
 * currency, periods in seconds, shares in hundredths of a per cent. An appeal's voting periods are twice as long.
 * @param voteStake what every vote locks.
 * @param flagBond what opening a case locks.
 * @param appealBond what an appeal locks; more than the bond of a flag.
 * @param commitPeriod how long votes are taken.
 * @param revealPeriod how long they are opened.
 * @param appealPeriod how long the first result can be appealed against.
 * @param unbondingPeriod how long a stake that is taken back stays.
 * @param restPeriod how long a decided question cannot be asked again.
 * @param quorum how many opened votes decide a case; two at least.
 * @param appealQuorum how many decide an appeal; more than the quorum.
 * @param minoritySlashBps what a vote loses that was against the result; half of its stake at most.
 * @param silenceSlashBps what a vote loses that was not opened; not less than the minority's, half at most.
 * @param bondSlashBps what the bond loses of a flag, or an appeal, that came to nothing.
 * @param finderShareBps what whoever was right with a flag, or an appeal, gets of all that others lost; half at most.
 */
struct ReviewTerms {
    uint96 voteStake;
    uint96 flagBond;
    uint96 appealBond;
    uint32 commitPeriod;
    uint32 revealPeriod;
    uint32 appealPeriod;
    uint32 unbondingPeriod;
    uint32 restPeriod;
    uint16 quorum;
    uint16 appealQuorum;
    uint16 minoritySlashBps;
    uint16 silenceSlashBps;
    uint16 bondSlashBps;
    uint16 finderShareBps;
}
