// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title The records of contracts
 * @notice Puts a contract on the chain and binds it to the record of how it came about, in one transaction: nobody can
 * claim a record for a contract that they did not deploy, and none is left without its record.
 * @dev A contract's address follows from who deploys it, its record and its creation code (CREATE2, EIP-1014), so that
 * the same deployment, made again, meets the contract that is there. A constructor sees this contract as `msg.sender`:
 * it has to take its parties as arguments.
 */
interface IContractRecords {
    /**
     * @notice `deployer` put a contract on the chain.
     * @param deployed its address.
     * @param deployer who did.
     * @param record digest of the record of how it came about.
     * @param codeHash keccak256 of the creation code, constructor arguments included.
     */
    event ContractDeployed(
        address indexed deployed, address indexed deployer, bytes32 indexed record, bytes32 codeHash
    );

    /// @notice The same deployment was made before; the contract stands at `deployed`.
    error ContractRecordsAlreadyDeployed(address deployed);

    /// @notice A contract has a record, and the digest 0 is none.
    error ContractRecordsNoRecord();

    /// @notice The creation code ran to its end and left no contract.
    error ContractRecordsNoCode(bytes32 codeHash);

    /**
     * @notice Deploys a contract and binds it to its record.
     * @dev Reverts with what the constructor reverts with. Takes no native money.
     * @param creationCode of the contract, constructor arguments included.
     * @param record SHA-256 of the record of how it came about.
     * @return deployed its address, as {addressOf} tells it before.
     */
    function deploy(bytes calldata creationCode, bytes32 record) external returns (address deployed);

    /**
     * @notice What a contract came about by; all zero for one that was not deployed here.
     * @return record SHA-256 of its record.
     * @return deployer who deployed it.
     * @return codeHash keccak256 of its creation code, constructor arguments included.
     */
    function recordOf(address deployed) external view returns (bytes32 record, address deployer, bytes32 codeHash);

    /**
     * @notice Where a deployment puts its contract.
     * @param deployer who deploys it.
     * @param record SHA-256 of its record.
     * @param codeHash keccak256 of its creation code, constructor arguments included.
     */
    function addressOf(address deployer, bytes32 record, bytes32 codeHash) external view returns (address);
}
