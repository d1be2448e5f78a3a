// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title ERC-8004 identity registry: who a service is
 * @notice Every agent is an ERC-721 token whose URI leads to its registration file. The token's owner runs the agent; the
 * agent's wallet is the account that the agent is paid at.
 * @dev Follows the text of ERC-8004, https://eips.ethereum.org/EIPS/eip-8004, of January 2026: signed values with
 * decimals, the reserved key `agentWallet`, `unsetAgentWallet`. The typed data of {setAgentWallet} are those of the
 * reference deployment (domain "ERC8004IdentityRegistry", "1"). Agents are counted from 1. The contract has no owner and
 * is not upgradeable, so the address of the register is fixed and there is no initializer.
 *
 * Services of this project link to their asset by the metadata key `assay.service`, whose value is the asset's id in
 * 32 bytes. Anyone can claim such a link: it is good if the asset's owner owns the agent as well.
 */
interface IIdentityRegistry {
    /// @notice A fact about an agent that is kept on chain.
    struct MetadataEntry {
        string metadataKey;
        bytes metadataValue;
    }

    /// @notice An agent was registered.
    event Registered(uint256 indexed agentId, string agentURI, address indexed owner);

    /// @notice A fact about an agent changed.
    event MetadataSet(
        uint256 indexed agentId, string indexed indexedMetadataKey, string metadataKey, bytes metadataValue
    );

    /// @notice The registration file is somewhere else.
    event URIUpdated(uint256 indexed agentId, string newURI, address indexed updatedBy);

    /// @notice Only the agent's owner, and whom the owner approved, can do this.
    error IdentityRegistryNotAuthorized(uint256 agentId, address caller);

    /// @notice The key `agentWallet` is set by {setAgentWallet} only.
    error IdentityRegistryReservedKey(string metadataKey);

    /// @notice The wallet's signature was good until `deadline`, in seconds since 1970.
    error IdentityRegistryExpired(uint256 deadline);

    /// @notice A wallet's signature may be good for five minutes from now at most.
    error IdentityRegistryDeadlineTooFar(uint256 deadline, uint256 latest);

    /// @notice The signature is not one of the wallet.
    error IdentityRegistryInvalidSignature(uint256 agentId, address newWallet);

    /// @notice Registers an agent of the caller, whose wallet is the caller.
    function register(string calldata agentURI, MetadataEntry[] calldata metadata) external returns (uint256 agentId);

    /// @notice {register} without metadata.
    function register(string calldata agentURI) external returns (uint256 agentId);

    /// @notice {register} without a URI, which {setAgentURI} gives later.
    function register() external returns (uint256 agentId);

    /// @notice Says where the agent's registration file is.
    function setAgentURI(uint256 agentId, string calldata newURI) external;

    /// @notice Keeps a fact about the agent; any key but `agentWallet`.
    function setMetadata(uint256 agentId, string calldata metadataKey, bytes calldata metadataValue) external;

    /// @notice A fact about the agent; empty if there is none.
    function getMetadata(uint256 agentId, string calldata metadataKey) external view returns (bytes memory);

    /**
     * @notice Changes the account that the agent is paid at, with that account's consent.
     * @param signature of `newWallet` (ECDSA or ERC-1271) over
     * `AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)`.
     */
    function setAgentWallet(uint256 agentId, address newWallet, uint256 deadline, bytes calldata signature) external;

    /// @notice Leaves the agent without a wallet.
    function unsetAgentWallet(uint256 agentId) external;

    /// @notice The account that the agent is paid at; zero since it was unset or the agent changed hands.
    function getAgentWallet(uint256 agentId) external view returns (address);

    /// @notice Whether `spender` acts for the agent: as its owner or by the owner's approval. Reverts without an agent.
    function isAuthorizedOrOwner(address spender, uint256 agentId) external view returns (bool);

    /// @notice How many agents there are; the number of the latest.
    function agentCount() external view returns (uint256);
}
