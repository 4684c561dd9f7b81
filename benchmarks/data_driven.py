"""Time of the data-driven models, from touches to reports, compared with ChannelAttribution.

Makes journeys, then runs the project's own models on them: the compiled SQL in its order, the
Python models' functions in between, all in this process. ChannelAttribution (optional, see
requirements-optional.in) gets the same touches in the same run: path texts, as pandas makes them
and as DuckDB does, then its heuristics and its simulated Markov model.

It covers a part of what the models here do: no rule model beyond three, no Shapley, no removal of
sets, no campaigns, no intervals. The credits of single touches by rule models, which it does not
have at all, are listed separately: fct_conversion_touches and the models that lead to it.

Not yet adapted to version 0.2: it still makes the tables int_path_touches and int_journey_touches,
which no model reads any more.

Each time is given twice: by the clock, which other work on the machine lengthens, and in seconds of
processor over all threads.

Usage: .venv/bin/python benchmarks/data_driven.py [--journeys 1000000] [--channels 15]
"""

import argparse
import contextlib
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
TARGETS = [
    "rpt_model_comparison",
    "rpt_channel_differences",
    "rpt_channel_removal",
    "fct_data_driven_credits",
    "int_shapley_positions",
    "fct_attribution_credits",
]
RULE_MODELS = ["int_path_milestones", "int_touch_weights", "fct_conversion_touches"]
SEED = 11
MEAN_LENGTH = 3.3
CONVERTING_SHARE = 0.1


def made_touches(journeys, channels):
    """Touches of journeys by a Markov chain with favourite channels and favourite next ones."""
    random = np.random.default_rng(SEED)
    popularity = random.dirichlet(np.full(channels, 0.8))
    following = np.cumsum(random.dirichlet(4 * popularity + 0.05, channels), axis=1)
    lengths = np.minimum(random.geometric(1 / MEAN_LENGTH, journeys), 60)
    current = random.choice(channels, journeys, p=popularity)
    rows = []
    for position in range(1, lengths.max() + 1):
        alive = np.flatnonzero(lengths >= position)
        if position > 1:
            draws = random.random(len(alive))[:, None]
            current[alive] = (draws > following[current[alive]]).sum(axis=1).clip(max=channels - 1)
        rows.append(pd.DataFrame({"journey": alive, "position": position, "id": current[alive]}))
    touches = pd.concat(rows)
    strength = random.uniform(0.02, 2 * CONVERTING_SHARE, channels)
    converts = random.random(journeys) < strength[current]
    values = np.where(converts, random.lognormal(4, 1, journeys).round(2), 0)
    return touches, pd.DataFrame({"journey": np.arange(journeys), "converts": converts,
                                  "value": values})  # fmt: skip


def write_given(connection, touches, journeys):
    """The tables that the models start from, as the project has them."""
    connection.register("made_touches", touches)
    connection.register("made_journeys", journeys)
    connection.execute(
        """
        create schema seeds;
        create schema intermediate;
        create schema marts;
        create schema reports;
        create table seeds.conversion_types as
        select 'purchase' as conversion_type, 'macro' as conversion_class, 90 as lookback_days;
        create table intermediate.int_conversion_groups as
        select
            unnest(['purchase', '(all macro)']) as conversion_group,
            'purchase' as conversion_type;
        create table intermediate.int_journey_groups as
        select
            '(all macro)' as conversion_group,
            'purchase' as conversion_type,
            90 as lookback_days;
        create table intermediate.int_conversion_stages (
            conversion_key varchar, lead_entered_at timestamp, opportunity_entered_at timestamp
        );
        create table intermediate.int_conversions as
        select
            'web:' || journey as conversion_key,
            'purchase' as conversion_type,
            'macro' as conversion_class,
            cast(value as decimal(18, 4)) as conversion_value,
            timestamp '2026-06-01' as converted_at,
            date '2026-06-01' as conversion_date
        from made_journeys
        where converts;
        create table touches as
        select
            touches.journey,
            touches.position,
            journeys.converts,
            'Channel ' || touches.id as channel,
            'campaign ' || (touches.journey % 5) as campaign,
            'session:' || touches.journey || '-' || touches.position as touchpoint_id,
            timestamp '2026-06-01' - to_hours(61 - touches.position) as touched_at
        from made_touches as touches
        inner join made_journeys as journeys
            on touches.journey = journeys.journey;
        create table intermediate.int_path_touches as
        select
            'web:' || journey as conversion_key,
            'purchase' as conversion_type,
            timestamp '2026-06-01' as converted_at,
            touchpoint_id,
            'visitor:' || journey as person_id,
            'session' as touch_type,
            channel,
            'mid' as funnel_stage,
            channel as source,
            'cpc' as medium,
            campaign,
            null::varchar as content,
            null::varchar as term,
            null::varchar as landing_page,
            'utm' as traffic_evidence,
            null::varchar as device_type,
            null::varchar as country,
            false as is_view,
            true as is_engaged,
            false as is_direct,
            touched_at,
            touched_at as ended_at,
            position as touch_position,
            count(*) over (partition by journey) as path_length
        from touches
        where converts;
        create table marts.fct_assisted_conversions as
        select
            conversion_key,
            conversion_type,
            channel,
            count(*) as touch_count
        from intermediate.int_path_touches
        group by all;
        create table marts.fct_conversions as
        select
            conversions.*,
            true as is_attributed,
            channel_count
        from intermediate.int_conversions as conversions
        inner join (
            select conversion_key, count(*) as channel_count
            from marts.fct_assisted_conversions
            group by conversion_key
        ) as paths using (conversion_key);
        create table marts.fct_channel_performance_daily as
        select 'purchase' as conversion_type, 'any' as channel;
        create table intermediate.int_journey_touches as
        select
            '(all macro)' as conversion_group,
            'visitor:' || journey as person_id,
            1 as journey_number,
            channel,
            campaign,
            touched_at,
            position as touch_position,
            count(*) over (partition by journey) as path_length
        from touches
        where not converts;
        """
    )


