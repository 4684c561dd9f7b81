"""Components of the identity graph: those that scipy finds, each by its smallest node."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def due(nodes, left, right):
    edges = coo_array((np.ones(len(left)), (left, right)), (nodes, nodes))
    _, labels = connected_components(edges, directed=False)
    _, first_nodes = np.unique(labels, return_index=True)
    return first_nodes[labels]


@given(
    nodes=st.integers(1, 400),
    edges_per_node=st.sampled_from([0, 0.3, 0.5, 1, 3]),
    seed=st.integers(0, 10_000),
)
@settings(deadline=None)
def test_components_are_those_of_scipy(components, nodes, edges_per_node, seed):
    ends = np.random.default_rng(seed).integers(0, nodes, (2, int(nodes * edges_per_node)))
    found = components.smallest_node_of_component(nodes, *ends)
    assert found.tolist() == due(nodes, *ends).tolist()


@pytest.mark.parametrize("is_shuffled", [False, True])
def test_a_long_chain_is_one_component(components, is_shuffled):
    nodes = np.arange(100_000)
    if is_shuffled:
        nodes = np.random.default_rng(1).permutation(nodes)
    assert not components.smallest_node_of_component(len(nodes), nodes[:-1], nodes[1:]).any()


def test_no_nodes_give_no_components(components):
    none = np.empty(0, dtype=np.int64)
    found = components.smallest_node_of_component(0, none, none)
    assert found.dtype == np.int64
    assert len(found) == 0
