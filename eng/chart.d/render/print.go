package main

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// The order in which Helm installs kinds; others come last.
var order = strings.Fields("Namespace NetworkPolicy ResourceQuota LimitRange PodDisruptionBudget ServiceAccount Secret ConfigMap CustomResourceDefinition " +
	"ClusterRole ClusterRoleBinding Role RoleBinding Service Pod Deployment Job")

var separator = regexp.MustCompile(`(?m)^---[ \t]*$`)

type manifest struct {
	source, text, kind, hook string
	weight                   int
}

// Prints what `helm template` prints: first the manifests in Helm's order, then the hooks.
func print(c *chart, rendered map[string]string, o options) error {
	if o.includeCrds && o.hook == "" {
		for _, name := range sorted(c.crds) {
			fmt.Printf("---\n# Source: %s/%s\n%s\n", c.name, name, strings.TrimSpace(c.crds[name]))
		}
	}
	var manifests []manifest
	for _, name := range sorted(rendered) {
		if strings.HasSuffix(name, "NOTES.txt") {
			continue
		}
		for _, text := range separator.Split(rendered[name], -1) {
			m, err := read(name, text)
			if err != nil {
				return err
			}
			if m.kind != "" && wanted(m, o) {
				manifests = append(manifests, m)
			}
		}
	}
	sort.SliceStable(manifests, func(i, j int) bool {
		a, b := manifests[i], manifests[j]
		if isHook := a.hook != ""; isHook != (b.hook != "") {
			return !isHook
		}
		if a.weight != b.weight {
			return a.weight < b.weight
		}
		return rank(a.kind) < rank(b.kind)
	})
	for _, m := range manifests {
		fmt.Printf("---\n# Source: %s\n%s\n", m.source, m.text)
	}
	return nil
}

func read(source, text string) (manifest, error) {
	m := manifest{source: source, text: strings.TrimSpace(text)}
	var object struct {
		Kind     string `json:"kind"`
		Metadata struct {
			Annotations map[string]string `json:"annotations"`
		} `json:"metadata"`
	}
	if err := yaml.UnmarshalStrict([]byte(m.text), &map[string]interface{}{}); err != nil {
		return m, fmt.Errorf("YAML parse error on %s: %w", source, err)
	}
	if err := yaml.Unmarshal([]byte(m.text), &object); err != nil {
		return m, fmt.Errorf("YAML parse error on %s: %w", source, err)
	}
	m.kind = object.Kind
	m.hook = object.Metadata.Annotations["helm.sh/hook"]
	m.weight, _ = strconv.Atoi(object.Metadata.Annotations["helm.sh/hook-weight"])
	return m, nil
}

func wanted(m manifest, o options) bool {
	if o.hook != "" {
		return m.hook == o.hook
	}
	return m.hook == "" || !o.noHooks
}

func rank(kind string) int {
	for i, known := range order {
		if known == kind {
			return i
		}
	}
	return len(order)
}
