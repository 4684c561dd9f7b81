"""What each metric must equal: a report, or where no report has it, the facts.

The columns of an expected table are those that the metric is grouped by, then one for each metric,
by its name.
"""

from dataclasses import dataclass, field

MODELS = [
    "first_touch", "last_touch", "first_paid_touch", "last_paid_touch", "last_non_direct", "linear",
    "position_based", "j_shaped", "inverse_j", "time_decay", "w_shaped", "full_path",
]  # fmt: skip
IS_MACRO = "{{ Dimension('conversion_type__conversion_class') }} = 'macro'"
IS_MACRO_TOUCH = (
    "{{ Dimension('conversion_type__conversion_class', entity_path=['conversion']) }} = 'macro'"
)
NO_CHANNEL = "channel in ('(total)', '(unattributed)')"
ROLES = """
    conversions as {level}participated_conversions,
    assisted_conversions as {level}assisted_conversions,
    assist_only_conversions as {level}assist_only_conversions,
    last_conversions as {level}last_conversions,
    first_conversions as {level}first_conversions,
    sole_conversions as {level}sole_conversions,
    assisted_value as {level}assisted_value,
    last_value as {level}last_value,
    first_value as {level}first_value,
    assist_to_last_ratio as {level}assist_to_last_ratio,
    assist_share as {level}assist_share
"""
COSTS = """
    cost as ad_cost,
    cost_per_assisted_conversion as {level}cost_per_assisted_conversion,
    cost_per_last_conversion as {level}cost_per_last_conversion,
    cost / nullif(first_conversions, 0) as {level}cost_per_first_conversion
"""


@dataclass
class Comparison:
    """An expected table, and how MetricFlow is asked for it."""

    expected: str
    group_by: list = field(default_factory=list)
    where: list = field(default_factory=list)


def pivoted(column, name):
    """One column for each rule model, of a report with a row for each."""
    return ",\n".join(
        f"max(case when attribution_model = '{model}' then {column} end) as {name}_{model}"
        for model in MODELS
    )


def of_group(group):
    """The condition that makes a conversion group of the reports."""
    if group.startswith("(all "):
        return [IS_MACRO.replace("macro", group[5:-1])]
    return [f"{{{{ Entity('conversion_type') }}}} = '{group}'"]


def channel_assists(group):
    return Comparison(
        f"""
        select
            channel, {ROLES.format(level="")}, introduced_conversions, nurtured_conversions,
            assist_rate
        from reports.rpt_channel_assists
        where conversion_group = '{group}' and not {NO_CHANNEL} and conversions > 0
        """,
        ["channel"],
        of_group(group),
    )


def total(group):
    return Comparison(
        f"""
        select
            conversions, {ROLES.format(level="")}, assist_rate,
            assisted_conversions as multi_touch_conversions,
            assist_only_conversions as multi_channel_conversions,
            assisted_value as multi_touch_value,
            last_conversions as attributed_conversions,
            last_value as attributed_value,
            conversions - last_conversions as unattributed_conversions
        from reports.rpt_channel_assists
        where conversion_group = '{group}' and channel = '(total)'
        """.replace("conversions as participated_conversions,", "").replace(
            "assisted_value as assisted_value,", ""
        ),
        [],
        of_group(group),
    )


