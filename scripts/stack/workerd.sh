#!/bin/sh
# Stands in for workerd: notes its id for the guard, lets Ctrl-C pass so that the stack can stop it in order, and has it
# listen where the stack says. (Told itself, Miniflare would open its own unguarded helper port on that address too.)
trap '' INT
echo $$ >"$SLIPWAY_WORKERD_PID"
for argument do
  shift
  case $argument in
    --socket-addr=entry=*) argument="--socket-addr=entry=$SLIPWAY_LISTEN" ;;
  esac
  set -- "$@" "$argument"
done
exec "$SLIPWAY_WORKERD" "$@"
