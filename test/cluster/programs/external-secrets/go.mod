module external-secrets

go 1.26.8

require github.com/external-secrets/external-secrets v1.3.2
