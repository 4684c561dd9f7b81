{# What each setting may be: its kind, its bounds, and the same in words for the error. One entry
   per var of dbt_project.yml; a test holds the two in step. `rebuilds: false` says that no
   incremental table is made by the setting, so a change of it rebuilds none.
   Example: setting_rules()['count_views'] -> {'kind': 'boolean', 'allowed': 'true or false'} #}
{% macro setting_rules() -%}
    {%- set yes_or_no = {'kind': 'boolean', 'allowed': 'true or false'} -%}
    {%- set count = {'kind': 'integer', 'least': 1, 'allowed': 'an integer from 1 up'} -%}
    {%- set minutes = {'kind': 'integer', 'least': 0, 'allowed': 'an integer from 0 up'} -%}
    {%- set report_count = dict(count, rebuilds=false) -%}
    {%- set size = {'rebuilds': false, 'kind': 'number', 'above': 0, 'allowed': 'a number above 0'} -%}
    {%- set share = {'rebuilds': false, 'kind': 'number', 'least': 0, 'most': 1,
        'allowed': 'a number from 0 to 1'} -%}
    {%- set word = {'kind': 'text', 'pattern': '(?s).*\S.*'} -%}
    {%- set words = {'kind': 'list', 'items': word, 'distinct': true} -%}
    {%- set day = {'kind': 'date', 'allowed': 'a date, as 2020-01-01'} -%}
    {%- set place = {'kind': 'choice', 'choices': ['files', 'tables']} -%}
    {#- Expensive to build, and not needed without adapters. #}
    {%- set of_adapters = adapter_rules() if var('adapters') else {} -%}
    {{ return({
        'raw_location': {'rebuilds': false, 'kind': 'choice', 'choices': ['files', 'tables'],
            'nullable': true, 'or': {'kind': 'mapping', 'values': place},
            'allowed': 'null (files on DuckDB, else tables), `files`, `tables`, or a mapping of raw '
                ~ 'tables, and `default`, to `files` or `tables`'},
        'raw_models': {'rebuilds': false, 'kind': 'mapping', 'values': word,
            'allowed': 'a mapping of raw tables to names of models'},
        'adapters': {'rebuilds': false, 'kind': 'mapping', 'keys': of_adapters,
            'allowed': 'a mapping of adapters (' ~ (of_adapters | join(', '))
                ~ ') to their settings, which docs/sources describes: {shopify: {schema: shop}, ga4: {}}'},
        'source_models': {'rebuilds': false, 'kind': 'mapping', 'values': words,
            'allowed': 'a mapping of raw tables to lists of models that are united with what adapters make'},
        'raw_database': {'rebuilds': false, 'kind': 'text', 'pattern': '.+', 'nullable': true,
            'allowed': 'null or the name of a database'},
        'raw_schema': {'rebuilds': false, 'kind': 'text', 'pattern': '.+', 'allowed': 'the name of a schema'},
        'raw_identifiers': {'rebuilds': false, 'kind': 'mapping', 'values': word,
            'allowed': 'a mapping of raw tables to the names they have in the warehouse'},

        'rule_seeds': {'rebuilds': false, 'kind': 'mapping', 'keys': dict.fromkeys(rule_tables(), word),
            'allowed': 'a mapping of rule tables (' ~ (rule_tables() | join(', '))
                ~ ') to seeds or models of the installing project'},
        'pass_through_columns': {'kind': 'list', 'distinct': true,
            'items': {'kind': 'text', 'pattern': '[a-z_][a-z0-9_]*'},
            'allowed': 'a list of different column names in lower case'},
        'schema_prefix': {'rebuilds': false, 'kind': 'text', 'pattern': '[A-Za-z_][A-Za-z0-9_]*', 'nullable': true,
            'allowed': 'null or the beginning of a schema name'},

        'freshness_warn_hours': report_count,
        'freshness_error_hours': report_count,
        'run_clock': {'kind': 'text', 'nullable': true, 'rebuilds': false,
            'pattern': '\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}',
            'allowed': 'null (the time at which dbt started) or a UTC time, as 2026-05-01 06:00:00'},

        'reporting_timezone': {'kind': 'text', 'pattern': '[A-Za-z0-9_+/-]+',
            'allowed': 'the name of a time zone, as Europe/Berlin'},
        'reporting_currency': {'kind': 'text', 'pattern': '[A-Z]{3}',
            'allowed': 'a currency code of three capital letters, as USD'},
        'system_priority': {'kind': 'list', 'distinct': true,
            'items': {'kind': 'text', 'pattern': '[^A-Z]*[^A-Z\s][^A-Z]*'},
            'allowed': 'a list of different source systems in lower case, the most trusted first'},
        'earliest_event_date': day,
        'latest_event_date': dict(day, nullable=true, allowed='null or ' ~ day.allowed),
        'retention_days': {'kind': 'integer', 'least': 1, 'nullable': true,
            'allowed': 'null (everything is kept) or an integer from 1 up'},
        'count_pending': yes_or_no,
        'require_consent': yes_or_no,
        'min_engaged_seconds': {'kind': 'number', 'least': 0, 'allowed': 'a number from 0 up'},
        'shared_devices': {'kind': 'choice', 'choices': ['split', 'merge'],
            'allowed': '`split` or `merge`'},
        'components_in': {'rebuilds': false, 'kind': 'choice', 'choices': ['python', 'sql'],
            'allowed': '`python` or `sql`'},
        'max_users_per_visitor': count,
        'max_links_per_key': count,

        'window_mode': {'kind': 'choice', 'choices': ['rolling', 'calendar'],
            'allowed': '`rolling` or `calendar`'},
        'count_views': yes_or_no,
        'max_touches_per_path': count,
        'view_lookback_days': {'kind': 'integer', 'least': 1, 'most': 365,
            'allowed': 'an integer from 1 to 365'},
        'return_minutes': minutes,
        'click_merge_minutes': minutes,
        'path_rules': {'kind': 'mapping', 'keys': {
                'drop_if_other': words,
                'drop_last_if_other': words,
                'collapse_repeats': {'kind': 'boolean'},
                'first_occurrence_only': {'kind': 'boolean'},
                'max_touches': {'kind': 'integer', 'least': 1, 'nullable': true},
            },
            'allowed': 'a mapping of drop_if_other, drop_last_if_other (lists of channels), '
                ~ 'collapse_repeats, first_occurrence_only (true or false), '
                ~ 'max_touches (null or an integer from 1 up)'},
        'journey_conversion_types': {'kind': 'list', 'distinct': true,
            'items': {'kind': 'text', 'pattern': '[a-z0-9_]+'},
            'allowed': 'a list of conversion types of the seed conversion_types'},
        'count_open_journeys': yes_or_no,

        'position_weights': {'kind': 'list', 'min_length': 3, 'max_length': 3, 'is_weights': true,
            'items': {'kind': 'number', 'least': 0},
            'allowed': 'three numbers from 0 up that sum to 1, the first and the last not both 0'},
        'time_decay_half_life_days': {'kind': 'number', 'above': 0, 'allowed': 'a number above 0'},

        'semantic_layer': {'rebuilds': false, 'kind': 'boolean', 'allowed': 'true or false'},
        'data_driven': {'rebuilds': false, 'kind': 'boolean', 'allowed': 'true or false'},
        'markov_order': {'rebuilds': false, 'kind': 'integer', 'least': 1, 'most': 4,
            'or': {'kind': 'choice', 'choices': ['auto']},
            'allowed': '`auto`, or an integer from 1 to 4'},
        'markov_max_states': {'rebuilds': false, 'kind': 'integer', 'least': 1, 'most': 5000,
            'allowed': 'an integer from 1 to 5000'},
        'removal_scenarios': {'rebuilds': false, 'kind': 'mapping',
            'values': {'kind': 'list', 'items': word, 'distinct': true, 'min_length': 1},
            'allowed': 'a mapping of scenario names to lists of different channels'},
        'calibration_prior_sd': {'rebuilds': false, 'kind': 'number', 'above': 0, 'allowed': 'a number above 0'},

        'sensitivity_lookback_days': {'kind': 'list', 'distinct': true, 'min_length': 1,
            'items': {'kind': 'integer', 'least': 1, 'most': 365},
            'allowed': 'a list of different integers from 1 to 365'},
        'min_group_size': report_count,

        'drift_match_minutes': dict(minutes, rebuilds=false),
        'late_after_hours': dict(minutes, rebuilds=false),
        'max_conversion_drift': size, 'max_tracking_jump': size, 'max_over_claim': size,
        'max_spelling_distance': share, 'max_unassigned_share': share,
    }) }}
{%- endmacro %}
