"""Components of the identity graph, against a plain search."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

KEYS = [0, 1, 2, 3, 2**63, 2**64 - 2, 2**64 - 1]
LINKS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)))


def smallest_keys(links):
    """For each key of the links the smallest key that can be reached from it."""
    neighbours = {}
    for left, right in links:
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    smallest = {}
    for key in sorted(neighbours):
        reached = [key] if key not in smallest else []
        for other in reached:
            if other not in smallest:
                smallest[other] = key
                reached.extend(neighbours[other])
    return smallest


@given(links=LINKS)
@settings(deadline=None)
def test_keys_of_one_component_share_its_smallest_key(components, links):
    left, right = np.array(links, dtype=np.uint64).reshape(-1, 2).T
    keys, numbers = components.key_components(left, right)
    assert dict(zip(keys.tolist(), numbers.tolist(), strict=True)) == smallest_keys(links)


@given(links=LINKS)
@settings(deadline=None)
def test_persons_who_are_merged_share_the_smallest_number(merged_persons, links):
    one, other = np.array(links, dtype=np.uint64).reshape(-1, 2).T
    merged = merged_persons.merged_persons(one, other).to_pydict()
    found = zip(merged["person_number"], merged["component_number"], strict=True)
    assert dict(found) == smallest_keys(links)


def test_a_link_that_comes_300_times_counts_as_one(components):
    left, right = np.array([[1, 2]] * 300, dtype=np.uint64).T
    assert components.key_components(left, right)[1].tolist() == [1, 1]


def test_a_long_chain_is_one_component(components):
    keys = np.random.default_rng(1).permutation(np.arange(100_000, dtype=np.uint64))
    assert not components.key_components(keys[:-1], keys[1:])[1].any()
