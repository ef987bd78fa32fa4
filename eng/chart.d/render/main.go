// A renderer for machines without Helm: `template NAME CHART [flags]` with the flags of `helm template` that this project uses, and
// `notes NAME CHART [flags]` for NOTES.txt. Built by eng/chart from Debian's packages of sprig, sigs.k8s.io/yaml and gojsonschema.
package main

import (
	"flag"
	"fmt"
	"os"
)

type list []string

func (l *list) String() string         { return fmt.Sprint(*l) }
func (l *list) Set(value string) error { *l = append(*l, value); return nil }

type options struct {
	verb, release, chart, namespace, kubeVersion, hook string
	isUpgrade, includeCrds, noHooks                    bool
	files, sets, apiVersions                           list
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 || (args[0] != "template" && args[0] != "notes") {
		return fmt.Errorf("template|notes NAME CHART [-f FILE]... [--set KEY=VALUE]... [--namespace NS] [--kube-version V] [--api-versions V]... [--include-crds] [--no-hooks] [--is-upgrade]")
	}
	o := options{verb: args[0], release: args[1], chart: args[2]}
	flags := flag.NewFlagSet("render", flag.ContinueOnError)
	flags.StringVar(&o.namespace, "namespace", "default", "")
	flags.StringVar(&o.namespace, "n", "default", "")
	flags.StringVar(&o.kubeVersion, "kube-version", "1.30.0", "")
	flags.BoolVar(&o.isUpgrade, "is-upgrade", false, "")
	flags.BoolVar(&o.includeCrds, "include-crds", false, "")
	flags.BoolVar(&o.noHooks, "no-hooks", false, "")
	flags.StringVar(&o.hook, "hook", "", "only the hooks of this name, by weight (Helm has no such flag: it runs them)")
	flags.Var(&o.files, "f", "")
	flags.Var(&o.files, "values", "")
	flags.Var(&o.sets, "set", "")
	flags.Var(&o.apiVersions, "api-versions", "")
	if err := flags.Parse(args[3:]); err != nil {
		return err
	}
	chart, err := load(o.chart)
	if err != nil {
		return err
	}
	if err := checkVersion(chart, o.kubeVersion); err != nil {
		return err
	}
	values, err := valuesOf(chart, o)
	if err != nil {
		return err
	}
	if err := validate(chart, values); err != nil {
		return err
	}
	rendered, err := render(chart, values, o)
	if err != nil {
		return err
	}
	if o.verb == "notes" {
		fmt.Print(rendered[chart.name+"/templates/NOTES.txt"])
		return nil
	}
	return print(chart, rendered, o)
}