def compiled_models(folder, database):
    """The project's compiled models that lead from the given tables to the targets, in order."""
    dbt = Path(sys.executable).parent / "dbt"
    selection = " ".join(f"+{target}" for target in TARGETS)
    subprocess.run(
        [dbt, "--quiet", "compile", "--project-dir", ROOT, "--profiles-dir", ROOT, "--select",
         *selection.split(), "--target-path", folder / "target", "--log-path", folder / "logs"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"ATTRIBUTION_DB": str(database), "ATTRIBUTION_TEMP_DIR": str(folder)},
    )  # fmt: skip
    manifest = json.loads((folder / "target" / "manifest.json").read_text())
    return {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }


def ordered(models, given):
    """Names of the models still to be made, each after those that it reads."""
    order = []

    def visit(name):
        if name in given or name in order or name not in models:
            return
        for parent in models[name]["depends_on"]["nodes"]:
            visit(parent.rsplit(".", 1)[1])
        order.append(name)

    for target in TARGETS:
        visit(target)
    return order


def python_functions(node):
    specification = importlib.util.spec_from_file_location(
        node["name"], ROOT / node["original_file_path"]
    )
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class Session:
    """What a Python model asks dbt for: its inputs as relations."""

    def __init__(self, connection, models):
        self.connection, self.models = connection, models
        self.config = lambda **_: None

    def ref(self, package, name):
        node = self.models[name]
        return self.connection.table(f"{node['schema']}.{node['alias']}")


def clocks():
    """Now, by the clock and in seconds of processor: their differences are what something took."""
    return np.array([time.perf_counter(), time.process_time()])


def run_models(connection, models, order):
    """Seconds of each model, and of those the seconds spent in Python."""
    seconds, in_python = {}, {}
    session = Session(connection, models)
    modules = {
        name: python_functions(models[name])
        for name in order
        if models[name]["language"] == "python"
    }
    for name in order:
        node = models[name]
        relation = f"{node['schema']}.{node['alias']}"
        start = clocks()
        if name in modules:
            made = modules[name].model(session, connection)
            in_python[name] = clocks() - start
            connection.register("made", made)
            connection.execute(f"create table {relation} as select * from made")
        else:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            connection.execute(f"create {kind} {relation} as {node['compiled_code']}")
        seconds[name] = clocks() - start
    return seconds, in_python


