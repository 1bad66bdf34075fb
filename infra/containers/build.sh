#!/usr/bin/env bash
# Builds an image: build.sh cpu|gpu TAG --base IMAGE@sha256:… --jdk IMAGE@sha256:… [--onnxruntime JAR]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base='' jdk='' runtime=''

refuse() {
  printf '%s\n' "$1" >&2
  exit 2
}

kind=${1:-} tag=${2:-}
[[ $kind =~ ^(cpu|gpu)$ && -n $tag ]] || refuse "Usage: build.sh cpu|gpu TAG --base IMAGE@sha256:… --jdk IMAGE@sha256:… [--onnxruntime JAR]"
shift 2
while [ $# -gt 1 ]; do
  case $1 in
    --base) base=$2 ;;
    --jdk) jdk=$2 ;;
    --onnxruntime) runtime=$2 ;;
    *) refuse "There is no option $1." ;;
  esac
  shift 2
done
for image in "base=$base" "jdk=$jdk"; do
  [[ $image =~ @sha256:[0-9a-f]{64}$ ]] \
    || refuse "Base images are named by digest, since a tag can change what it names: give --${image%%=*} IMAGE@sha256:DIGEST."
done

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
"$here/stage.sh" "$kind" "$context/home" ${runtime:+--onnxruntime "$runtime"}
cp -rp "$here/bin" "$context/"
docker build --platform linux/amd64 --file "$here/Dockerfile" --tag "$tag" \
  --build-arg KIND="$kind" --build-arg BASE="$base" --build-arg JDK="$jdk" "$context"
