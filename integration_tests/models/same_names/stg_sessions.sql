-- A model of this project under the name of one of the package's.
select 1 as session_id
