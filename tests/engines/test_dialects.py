"""All SQL compiles for each engine without a warehouse, and has nothing that the engine refuses.

That is all that is tested of engines that the tests cannot start: docs/engines.md. A name that a
test reports belongs to a list here only if the documentation of the engine has it.
"""

import os

import pytest
from builds import ROOT, dbt_command
from dialects import (
    Engine,
    arrays_of_nothing,
    classes_in_brackets,
    compiled,
    distinct_from,
    filtered_aggregates,
    named_windows,
    outer_joins_without_equality,
    problems,
    qualify,
    range_frames,
    rows_made_in_a_select_list,
    stars_without_columns,
    structs_in_order,
    unnested_aggregates,
    windows_without_frame,
)
from samples import ADAPTERS

WITH_ADAPTERS = {"adapters": {name: {} for name in ADAPTERS}}
ENGINES = {
    "bigquery": Engine(
        functions="""
            array array_agg array_concat array_length array_to_string concat datetime
            datetime_add datetime_diff div edit_distance ends_with farm_fingerprint format
            from_hex generate_array json_value ln logical_or parse_date regexp_contains
            regexp_extract regexp_extract_all regexp_replace rtrim safe_cast
            safe_convert_bytes_to_string safe_offset safe_ordinal sha256 split string_agg strpos
            struct timestamp_add timestamp_micros timestamp_millis timestamp_seconds
            timestamp_trunc to_hex to_json_string unix_micros unnest
        """,
        types="bignumeric datetime float64 int64 string",
        environment={"ATTRIBUTION_BIGQUERY_PROJECT": "project"},
        vars=WITH_ADAPTERS,
        refused=(
            arrays_of_nothing,
            filtered_aggregates,
            outer_joins_without_equality,
            rows_made_in_a_select_list,
            structs_in_order,
            unnested_aggregates,
        ),
    ),
    "databricks": Engine(
        functions="""
            array array_distinct array_join array_sort ascii bool_or collect_list concat concat_ws
            contains date_trunc datediff explode filter format_number from_utc_timestamp get
            get_json_object inline left levenshtein ln map median named_struct position
            regexp_extract regexp_replace right sequence sha2 size split_part struct
            timestamp_micros timestampadd to_json to_utc_timestamp transform try_cast
            try_to_timestamp url_decode unix_micros version xxhash64
        """,
        types="array double float string",
        environment={
            "ATTRIBUTION_DATABRICKS_HOST": "databricks.invalid",
            "ATTRIBUTION_DATABRICKS_HTTP_PATH": "/sql/1.0/warehouses/none",
            "ATTRIBUTION_DATABRICKS_TOKEN": "none",
            "ATTRIBUTION_DATABRICKS_CATALOG": "catalog",
        },
        refused=(classes_in_brackets,),
    ),
    # Of its extension fuzzystrmatch: levenshtein.
    "postgres": Engine(
        functions="""
            array array_agg bool_or btrim cardinality concat concat_ws convert_from convert_to
            current_setting date_trunc decode encode extract hashtextextended json_build_array
            json_build_object json_each jsonb_build_object left levenshtein ln make_interval
            octet_length percentile_cont position regexp_match regexp_matches regexp_replace sha256
            split_part string_agg strpos substring timezone to_char to_json unnest version
        """,
        types="double_precision float interval jsonb numeric text varchar",
        environment={
            "ATTRIBUTION_POSTGRES_HOST": "postgres.invalid",
            "ATTRIBUTION_POSTGRES_USER": "none",
            "ATTRIBUTION_POSTGRES_DATABASE": "database",
        },
        refused=(qualify, stars_without_columns),
    ),
    "redshift": Engine(
        functions="""
            bool_or btrim concat convert_timezone date_trunc dateadd datediff fnv_hash
            json_array_length json_extract_array_element_text json_extract_path_text
            json_serialize listagg median object percent_decoded position regexp_instr
            regexp_replace regexp_substr sha2 split_part substring to_char try_cast version
        """,
        types="double_precision float varchar",
        environment={
            "ATTRIBUTION_REDSHIFT_HOST": "redshift.invalid",
            "ATTRIBUTION_REDSHIFT_USER": "none",
            "ATTRIBUTION_REDSHIFT_PASSWORD": "none",
            "ATTRIBUTION_REDSHIFT_DATABASE": "database",
        },
        # It has no functions of lists.
        vars={"data_driven": False},
        refused=(
            distinct_from,
            filtered_aggregates,
            named_windows,
            range_frames,
            rows_made_in_a_select_list,
            stars_without_columns,
            windows_without_frame,
        ),
    ),
    "snowflake": Engine(
        functions="""
            array_agg array_append array_cat array_construct array_construct_compact
            array_distinct array_generate_range array_size array_sort array_to_string boolor_agg
            concat convert_timezone current_version date_trunc dateadd datediff editdistance
            endswith filter flatten get hash hex_decode_string hex_encode listagg ln median
            object_construct object_construct_keep_null position reduce regexp_instr regexp_like
            regexp_replace regexp_substr rtrim sha2 split split_part to_json to_timestamp_ntz
            to_varchar transform try_cast try_hex_decode_string try_parse_json try_to_date
        """,
        types="double float text varchar",
        environment={
            "ATTRIBUTION_SNOWFLAKE_ACCOUNT": "none",
            "ATTRIBUTION_SNOWFLAKE_USER": "none",
            "ATTRIBUTION_SNOWFLAKE_PASSWORD": "none",
            "ATTRIBUTION_SNOWFLAKE_WAREHOUSE": "warehouse",
            "ATTRIBUTION_SNOWFLAKE_DATABASE": "database",
        },
        vars=WITH_ADAPTERS,
        refused=(named_windows, rows_made_in_a_select_list),
    ),
    "spark": Engine(
        functions="""
            add_months array array_distinct array_join array_sort ascii assert_true collect_list
            concat concat_ws contains date date_add date_trunc datediff explode filter format_number
            from_utc_timestamp get get_json_object inline left levenshtein ln map median min_by
            named_struct nvl2 position regexp_extract regexp_replace right sequence sha2 size
            split_part struct timestamp_micros to_json to_utc_timestamp transform try_cast
            try_to_timestamp url_decode unix_micros version xxhash64
        """,
        types="array double float string",
        vars=WITH_ADAPTERS,
        refused=(classes_in_brackets,),
    ),
    "trino": Engine(
        functions="""
            array_agg array_distinct array_join array_sort bool_or cardinality chr concat
            concat_ws date_add date_parse date_trunc element_at filter format from_big_endian_64
            from_unixtime_nanos json_extract_scalar json_format levenshtein_distance ln position
            reduce regexp_extract regexp_like regexp_replace row sequence sha256 split_part
            strpos to_hex to_milliseconds to_unixtime to_utf8 transform try try_cast unnest
            url_decode version with_timezone xxhash64
        """,
        types="array double json row varchar",
        environment={
            "ATTRIBUTION_TRINO_HOST": "trino.invalid",
            "ATTRIBUTION_TRINO_USER": "none",
            "ATTRIBUTION_TRINO_CATALOG": "catalog",
        },
        refused=(
            classes_in_brackets,
            qualify,
            rows_made_in_a_select_list,
            stars_without_columns,
        ),
    ),
}