COMPARISONS = {
    "channel_assists_by_month": Comparison(
        f"""
        select
            strptime(conversion_month || '-01', '%Y-%m-%d'), channel, {ROLES.format(level="")},
            assist_rate
        from reports.rpt_channel_assists_by_month
        where conversion_group = '(all macro)' and not {NO_CHANNEL} and conversions > 0
        """,
        ["metric_time__month", "channel"],
        [IS_MACRO],
    ),
    "change_of_assists": Comparison(
        """
        select
            strptime(conversion_month || '-01', '%Y-%m-%d'),
            assisted_conversions_change
        from reports.rpt_channel_assists_by_month
        where conversion_group = '(all macro)' and channel = '(total)'
        """,
        ["metric_time__month"],
        [IS_MACRO],
    ),
    "channel_costs": Comparison(
        f"""
        select
            channel, {COSTS.format(level="")},
        from reports.rpt_channel_assists
        where conversion_group = '(all macro)' and channel != '(total)'
        """,
        ["channel"],
    ),
    "total_costs": Comparison(
        f"""
        select {COSTS.format(level="")}
        from reports.rpt_channel_assists
        where conversion_group = '(all macro)' and channel = '(total)'
        """,
    ),
    "costs_and_returns_by_model": Comparison(
        f"""
        select
            strptime(period || '-01', '%Y-%m-%d'), channel,
            {pivoted("cost_per_credit", "cost_per_credit")},
            {pivoted("return_on_spend", "return_on_spend")}
        from reports.rpt_channel_costs
        where conversion_group = '(all macro)' and period != '(all)'
        group by all
        """,
        ["metric_time__month", "channel"],
    ),
    "spend": Comparison(
        """
        select channel, sum(clicks) as ad_clicks, sum(impressions) as ad_impressions
        from marts.fct_ad_spend_daily
        group by channel
        """,
        ["channel"],
    ),
    "campaign_assists": Comparison(
        f"""
        select channel, source, medium, campaign, {ROLES.format(level="campaign_")}
        from reports.rpt_campaign_assists
        where conversion_group = '(all macro)' and not {NO_CHANNEL} and conversions > 0
        """,
        ["channel", "source", "medium", "campaign"],
        [IS_MACRO],
    ),
    "campaign_costs": Comparison(
        f"""
        select channel, source, medium, campaign, {COSTS.format(level="campaign_")}
        from reports.rpt_campaign_assists
        where conversion_group = '(all macro)' and channel != '(total)'
        """,
        ["channel", "source", "medium", "campaign"],
    ),
    "content_assists": Comparison(
        f"""
        select level, value, {ROLES.format(level="content_")}
        from reports.rpt_content_assists
        where
            conversion_group = '(all macro)'
            and value is distinct from '(total)'
            and value is distinct from '(unattributed)'
        """,
        ["content_role__content_level", "content_role__content_value"],
        [IS_MACRO],
    ),
    "channel_roles": Comparison(
        """
        select channel, introduce_share, nurture_share, close_share
        from reports.rpt_channel_roles
        where conversion_group = '(all macro)'
        """,
        ["channel"],
        [IS_MACRO],
    ),
    "rule_models": Comparison(
        f"""
        select channel, {pivoted("credit", "credit")}, {pivoted("credited_value", "value")}
        from reports.rpt_model_comparison
        where conversion_group = '(all macro)'
        group by channel
        """,
        ["channel"],
        [IS_MACRO],
    ),
    "new_and_returning": Comparison(
        f"""
        select segment_value = 'new', channel, {ROLES.format(level="")}
        from reports.rpt_segments
        where
            conversion_group = '(all macro)'
            and segment = 'new_or_returning'
            and not {NO_CHANNEL}
        """,
        ["conversion__is_new_visitor", "channel"],
        [IS_MACRO],
    ),
    "devices": Comparison(
        f"""
        select segment_value, channel, {ROLES.format(level="")}
        from reports.rpt_segments
        where
            conversion_group = '(all macro)' and segment = 'device_type' and not {NO_CHANNEL}
        """,
        ["conversion__device_type", "channel"],
        [IS_MACRO],
    ),
    "path_lengths": Comparison(
        """
        select nullif(bucket, '(unattributed)'), conversions, conversion_value
        from reports.rpt_path_length
        where conversion_group = '(all macro)' and conversions > 0
        """,
        ["conversion__path_length_bucket"],
        [IS_MACRO],
    ),
    "time_lags": Comparison(
        """
        select nullif(bucket, '(unattributed)'), conversions, conversion_value
        from reports.rpt_time_lag
        where conversion_group = '(all macro)' and conversions > 0
        """,
        ["conversion__days_to_conversion_bucket"],
        [IS_MACRO],
    ),
    "top_paths": Comparison(
        """
        select
            path_collapsed, conversions, persons as converting_persons, conversion_value,
            average_path_length, average_days_to_conversion
        from reports.rpt_top_paths
        where conversion_group = '(all macro)' and path_collapsed not like '(%'
        """,
        ["conversion__path_collapsed"],
        [IS_MACRO, "{{ Dimension('conversion__is_attributed') }}"],
    ),
    "funnel_stages": Comparison(
        """
        select
            funnel_stage, journey_phase, touches as path_touches,
            assisted_conversions as conversions_assisted_by_touch
        from reports.rpt_funnel_stages
        where conversion_group = '(all macro)'
        """,
        ["path_touch__funnel_stage", "path_touch__journey_phase"],
        [IS_MACRO_TOUCH],
    ),
    "conversions_of_each_type": Comparison(
        """
        select
            conversion_type,
            count(*) as conversions,
            avg(cast(is_attributed as int)) as attributed_share,
            count(*) filter (is_assisted) / nullif(count(*) filter (is_attributed), 0)
                as multi_touch_share,
            count(*) filter (is_new_visitor) as new_visitor_conversions,
            avg(cast(is_new_visitor as int)) as new_visitor_share,
            count(*) filter (conversion_number > 1) as repeat_conversions,
            avg(cast(conversion_number > 1 as int)) as repeat_share,
            sum(path_length) as touches_on_paths,
            median(days_to_conversion) as median_days_to_conversion,
            avg(conversion_value) as average_conversion_value
        from marts.fct_conversions
        group by conversion_type
        """,
        ["conversion_type"],
    ),
    "touches_of_roles": Comparison(
        """
        select
            channel,
            count(*) filter (is_nurture) as nurture_conversions,
            sum(touch_count) as touches,
            sum(assist_touch_count) as assist_touches
        from marts.fct_assisted_conversions
        group by channel
        """,
        ["channel"],
    ),
    "middle_touches_of_campaigns": Comparison(
        """
        select
            campaign,
            count(distinct case when is_nurture then conversion_key end)
                as campaign_nurture_conversions
        from marts.fct_assisted_conversions_by_campaign
        group by campaign
        """,
        ["campaign"],
    ),
    "middle_touches_of_landing_pages": Comparison(
        """
        select value, count(*) filter (is_nurture) as content_nurture_conversions
        from marts.fct_assisted_conversions_by_content
        where level = 'landing_page'
        group by value
        """,
        ["content_role__content_value"],
        ["{{ Dimension('content_role__content_level') }} = 'landing_page'"],
    ),
    "touches_by_type": Comparison(
        """
        select
            touch_type,
            avg(days_before_conversion) as average_days_before_conversion
        from marts.fct_conversion_touches
        group by touch_type
        """,
        ["path_touch__touch_type"],
    ),
    "touchpoints": Comparison(
        """
        select
            channel,
            count(*) as touchpoints,
            count(distinct person_id) as persons_touched
        from marts.fct_touchpoints
        group by channel
        """,
        ["channel"],
    ),
    "journeys": Comparison(
        """
        select date_trunc('month', ended_at), count(*) as non_converting_journeys
        from marts.fct_non_converting_journeys
        where conversion_group = '(all macro)'
        group by all
        """,
        ["metric_time__month"],
    ),
    "chances": Comparison(
        """
        select
            count(distinct channel) * count(distinct conversion_key) as chances_of_channels,
            count(distinct channel) as channels_with_chances
        from marts.fct_assisted_conversions
        """,
    ),
}
