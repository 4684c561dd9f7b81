# Grain: one row per identity node.
"""Connected components of the identity graph: which keys are one person.

Input: int_identity_nodes (node_number 0..n-1, in the keys' own order) and int_identity_edges
(left_node, right_node). Output: node_number, and component_node, the smallest node of its
component. Linear in nodes and edges; 10 million edges take seconds.
"""

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def smallest_node_of_component(node_count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each node 0..node_count-1, the smallest node that it is connected with.

    `left` and `right` are the edges' ends, in any order, repeated or not.
    """
    if node_count == 0:
        return np.empty(0, dtype=np.int64)
    edges = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), (node_count, node_count))
    _, labels = connected_components(edges, directed=False)
    # The first node with a label is the smallest, because nodes are looked at in order.
    _, first_nodes = np.unique(labels, return_index=True)
    return first_nodes[labels].astype(np.int64)


def model(dbt, session):
    dbt.config(materialized="table")
    nodes = dbt.ref("int_identity_nodes").aggregate("count(*)").fetchall()[0][0]
    edges = dbt.ref("int_identity_edges").select("left_node, right_node").fetchnumpy()
    components = smallest_node_of_component(nodes, edges["left_node"], edges["right_node"])
    return pa.table({"node_number": np.arange(nodes), "component_node": components})
