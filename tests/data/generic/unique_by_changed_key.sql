{#
    As `unique`, for a table that is rebuilt by changed keys and of which no two keys share a value:
    a run looks for repeats in the rows of changed keys alone.
    Arguments: columns, list of those that are unique together; key, column that the table is
    rebuilt by; changed, the model of changed keys.
#}
{% test unique_by_changed_key(model, columns, key, changed) %}
select
    {{ columns | join(',\n    ') }},
    count(*) as times
from {{ model }}
where {{ is_changed(key, changed, key) }}
group by
    {{ columns | join(',\n    ') }}
having count(*) > 1
{% endtest %}
