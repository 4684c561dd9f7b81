"""What the report shows, read from the tables of a build.

What adds up over dates is summed by month from the daily facts, so that the page can add up the
months that its reader chooses. Everything else is read from the reports as it stands there.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

ROOT = Path(__file__).resolve().parents[2]
EARLIER = "earlier"
OTHER_CHANNELS = "(other channels)"
NOT_CHANNELS = ("(total)", "(unattributed)", "(baseline)")
RULE_MODELS = [
    "first_touch", "last_touch", "first_paid_touch", "last_paid_touch", "last_non_direct", "linear",
    "position_based", "j_shaped", "inverse_j", "time_decay", "w_shaped", "full_path",
]  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How much of long lists the page holds: it stays small, the tables hold the rest."""

    months: int = 36
    rows: int = 60
    channels: int = 12
    weeks: int = 105

    def halved(self):
        return Limits(*(max(size // 2, 4) for size in vars(self).values()))


class Missing(Exception):
    """A table that a section reads and that the database doesn't have."""


class Build:
    """The tables of one build, opened for reading."""

    def __init__(self, db_path, schema_prefix=None):
        self.connection = duckdb.connect(str(db_path), read_only=True)
        self.connection.execute("set TimeZone = 'UTC'")
        self.tables = {
            (schema, name)
            for schema, name in self.connection.execute(
                "select table_schema, table_name from information_schema.tables"
                " where table_catalog = current_database()"
            ).fetchall()
        }
        prefixes = {
            schema.removesuffix("marts")
            for schema, name in self.tables
            if name == "fct_conversions" and schema.endswith("marts")
        }
        wanted = (
            prefixes if schema_prefix is None else prefixes & {schema_prefix, schema_prefix + "_"}
        )
        if len(wanted) != 1:
            found = ", ".join(sorted(prefix + "marts" for prefix in prefixes)) or "none"
            raise SystemExit(
                f"{db_path} must have one schema of marts to report on; found: {found}. "
                + ("Name one with --schema-prefix." if prefixes else "Build it first: make build.")
            )
        self.prefix = wanted.pop()

    def relation(self, name):
        """The quoted name of a public table. Raises Missing if this build doesn't have it."""
        room = {"fct": "marts", "rpt": "reports", "aud": "audits"}[name[:3]]
        if (self.prefix + room, name) not in self.tables:
            raise Missing(name)
        return f'"{self.prefix}{room}"."{name}"'

    def rows(self, query, parameters=None):
        """The result of a query, by column. `{name}` in the query is the relation of that name."""
        query = re.sub(r"\{(\w+)\}", lambda match: self.relation(match[1]), query)
        cursor = self.connection.execute(query, parameters or {})
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        return {column: [row[i] for row in rows] for i, column in enumerate(columns)}


def summed(columns):
    return ", ".join(f"sum({column}) as {column}" for column in columns)


ROLES = [
    "conversions", "assisted_conversions", "last_conversions", "first_conversions",
    "sole_conversions", "introduced_conversions", "nurtured_conversions",
    "assisted_value", "last_value", "first_value",
]  # fmt: skip
SHARES = [
    "assist_to_last_ratio", "ratio_low", "ratio_high", "assist_share", "assist_share_low",
    "assist_share_high",
]  # fmt: skip


def month_of(date):
    """A month as text; those before the first that the page tells apart are one."""
    month = f"strftime({date}, '%Y-%m')"
    return f"case when {month} < $first_month then '{EARLIER}' else {month} end"


NAMED_MEASURES = [
    "conversions", "assisted_conversions", "last_conversions", "assisted_value", "last_value",
]  # fmt: skip
TOP_CAMPAIGNS = """row_number() over (
            partition by conversion_group
            order by conversions desc, cost desc nulls last, channel, source, medium, campaign
        ) <= $rows"""
TOP_CONTENTS = """row_number() over (
            partition by conversion_group, level order by conversions desc, value
        ) <= $rows / 2"""
# Only what the report names, since it pools small groups.
NAMED_CAMPAIGNS = f"""
            select distinct channel, source, medium, campaign
            from (
                select channel, source, medium, campaign
                from {{rpt_campaign_assists}}
                where channel not in {NOT_CHANNELS}
                qualify {TOP_CAMPAIGNS}
            )
        """
SAME_CAMPAIGN = " and ".join(
    f"facts.{column} is not distinct from named.{column}"
    for column in ("channel", "source", "medium", "campaign")
)


# Queries by the name of the table on the page. Parameters: first_month, rows, channels, weeks.
TABLES = {
    "findings": """
        select
            conversion_group, finding_rank, finding_kind, channel, headline, detail, figure_name,
            figure, figure_low, figure_high, caution, data_flag
        from {rpt_findings}
        order by conversion_group, finding_rank""",
    "totals_by_month": f"""
        select
            {month_of("conversion_date")} as month, conversion_type,
            count(*) as conversions,
            count(*) filter (where is_attributed) as last_conversions,
            count(*) filter (where is_assisted) as assisted_conversions,
            sum(path_length) as touches,
            sum(conversion_value) as conversion_value
        from {{fct_conversions}}
        group by all
        order by all""",
    "channels_by_month": f"""
        select
            {month_of("conversion_date")} as month, conversion_type, channel,
            {summed(ROLES)}, {summed("credit_" + model for model in RULE_MODELS)}
        from {{fct_channel_performance_daily}}
        group by all
        order by all""",
    "costs_by_month": f"""
        select {month_of("spend_date")} as month, channel, sum(cost) as cost
        from {{fct_ad_spend_daily}}
        where cost is not null
        group by all
        order by all""",
    # Values per model are only needed where there is spend to compare them with.
    "values_by_month": f"""
        select
            {month_of("conversion_date")} as month, conversion_type, channel,
            {summed("value_" + model for model in RULE_MODELS)}
        from {{fct_channel_performance_daily}}
        where channel in (select channel from {{fct_ad_spend_daily}} where cost is not null)
        group by all
        order by all""",
    "ratios": f"""
        select conversion_group, channel, {", ".join(SHARES)}, data_flag
        from {{rpt_channel_assists}}
        order by all""",
    "ratios_by_month": f"""
        select conversion_group, conversion_month as month, channel, {", ".join(SHARES)}
        from {{rpt_channel_assists_by_month}}
        where conversion_month >= $first_month
        order by all""",
    "models": """
        select
            conversion_group, channel, attribution_model, credit, credit_share, share_low,
            share_high, rank_low, rank_high, credited_value, value_share, data_flag
        from {rpt_model_comparison}
        order by all""",
    "orders": """
        select conversion_group, markov_order, parameters, bic, is_best, is_used
        from {rpt_model_orders}
        order by all""",
    "flows": f"""
        with ranked as (
            select channel, row_number() over (order by sum(conversions) desc, channel) as place
            from {{fct_channel_performance_daily}}
            group by channel
        )
        select
            {month_of("conversion_date")} as month, conversion_type,
            case when first.place <= $channels then first_channel else '{OTHER_CHANNELS}' end
                as first_channel,
            case when last.place <= $channels then last_channel else '{OTHER_CHANNELS}' end
                as last_channel,
            count(*) as conversions,
            sum(conversion_value) as conversion_value
        from {{fct_conversions}}
        left join ranked as first on first_channel = first.channel
        left join ranked as last on last_channel = last.channel
        where is_attributed
        group by all
        order by all""",
    "paths": """
        select
            conversion_group, path_rank, path_collapsed, conversions, persons, conversion_value,
            average_path_length, average_days_to_conversion, share_of_conversions,
            count(*) over (partition by conversion_group) as paths_in_all
        from {rpt_top_paths}
        qualify path_rank <= $rows
        order by conversion_group, path_rank, path_collapsed""",
    "pairs": """
        select conversion_group, assisting_channel, closing_channel, conversions, conversion_value,
            share_of_closer
        from {rpt_channel_pairs}
        qualify row_number() over (
            partition by conversion_group
            order by conversions desc, assisting_channel, closing_channel
        ) <= $rows * 3
        order by conversion_group, conversions desc, assisting_channel, closing_channel""",
    "lengths": f"""
        select
            {month_of("conversion_date")} as month, conversion_type,
            coalesce(path_length_bucket, '(unattributed)') as bucket,
            count(*) as conversions, sum(conversion_value) as conversion_value
        from {{fct_conversions}}
        group by all
        order by all""",
    "length_buckets": """
        select distinct bucket, bucket_order from {rpt_path_length} order by bucket_order""",
    "lags": f"""
        select
            {month_of("conversion_date")} as month, conversion_type,
            coalesce(days_to_conversion_bucket, '(unattributed)') as bucket,
            count(*) as conversions, sum(conversion_value) as conversion_value
        from {{fct_conversions}}
        group by all
        order by all""",
    "lag_buckets": """
        select distinct bucket, bucket_order from {rpt_time_lag} order by bucket_order""",
    "trends": """
        with ranked as (
            select
                conversion_group, channel,
                row_number() over (
                    partition by conversion_group
                    order by sum(assisted_conversions + last_conversions) desc, channel
                ) as place
            from {rpt_assist_trends}
            group by conversion_group, channel
        ), weeks as (
            select max(week_start_date) - to_days(7 * ($weeks - 1)) as first_week
            from {rpt_assist_trends}
        )
        select
            trends.conversion_group, strftime(week_start_date, '%Y-%m-%d') as week,
            trends.channel, assisted_conversions, last_conversions, assist_share, level, is_judged,
            case
                when is_role_shift then 'role shift'
                when is_change_point then 'new level'
                when is_anomaly then 'unusual mix'
                when is_volume_anomaly then 'unusual volume'
            end as mark
        from {rpt_assist_trends} as trends
        inner join ranked using (conversion_group, channel)
        inner join weeks on week_start_date >= first_week
        where place <= $channels
        order by trends.conversion_group, place, week""",
    "windows": """
        select conversion_group, lookback_days, channel, assisted_conversions, last_conversions,
            assist_to_last_ratio, assist_rank, rank_change
        from {rpt_lookback_sensitivity}
        order by conversion_group, lookback_days, assist_rank, channel""",
    "removal": """
        select conversion_group, channels, conversions_at_risk, risk_low, risk_high,
            conversions_with_channel, is_capped, value_at_risk
        from {rpt_channel_removal}
        where cut_share = 1 and scenario_kind <> 'pair'
        order by conversion_group, conversions_at_risk desc, channels""",
    "segments": f"""
        with ranked as (
            select
                conversion_group, segment, segment_value,
                dense_rank() over (
                    partition by conversion_group, segment
                    order by max(conversions) desc, segment_value
                ) as place
            from {{rpt_segments}}
            group by conversion_group, segment, segment_value
        )
        select
            segments.conversion_group, segments.segment,
            coalesce(segments.segment_value, '(unknown)') as segment_value, channel,
            conversions, assisted_conversions, last_conversions, {", ".join(SHARES)}, channel_role
        from {{rpt_segments}} as segments
        inner join ranked
            on segments.conversion_group = ranked.conversion_group
            and segments.segment = ranked.segment
            and segments.segment_value is not distinct from ranked.segment_value
        where place <= $channels
        order by all""",
    "campaigns": f"""
        select
            conversion_group, channel, source, medium, campaign, conversions, assisted_conversions,
            last_conversions, {", ".join(SHARES)}, assisted_value, last_value, cost,
            count(*) over (partition by conversion_group) as campaigns_in_all
        from {{rpt_campaign_assists}}
        where channel not in {NOT_CHANNELS}
        qualify {TOP_CAMPAIGNS}
        order by conversion_group, conversions desc, channel, source, medium, campaign""",
    "campaigns_by_month": f"""
        with named as ({NAMED_CAMPAIGNS})
        select
            {month_of("conversion_date")} as month, conversion_type, facts.channel, facts.source,
            facts.medium, facts.campaign, {summed(NAMED_MEASURES)}
        from {{fct_campaign_performance_daily}} as facts
        inner join named on {SAME_CAMPAIGN}
        group by all
        order by all""",
    "campaign_costs_by_month": f"""
        with named as ({NAMED_CAMPAIGNS})
        select
            {month_of("spend_date")} as month, facts.channel, facts.source, facts.medium,
            facts.campaign, sum(cost) as cost
        from {{fct_ad_spend_daily}} as facts
        inner join named on {SAME_CAMPAIGN}
        where cost is not null
        group by all
        order by all""",
    "contents": f"""
        select
            conversion_group, level, value, conversions, assisted_conversions, last_conversions,
            {", ".join(SHARES)}, assisted_value, last_value,
            count(*) over (partition by conversion_group, level) as values_in_all
        from {{rpt_content_assists}}
        where value not in {NOT_CHANNELS}
        qualify {TOP_CONTENTS}
        order by conversion_group, level, conversions desc, value""",
    "contents_by_month": f"""
        with named as (
            select distinct level, value
            from (
                select level, value
                from {{rpt_content_assists}}
                where value not in {NOT_CHANNELS}
                qualify {TOP_CONTENTS}
            )
        )
        select
            {month_of("conversion_date")} as month, conversion_type, facts.level, facts.value,
            count(*) as conversions, count(*) filter (where is_assist) as assisted_conversions,
            count(*) filter (where is_last) as last_conversions,
            sum(assisted_value) as assisted_value, sum(last_value) as last_value
        from {{fct_assisted_conversions_by_content}} as facts
        inner join named on facts.level = named.level and facts.value = named.value
        group by all
        order by all""",
    "row_counts": """
        select table_name, rows_read, rows_staged, rows_rejected, rows_removed_as_duplicates,
            rows_erased
        from {audit_row_counts}
        order by table_name""",
    "rejections": """
        select table_name, reason, count(*) as row_count
        from {audit_rejected_rows}
        group by all
        order by row_count desc, table_name, reason""",
    "exclusions": """
        select conversion_type, reason, count(*) as conversions
        from {audit_excluded_conversions}
        group by all
        order by all""",
    "tracking": """
        select
            check_name, sum(row_count) as row_count, sum(affected_count) as affected_count,
            sum(affected_count) / nullif(cast(sum(row_count) as double), 0) as affected_share,
            count(*) filter (where is_flagged) as flagged_days,
            strftime(max(touch_date) filter (where is_flagged), '%Y-%m-%d') as last_flagged_day
        from {audit_tracking_quality}
        group by check_name
        order by flagged_days desc, check_name""",
    "drift": """
        select
            conversion_type, sum(web_conversions) as web_conversions,
            sum(system_conversions) as system_conversions, sum(web_only) as web_only,
            sum(system_only) as system_only, count(*) filter (where is_flagged) as flagged_days
        from {audit_conversion_drift}
        group by conversion_type
        order by conversion_type""",
    "claims": """
        select
            platform, conversion_type, sum(claimed_conversions) as claimed_conversions,
            sum(conversions) as conversions, sum(last_conversions) as last_conversions,
            sum(claimed_conversions) / nullif(cast(sum(conversions) as double), 0)
                as over_claim_ratio
        from {audit_platform_claims}
        group by all
        order by claimed_conversions desc, platform, conversion_type""",
    "unmapped": """
        select source, medium, sessions, conversions, suggestion
        from {audit_unmapped_traffic}
        order by sessions desc, source, medium
        limit $rows""",
    "consent": """
        select conversion_group, channel, measured_assists, hidden_assists, estimated_assists,
            estimated_low, estimated_high, consented_share
        from {rpt_consent_gap}
        order by conversion_group, measured_assists desc, channel""",
}

# Sections of the page in their order, each with the tables that it can't do without.
SECTIONS = {
    "findings": ["findings"],
    "overview": ["totals_by_month"],
    "roles": ["channels_by_month"],
    "ratios": ["channels_by_month", "ratios", "ratios_by_month"],
    "models": ["channels_by_month", "models"],
    "flow": ["flows", "paths", "pairs"],
    "length": ["lengths", "lags", "length_buckets", "lag_buckets"],
    "trends": ["trends"],
    "windows": ["windows"],
    "removal": ["removal"],
    "costs": ["channels_by_month", "costs_by_month", "values_by_month"],
    "segments": ["segments"],
    "campaigns": ["campaigns", "campaigns_by_month", "campaign_costs_by_month"],
    "contents": ["contents", "contents_by_month"],
    "quality": ["row_counts", "rejections", "exclusions", "tracking"],
}


def channels_and_groups(build):
    """Channels, the busiest first, and the conversion groups with their types."""
    channels = build.rows(
        """
        select channel from {fct_channel_performance_daily}
        where channel <> '(unattributed)'
        group by channel
        order by sum(conversions) desc, channel
        """
    )["channel"]
    types = build.rows(
        """
        select conversion_type, conversion_class from {fct_conversions}
        group by all
        order by conversion_class, count(*) desc, conversion_type
        """
    )
    groups = {
        f"(all {kind})": [
            one
            for one, its_kind in zip(types["conversion_type"], types["conversion_class"])
            if its_kind == kind
        ]
        for kind in dict.fromkeys(types["conversion_class"])
    }
    return channels, groups | {one: [one] for one in types["conversion_type"]}


def months(build, limits):
    """The months with conversions or spend, and the first of them that is told apart."""
    found = build.rows(
        """
        select distinct strftime(day, '%Y-%m') as month
        from (
            select conversion_date as day from {fct_channel_performance_daily}
            union all
            select spend_date from {fct_ad_spend_daily} where cost is not null
        )
        order by month
        """
    )["month"]
    latest = found[-limits.months :]
    return [EARLIER] * (len(found) > len(latest)) + latest, latest[0] if latest else ""


def definitions():
    """The meaning of columns and models, from the project's own documentation of them."""
    text = (ROOT / "models/_columns__docs.md").read_text(encoding="utf-8")
    blocks = re.findall(r"{% docs (\w+) %}\s*(.*?)\s*{% enddocs %}", text, re.DOTALL)
    return {name: " ".join(body.replace("`", "").split()) for name, body in blocks}


def settings(project):
    """The settings of a project, its own or this package's as the defaults."""

    def variables(folder):
        text = (folder / "dbt_project.yml").read_text(encoding="utf-8")
        return yaml.safe_load(text).get("vars") or {}

    own = variables(project)
    return variables(ROOT) | own | own.get("assisted_conversions", {})


def page_data(build, limits):
    """Everything that the page shows: `tables` by name, and what describes them."""
    month_list, first_month = months(build, limits)
    channels, groups = channels_and_groups(build)
    parameters = vars(limits) | {"first_month": first_month}
    tables, missing = {}, {}
    for name, query in TABLES.items():
        used = {word: value for word, value in parameters.items() if f"${word}" in query}
        try:
            tables[name] = build.rows(query, used)
        except Missing as table:
            missing[name] = str(table)
    days = build.rows(
        "select strftime(min(conversion_date), '%Y-%m-%d') as first_day,"
        " strftime(max(conversion_date), '%Y-%m-%d') as last_day from {fct_conversions}"
    )
    return {
        "months": month_list,
        "channels": channels,
        "groups": groups,
        "first_day": days["first_day"][0],
        "last_day": days["last_day"][0],
        "rule_models": RULE_MODELS,
        "tables": tables,
        "missing": {
            section: [missing[table] for table in needed if table in missing]
            for section, needed in SECTIONS.items()
            if any(table in missing for table in needed)
        },
    }
