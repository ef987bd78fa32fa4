package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/Masterminds/semver"
	"sigs.k8s.io/yaml"
)

// A chart's folder as it was read: paths are relative to it.
type chart struct {
	name      string
	about     map[string]interface{}
	templates map[string]string
	crds      map[string]string
	files     files
	values    map[string]interface{}
	schema    []byte
}

func load(folder string) (*chart, error) {
	c := &chart{templates: map[string]string{}, crds: map[string]string{}, files: files{}}
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		return c.add(name, data)
	})
	if err == nil && c.name == "" {
		err = fmt.Errorf("%s: no Chart.yaml", folder)
	}
	return c, err
}

func (c *chart) add(name string, data []byte) error {
	switch {
	case name == "Chart.yaml":
		if err := yaml.UnmarshalStrict(data, &c.about); err != nil {
			return err
		}
		c.name, _ = c.about["name"].(string)
		// Templates see the fields with a capital letter first.
		for key, value := range c.about {
			c.about[strings.ToUpper(key[:1])+key[1:]] = value
		}
	case name == "values.yaml":
		return yaml.UnmarshalStrict(data, &c.values)
	case name == "values.schema.json":
		c.schema = data
	case strings.HasPrefix(name, "templates/"):
		c.templates[name] = string(data)
	case strings.HasPrefix(name, "crds/"):
		c.crds[name] = string(data)
	default:
		c.files[name] = data
	}
	return nil
}

func checkVersion(c *chart, version string) error {
	wanted, ok := c.about["kubeVersion"].(string)
	if !ok {
		return nil
	}
	constraint, err := semver.NewConstraint(wanted)
	if err != nil {
		return err
	}
	v, err := semver.NewVersion(version)
	if err != nil {
		return err
	}
	if !constraint.Check(v) {
		return fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes v%s", wanted, v)
	}
	return nil
}

// files is .Files of the templates.
type files map[string][]byte

func (f files) Get(name string) string { return string(f[name]) }

func (f files) Glob(pattern string) files {
	found := files{}
	for name, data := range f {
		if ok, _ := filepath.Match(pattern, name); ok {
			found[name] = data
		}
	}
	return found
}

func (f files) AsConfig() string {
	data := map[string]string{}
	for name, content := range f {
		data[filepath.Base(name)] = string(content)
	}
	return toYaml(data)
}

func sorted(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
