// Does what `helm template` of Helm 4 does, once for each line of JSON that it reads. It also reads
// YAML as kubectl does, whose parser is the same.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/loader"
	v2 "helm.sh/helm/v4/pkg/chart/v2/loader"
	release "helm.sh/helm/v4/pkg/release/v1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	yaml "sigs.k8s.io/yaml/goyaml.v2"
)

// The Kubernetes that Helm's releases are built for; a library of it says 1.20.
const kubeVersion = "v1.35.0"

type request struct {
	Release, Namespace, Chart string
	// As it stands in a values file.
	Values string
	// Instead of all of the others: texts to read.
	Read []string
}

type answer struct {
	Ok   bool   `json:"ok"`
	Text string `json:"text"`
	// Of each text its objects.
	Objects [][]any `json:"objects,omitempty"`
}

func main() {
	log.SetFlags(0)
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, _ := in.ReadBytes('\n')
		if len(line) == 0 {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			log.Fatal(err)
		}
		if err := out.Encode(answerTo(asked)); err != nil {
			log.Fatal(err)
		}
	}
}

func answerTo(asked request) answer {
	var done answer
	var err error
	if asked.Read == nil {
		done.Text, err = template(asked)
	}
	for _, text := range asked.Read {
		objects, fault := read(text)
		done.Objects = append(done.Objects, objects)
		err = errors.Join(err, fault)
	}
	if err != nil {
		return answer{Text: fmt.Sprintf("Error: %v\n", err)}
	}
	done.Ok = true
	return done
}

// As in pkg/cmd/template.go and install.go of Helm 4.1.
func template(asked request) (string, error) {
	version, err := common.ParseKubeVersion(kubeVersion)
	if err != nil {
		return "", err
	}
	client := action.NewInstall(new(action.Configuration))
	client.DryRunStrategy = action.DryRunClient
	client.Replace = true
	client.KubeVersion = version
	client.ReleaseName = asked.Release
	client.Namespace = asked.Namespace
	values, err := v2.LoadValues(strings.NewReader(asked.Values))
	if err != nil {
		return "", err
	}
	loaded, err := loader.Load(asked.Chart)
	if err != nil {
		return "", err
	}
	accessor, err := chart.NewAccessor(loaded)
	if err != nil {
		return "", err
	}
	if err := action.CheckDependencies(loaded, accessor.MetaDependencies()); err != nil {
		return "", err
	}
	made, err := client.Run(loaded, values)
	if err != nil {
		return "", err
	}
	rendered, ok := made.(*release.Release)
	if !ok {
		return "", fmt.Errorf("Helm made a %T", made)
	}
	var all bytes.Buffer
	fmt.Fprintln(&all, strings.TrimSpace(rendered.Manifest))
	for _, hook := range rendered.Hooks {
		fmt.Fprintf(&all, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return all.String(), nil
}

// Documents as kubectl splits and parses them; those of nothing are left out.
func read(text string) ([]any, error) {
	objects := []any{}
	documents := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		var data any
		if err := yaml.UnmarshalStrict(document, &data); err != nil {
			return nil, err
		}
		if data == nil {
			continue
		}
		object, err := plain(data)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
}

// As JSON has it. No YAML holds a NUL: behind it stands a float, which JSON cannot tell from an integer.
func plain(data any) (any, error) {
	switch data := data.(type) {
	case map[any]any:
		object := map[string]any{}
		for key, value := range data {
			name, ok := key.(string)
			if !ok {
				return nil, fmt.Errorf("key %v is no text", key)
			}
			part, err := plain(value)
			if err != nil {
				return nil, err
			}
			object[name] = part
		}
		return object, nil
	case []any:
		for i, item := range data {
			part, err := plain(item)
			if err != nil {
				return nil, err
			}
			data[i] = part
		}
		return data, nil
	case float64:
		if data == math.Trunc(data) || math.IsNaN(data) {
			return "\x00" + strconv.FormatFloat(data, 'g', -1, 64), nil
		}
	}
	return data, nil
}
