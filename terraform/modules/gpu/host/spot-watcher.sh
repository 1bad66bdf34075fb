#!/usr/bin/env bash
# Polls for the notice that this Spot machine will be taken in two minutes, and then asks every job on it to end: the worker hands
# its item back and keeps its checkpoint. The agent's own containers are left alone. Ends once all have been asked.
set -uo pipefail

metadata=${SPOT_WATCHER_METADATA:-http://169.254.169.254}
pause=${SPOT_WATCHER_PAUSE:-5}
grace=${SPOT_WATCHER_GRACE:-90}
docker=${SPOT_WATCHER_DOCKER:-docker}

say() {
  printf 'spot-watcher: %s\n' "$1"
}

# A token for a while; none while the service does not answer.
token() {
  curl -sf -m 2 -X PUT "$metadata/latest/api/token" -H 'X-aws-ec2-metadata-token-ttl-seconds: 300'
}

# 0: there is a notice. 404 means that there is none.
noticed() {
  local token
  token=$(token) || return 1
  curl -sf -m 2 -o /dev/null -H "X-aws-ec2-metadata-token: $token" "$metadata/latest/meta-data/spot/instance-action"
}

# Containers that ECS runs for tasks, without the agent, which has no task.
jobs_here() {
  "$docker" ps --quiet --filter label=com.amazonaws.ecs.task-arn
}

hand_back() {
  local job
  for job in $(jobs_here); do
    say "asks $job to end within $grace s"
    "$docker" stop --time "$grace" "$job" >/dev/null &
  done
  wait
}

say "polls every $pause s"
until noticed; do
  sleep "$pause"
done
say "this machine will be taken"
hand_back
