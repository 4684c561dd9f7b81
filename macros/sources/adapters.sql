{# The adapters: what each turns into raw tables. A model `<adapter>_<table>` makes each table, with the
   ids that the tool itself gives; `source_<table>` unites them. Returns a mapping of adapter to
     tables         the raw tables that it makes
     source_system  the kind of system: web, backend or crm; none where it has no conversions
     user_ids       whose ids its user_id are: a text that is put before them, none for the site's own
     settings       its own settings: rules as in `setting_rules`, each with a default
   Example: adapters()['klaviyo'].tables -> ['identity_links', 'interactions'] #}
{% macro adapters() -%}
    {%- set word = {'kind': 'text', 'pattern': '(?s).*\S.*'} -%}
    {%- set types = {'kind': 'mapping', 'values': {'kind': 'text', 'pattern': '[a-z0-9_]+'}} -%}
    {%- set tracking_calls = {
        'tables': ['conversions', 'identity_links', 'sessions'],
        'source_system': 'web',
        'user_ids': none,
        'settings': {
            'session_minutes': {'kind': 'integer', 'least': 1, 'default': 30},
            'conversions': dict(types, default={'order_completed': 'purchase'}),
            'order_value': {'kind': 'choice', 'choices': ['revenue', 'total'], 'default': 'revenue'},
        },
    } -%}
    {{ return({
        'klaviyo': {
            'tables': ['identity_links', 'interactions'],
            'source_system': none,
            'user_ids': 'klaviyo',
            'settings': {},
        },
        'matomo': {
            'tables': ['conversions', 'sessions'],
            'source_system': 'web',
            'user_ids': none,
            'settings': {'conversions': dict(types, default={'0': 'purchase'})},
        },
        'posthog': {
            'tables': ['conversions', 'identity_links', 'sessions'],
            'source_system': 'web',
            'user_ids': none,
            'settings': {
                'conversions': dict(types, default={'order_completed': 'purchase'}),
                'order_property': dict(word, default='order_id'),
                'value_property': dict(word, default='revenue'),
                'currency_property': dict(word, default='currency'),
            },
        },
        'rudderstack': tracking_calls,
        'segment': tracking_calls,
        'snowplow': {
            'tables': ['conversions', 'sessions'],
            'source_system': 'web',
            'user_ids': none,
            'settings': {
                'conversions': dict(types, default={'transaction': 'purchase'}),
                'heartbeat_seconds': {'kind': 'integer', 'least': 1, 'default': 10},
                'consent_states': {
                    'kind': 'mapping',
                    'values': {'kind': 'choice', 'choices': ['granted', 'denied', 'unknown']},
                    'default': {
                        'allow_all': 'granted', 'deny_all': 'denied', 'withdrawn': 'denied', 'expired': 'denied'
                    },
                },
            },
        },
    }) }}
{%- endmacro %}

{# The settings of an adapter that is on; empty for one that is off. Example: the value of
   `adapters: {klaviyo: {schema: mail}}` is {'schema': 'mail'} #}
{% macro adapter_settings(name) -%}
    {{ return(setting('adapters').get(name) or {}) }}
{%- endmacro %}

{# One of an adapter's own settings, else its default.
   Example: adapter_setting('shopify', 'time_zone') #}
{% macro adapter_setting(name, key) -%}
    {{ return(adapter_settings(name).get(key, adapters()[name].settings[key].default)) }}
{%- endmacro %}

{# Whether an adapter is on. Example: {{ config(enabled=adapter_is_on('klaviyo')) }} #}
{% macro adapter_is_on(name) -%}
    {{ return(name in setting('adapters')) }}
{%- endmacro %}

{# The adapters that are on and make a raw table, by name. Example: adapters_of('interactions') #}
{% macro adapters_of(table) -%}
    {%- set names = [] -%}
    {%- for name, adapter in adapters().items() if adapter_is_on(name) and table in adapter.tables -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {{ return(names | sort) }}
{%- endmacro %}

{# Whether adapters, or models that `source_models` names, make a raw table. #}
{% macro is_united(table) -%}
    {{ return((adapters_of(table) or setting('source_models').get(table)) and true or false) }}
{%- endmacro %}

{# What the setting `adapters` may hold: a rule for each adapter, as in `setting_rules`. #}
{% macro adapter_rules() -%}
    {%- set word = {'kind': 'text', 'pattern': '(?s).*\S.*'} -%}
    {%- set words = {'kind': 'mapping', 'values': word} -%}
    {%- set rules = {} -%}
    {%- for name, adapter in adapters().items() -%}
        {%- do rules.update({name: {'kind': 'mapping', 'nullable': true, 'keys': dict(
            {
                'database': word, 'schema': word, 'tables': words,
                'columns': {'kind': 'mapping', 'values': words},
                'user_ids': dict(word, nullable=true),
            },
            **adapter.settings
        )}}) -%}
    {%- endfor -%}
    {{ return(rules) }}
{%- endmacro %}
