{# The adapters: what each turns into raw tables. A model `<adapter>_<table>` makes each table, with the
   ids that the tool itself gives; `source_<table>` unites them. Returns a mapping of adapter to
     tables         the raw tables that it makes
     source_system  the kind of system: web, backend or crm; none where it has no conversions
     user_ids       whose ids its user_id are: a text that is put before them, none for the site's own
     settings       its own settings: rules as in `setting_rules`, each with a default
   Example: adapters()['klaviyo'].tables -> ['identity_links', 'interactions'] #}
{% macro adapters() -%}
    {%- set word = {'kind': 'text', 'pattern': '(?s).*\S.*'} -%}
    {%- set conversion_type = {'kind': 'text', 'pattern': '[a-z0-9_]+'} -%}
    {{ return({
        'ad_reporting': {
            'tables': ['ad_spend'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'currencies': {'kind': 'mapping', 'values': {'kind': 'text', 'pattern': '[A-Z]{3}'},
                    'default': {}},
                'platforms': {'kind': 'mapping', 'default': {},
                    'values': {'kind': 'mapping', 'keys': {'source': word, 'medium': word}}},
            },
        },
        'google_ads': {
            'tables': ['ad_clicks', 'ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='google'),
                'medium': dict(word, default='cpc'),
                'campaign_by': {'kind': 'choice', 'choices': ['name', 'id'], 'default': 'name'},
                'conversion_type': dict(conversion_type, default='purchase'),
                'conversion_actions': {'kind': 'mapping', 'values': conversion_type, 'default': {}},
            },
        },
        'klaviyo': {
            'tables': ['identity_links', 'interactions'],
            'source_system': none,
            'user_ids': 'klaviyo',
            'settings': {},
        },
        'microsoft_ads': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='bing'),
                'medium': dict(word, default='cpc'),
                'campaign_by': {'kind': 'choice', 'choices': ['name', 'id'], 'default': 'name'},
                'conversion_type': dict(conversion_type, default='purchase'),
            },
        },
        'meta': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='facebook'),
                'medium': dict(word, default='paid_social'),
                'attribution_window': {'kind': 'choice', 'default': 'default',
                    'choices': ['default', '1d_view', '7d_click', '28d_click']},
                'conversion_actions': {'kind': 'mapping', 'values': {'kind': 'list', 'items': word},
                    'default': {
                        'purchase': ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'],
                        'lead': ['lead', 'offsite_conversion.fb_pixel_lead'],
                    }},
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
