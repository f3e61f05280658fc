// Tells what Kubernetes' own library says of pods under Pod Security "restricted": reads a JSON list
// of pods, writes a JSON list of what each one is refused for, by version.
package main

import (
	"encoding/json"
	"log"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

func main() {
	var pods []corev1.Pod
	if err := json.NewDecoder(os.Stdin).Decode(&pods); err != nil {
		log.Fatal(err)
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		log.Fatal(err)
	}
	refusals := make([]map[string]string, len(pods))
	for index, pod := range pods {
		refusals[index] = map[string]string{}
		// The API server fills it in before it asks.
		for at, volume := range pod.Spec.Volumes {
			if volume.VolumeSource == (corev1.VolumeSource{}) {
				pod.Spec.Volumes[at].EmptyDir = &corev1.EmptyDirVolumeSource{}
			}
		}
		for minor := 28; minor <= 37; minor++ {
			version := api.LevelVersion{Level: api.LevelRestricted, Version: api.MajorMinorVersion(1, minor)}
			result := policy.AggregateCheckResults(evaluator.EvaluatePod(version, &pod.ObjectMeta, &pod.Spec))
			if !result.Allowed {
				refusals[index][version.Version.String()] = result.ForbiddenDetail()
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(refusals); err != nil {
		log.Fatal(err)
	}
}
