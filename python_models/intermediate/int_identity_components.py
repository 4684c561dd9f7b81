# Grain: one row per identity key that is linked to another.
"""Connected components of the identity graph: which strong keys are one known person, and which
visitor keys one device. Links never join the two kinds.

Input: the links of int_identity_pairs, their keys as 64-bit numbers (left_number, right_number),
and whether more than an order links them (is_of_row).
Output: key_number, and component_number, the smallest key_number of the component;
row_component_number is the same without the links of orders. 10 million links take seconds.
"""

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def key_components(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys of links, and for each the smallest key of its component."""
    keys, nodes = np.unique(np.concatenate([left, right]), return_inverse=True)
    edges = (nodes[: len(left)], nodes[len(left) :])
    graph = coo_array((np.ones(len(left)), edges), (len(keys), len(keys)))
    _, labels = connected_components(graph, directed=False)
    _, first_nodes = np.unique(labels, return_index=True)
    return keys, keys[first_nodes[labels]]


def model(dbt, session):
    pairs = dbt.ref("assisted_conversions", "int_identity_pairs").filter("is_link")
    links = pairs.select("left_number, right_number, is_of_row").fetchnumpy()
    left, right = links["left_number"], links["right_number"]
    keys, components = key_components(left, right)
    # A key that only orders link is a component of its own.
    row_components, is_of_row = keys.copy(), links["is_of_row"].astype(bool)
    row_keys, components_of_rows = key_components(left[is_of_row], right[is_of_row])
    row_components[np.searchsorted(keys, row_keys)] = components_of_rows
    return pa.table(
        {
            "key_number": keys,
            "component_number": components,
            "row_component_number": row_components,
        }
    )
