#!/usr/bin/env bash
# One scheduled run: a build, tried again where it fails, and an alert where it fails in the end.
#
#   ATTRIBUTION_TARGET         the output of profiles.yml; duckdb without it
#   ATTRIBUTION_ATTEMPTS       how often it is tried; 3 times without it
#   ATTRIBUTION_RETRY_SECONDS  how long it waits before it tries again; 300 without it
#   ATTRIBUTION_ALERT          a command that gets the end of the log where the run fails
#
# Exit codes are those of dbt, so that a scheduler can tell them apart:
#   0   everything was built, and no test failed
#   1   a model or a test failed, in each attempt: the data or the project is wrong
#   2   dbt could not run: a wrong setting or variable, no connection
#   75  an earlier run is still going, and nothing was done
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 2
mkdir -p logs
exec 9> logs/run.lock
flock --nonblock 9 || { echo "An earlier run is still going"; exit 75; }

dbt=${DBT:-.venv/bin/dbt}
target=${ATTRIBUTION_TARGET:-duckdb}
attempts=${ATTRIBUTION_ATTEMPTS:-3}
log=logs/last_run.log
export DBT_PROFILES_DIR=${DBT_PROFILES_DIR:-.}

code=2
for ((attempt = 1; attempt <= attempts; attempt++)); do
    if ((attempt > 1)); then sleep "${ATTRIBUTION_RETRY_SECONDS:-300}"; fi
    # After code 1 only what failed, and what depends on it, is left to do.
    if ((code == 1)); then command=(retry); else command=(build --exclude-resource-type unit_test); fi
    echo "Attempt $attempt of $attempts: dbt ${command[*]} --target $target"
    "$dbt" --no-use-colors "${command[@]}" --target "$target" 2>&1 | tee "$log"
    code=${PIPESTATUS[0]}
    if ((code == 0)); then exit 0; fi
done

echo "Failed $attempts times, with code $code"
if [[ -n ${ATTRIBUTION_ALERT:-} ]]; then tail -n 40 "$log" | bash -c "$ATTRIBUTION_ALERT"; fi
exit "$code"
