-- Grain: one row per interaction.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('interaction_id', 'base_changed_interactions') }}
with

interactions as (

    {{ latest_rows(
        ref('base_interactions'),
        ['interaction_id'],
        [
            'coalesce(loaded_at, touched_at) desc',
            'touched_at desc',
            'visitor_key',
            'user_key',
            'email_key',
            'interaction_type',
            'utm_source',
            'utm_medium',
            'utm_campaign',
            'utm_content',
            'utm_term',
            'consent_state',
        ],
        is_changed('interaction_id', 'base_changed_interactions', 'interaction_id')
        ~ ' and ' ~ is_changed('loaded_on', 'base_changed_interactions', 'loaded_on')
    ) | indent(4) }}

),

final as (

    select
        interaction_id,
        visitor_key,
        user_key,
        email_key,

        interaction_type,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        consent_state,

        removed_duplicates,

        touched_at,
        coalesce(loaded_at, touched_at) as loaded_at
    from interactions
    where duplicate_rank = 1

)

select * from final
