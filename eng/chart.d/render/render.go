package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/semver"
	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type apiVersions []string

func (a apiVersions) Has(version string) bool {
	for _, known := range a {
		if known == version {
			return true
		}
	}
	return false
}

// Every template of the chart but the partials, by its name with the chart's name before it.
func render(c *chart, values map[string]interface{}, o options) (map[string]string, error) {
	all := template.New("all").Option("missingkey=zero")
	all.Funcs(functions(all))
	for _, name := range sorted(c.templates) {
		if _, err := all.New(c.name + "/" + name).Parse(c.templates[name]); err != nil {
			return nil, err
		}
	}
	version, err := semver.NewVersion(o.kubeVersion)
	if err != nil {
		return nil, err
	}
	kube := map[string]interface{}{"Version": "v" + version.String(), "Major": fmt.Sprint(version.Major()), "Minor": fmt.Sprint(version.Minor())}
	root := map[string]interface{}{
		"Values": values,
		"Chart":  c.about,
		"Files":  c.files,
		"Release": map[string]interface{}{
			"Name": o.release, "Namespace": o.namespace, "Service": "Helm", "Revision": 1, "IsInstall": !o.isUpgrade, "IsUpgrade": o.isUpgrade,
		},
		"Capabilities": map[string]interface{}{"KubeVersion": kube, "APIVersions": apiVersions(o.apiVersions)},
	}
	rendered := map[string]string{}
	for _, name := range sorted(c.templates) {
		if strings.HasPrefix(filepath.Base(name), "_") {
			continue
		}
		full := c.name + "/" + name
		root["Template"] = map[string]interface{}{"Name": full, "BasePath": c.name + "/templates"}
		var out bytes.Buffer
		if err := all.ExecuteTemplate(&out, full, root); err != nil {
			return nil, err
		}
		rendered[full] = strings.ReplaceAll(out.String(), "<no value>", "")
	}
	return rendered, nil
}

// What Helm adds to sprig, and what it takes away.
func functions(all *template.Template) template.FuncMap {
	f := sprig.TxtFuncMap()
	delete(f, "env")
	delete(f, "expandenv")
	f["toYaml"] = toYaml
	f["fromYaml"] = func(text string) map[string]interface{} {
		m := map[string]interface{}{}
		if err := yaml.Unmarshal([]byte(text), &m); err != nil {
			m["Error"] = err.Error()
		}
		return m
	}
	f["toJson"] = func(value interface{}) string { data, _ := json.Marshal(value); return string(data) }
	f["lookup"] = func(string, string, string, string) map[string]interface{} { return map[string]interface{}{} }
	f["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(message)
		}
		return value, nil
	}
	f["include"] = func(name string, data interface{}) (string, error) {
		var out strings.Builder
		err := all.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	f["tpl"] = func(text string, data interface{}) (string, error) {
		one, err := all.Clone()
		if err != nil {
			return "", err
		}
		if one, err = one.New("tpl").Parse(text); err != nil {
			return "", err
		}
		var out strings.Builder
		err = one.Execute(&out, data)
		return out.String(), err
	}
	return f
}

func toYaml(value interface{}) string {
	data, err := yaml.Marshal(value)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(data), "\n")
}
