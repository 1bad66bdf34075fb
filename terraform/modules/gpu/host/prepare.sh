#!/bin/bash
# Makes a machine ready for jobs: a fast disk, no way from the job's user to the machine's own credentials, and the watcher.
# A template of Terraform: uid is filled in, and a doubled dollar sign is one of the shell's.
set -euo pipefail

readonly worker=${uid}

# The disks of the machine itself, as one; without any the root disk serves. A disk goes by several names.
mapfile -t disks < <(find /dev/disk/by-id -name 'nvme-Amazon_EC2_NVMe_Instance_Storage_*' ! -name '*-part*' -exec readlink -f {} + | sort -u)
mkdir -p /scratch
set -- "$${disks[@]}"
if [ $# -gt 1 ]; then
  mdadm --create /dev/md0 --level=0 --raid-devices=$# "$@"
  set -- /dev/md0
fi
if [ $# -eq 1 ]; then
  mkfs.xfs -f -q "$1"
  mount -o noatime,nodev,nosuid "$1" /scratch
fi
install -d -o "$worker" -g "$worker" -m 0700 /scratch/work

# Jobs share the host's network. Their user gets its own role's credentials from 169.254.170.2, and none of the machine's.
iptables --insert OUTPUT --destination 169.254.169.254 --match owner --uid-owner "$worker" --jump REJECT

# After a notice nothing new is placed on this machine.
echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >>/etc/ecs/ecs.config

systemctl daemon-reload
systemctl enable --now --no-block spot-watcher.service
