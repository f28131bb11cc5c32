#!/usr/bin/env bash
# Fuzzes one target:  bash tests/fuzz/run.sh TARGET [SECONDS]
#
# Needs cargo-fuzz and a nightly toolchain (`NIGHTLY` names another than "nightly"). Begins with the target's own corpus
# and with the sites that the suite knows to be hard, and keeps what it learns in target/fuzz, which git ignores. What
# fails lies in target/fuzz/failures; once it is mended, it belongs into the corpus, which the suite runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$1
seconds=${2:-600}
learnt=target/fuzz/$target
mkdir -p "$learnt" target/fuzz/failures

# A site as one file, as the target `site` reads it.
bundle() {
  (cd "$1" && find . -type f -not -name 'expected.*' -not -path './mended*' -size -16k | sort | while read -r file; do
    printf '==> %s\n' "${file#./}"
    cat "$file"
    echo
  done)
}

number=0
for site in tests/fixtures/bad/*/*/ tests/fixtures/sites/*/; do
  number=$((number + 1))
  case $target in
    site) bundle "$site" > "$learnt/seed-$number" ;;
    settings) [ ! -f "$site/brochure.yaml" ] || cp "$site/brochure.yaml" "$learnt/seed-$number" ;;
    document)
      module=$(find "$site" -type f -path '*/content/modules/*.md' -not -path '*/mended*' -size -16k | head -n 1)
      [ -z "$module" ] || { printf 0; cat "$module"; } > "$learnt/seed-$number"
      ;;
  esac
done

# Only the reader of YAML is not safe Rust; whole sites are built several times as often without the sanitiser.
sanitizer=none
[ "$target" != document ] || sanitizer=address

cargo +"${NIGHTLY:-nightly}" fuzz run --sanitizer "$sanitizer" --fuzz-dir tests/fuzz --target-dir "target/fuzz/build-$sanitizer" "$target" \
  "$learnt" "tests/fuzz/corpus/$target" -- \
  -dict=tests/fuzz/words.dict -artifact_prefix=target/fuzz/failures/ \
  -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1
