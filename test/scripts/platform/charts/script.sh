#!/bin/sh
set -eu

echo ready
