"""The project's own SQL, run on made facts: what is measured are the published figures."""

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ["marts", "intermediate", "reports"]

# In the order in which they are run; what else they read is made below.
MODELS = [
    "int_group_totals", "int_credit_statistics", "int_touch_model_groups", "int_model_statistics",
    "rpt_model_comparison", "rpt_channel_differences", "int_repeat_conversions",
    "int_channel_repeats", "rpt_channel_assists",
]  # fmt: skip


@cache
def compiled():
    """The SQL of models, as dbt compiles it for a database in memory."""
    with tempfile.TemporaryDirectory(prefix="dbt_") as scratch:
        subprocess.run(
            [
                Path(sys.executable).parent / "dbt", "--quiet", "compile", "--select", *MODELS,
                "--project-dir", ROOT, "--profiles-dir", ROOT,
                "--target-path", scratch, "--log-path", scratch,
            ],
            cwd=ROOT,
            env=os.environ
            | {"ATTRIBUTION_DB": ":memory:", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
            check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        found = {path.stem: path for path in Path(scratch).glob("compiled/**/*.sql")}
        return {model: found[model].read_text() for model in MODELS}


def credit_columns(rule_models):
    """Credits of rule models; those that need more than positions are taken as linear."""
    known = {
        "first_touch": "if(position = 1, 1, 0)",
        "last_touch": "if(position = length, 1, 0)",
        "position_based": """case when length = 1 then 1 when length = 2 then 0.5
            when position in (1, length) then 0.4 else 0.2 / (length - 2) end""",
    }
    return "".join(
        f", cast({known.get(model, '1.0 / length')} as double) as credit_{model}"
        for model in rule_models
    )


def run(touches, sql):
    """A database with the models, made from touches; each world is a conversion type."""
    connection = duckdb.connect()
    for schema in SCHEMAS:
        connection.execute(f"create schema {schema}")
    rule_models = sorted(set(re.findall(r"sum\(credit_(\w+)\) as", "".join(sql.values()))))
    connection.execute(
        f"""
        create table made as select
            'world ' || world as conversion_type, 'person ' || person as person_id,
            'conversion ' || conversion as conversion_key, position, length, channel, value,
            position < length as is_assist, position = length as is_last, position = 1 as is_first
        from touches;
        create table marts.fct_conversion_touches as
            select *, is_last as is_last_touch {credit_columns(rule_models)} from made;
        create table marts.fct_conversions as select
            conversion_type, person_id, conversion_key, any_value(value)::decimal(18, 4)
                as conversion_value, any_value(length) as path_length,
            count(distinct channel) as channel_count, any_value(length) > 1 as is_assisted,
            true as is_attributed, date '2026-01-01' as conversion_date
        from made group by all;
        create table intermediate.int_conversions as from marts.fct_conversions;
        create table intermediate.int_conversion_groups as
            select distinct conversion_type as conversion_group, conversion_type from made;
        create table intermediate.int_journey_groups as
            from intermediate.int_conversion_groups limit 0;
        create table marts.fct_assisted_conversions as select
            conversion_type, person_id, conversion_key, channel, bool_or(is_assist) as is_assist,
            bool_or(is_last) as is_last, bool_or(is_first) as is_first,
            bool_and(length = 1) as is_sole, any_value(value) as value
        from made group by all;
        create table marts.fct_channel_performance_daily as select
            conversion_type, channel, count(*) as conversions,
            count(*) filter (is_assist) as assisted_conversions,
            count(*) filter (is_assist and not is_last) as assist_only_conversions,
            count(*) filter (is_last) as last_conversions,
            count(*) filter (is_first) as first_conversions,
            count(*) filter (is_sole) as sole_conversions,
            count(*) filter (is_first and not is_sole) as introduced_conversions,
            count(*) filter (not is_first and not is_last) as nurtured_conversions,
            0.0 as assisted_value, 0.0 as last_value, 0.0 as first_value
        from marts.fct_assisted_conversions group by all;
        create table intermediate.int_data_cautions (conversion_group varchar, data_flag varchar);
        create table marts.fct_ad_spend_daily (channel varchar, cost decimal(28, 4));
        create table intermediate.int_credited_values (
            conversion_group varchar, attribution_model varchar, channel varchar,
            credited_value decimal(28, 4)
        );
        -- The weights of the data-driven models are taken as given.
        create table intermediate.int_data_driven_weights as select distinct
            conversion_type, channel, 1.0 as weight_shapley_touch,
            null::double as weight_markov_touch
        from made;
        create table intermediate.int_shapley_statistics as select
            '' as conversion_group, '' as attribution_model, '' as channel, '' as other_channel,
            0.0 as credit, 0.0 as credited_value, 0.0 as credit_covariance,
            0.0 as value_covariance, 0.0 as credit_total_covariance,
            0.0 as value_total_covariance limit 0;
        create table intermediate.int_markov_statistics as
            select *, channel as name, other_channel as other_name
            from intermediate.int_shapley_statistics
        """
    )
    schemas = {"int": "intermediate", "rpt": "reports"}
    for model, query in sql.items():
        connection.execute(f"create table {schemas[model[:3]]}.{model} as {query}")
    return connection
