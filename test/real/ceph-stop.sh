#!/bin/bash
# Ends what ceph-start.sh began, gateway first: without its OSD a gateway never ends by itself.
# usage: ceph-stop.sh FOLDER
dir=$(realpath "$1")
for name in client.rgw osd.0 mon.a; do
  pid=$(cat "$dir/run/$name.pid" 2>/dev/null) || continue
  kill "$pid" 2>/dev/null
  for ((tenths = 0; tenths < 50; tenths++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null
done
exit 0
