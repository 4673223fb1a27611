#!/bin/sh
# Puts one of your own Codespaces secrets with curl, jq and the Rust example: TOKEN=… sh put.sh NAME REPOSITORY_ID < value
set -eu
secrets="${API:-https://api.github.com}/user/codespaces/secrets"

# The token reaches curl on its standard input, so it stands in no process's arguments.
github() {
    printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" |
        curl --silent --show-error --fail-with-body --config - --header 'X-GitHub-Api-Version: 2022-11-28' "$@"
}

answer=$(github "$secrets/public-key")
box=$(cargo run --quiet --package octoseal-crypto --example seal -- "$(printf %s "$answer" | jq -r .key)")
body=$(printf %s "$answer" | jq -c --arg box "$box" --argjson id "$2" \
    '{encrypted_value: $box, key_id, selected_repository_ids: [$id]}')
github --request PUT --data "$body" --write-out '%{http_code}\n' "$secrets/$1"
