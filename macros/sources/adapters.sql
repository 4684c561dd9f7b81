{# The adapters: what each turns into raw tables. A model `<adapter>_<table>` makes each table, with the
   ids that the tool itself gives; `source_<table>` unites them. Returns a mapping of adapter to
     tables         the raw tables that it makes
     source_system  the kind of system: web, backend or crm; none where it has no conversions
     user_ids       whose ids its user_id are: a text that is put before them, none for the site's own
     settings       its own settings: rules as in `setting_rules`, each with a default. `types_in` says
                    where one names conversion types: it is one (value), or its keys or values are
   Example: adapters()['klaviyo'].tables -> ['identity_links', 'interactions'] #}
{% macro adapters() -%}
    {%- set word = {'kind': 'text', 'pattern': '(?s).*\S.*'} -%}
    {%- set words = {'kind': 'list', 'items': word, 'distinct': true} -%}
    {%- set names = {'kind': 'mapping', 'values': word, 'default': {}} -%}
    {%- set yes_or_no = {'kind': 'boolean', 'default': false, 'allowed': 'true or false, without quotes'} -%}
    {%- set count = {'kind': 'integer', 'least': 1, 'allowed': 'an integer from 1 up, without quotes'} -%}
    {%- set type = {'kind': 'text', 'pattern': '[a-z0-9_]+', 'types_in': 'value',
        'allowed': 'a conversion type: lower-case letters, digits and _'} -%}
    {%- set types = {'kind': 'mapping', 'values': type, 'default': {}, 'types_in': 'values'} -%}
    {%- set time_zone = {'kind': 'text', 'pattern': '[A-Za-z0-9_+/-]+',
        'allowed': 'the name of a time zone, such as Europe/Berlin'} -%}
    {%- set currency = {'kind': 'text', 'pattern': '[A-Z]{3}', 'nullable': true, 'default': none,
        'allowed': 'a currency code of three capital letters, such as USD'} -%}
    {%- set tracking_calls = {
        'tables': ['conversions', 'identity_links', 'sessions'],
        'source_system': 'web',
        'user_ids': none,
        'settings': {
            'session_minutes': dict(count, default=30),
            'conversions': dict(types, default={'order_completed': 'purchase'}),
            'order_value': {'kind': 'choice', 'choices': ['revenue', 'total'], 'default': 'revenue'},
        },
    } -%}
    {{ return({
        'ad_reporting': {
            'tables': ['ad_spend'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'currencies': {'kind': 'mapping', 'values': dict(currency, nullable=false), 'default': {}},
                'platforms': {'kind': 'mapping', 'default': {},
                    'values': {'kind': 'mapping', 'keys': {'source': word, 'medium': word}}},
            },
        },
        'callrail': {
            'tables': ['interactions'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'missed_calls': yes_or_no,
                'left_out_tags': dict(words, default=['spam', 'test']),
            },
        },
        'ga4': {
            'tables': ['conversions', 'identity_links', 'sessions'],
            'source_system': 'web',
            'user_ids': none,
            'settings': {
                'conversion_types': dict(types, default={'purchase': 'purchase', 'generate_lead': 'lead'}),
                'internal_traffic_types': dict(words, default=['internal']),
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
                'conversion_type': dict(type, default='purchase'),
                'conversion_actions': types,
            },
        },
        'hubspot': {
            'tables': ['conversions', 'crm_stages', 'identity_links', 'interactions'],
            'source_system': 'crm',
            'user_ids': 'hubspot',
            'settings': {
                'deal_type': dict(type, nullable=true, default='enterprise_deal'),
                'lead_type': dict(type, nullable=true, default='lead'),
                'lead_stage': {'kind': 'choice', 'default': 'lead', 'choices': [
                    'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer'
                ]},
                'pipelines': {'kind': 'list', 'items': word, 'nullable': true, 'default': none},
                'stages': names,
                'home_currency': currency,
                'amounts': {'kind': 'choice', 'choices': ['deal', 'home'], 'default': 'deal'},
            },
        },
        'klaviyo': {
            'tables': ['identity_links', 'interactions'],
            'source_system': none,
            'user_ids': 'klaviyo',
            'settings': {
                'opens': dict(words, default=['Opened Email']),
                'clicks': dict(words, default=['Clicked Email']),
                'sms_clicks': dict(words, default=['Clicked SMS']),
            },
        },
        'linkedin_ads': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='linkedin'),
                'medium': dict(word, default='paid_social'),
                'campaign_by': {'kind': 'choice', 'choices': ['name', 'id', 'group_name', 'group_id'],
                    'default': 'name'},
                'amounts': {'kind': 'choice', 'choices': ['local', 'usd'], 'default': 'local'},
                'conversion_type': dict(type, nullable=true, default='purchase'),
                'lead_type': dict(type, nullable=true, default='lead'),
            },
        },
        'mailchimp': {
            'tables': ['interactions'],
            'source_system': none,
            'user_ids': 'mailchimp',
            'settings': {},
        },
        'matomo': {
            'tables': ['conversions', 'identity_links', 'sessions'],
            'source_system': 'web',
            'user_ids': none,
            'settings': {
                'conversions': dict(types, default={'0': 'purchase'}),
                'sites': {'kind': 'list', 'items': count, 'nullable': true, 'default': none},
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
                    'types_in': 'keys', 'default': {
                        'purchase': ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'],
                        'lead': ['lead', 'offsite_conversion.fb_pixel_lead'],
                    }},
            },
        },
        'microsoft_ads': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='bing'),
                'medium': dict(word, default='cpc'),
                'campaign_by': {'kind': 'choice', 'choices': ['name', 'id'], 'default': 'name'},
                'conversion_type': dict(type, default='purchase'),
            },
        },
        'offline_sheet': {
            'tables': ['interactions'],
            'source_system': none,
            'user_ids': none,
            'settings': {'time_zone': dict(time_zone, nullable=true, default=none)},
        },
        'pinterest_ads': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='pinterest'),
                'medium': dict(word, default='paid_social'),
                'conversion_type': dict(type, nullable=true, default=none),
            },
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
        'reddit_ads': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='reddit'),
                'medium': dict(word, default='paid_social'),
                'campaign_by': {'kind': 'choice', 'choices': ['name', 'id'], 'default': 'name'},
                'conversion_events': {'kind': 'mapping', 'values': words, 'types_in': 'keys',
                    'default': {'purchase': ['purchase'], 'lead': ['lead']}},
            },
        },
        'rudderstack': tracking_calls,
        'salesforce': {
            'tables': ['conversions', 'crm_stages', 'identity_links', 'interactions'],
            'source_system': 'crm',
            'user_ids': 'salesforce',
            'settings': {
                'opportunity_type': dict(type, nullable=true, default='enterprise_deal'),
                'lead_type': dict(type, nullable=true, default='lead'),
                'stages': names,
                'home_currency': currency,
                'campaign_types': dict(names, default={
                    'Conference': 'event', 'Seminar / Conference': 'event', 'Trade Show': 'event',
                    'Webinar': 'event', 'Direct Mail': 'direct_mail', 'Email': 'email_click',
                    'Telemarketing': 'call',
                }),
            },
        },
        'search_console': {
            'tables': [],
            'source_system': none,
            'user_ids': none,
            'settings': {},
        },
        'segment': tracking_calls,
        'shopify': {
            'tables': ['conversions', 'identity_links'],
            'source_system': 'backend',
            'user_ids': 'shopify',
            'settings': {
                'conversion_type': dict(type, default='purchase'),
                'order_id_column':
                    {'kind': 'choice', 'choices': ['id', 'name', 'order_number'], 'default': 'id'},
                'time_zone': dict(time_zone, default='UTC'),
            },
        },
        'snowplow': {
            'tables': ['conversions', 'sessions'],
            'source_system': 'web',
            'user_ids': none,
            'settings': {
                'app_ids': {'kind': 'list', 'items': word, 'nullable': true, 'default': none},
                'conversions': dict(types, default={'transaction': 'purchase'}),
                'heartbeat_seconds': dict(count, default=10),
                'consent_states': {
                    'kind': 'mapping',
                    'values': {'kind': 'choice', 'choices': ['granted', 'denied', 'unknown']},
                    'default': {
                        'allow_all': 'granted', 'deny_all': 'denied', 'withdrawn': 'denied', 'expired': 'denied'
                    },
                },
            },
        },
        'stripe': {
            'tables': ['conversions', 'identity_links'],
            'source_system': 'backend',
            'user_ids': 'stripe',
            'settings': {
                'conversion_type': dict(type, default='purchase'),
                'count_renewals': yes_or_no,
                'order_id_key': {'kind': 'text', 'pattern': '[A-Za-z0-9_-]+', 'default': 'order_id'},
            },
        },
        'tiktok_ads': {
            'tables': ['ad_spend', 'platform_claims'],
            'source_system': none,
            'user_ids': none,
            'settings': {
                'source': dict(word, default='tiktok'),
                'medium': dict(word, default='paid_social'),
                'conversion_type': dict(type, default='purchase'),
                'optimization_events': types,
                'conversion_day': {'kind': 'choice', 'choices': ['conversion', 'impression'],
                    'default': 'conversion'},
            },
        },
    }) }}
{%- endmacro %}