def run_channel_attribution(connection):
    """Seconds of each step of the other package, and its Markov credits; None without it."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import ChannelAttribution
    except ImportError as error:
        print(f"ChannelAttribution is left out: {error} (requirements-optional.in)")
        return None
    seconds = {}
    touches = connection.sql("select journey, position, channel from touches").df()
    start = clocks()
    touches.sort_values(["journey", "position"]).groupby("journey")["channel"].agg(" > ".join)
    seconds["path text by pandas"] = clocks() - start
    start = clocks()
    paths = connection.sql(
        """
        with paths as (
            select journey, string_agg(channel, ' > ' order by position) as path
            from touches
            group by journey
        )
        select
            path,
            cast(converts as integer) as conversions,
            value,
            1 - cast(converts as integer) as nulls
        from paths
        inner join made_journeys using (journey)
        """
    ).df()
    seconds["path text by DuckDB"] = clocks() - start
    options = {"var_value": "value", "sep": ">", "flg_pro": False}
    start = clocks()
    ChannelAttribution.heuristic_models(paths, "path", "conversions", **options)
    seconds["heuristics"] = clocks() - start
    start = clocks()
    found = ChannelAttribution.markov_model(
        paths, "path", "conversions", var_null="nulls", out_more=True, verbose=False, **options
    )
    seconds["Markov, simulated"] = clocks() - start
    credits = found["result"].set_index("channel_name")["total_conversions"]
    return seconds, credits


def algebra_seconds(connection, models):
    """The linear algebra of the channel chain and all its removal scenarios, best of three."""
    module = python_functions(models["int_markov_statistics"])
    edges, scenarios = (
        connection.table(f"intermediate.{name}").filter("level = 'channel'").df()
        for name in ("int_markov_transitions", "int_removal_scenarios")
    )
    chain = module.build_chain(
        *(edges[c] for c in ["from_state", "to_state", "transitions"]),
        *(edges[c] for c in ["value_sum", "value_square_sum"]),
    )
    batches = [
        (np.searchsorted(chain.states, members), shares)
        for _, _, members, shares in module.batches(chain, scenarios)
    ]

    def solve():
        fundamental, outcome = module.solve_dense(chain)
        module.check_invariant(chain, outcome)
        for states, shares in batches:
            module.cut_dense(chain, fundamental, outcome, states, shares)

    times = []
    for _ in range(3):
        start = time.perf_counter()
        solve()
        times.append(time.perf_counter() - start)
    return min(times)


def show(name, spent):
    print(f"  {name:36} {spent[0]:7.2f} s {spent[1]:8.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--journeys", type=int, default=1_000_000)
    parser.add_argument("--channels", type=int, default=15)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="data_driven_") as scratch:
        folder = Path(scratch)
        database = folder / "attribution.duckdb"
        models = compiled_models(folder, database)
        connection = duckdb.connect(str(database))
        connection.execute(f"set threads = {options.threads}; set preserve_insertion_order = false")
        connection.execute("set TimeZone = 'UTC'; set checkpoint_threshold = '1GB'")
        write_given(connection, *made_touches(options.journeys, options.channels))
        given = {
            row[0] for row in connection.sql("select table_name from duckdb_tables()").fetchall()
        }
        given |= {name for name in models if name.startswith("int_changed_")}
        touches = connection.table("touches").count("*").fetchall()[0][0]
        print(f"{options.journeys:,} journeys, {touches:,} touches, {options.channels} channels")

        order = ordered(models, given)
        seconds, in_python = run_models(connection, models, order)
        other = run_channel_attribution(connection)
        algebra = algebra_seconds(connection, models)

        ours = sum(seconds.values())
        rules = sum(seconds[name] for name in RULE_MODELS if name in seconds)
        print(f"{'':38} {'clock':>8} {'processor':>10}")
        for name, spent in seconds.items():
            show(name, spent)
        show("all of it", ours)
        show("of it in Python", sum(in_python.values()))
        show("of it touch credits by rule models", rules)
        print(f"  Markov algebra alone: {algebra:.5f} s, {algebra / ours[0]:.2%} of all")
        if other:
            theirs, credits = other
            for name, spent in theirs.items():
                show(f"ChannelAttribution: {name}", spent)
            for way, other_way in (("pandas", "DuckDB"), ("DuckDB", "pandas")):
                total = sum(theirs.values()) - theirs[f"path text by {other_way}"]
                show(f"all of it, texts by {way}", total)
                for part, divisor in (("all", ours), ("all but touch credits", ours - rules)):
                    factors = total / divisor
                    print(f"    times {part}: {factors[0]:.1f} by the clock, {factors[1]:.1f} "
                          "in processor time")  # fmt: skip
            exact = connection.sql(
                """
                select channel, credit from reports.rpt_model_comparison
                where conversion_group = '(all macro)' and attribution_model = 'markov'
                """
            ).df().set_index("channel")["credit"]  # fmt: skip
            gap = (credits / exact[credits.index] - 1).abs().max()
            print(f"  its simulated Markov credits are off by up to {gap:.1%}")


if __name__ == "__main__":
    main()
