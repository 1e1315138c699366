# shellcheck shell=bash
# Sourced: sizes PostgreSQL by its own guidance from what the machine has.
# Sources: https://www.postgresql.org/docs/17/runtime-config-resource.html (a quarter of the memory for shared_buffers;
# autovacuum workers each take maintenance_work_mem; several sorts of one session each take work_mem),
# https://www.postgresql.org/docs/17/runtime-config-query.html (effective_cache_size counts the kernel's cache too;
# random_page_cost for solid-state disks), https://www.postgresql.org/docs/17/runtime-config-wal.html

at_least() {
  if [ "$1" -gt "$2" ]; then printf '%s' "$1"; else printf '%s' "$2"; fi
}

at_most() {
  if [ "$1" -lt "$2" ]; then printf '%s' "$1"; else printf '%s' "$2"; fi
}

between() {
  at_most "$(at_least "$2" "$1")" "$3"
}

# postgresql_sizing MEMORY_MIB PROCESSORS DISK_MIB CONNECTIONS: prints settings.
postgresql_sizing() {
  local memory=$1 processors=$2 disk=$3 connections=$4 wal
  # What the checkpointer lets pile up is a tenth of the disk at most.
  wal=$(between 1024 $((disk / 10)) 8192)
  printf '# Written at boot for %s MiB of memory, %s processors and a disk of %s MiB.\n' "$memory" "$processors" "$disk"
  printf 'max_connections = %s\n' "$connections"
  printf 'shared_buffers = %sMB\n' "$(at_least $((memory / 4)) 128)"
  printf 'effective_cache_size = %sMB\n' "$(at_least $((memory * 3 / 4)) 256)"
  printf 'maintenance_work_mem = %sMB\n' "$(between 64 $((memory / 16)) 1024)"
  printf 'work_mem = %sMB\n' "$(between 4 $((memory / 4 / connections)) 64)"
  printf 'max_worker_processes = %s\n' "$(at_least "$processors" 8)"
  printf 'max_parallel_workers = %s\n' "$(at_least "$processors" 2)"
  printf 'max_parallel_workers_per_gather = %s\n' "$(between 1 $((processors / 2)) 4)"
  printf 'max_parallel_maintenance_workers = %s\n' "$(between 1 $((processors / 2)) 4)"
  printf 'max_wal_size = %sMB\n' "$wal"
  printf 'min_wal_size = %sMB\n' "$(between 80 $((wal / 4)) 2048)"
  printf 'random_page_cost = 1.1\n'
  printf 'effective_io_concurrency = 200\n'
  printf 'huge_pages = try\n'
}

# The memory in MiB, rounded down to 64: a kernel update that reserves a little more asks for no restart.
memory_mib() {
  awk '$1 == "MemTotal:" { print int($2 / 1024 / 64) * 64 }' /proc/meminfo
}
