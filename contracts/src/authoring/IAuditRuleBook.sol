// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title The rule book of audits
 * @notice Which rules audits go by, version after version. The owner, which is governance, adds versions; none is ever
 * changed or taken away, so that a report which names a version can be held against exactly that one.
 * @dev A version is a document. Its digest is computed here and kept; the document itself is in the event, so that whoever
 * has the chain has the rules.
 */
interface IAuditRuleBook {
    /**
     * @notice One version.
     * @param digest SHA-256 of its document.
     * @param publishedAt seconds since 1970.
     * @param blockNumber of the block whose events hold the document.
     */
    struct Version {
        bytes32 digest;
        uint64 publishedAt;
        uint64 blockNumber;
    }

    /**
     * @notice A version was added.
     * @param version its number, from 1.
     * @param digest SHA-256 of `document`.
     * @param document the rules, as canonical JSON.
     */
    event RulesPublished(uint256 indexed version, bytes32 indexed digest, bytes document);

    /// @notice A version has a document.
    error AuditRuleBookNoDocument();

    /// @notice The document has more bytes than a version may have.
    error AuditRuleBookTooLong(uint256 length, uint256 longest);

    /// @notice The document is that of the newest version already.
    error AuditRuleBookUnchanged(uint256 version, bytes32 digest);

    /// @notice There is no such version.
    error AuditRuleBookUnknownVersion(uint256 version, uint256 newest);

    /**
     * @notice Adds a version, which is in force from now on. Only the owner can.
     * @param document the rules, as canonical JSON.
     * @return version its number.
     */
    function publish(bytes calldata document) external returns (uint256 version);

    /// @notice The number of the newest version; 0 while there is none.
    function newest() external view returns (uint256);

    /// @notice One version, by its number.
    function versionOf(uint256 version) external view returns (Version memory);

    /// @notice The version that was in force at a time, in seconds since 1970; 0 if there was none.
    function versionAt(uint256 time) external view returns (uint256);
}
