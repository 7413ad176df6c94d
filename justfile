# The one door to Banter's tools. `just` alone lists what is behind it; without just installed,
# `npx -y rust-just` is the same. CI calls these recipes and knows nothing else.

set shell := ["bash", "-euo", "pipefail", "-c"]

export CARGO_TERM_COLOR := env("CARGO_TERM_COLOR", "auto")

# In CI a dependency must not change unseen; at home the lock file follows Cargo.toml.
locked := if env("CI", "") == "true" { "--locked" } else { "" }

# How long each fuzz target is fed
fuzz_seconds := "60"

# List all recipes
default:
    @just --list --unsorted --justfile "{{ justfile() }}"

# Build what is needed and run the server at http://127.0.0.1:8000
serve *arguments: _web _swagger
    @echo "==> Server (the first time this compiles all dependencies: a few minutes)"
    cargo build {{ locked }} --workspace --bin banter
    @echo "==> Running"
    @exec ./target/debug/banter serve {{ arguments }}

# Develop: server, two demo people and the web app at http://localhost:5173, reloaded when files change
dev: _swagger
    @exec node scripts/dev.mjs

# Build the optimised binary, web app inside, as target/release/banter
release: _web _swagger
    @echo "==> Release build (about ten minutes on two cores)"
    cargo build {{ locked }} --release --workspace --bin banter
    @ls -lh target/release/banter

# Everything that CI checks. The web app is built first: the program carries it inside.
test: _web lint test-rust test-web frontend-size test-browser test-clients test-schema test-deploy fuzz
    @echo "==> All checks passed"

# Formatting, clippy, the web app's own linters, licences, and the links in all pages
lint:
    @echo "==> Format"
    cargo fmt --all --check
    @echo "==> Clippy"
    cargo clippy {{ locked }} --workspace --all-targets -- -D warnings
    @scripts/npm-run frontend lint
    @scripts/npm-run e2e/clients format:check
    @echo "==> Links and figures"
    @node --test scripts/check-docs.test.mjs scripts/audit.test.mjs
    @node scripts/check-docs.mjs
    @node scripts/audit.mjs --offline

# Licences, sources and known vulnerabilities of all dependencies; needs GitHub and npm, --offline without
audit *arguments:
    @node scripts/audit.mjs {{ arguments }}

# Rust's tests, those against MariaDB included
test-rust: _packages build
    @echo "==> Rust tests"
    scripts/with-mariadb cargo test {{ locked }} --workspace --no-fail-fast

# The web app's tests and those of its client, against a running server; its types are the API's
test-web: build
    @scripts/npm-run frontend test
    @scripts/npm-run frontend generate:check

# The web app in a browser, as people use it
test-browser: _packages _web build
    @scripts/npm-run frontend e2e

# What the web app weighs, against its budget
frontend-size: _web
    @scripts/npm-run frontend size

# Pictures of the web app, in both languages and themes
screenshots: _packages _web build
    @scripts/npm-run frontend screenshots

# Clients of other hands against a running server
test-clients: _packages build
    @scripts/npm-run e2e/clients test

# The API document against a running server, with schemathesis
test-schema: _packages build
    @echo "==> Schema tests"
    @if [[ -f e2e/schema/run.py ]]; then python3 e2e/schema/run.py; fi

# All that deploy/ holds, as far as it goes without an account; the gateway in front of real nodes
test-deploy: _packages _web build
    @scripts/deploy --check

# Feed all that reads bytes of strangers with garbage, fuzz_seconds for each target
fuzz *targets="packet message handshake text bodies search media":
    @scripts/fuzz {{ fuzz_seconds }} {{ targets }}

# People talk while servers, disks, databases and wires fail: so many rounds, from that seed on
chaos rounds="100" seed="": _packages build
    @echo "==> Chaos"
    BANTER_CHAOS_ROUNDS={{ rounds }} BANTER_CHAOS_SEED={{ seed }} \
        cargo test {{ locked }} --workspace --test e2e whatever_fails -- --nocapture

# Time codec, edge and writer alone: a filter, --save-baseline NAME, --baseline NAME, --help
bench *arguments:
    @echo "==> Release build (several minutes on two cores)"
    cargo bench {{ locked }} --workspace --bench codec --bench edge --bench commit --no-run
    @echo "==> Measuring"
    @cargo bench --quiet {{ locked }} --workspace --bench codec --bench edge --bench commit -- {{ arguments }}

# Banter against Socket.IO, SQLite and MariaDB on this machine: --quick, --only WORKLOAD, --rounds N, --help
bench-peers *arguments:
    @scripts/npm-run bench/peers check
    @echo "==> Release build (about ten minutes on two cores)"
    cargo build {{ locked }} --release --workspace --bin banter --bin banter-bench
    @echo "==> Measuring"
    @ulimit -n "$(ulimit -Hn)"; exec ./target/release/banter-bench {{ arguments }}

# Whether costs stay while others grow (members, rooms, history, connections): WHAT, --quick, --rounds N
bench-growth *arguments:
    @echo "==> Release build (about ten minutes on two cores)"
    cargo build {{ locked }} --release --workspace --bin banter --bin banter-bench
    @echo "==> Measuring"
    @ulimit -n "$(ulimit -Hn)"; exec ./target/release/banter-bench --plot docs/images/growth.svg --growth {{ arguments }}

# Pack a release for deploy/ansible: the optimised binary and the web app
package file="target/banter.tar.gz": release
    @scripts/package {{ file }}

# To production: vultr, aws or `hosts INVENTORY`, then arguments for Ansible; --check is test-deploy
[positional-arguments]
deploy *arguments:
    @if [[ "${1:-}" == --check ]]; then exec "{{ just_executable() }}" --justfile "{{ justfile() }}" test-deploy; fi; \
        exec scripts/deploy "$@"

# The plays on a machine of their own, in a container: set-up, releases, one that fails, and back; as root on Debian
[positional-arguments]
try-plays *arguments: release
    @scripts/deploy --try "$@"

# The schema of the database: up, down, status
migrate *arguments: build
    ./target/debug/banter migrate {{ arguments }}

# Accounts: create --email … [--name …] [--admin], passwd …, list
user *arguments: build
    ./target/debug/banter user {{ arguments }}

# Print the API document; --v2 for Swagger 2.0
openapi *arguments: build
    @./target/debug/banter openapi {{ arguments }}

# Format everything
fmt:
    cargo fmt --all
    @scripts/npm-run frontend format
    @scripts/npm-run e2e/clients format

# Remove what was built; what the server stored stays
clean:
    cargo clean
    rm -rf .cache frontend/dist frontend/node_modules e2e/clients/node_modules bench/peers/node_modules

# Build the debug binary. Always the whole workspace: a single package would compile the
# dependencies again with other features.
[private]
build: _swagger
    @echo "==> Build" >&2
    cargo build {{ locked }} --workspace

# Build the web app if it is part of this checkout
_web:
    @scripts/npm-run frontend build

# Fetch the viewer of the API's documents, which is embedded
_swagger:
    @scripts/swagger-ui

# Install the programs that tests need, those that are missing
_packages:
    @scripts/install-packages curl:curl mariadb-server:mariadbd redis-server:redis-server chromium:chromium nginx:nginx gettext-base:envsubst \
        libnginx-mod-http-brotli-static:/usr/lib/nginx/modules/ngx_http_brotli_static_module.so \
        libnginx-mod-http-brotli-filter:/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so \
        prometheus:promtool python3-venv:/usr/share/doc/python3-venv \
        fonts-noto-color-emoji:/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf \
        fonts-noto-cjk:/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