@pytest.mark.parametrize("name", ENGINES)
def test_all_sql_compiles_and_is_sql_of_the_engine(name, tmp_path):
    texts = compiled(ENGINES[name], name, tmp_path)
    assert len([path for path in texts if path.startswith("models/")]) > 120
    assert len([path for path in texts if path.startswith("tests/")]) > 50
    folders = {path.split("/")[2] for path in texts if path.startswith("models/sources/")}
    assert folders >= set(ENGINES[name].vars.get("adapters", {}))
    found = {path: problems(ENGINES[name], name, sql) for path, sql in texts.items()}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("name", "sql", "problem"),
    [
        ("bigquery", "select (a from b", "is not read by sqlglot"),
        ("bigquery", "select left_pad(a) from b", "unknown function left_pad"),
        ("bigquery", "select cast(a as double) from b", "unknown type double"),
        ("bigquery", "select a % 2 from b", "The sign % is no operator"),
        ("bigquery", "select unnest(a) as c from b", "An array is made rows of in FROM only"),
        ("bigquery", "select max(struct(a as c)) from b", "Structs have no order"),
        (
            "bigquery",
            "select (select max(c) from unnest(array_agg(a)) as c) from b",
            "UNNEST takes no aggregate",
        ),
        (
            "bigquery",
            "select array_concat(coalesce(null, []), a) from b",
            "What is in `coalesce(null, [])` has no type",
        ),
        (
            "bigquery",
            "select a from b left join c on b.d is not distinct from c.d and c.e = 1",
            "An outer join needs columns of both sides",
        ),
        ("trino", "select left(a, 2) from b", "unknown function left"),
        ("trino", "select * except (a) from b", "No columns can be left out"),
        (
            "redshift",
            "select sum(a) over (order by c) from b",
            "An aggregate over an ordered window",
        ),
        (
            "redshift",
            "select a from b where a is not distinct from c",
            "IS DISTINCT FROM is unknown",
        ),
        ("redshift", "select sum(a) filter (where c) from b", "no clause FILTER"),
        (
            "redshift",
            "select sum(a) over w from b window w as (order by c)",
            "There is no clause WINDOW",
        ),
        (
            "redshift",
            "select sum(a) over (order by c range between 2 preceding and current row) from b",
            "A frame counts rows only",
        ),
    ],
)
def test_what_an_engine_refuses_is_found(name, sql, problem):
    assert any(problem in found for found in problems(ENGINES[name], name, sql))


@pytest.mark.parametrize("name", ENGINES)
def test_what_an_engine_takes_is_no_problem(name):
    sql = "select sum(a) as b, cast(max(c) as bigint) as d from e where f in (select g from h)"
    assert problems(ENGINES[name], name, sql) == []


@pytest.mark.parametrize("name", [name for name in ENGINES if ENGINES[name].environment])
def test_a_missing_variable_is_one_clear_line(name, tmp_path):
    """Of the target that is used alone: DuckDB asks for none of them."""
    missing, *_ = ENGINES[name].environment
    environment = (
        os.environ
        | ENGINES[name].environment
        | {
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_TARGET_PATH": str(tmp_path),
            "DBT_LOG_PATH": str(tmp_path),
        }
    )
    del environment[missing]
    done = dbt_command("parse", "--target", name, cwd=ROOT, env=environment)
    assert done.returncode == 2
    assert f"Env var required but not provided: '{missing}'" in done.stdout
