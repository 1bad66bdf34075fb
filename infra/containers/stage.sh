#!/usr/bin/env bash
# Lays out what goes into an image, from a tree that is built: stage.sh cpu|gpu FOLDER [--as PATH] [--onnxruntime JAR]
# PATH is where the folder will lie (/opt/answerprint); JAR is ONNX Runtime's library for CUDA, which the GPU image needs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
place=/opt/answerprint
runtime=

refuse() {
  printf '%s\n' "$1" >&2
  exit 2
}

kind=${1:-} out=${2:-}
[[ $kind =~ ^(cpu|gpu)$ && -n $out ]] || refuse "Usage: stage.sh cpu|gpu FOLDER [--as PATH] [--onnxruntime JAR]"
shift 2
while [ $# -gt 1 ]; do
  case $1 in
    --as) place=$2 ;;
    --onnxruntime) runtime=$2 ;;
    *) refuse "There is no option $1." ;;
  esac
  shift 2
done
[ $# -eq 0 ] || refuse "The option $1 needs a value."
[ "$kind" = cpu ] || [ -n "$runtime" ] || refuse "The GPU image needs --onnxruntime JAR: onnxruntime_gpu, in the version of the root pom."

# A jar into the pool, once; says what it is called there.
pool() {
  local jar=$1 name
  [[ $(basename "$jar") =~ ^onnxruntime-[0-9] && -n $runtime ]] && jar=$runtime
  name=$(basename "$jar")
  [ -e "$out/jars/$name" ] || cp -p "$jar" "$out/jars/$name"
  printf '%s/jars/%s\n' "$place" "$name"
}

pool_all() {
  local jar
  tr ":" "\n" | while read -r jar || [ -n "$jar" ]; do
    [ -z "$jar" ] || pool "$jar"
  done | paste -sd:
}

stage_module() {
  local from=$root/infra/$1/target to=$out/infra/$1/target
  [ -r "$from/$1.classpath" ] || refuse "infra/$1 is not built; run ./answerprint --help, or mvn -DskipTests package, first."
  mkdir -p "$to"
  cp -p "$from/$1"-[0-9]*.jar "$to/"
  rm -f "$to"/*-sources.jar "$to"/*-tests.jar
  pool_all <"$from/$1.classpath" >"$to/$1.classpath"
}

# Functions that were packaged for Lambda; those that were not are left out.
stage_lambdas() {
  local archive name
  for archive in "$root"/functions/*-lambda/target/function.zip; do
    [ -r "$archive" ] || continue
    name=$(basename "$(dirname "$(dirname "$archive")")")
    mkdir -p "$out/functions/$name"
    unzip -q "$archive" -d "$out/functions/$name"
  done
}

mkdir -p "$out/jars" "$out/infra/chain/target"
for module in worker cli stack; do
  stage_module "$module"
done
[ "$kind" = gpu ] || stage_module job
cp -rp "$root/infra/chain/target/quarkus-app" "$out/infra/chain/target/"
[ "$kind" = gpu ] || stage_lambdas

# Decoders are children of their own with fewer jars, named in this order by the class that starts them.
for jar in media frames faults javacpp ffmpeg; do
  tr ':' '\n' <"$out/infra/worker/target/worker.classpath" | grep -E "/$jar-[0-9.]+(-[0-9.]+)?[.]jar\$"
done | paste -sd: >"$out/decoder.classpath"

# The same library twice is a link: half of an image would be copies.
share() {
  local sum jar
  declare -A kept
  while read -r jar; do
    sum=$(sha256sum <"$out/jars/$jar")
    kept[$sum]=$jar
  done < <(kept_jars)
  while read -r jar; do
    sum=$(sha256sum <"$jar")
    [ -z "${kept[$sum]:-}" ] || ln -sfr "$out/jars/${kept[$sum]}" "$jar"
  done < <(find "$out/infra/chain" "$out/functions" -name '*.jar' -type f 2>/dev/null)
}

# What the programs that stay in the image need: a worker, and a job where there is one.
kept_jars() {
  cat "$out"/infra/worker/target/worker.classpath "$out"/infra/job/target/job.classpath 2>/dev/null | tr ':' '\n' | sed 's|.*/||' \
    | grep . | sort -u
}

share

# What the image does without once it is trained.
{
  comm -23 <(ls "$out/jars") <(kept_jars) | sed 's|^|jars/|'
  printf '%s\n' infra/cli infra/stack bin/Unpack.java bin/check bin/train .answerprint/cache/broker.jsa \
    .answerprint/cache/object-store.jsa
  [ "$kind" = cpu ] || printf '%s\n' infra/chain .answerprint/cache/functions.aot
} >"$out/training-only"
