#!/bin/sh
# A shell, so that the server itself takes the place of this process: signals reach it, and no other Node waits beside it.
lib=$(dirname "$(readlink -f "$0")")/../lib
node=$(node "$lib/provide.js" "$@") || exit
exec "$node" "$lib/server.js" "$@"
