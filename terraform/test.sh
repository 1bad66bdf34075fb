#!/usr/bin/env bash
# Everything about the cloud that can be tested without an account: Terraform's sources, plans and tests, the rules over them, the
# scripts and the containers' steps. What lacks a tool here is skipped and says so; the exit code speaks of failures only.
set -uo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
work=$(mktemp -d)
provider=
passed=0 failed=0 skipped=0
unset TF_LOG TF_CLI_ARGS
# Terraform and its provider spend much of their time on collecting garbage, which a few hundred MB more spare them.
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0 GOGC=${GOGC:-400}

# What `share_provider` started, if it did.
end_provider() {
  [ -n "$provider" ] && kill "$provider" && wait "$provider"
  provider=
} 2>/dev/null
trap 'end_provider; rm -rf "$work"' EXIT

has() {
  command -v "$1" >/dev/null
}

skip() {
  skipped=$((skipped + 1))
  printf 'skip  %s: skipped: %s\n' "$1" "$2"
}

# check NAME COMMAND...: what it prints is shown where it fails.
check() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    passed=$((passed + 1))
    printf 'ok    %s\n' "$name"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$name"
    sed 's/^/      /' "$work/log"
  fi
}

# count NAME PASSED FAILED SKIPPED: the tests of a runner.
count() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  printf '%s  %s: %d passed, %d failed, %d skipped\n' "$([ "$3" -eq 0 ] && echo 'ok  ' || echo 'FAIL')" "$1" "$2" "$3" "$4"
}

# A folder of providers in the usual places, or in ANSWERPRINT_TERRAFORM_PLUGINS.
mirror() {
  local place
  for place in "${ANSWERPRINT_TERRAFORM_PLUGINS:-}" "${HOME:-/root}/.terraform.d/plugins" /usr/local/share/terraform/plugins \
      /usr/share/terraform/plugins /opt/*; do
    if [ -n "$place" ] && compgen -G "$place/*/hashicorp/aws/*" >/dev/null; then
      printf '%s\n' "$place"
      return
    fi
  done
}

# One's own settings if there are any, else a mirror if there is one, else what Terraform does by itself.
choose_provider() {
  local place
  [ -n "${TF_CLI_CONFIG_FILE:-}" ] && [ -r "$TF_CLI_CONFIG_FILE" ] && return
  unset TF_CLI_CONFIG_FILE
  place=$(mirror)
  if [ -n "$place" ]; then
    printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$place" >"$work/settings"
    export TF_CLI_CONFIG_FILE=$work/settings
  fi
}

# The sources without what checks leave beside them, so that nothing is left in the tree.
copy_sources() {
  mkdir "$work/tree"
  (cd "$home" && tar --exclude=.terraform --exclude='.terraform.lock.hcl' --exclude=node_modules -cf - .) | tar -xf - -C "$work/tree"
}

# The provider is a program of 700 MB that Terraform starts for every step of every test. Where it can be started by itself, all
# share one, with the keys that plans are made with; what it prints says how it is reached. Where it cannot, each step starts its
# own, and only takes longer.
share_provider() {
  local program place tries=300
  program=$(find -L "$work/tree/.terraform/providers" -type f -name 'terraform-provider-aws*' | head -n 1)
  env -i PATH="$PATH" HOME="$work" TMPDIR="$work" GOGC="$GOGC" AWS_ACCESS_KEY_ID=fake AWS_SECRET_ACCESS_KEY=fake \
    timeout 3600 "$program" -debug >"$work/provider" 2>&1 &
  provider=$!
  until place=$(sed -n "s/.*TF_REATTACH_PROVIDERS='\(.*\)'.*/\1/p" "$work/provider" 2>/dev/null) && [ -n "$place" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] && kill -0 "$provider" 2>/dev/null || return
    sleep 0.1
  done
  export TF_REATTACH_PROVIDERS=$place
}

terraform_tests() {
  local line
  terraform -chdir="$work/tree" test -no-color >"$work/tests" 2>&1
  line=$(grep -E '^(Success|Failure)!' "$work/tests" | tail -n 1)
  if [ -z "$line" ]; then
    check "terraform test" cat "$work/tests" /nowhere
    return
  fi
  runs() { sed -n "s/.*[ ,]\([0-9]*\) $1.*/\1/p" <<<"$line" | grep . || echo 0; }
  count "terraform test" "$(runs passed)" "$(runs failed)" "$(runs skipped)"
  [[ $line == Success* ]] || grep -E -A 12 '\.\.\. fail|^Error' "$work/tests"
}

with_terraform() {
  if ! has terraform; then
    for name in "terraform fmt" "terraform validate" "terraform test"; do skip "$name" "terraform not available"; done
    return
  fi
  check "terraform fmt" terraform -chdir="$home" fmt -check -recursive -no-color
  choose_provider
  copy_sources
  if ! timeout 180 terraform -chdir="$work/tree" init -backend=false -no-color >"$work/init" 2>&1; then
    for name in "terraform validate" "terraform test"; do skip "$name" "provider not available"; done
    return
  fi
  share_provider
  export ANSWERPRINT_TERRAFORM_PLANS=yes
  check "terraform validate" terraform -chdir="$work/tree" validate -no-color
  terraform_tests
}

# The packages of the rules, from what an earlier run left or from the registry that npm is set up for.
packages() {
  [ "$home/rules/node_modules/.package-lock.json" -nt "$home/rules/package-lock.json" ] && return
  (cd "$home/rules" && timeout 180 npm ci --ignore-scripts --no-audit --no-fund) >"$work/npm" 2>&1
}

# Why tests cannot run on Node here; nothing where they can.
without_node() {
  if ! has node || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "node 20 or newer not available"
  elif ! has npm || ! packages; then
    echo "their npm packages not available"
  fi
}

# node_tests NAME FOLDER: the tests in a folder of the rules.
node_tests() {
  local name=$1 folder=$2 why
  why=$(without_node)
  if [ -n "$why" ]; then
    skip "$name" "$why"
    return
  fi
  (cd "$home/rules" && node --test --test-reporter=tap "$folder"/*.test.mjs) >"$work/rules" 2>&1
  tests() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$work/rules" | tail -n 1 | grep . || echo 0; }
  count "$name" "$(tests pass)" "$(($(tests fail) + $(tests cancelled)))" "$(tests skipped)"
  [ "$(tests tests)" -gt 0 ] || check "node --test" cat "$work/rules" /nowhere
  grep -oE '# SKIP skipped: .*' "$work/rules" | sort | uniq -c | sed 's/^ *\([0-9]*\) # SKIP /skip  \1 of them: /'
  grep -E -A 30 '^ *not ok' "$work/rules" | head -n 200
}

# What runs a build beside this says by a function of this name whether its packages are there.
wait_for_packages() {
  declare -F packaged >/dev/null || return
  until packaged; do sleep 1; done
}

with_terraform
node_tests 'rules over sources, plans and containers' test
end_provider
wait_for_packages
node_tests "an image's steps" built
printf 'terraform: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
