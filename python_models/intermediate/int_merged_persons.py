# Grain: one row per known person who shares a device with another, where these are merged.
"""Which known persons are one because they share devices (setting `shared_devices: merge`).

Input: the persons of merged devices in int_device_persons (person_number, first_person_number).
Output: person_number, and component_number, the smallest number of the persons that are merged.
"""

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def merged_persons(one: np.ndarray, other: np.ndarray) -> pa.Table:
    """The distinct persons of pairs, and for each the smallest one that it is merged with."""
    persons, nodes = np.unique(np.concatenate([one, other]), return_inverse=True)
    pairs = (nodes[: len(one)], nodes[len(one) :])
    graph = coo_array((np.ones(len(one)), pairs), (len(persons), len(persons)))
    _, labels = connected_components(graph, directed=False)
    _, first_nodes = np.unique(labels, return_index=True)
    return pa.table({"person_number": persons, "component_number": persons[first_nodes[labels]]})


def model(dbt, session):
    merged = dbt.ref("assisted_conversions", "int_device_persons").filter("is_merged")
    numbers = merged.select("person_number, first_person_number").fetchnumpy()
    return merged_persons(numbers["person_number"], numbers["first_person_number"])
