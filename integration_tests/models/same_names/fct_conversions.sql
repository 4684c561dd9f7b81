-- A model of this project under the name of one of the package's.
select session_id as conversion_id
from {{ ref('stg_sessions') }}
