#!/bin/sh
# Ready when the server answers and has every model of MODELS.
set -eu
# Only the names: an empty line of the answer, and its other columns, are nobody's name.
have=$(ollama list | while read -r name rest; do echo "$name"; done)
for model in $MODELS; do
  if ! echo "$have" | grep -qxF "$model"; then
    echo "model $model is not on the volume yet; the Job ollama-models pulls it"
    exit 1
  fi
done
