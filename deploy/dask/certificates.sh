#!/bin/sh
# Makes what the machines of a cluster know each other by, and an environment that says where it lies:
#
#     sh certificates.sh FOLDER && . FOLDER/tls.env
#
# Whoever has key.pem may run any program on every machine of the cluster, and on the coordinator's: give the folder to
# those machines, under the same path, and to nobody else.
set -eu
mkdir -p "$1"
cd "$1"
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=grader \
    -keyout key.pem -out cert.pem 2> openssl.log || { cat openssl.log >&2; exit 1; }
for role in CLIENT SCHEDULER WORKER; do
    echo "export DASK_DISTRIBUTED__COMM__TLS__${role}__CERT=$PWD/cert.pem"
    echo "export DASK_DISTRIBUTED__COMM__TLS__${role}__KEY=$PWD/key.pem"
done > tls.env
echo "export DASK_DISTRIBUTED__COMM__TLS__CA_FILE=$PWD/cert.pem DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION=true" >> tls.env
