#!/bin/bash
# One-node Ceph RGW (Debian's own packages) in one folder, on loopback, without systemd or ceph-mgr. Each daemon puts
# itself into the background; ceph-stop.sh ends them. Objects live in memory: ready in about 12 s.
# usage: ceph-start.sh FOLDER PORT MONITOR_PORT ACCESS_KEY SECRET_KEY
set -euo pipefail
dir=$(realpath -m "$1") port=$2 monitor=$3
fsid=$(cat /proc/sys/kernel/random/uuid)
mkdir -p "$dir"/{mon,osd,rgw,log,run}
export CEPH_CONF=$dir/ceph.conf
# cephx with one keyring for all: without authentication radosgw 16 never gets past its first request.
cat >"$CEPH_CONF" <<CONF
[global]
fsid = $fsid
mon_host = v2:127.0.0.1:$monitor
mon_initial_members = a
keyring = $dir/keyring
auth_allow_insecure_global_id_reclaim = false
ms_bind_ipv6 = false
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
run_dir = $dir/run
admin_socket = $dir/run/\$name.asok
pid_file = $dir/run/\$name.pid
log_file = $dir/log/\$name.log
crash_dir = $dir/log
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_data = $dir/mon
mon_data_avail_crit = 1
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_class_update_on_start = false
rgw_data = $dir/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port
rgw_num_rados_handles = 1
rgw_thread_pool_size = 64
CONF

wait_for() { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= end)); then echo "not ready in time: $*" >&2; exit 1; fi
    sleep 0.2
  done
}
osd_is_up() { timeout 5 ceph osd stat 2>/dev/null | grep -q '1 up'; }
answers() { curl -s -o /dev/null "http://127.0.0.1:$port/"; }

monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor]" "$dir/monmap" >/dev/null
key() { ceph-authtool "$dir/keyring" -g -n "$@" >/dev/null; }
ceph-authtool "$dir/keyring" -C >/dev/null
key mon. --cap mon 'allow *'
key client.admin --cap mon 'allow *' --cap osd 'allow *'
key osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
key client.rgw --cap mon 'allow rw' --cap osd 'allow rwx'
ceph-mon --mkfs -i a --monmap "$dir/monmap" --keyring "$dir/keyring"
ceph-mon -i a
wait_for 30 timeout 5 ceph mon stat
osd=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$osd" >/dev/null
ceph-osd -i 0 --mkfs --osd-uuid "$osd" >"$dir/log/mkfs.out" 2>&1
ceph-osd -i 0 >"$dir/log/osd.out" 2>&1
wait_for 60 osd_is_up
radosgw -n client.rgw >"$dir/log/rgw.out" 2>&1
wait_for 90 answers
radosgw-admin -n client.rgw user create --uid=test --display-name=test --access-key="$4" --secret-key="$5" \
  >"$dir/log/user.json" 2>>"$dir/log/admin.err"
