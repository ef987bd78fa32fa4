package main

import (
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/xeipuuv/gojsonschema"
	"sigs.k8s.io/yaml"
)

// The chart's values, then each file, then each --set, as Helm lays them over one another: maps are merged, null removes.
func valuesOf(c *chart, o options) (map[string]interface{}, error) {
	values := map[string]interface{}{}
	merge(values, c.values)
	for _, file := range o.files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		more := map[string]interface{}{}
		if err := yaml.UnmarshalStrict(data, &more); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		merge(values, more)
	}
	for _, set := range o.sets {
		more, err := parse(set)
		if err != nil {
			return nil, err
		}
		merge(values, more)
	}
	return values, nil
}

func merge(into, from map[string]interface{}) {
	for key, value := range from {
		given, isMap := value.(map[string]interface{})
		there, wasMap := into[key].(map[string]interface{})
		switch {
		case value == nil:
			delete(into, key)
		case isMap && wasMap:
			merge(there, given)
		case isMap:
			fresh := map[string]interface{}{}
			merge(fresh, given)
			into[key] = fresh
		default:
			into[key] = value
		}
	}
}

// a.b=c, with \. for a dot within a key; the value is read as YAML, so that true, 3 and {a: b} are what they look like.
func parse(set string) (map[string]interface{}, error) {
	path, text, ok := strings.Cut(set, "=")
	if !ok {
		return nil, fmt.Errorf("--set %s: KEY=VALUE", set)
	}
	var value interface{}
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return nil, fmt.Errorf("--set %s: %w", set, err)
	}
	if text == "" {
		value = ""
	}
	keys := strings.Split(strings.ReplaceAll(path, `\.`, "\x00"), ".")
	for i := len(keys) - 1; i >= 0; i-- {
		value = map[string]interface{}{strings.ReplaceAll(keys[i], "\x00", "."): value}
	}
	return value.(map[string]interface{}), nil
}

func validate(c *chart, values map[string]interface{}) error {
	if c.schema == nil {
		return nil
	}
	result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(c.schema), gojsonschema.NewGoLoader(values))
	if err != nil {
		return err
	}
	if result.Valid() {
		return nil
	}
	var faults []string
	for _, fault := range result.Errors() {
		faults = append(faults, "- "+fault.String())
	}
	sort.Strings(faults)
	return fmt.Errorf("values don't meet the specifications of the schema(s) in the following chart(s):\n%s:\n%s", c.name, strings.Join(faults, "\n"))
}
