# Grain: one row per identity node.
"""Connected components of the identity graph: which keys are one person.

Input: int_identity_nodes (node_number 0..n-1, in the keys' own order) and int_identity_edges
(left_node, right_node). Output: node_number, and component_node, the smallest node of its
component. 10 million edges take seconds.
"""

import numpy as np
import pyarrow as pa


def smallest_node_of_component(node_count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each node 0..node_count-1, the smallest node that it is connected with.

    `left` and `right` are the edges' ends, in any order, repeated or not. Of the two components
    that an edge joins, the one of the larger node becomes part of the other, all edges at a time.
    A component that outlasts two rounds has taken in another, so rounds are few: 2 log2(nodes).
    """
    smallest = np.arange(node_count, dtype=np.int64)
    while len(left):
        left, right = smallest[left], smallest[right]
        is_open = left != right
        left, right = left[is_open], right[is_open]
        np.minimum.at(smallest, np.maximum(left, right), np.minimum(left, right))
        while (smallest != (further := smallest[smallest])).any():
            smallest = further
    return smallest


def model(dbt, session):
    dbt.config(materialized="table")
    nodes = dbt.ref("int_identity_nodes").aggregate("count(*)").fetchall()[0][0]
    edges = dbt.ref("int_identity_edges").select("left_node, right_node").fetchnumpy()
    components = smallest_node_of_component(nodes, edges["left_node"], edges["right_node"])
    return pa.table({"node_number": np.arange(nodes), "component_node": components})
