# shellcheck shell=bash
# Sourced: waits for the data disk, formats it if nothing was ever on it, and mounts it. Expects
# DATA_DISK_LUN, _LABEL, _MOUNT, _WAIT_SECONDS, _LEAST_FREE_MIB and _FILE_SYSTEM (ext4 or xfs) of the settings.
# Sources: https://learn.microsoft.com/azure/virtual-machines/linux/azure-to-guest-disk-mapping and
# https://github.com/Azure/azure-vm-utils (links by LUN; a data disk's NVMe namespace is its LUN plus 2)

# Prints the device of the disk on the LUN, or nothing while it is not attached.
find_data_disk() {
  local link namespace
  for link in "/dev/disk/azure/scsi1/lun$DATA_DISK_LUN" "/dev/disk/azure/data/by-lun/$DATA_DISK_LUN"; do
    if [ -b "$link" ]; then
      readlink --canonicalize "$link"
      return 0
    fi
  done
  # An image without udev rules for NVMe has no links by LUN.
  for namespace in /sys/class/nvme/nvme*/nvme*n$((DATA_DISK_LUN + 2)); do
    if [ -e "$namespace" ] && grep --quiet 'MSFT NVMe Accelerator' "$(dirname "$namespace")/model" &&
      [ -b "/dev/$(basename "$namespace")" ]; then
      printf '/dev/%s\n' "$(basename "$namespace")"
      return 0
    fi
  done
}

# Terraform attaches the disk after the machine has booted, so it may not be there for minutes.
wait_for_data_disk() {
  local waited=0 device
  while true; do
    device=$(find_data_disk)
    if [ -n "$device" ]; then
      printf '%s\n' "$device"
      return 0
    fi
    if [ "$waited" -eq 0 ]; then
      say "waiting for the data disk on LUN $DATA_DISK_LUN" >&2
      working "waiting for the data disk on LUN $DATA_DISK_LUN"
    fi
    if [ "$waited" -ge "$DATA_DISK_WAIT_SECONDS" ]; then
      fail "no data disk on LUN $DATA_DISK_LUN after $waited seconds; the next run waits again" >&2
    fi
    sleep 1
    waited=$((waited + 1))
  done
}

# is_zero DEVICE OFFSET LENGTH: whether the bytes were never written; what cannot be read counts as written.
is_zero() {
  cmp --quiet --ignore-initial="$2:0" --bytes="$3" "$1" /dev/zero
}

# Prints what is on the device; prints nothing only where nothing was ever written to it.
content_of() {
  local device=$1 size signatures partitions edge=$((16 * 1024 * 1024)) sample=$((64 * 1024)) step index
  size=$(blockdev --getsize64 "$device")
  if [ "$size" -lt "$edge" ]; then
    printf 'a device of %s bytes, too small to be the data disk' "$size"
    return 0
  fi
  signatures=$(wipefs --no-act --noheadings --output TYPE "$device" | sort --unique | tr '\n' ' ')
  if [ -n "$signatures" ]; then
    printf 'signatures of: %s' "$signatures"
    return 0
  fi
  if [ -n "$(blkid --probe --output export "$device" 2>/dev/null || true)" ]; then
    printf 'a signature that blkid knows'
    return 0
  fi
  partitions=$(lsblk --noheadings --output NAME "$device" | wc --lines)
  if [ "$partitions" -gt 1 ]; then
    printf 'partitions, or another device on top'
    return 0
  fi
  # A device without a signature may still contain data: raw volumes, wiped tables and unknown formats have none.
  if ! is_zero "$device" 0 "$edge" || ! is_zero "$device" $((size - edge)) "$edge"; then
    printf 'bytes of no known format'
    return 0
  fi
  step=$((size / 256 / sample * sample))
  for index in $(seq 1 255); do
    if [ "$step" -gt 0 ] && ! is_zero "$device" $((index * step)) "$sample"; then
      printf 'bytes of no known format'
      return 0
    fi
  done
}

# With ext4, no blocks are kept for root: the server is another account. With xfs, blocks of 4 KiB and reflinks are
# what Veeam's block cloning needs.
# Source: https://helpcenter.veeam.com/docs/vbr/userguide/backup_repository_block_cloning.html
make_file_system() {
  case $DATA_DISK_FILE_SYSTEM in
    ext4) mkfs.ext4 -q -m 0 -L "$DATA_DISK_LABEL" "$1" ;;
    xfs) mkfs.xfs -q -b size=4096 -m reflink=1,crc=1 -L "$DATA_DISK_LABEL" "$1" ;;
  esac
}

# Prints how the label of an ext4 or xfs file system is set.
label_command() {
  case $(blkid --probe --match-tag TYPE --output value "$1" 2>/dev/null || true) in
    ext4) printf 'e2label %s %s' "$1" "$DATA_DISK_LABEL" ;;
    xfs) printf 'xfs_admin -L %s %s' "$DATA_DISK_LABEL" "$1" ;;
  esac
}

