"""Components of the identity graph: those that scipy finds."""

import ast
import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def smallest_nodes(nodes, left, right):
    """For each node the smallest of its component, by scipy."""
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
    assert found.tolist() == smallest_nodes(nodes, *ends).tolist()


@given(
    links=st.lists(
        st.tuples(*[st.sampled_from([0, 1, 2, 3, 2**63, 2**64 - 2, 2**64 - 1])] * 2), min_size=1
    )
)
@settings(deadline=None)
def test_keys_of_one_component_share_its_smallest_key(components, links):
    left, right = np.array(links, dtype=np.uint64).T
    keys, numbers = components.key_components(left, right)
    assert keys.tolist() == sorted({key for link in links for key in link})
    node_of = {key: node for node, key in enumerate(keys.tolist())}
    expected = smallest_nodes(len(keys), *([node_of[key] for key in ends] for ends in zip(*links)))
    assert numbers.tolist() == keys[expected].tolist()


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


def test_no_links_give_no_keys(components):
    none = np.empty(0, dtype=np.uint64)
    keys, numbers = components.key_components(none, none)
    assert len(keys) == len(numbers) == 0


def test_merged_persons_are_joined_as_keys_are(components, merged_persons):
    """The two Python models can't share a function."""
    names = ("smallest_node_of_component", "key_components")
    assert [code_of(components, name) for name in names] == [
        code_of(merged_persons, name) for name in names
    ]


def code_of(module, name):
    """The code of a function, without its docstring."""
    (function,) = ast.parse(inspect.getsource(getattr(module, name))).body
    return ast.dump(ast.Module(function.body[1:], []))
