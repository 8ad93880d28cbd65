#!/bin/sh
# A scheduler here and a worker on each core of some machines, by SSH; ends them all when it is ended (Ctrl-C).
#
#     sh machines.sh FOLDER PORT MACHINE...      FOLDER: made by certificates.sh, under the same path everywhere
#
# Then, on this machine:  . FOLDER/tls.env && grader run submissions --dask tls://$(hostname):PORT
# Each machine needs the same grader, installed with its extra `dask`. DASK: where the command lies, if not in the path.
set -eu
folder=$1 port=$2
shift 2
here=${HERE:-$(hostname)} dask=${DASK:-dask}
. "$folder/tls.env"
export DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=2  # three workers lost by one submission are enough
trap 'trap - EXIT; kill 0' EXIT INT TERM
"$dask" scheduler --protocol tls --host "$here" --port "$port" --no-dashboard &
for machine in "$@"; do
    # One thread each: a worker grades one submission at a time. Dask's profiler would see it wait, 100 times a second.
    ssh -tt -o BatchMode=yes "$machine" ". $folder/tls.env && export DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED=false \
        && exec $dask worker tls://$here:$port --nworkers ${WORKERS:-\$(nproc)} --nthreads 1 --memory-limit 0 \
        --death-timeout 60 --no-dashboard" < /dev/null &
done
wait
