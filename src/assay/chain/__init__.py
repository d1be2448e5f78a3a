"""Any EVM chain: nodes, accounts, transactions, contract bindings, the local node, deployment."""
