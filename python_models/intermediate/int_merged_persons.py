# Grain: one row per known person who shares a device with another, where these are merged.
"""Which known persons are one because they share devices (setting `shared_devices: merge`).

Input: the persons of merged devices in int_device_persons (person_number, first_person_number).
Output: person_number, and component_number, which the persons that are merged share.
"""

import numpy as np
import pyarrow as pa


def smallest_node_of_component(node_count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each node the smallest node that it is connected with, as in int_identity_components.

    dbt loads each Python model alone, so they can't share a function.
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


def key_components(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct persons of the edges, and for each the smallest one of its component."""
    keys, nodes = np.unique(np.concatenate([left, right]), return_inverse=True)
    return keys, keys[smallest_node_of_component(len(keys), nodes[: len(left)], nodes[len(left) :])]


def model(dbt, session):
    dbt.config(materialized="table")
    merged = dbt.ref("assisted_conversions", "int_device_persons").filter("is_merged")
    numbers = merged.select("person_number, first_person_number").fetchnumpy()
    keys, components = key_components(numbers["person_number"], numbers["first_person_number"])
    return pa.table({"person_number": keys, "component_number": components})
