// Reads a configuration as NVIDIA's device plugin does, and refuses keys that it does not know; writes
// what it understands of it.
package main

import (
	"encoding/json"
	"log"
	"os"

	v1 "github.com/NVIDIA/k8s-device-plugin/api/config/v1"
	cli "github.com/urfave/cli/v2"
	"sigs.k8s.io/yaml"
)

func main() {
	log.SetFlags(0)
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := yaml.UnmarshalStrict(text, &v1.Config{}); err != nil {
		log.Fatal(err)
	}
	app := cli.NewApp()
	app.Flags = []cli.Flag{&cli.StringFlag{Name: "config-file"}}
	app.Action = func(c *cli.Context) error {
		config, err := v1.NewConfig(c, app.Flags)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(map[string]any{
			"migStrategy": config.Flags.MigStrategy,
			"sharing":     config.Sharing.SharingStrategy(),
			"resources":   config.Sharing.ReplicatedResources(),
		})
	}
	if err := app.Run([]string{os.Args[0], "--config-file", os.Args[1]}); err != nil {
		log.Fatal(err)
	}
}