# Formats the device if it is blank. Refuses a disk with anything other than our own file system.
ensure_file_system() {
  local device=$1 label content hint=
  label=$(blkid --probe --match-tag LABEL --output value "$device" 2>/dev/null || true)
  if [ "$label" = "$DATA_DISK_LABEL" ]; then return 0; fi
  content=$(content_of "$device")
  if [ -n "$content" ]; then
    hint=$(label_command "$device")
    if [ -n "$hint" ]; then
      hint=" If it is this server's own, its label was changed from '$DATA_DISK_LABEL' to '$label': $hint"
    fi
    refuse "the disk on LUN $DATA_DISK_LUN ($device) is not blank and was not made by this script: it has $content." \
      "It is neither formatted nor used. Attach the right disk, or empty this one by hand.$hint"
  fi
  say "formatting the blank disk on LUN $DATA_DISK_LUN ($device)"
  make_file_system "$device"
}

# Mounts by UUID, now and at every boot; a boot without the disk still reaches SSH.
ensure_mounted() {
  local device=$1 uuid line mounted check=2
  uuid=$(blkid --probe --match-tag UUID --output value "$device")
  if [ -z "$uuid" ]; then
    refuse "the file system on LUN $DATA_DISK_LUN ($device) has no UUID to be mounted by." \
      "Give it one: tune2fs -U random $device, or xfs_admin -U generate $device"
  fi
  if [ "$DATA_DISK_FILE_SYSTEM" = xfs ]; then check=0; fi
  line="UUID=$uuid $DATA_DISK_MOUNT $DATA_DISK_FILE_SYSTEM defaults,noatime,nofail,x-systemd.device-timeout=10min 0 $check"
  mkdir --parents "$DATA_DISK_MOUNT"
  if ! grep --quiet --line-regexp --fixed-strings "$line" /etc/fstab; then
    say "mounting UUID $uuid on $DATA_DISK_MOUNT at every boot"
    awk -v mount="$DATA_DISK_MOUNT" '$2 != mount' /etc/fstab >/etc/fstab.new
    printf '%s\n' "$line" >>/etc/fstab.new
    chmod 644 /etc/fstab.new
    mv --force /etc/fstab.new /etc/fstab
    tell_systemd daemon-reload
  fi
  if ! mountpoint --quiet "$DATA_DISK_MOUNT"; then mount "$DATA_DISK_MOUNT"; fi
  mounted=$(findmnt --noheadings --output SOURCE --mountpoint "$DATA_DISK_MOUNT")
  if [ "$(readlink --canonicalize "$mounted")" != "$device" ]; then
    refuse "$mounted is mounted on $DATA_DISK_MOUNT, where the disk on LUN $DATA_DISK_LUN ($device) belongs"
  fi
}

# Asks the controller for the size of the disk: a disk that was expanded while attached has its old size until then.
# Source: https://learn.microsoft.com/azure/virtual-machines/linux/expand-disks#detecting-a-changed-disk-size
rescan() {
  local file
  for file in "/sys/class/block/$(basename "$1")/device/"{rescan,rescan_controller}; do
    if [ -w "$file" ]; then printf 1 >"$file"; fi
  done
}

# Uses the full size of a disk that was expanded in Azure, also while it is mounted.
ensure_full_size() {
  local device=$1 said
  rescan "$device"
  if [ "$DATA_DISK_FILE_SYSTEM" = xfs ]; then
    if ! said=$(xfs_growfs -d "$DATA_DISK_MOUNT" 2>&1); then
      say "the file system could not be grown to the size of the disk: $said"
    fi
    return 0
  fi
  if [ "$(dumpe2fs -h "$device" 2>/dev/null | awk -F: '/^Reserved block count/ { print $2 + 0 }')" != 0 ]; then
    tune2fs -m 0 "$device" >/dev/null
  fi
  if ! said=$(resize2fs "$device" 2>&1); then
    say "the file system could not be grown to the size of the disk: $said"
  fi
}

# Fails where the disk is full.
has_disk_space() {
  local used free
  read -r used free < <(df --output=pcent,avail --block-size=1M "$DATA_DISK_MOUNT" | tail --lines=1 | tr -d %)
  fact disk_used_percent "$used"
  if [ "$used" -ge 90 ] && [ "$(state_now)" != ready ]; then say "WARNING: the data disk is $used % full"; fi
  [ "$free" -ge "$DATA_DISK_LEAST_FREE_MIB" ]
}

prepare_data_disk() {
  local device
  device=$(wait_for_data_disk)
  ensure_file_system "$device"
  ensure_mounted "$device"
  ensure_full_size "$device"
}
