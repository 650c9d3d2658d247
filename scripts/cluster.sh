# What cluster-flink and cluster-spark share; sourced by both.
#
# All of it stands in $COPYTRAIL_CLUSTER (default ~/.cache/copytrail-cluster): jars, logs, process ids.
# Needed: Java 11 or 17, Maven, curl, and pip or uv. Everything is fetched once, from Maven Central and
# PyPI, and listens on 127.0.0.1 only.

home=${COPYTRAIL_CLUSTER:-$HOME/.cache/copytrail-cluster}
# Beam's runner, as jars that are not packed into one: see docs/operations/clusters.md for why 2.62.0
beam=${BEAM_RUNNER_VERSION:-2.62.0}
job_port=${JOB_PORT:-8099}
workers=${WORKERS:-2}
# what Flink and Spark reach into on Java 17; both list these in their own start scripts
opens=()
for inside in java.lang java.lang.invoke java.lang.reflect java.io java.math java.net java.nio \
    java.security java.text java.time java.util java.util.concurrent java.util.concurrent.atomic \
    java.util.concurrent.locks sun.net.util sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    opens+=("--add-opens=java.base/$inside=ALL-UNNAMED")
done

fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

needs() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is missing; it is needed to fetch and start a cluster"
    done
}

# beam_jars ARTIFACT FOLDER: Beam's runner with all that it depends on
beam_jars() {
    [ -e "$2/.complete" ] && return
    needs mvn
    mkdir -p "$2"
    cat >"$2/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>copytrail</groupId><artifactId>cluster</artifactId><version>1</version><dependencies><dependency>
<groupId>org.apache.beam</groupId><artifactId>$1</artifactId><version>$beam</version></dependency></dependencies></project>
POM
    mvn -q -f "$2/pom.xml" dependency:copy-dependencies -DoutputDirectory="$2" ||
        fail "Maven did not resolve org.apache.beam:$1:$beam"
    touch "$2/.complete"
}

# pip, also in an environment that uv made, which has none
pip() {
    if python3 -m pip --version >/dev/null 2>&1; then
        python3 -m pip "$@"
    else
        needs uv
        uv run --quiet --no-project --isolated --with pip python -m pip "$@"
    fi
}

# pypi_source PACKAGE VERSION FOLDER: the unpacked source distribution
pypi_source() {
    [ -e "$3/.complete" ] && return
    local packed; packed=$(mktemp -d)
    pip download -q --no-deps --no-binary :all: --dest "$packed" "$1==$2" ||
        fail "pip did not download $1==$2"
    mkdir -p "$3"
    tar -xzf "$packed"/*.tar.gz -C "$3" --strip-components=1
    rm -rf "$packed"
    touch "$3/.complete"
}

# launch NAME COMMAND...: in the background, with its output in logs/NAME.log
launch() {
    local name=$1; shift
    mkdir -p "$run/logs" "$run/pids"
    nohup "$@" >"$run/logs/$name.log" 2>&1 </dev/null &
    echo $! >"$run/pids/$name"
}

# wait_for WHAT SECONDS COMMAND...: until the command succeeds
wait_for() {
    local what=$1 left=$2; shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "$what did not come up; see $run/logs"
        sleep 1
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

stop() {
    for file in "$run"/pids/*; do
        [ -e "$file" ] || continue
        kill "$(cat "$file")" 2>/dev/null || true
        rm -f "$file"
    done
}

status() {
    for file in "$run"/pids/*; do
        [ -e "$file" ] || { echo "not running"; return; }
        kill -0 "$(cat "$file")" 2>/dev/null && echo "$(basename "$file") $(cat "$file")" ||
            echo "$(basename "$file") gone"
    done
}

# what goes behind `--` of `copytrail run`
options() {
    local worker; worker=$(command -v "${COPYTRAIL_WORKER:-copytrail-worker}") ||
        fail "copytrail-worker is not on the PATH; run this by 'uv run', or set COPYTRAIL_WORKER"
    printf -- '--job_endpoint=127.0.0.1:%s --parallelism=%s --environment_type=PROCESS --environment_cache_millis=3600000 --environment_config={"command":"%s"}\n' \
        "$job_port" "$workers" "$worker"
}

main() {
    case ${1:-} in
        # what Maven and pip say on a first start is no option
        start) needs java curl python3; stop; start >&2; options ;;
        stop) stop ;;
        status) status ;;
        options) options ;;
        *) echo "usage: $(basename "$0") start | stop | status | options" >&2; exit 2 ;;
    esac
}
