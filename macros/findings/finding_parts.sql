{# Which reports each part of rpt_findings reads. A part is left out where one of them is switched
   off. #}
{% macro finding_parts() -%}
    {{ return({
        'int_findings_last_click': ['rpt_channel_assists'],
        'int_findings_closers': ['rpt_channel_assists', 'rpt_channel_pairs'],
        'int_findings_costs': ['rpt_channel_assists'],
        'int_findings_trends': ['rpt_assist_trends'],
        'int_findings_months': ['rpt_channel_assists_by_month'],
        'int_findings_windows': ['rpt_lookback_sensitivity'],
        'int_findings_models': ['rpt_model_comparison'],
        'int_findings_orders': ['rpt_model_orders'],
        'int_findings_cuts': ['rpt_channel_removal'],
        'int_findings_tracking': ['audit_tracking_quality'],
        'int_findings_drift': ['audit_conversion_drift'],
        'int_findings_little_data': ['rpt_channel_assists'],
        'int_findings_unattributed': ['rpt_channel_assists'],
    }) }}
{%- endmacro %}

{# Whether a part of rpt_findings is built. Example: finding_is_on('int_findings_costs') #}
{% macro finding_is_on(part) -%}
    {%- for name in finding_parts()[part] + [part, 'rpt_findings'] if not is_switched_on(name) -%}
        {{ return(false) }}
    {%- endfor -%}
    {{ return(true) }}
{%- endmacro %}

{# Whether a model of this project is built, for models that read it only if it is. dbt reads refs
   before it knows which models are switched off, and fails on one to such a model. So this looks up
   `+enabled` in the dbt_project.yml of the project that runs, from the folder down to the model.
   Example: is_switched_on('rpt_segments') #}
{% macro is_switched_on(name) -%}
    {%- set folders = {
        'rpt': ['reports'], 'audit': ['audits'], 'int': ['intermediate', 'findings']
    }[name.split('_')[0]] -%}
    {%- set found = namespace(enabled=true, config=ref.config.models) -%}
    {%- for folder in ['assisted_conversions'] + folders + [name] if found.config is mapping -%}
        {%- set found.config = found.config.get(folder, {}) -%}
        {%- if found.config is mapping -%}
            {%- set found.enabled = found.config.get(
                '+enabled', found.config.get('enabled', found.enabled)
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set is_data_driven = name in ['rpt_channel_removal', 'rpt_model_orders'] -%}
    {{ return(found.enabled and (setting('data_driven') or not is_data_driven)) }}
{%- endmacro %}
