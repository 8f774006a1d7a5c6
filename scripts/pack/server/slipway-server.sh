#!/bin/sh
# A shell script, because the server can take the place of its process: so signals reach the server, and no second Node waits
# for it.
lib=$(dirname "$(readlink -f "$0")")/../lib
node=$(node "$lib/provide.js" "$@") || exit
exec "$node" "$lib/server.js" "$@"
