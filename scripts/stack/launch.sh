#!/bin/sh
# Notes its process id in $SLIPWAY_PID_FILE and becomes the server that its arguments name: the note is there before the
# server is, so whoever has to end it can always find it.
echo $$ >"$SLIPWAY_PID_FILE"
unset SLIPWAY_PID_FILE
exec "$@"
