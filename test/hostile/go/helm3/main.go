// Does what `helm template` of Helm 3 does, once for each line of JSON that it reads.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"sigs.k8s.io/yaml"
)

// The Kubernetes that Helm's releases are built for; a library of it says 1.20.
const kubeVersion = "v1.31.0"

type request struct {
	Release, Namespace, Chart string
	// As it stands in a values file.
	Values string
}

type answer struct {
	Ok   bool   `json:"ok"`
	Text string `json:"text"`
}

func main() {
	log.SetFlags(0)
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 {
			return
		}
		var asked request
		if err = json.Unmarshal(line, &asked); err != nil {
			log.Fatal(err)
		}
		text, err := template(asked)
		if err != nil {
			text = fmt.Sprintf("Error: %v\n", err)
		}
		if err := out.Encode(answer{err == nil, text}); err != nil {
			log.Fatal(err)
		}
	}
}

// As in cmd/helm/template.go and install.go of Helm 3.16.
func template(asked request) (string, error) {
	version, err := chartutil.ParseKubeVersion(kubeVersion)
	if err != nil {
		return "", err
	}
	client := action.NewInstall(new(action.Configuration))
	client.DryRun = true
	client.DryRunOption = "true"
	client.ClientOnly = true
	client.Replace = true
	client.KubeVersion = version
	client.ReleaseName = asked.Release
	client.Namespace = asked.Namespace
	values := map[string]interface{}{}
	if err := yaml.Unmarshal([]byte(asked.Values), &values); err != nil {
		return "", err
	}
	chart, err := loader.Load(asked.Chart)
	if err != nil {
		return "", err
	}
	if err := action.CheckDependencies(chart, chart.Metadata.Dependencies); err != nil {
		return "", err
	}
	release, err := client.Run(chart, values)
	if err != nil {
		return "", err
	}
	var all bytes.Buffer
	fmt.Fprintln(&all, strings.TrimSpace(release.Manifest))
	for _, hook := range release.Hooks {
		fmt.Fprintf(&all, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return all.String(), nil
}
